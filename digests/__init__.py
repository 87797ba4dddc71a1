"""Time passes, Tuva writes: letters and cards, and the courier who carries them out."""
