"""Words as people type them, read from the left: folded, without the commas between them."""

import re

from chatops.arguments import fold

COMMAS = ",;:"
# Stands where an hour was, which may be anywhere. No clean text holds it.
HOUR = "\0"
LONGEST_PHRASE = 4


class Spoken:
    """Words, and how far they are read. `at` counts the words as typed; what is read can be put back by it."""

    def __init__(self, typed: list[str]) -> None:
        """Read `typed` from its beginning."""
        self.typed = typed
        self.words = [fold(word).strip(COMMAS) for word in typed]
        self.at = 0

    @property
    def next(self) -> str:
        """The word that comes next; empty at the end."""
        while self.at < len(self.words) and not self.words[self.at]:
            self.at += 1
        return self.words[self.at] if self.at < len(self.words) else ""

    @property
    def is_listed(self) -> bool:
        """A comma stands behind what was read last."""
        return self.typed[self.at - 1].endswith(",") or self.typed[self.at : self.at + 1] == [","]

    def took(self, phrases: frozenset[str]) -> str:
        """The longest of the phrases that comes next, which is then read; empty where none does."""
        if not self.next:
            return ""
        for length in range(LONGEST_PHRASE, 0, -1):
            phrase = " ".join(self.words[self.at : self.at + length])
            if phrase in phrases and self.at + length <= len(self.words):
                self.at += length
                return phrase
        return ""

    def matched(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The next word, read, where it is wholly of the pattern."""
        found = pattern.fullmatch(self.next)
        if found and self.next:
            self.at += 1
            return found
        return None

    def since(self, start: int) -> str:
        """What was read since then, as it was typed."""
        return written(self.typed[start : self.at])

    def through(self, start: int) -> str:
        """What was read since then and the word behind it, as typed."""
        return written(self.typed[start : self.at + 1])


def written(words: list[str]) -> str:
    """Words as they were typed, without the sign of the hour."""
    return " ".join(word for word in words if word != HOUR).strip(COMMAS)
