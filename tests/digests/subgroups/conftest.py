"""What tests of the clock of subgroups may ask for."""

from quiet import database, letters_without_pages  # noqa: F401
