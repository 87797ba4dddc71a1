"""People speak, Tuva answers."""
