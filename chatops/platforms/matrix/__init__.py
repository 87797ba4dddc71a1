"""Matrix: rooms in which Tuva listens and speaks."""
