"""How long something lasts, in plain words: `2h`, `90min`, `1,5 timmar`, `1 h 30 min`."""

import re

from storage.rules import RuleBroken

SHORTEST, LONGEST = 1, 12 * 60
HOURS = "h|t|tim|timme|timmar|hour|hours|hr|hrs"
MINUTES = "m|min|minut|minuter|minute|minutes"
LENGTH = re.compile(
    rf"(?P<hours>[0-9]{{1,2}}(?:[.,][0-9]{{1,2}})?) ?(?:{HOURS})\.?"
    rf"(?: ?(?:och |and )?(?P<beside>[0-9]{{1,2}}) ?(?:{MINUTES})\.?|(?P<glued>[0-5][0-9]))?"
    rf"|(?P<minutes>[0-9]{{1,4}}) ?(?:{MINUTES})\.?|(?P<mere>[0-9]{{2,3}})",
    re.IGNORECASE,
)
# `1 h 30 min`; `1 timme och 30 minuter` has one more.
LONGEST_IN_WORDS = 5


def length_in(words: list[str]) -> tuple[int, int]:
    """The length in minutes that the words begin with, and how many of them it takes; of several the longest.

    Raises RuleBroken for what is no length, none at all or over 12 hours.
    """
    for count in range(min(LONGEST_IN_WORDS, len(words)), 0, -1):
        minutes = _minutes(" ".join(words[:count]))
        if minutes is not None:
            return be_a_length(minutes, " ".join(words[:count])), count
    raise RuleBroken("length-wrong", word=words[0] if words else "")


def be_a_length(minutes: int, word: str) -> int:
    """The length of a meeting, or of an item. Raises RuleBroken when it is none at all or over 12 hours."""
    if not SHORTEST <= minutes <= LONGEST:
        raise RuleBroken("length-wrong", word=word)
    return minutes


def _minutes(words: str) -> int | None:
    found = LENGTH.fullmatch(words)
    if not found:
        return None
    hours = float((found["hours"] or "0").replace(",", "."))
    return round(hours * 60) + int(found["beside"] or found["glued"] or found["minutes"] or found["mere"] or 0)
