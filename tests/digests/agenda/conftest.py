"""What tests of the agenda clock may ask for."""

from quiet import database, letters_without_pages  # noqa: F401
