"""The hour within a line: `kl 13`, `13:00`, `13.00–15.30`, `1 pm`; and how long it lasts where its end is named."""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import time

from chatops.arguments import fold
from chatops.when.days import MONTH_WORDS
from chatops.when.spoken import COMMAS
from storage.rules import RuleBroken

CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?(am|pm)?")
RANGE = re.compile(r"([0-9]{1,2}(?:[:.][0-9]{2})?)-([0-9]{1,2}(?:[:.][0-9]{2})?)")
AT = frozenset({"kl", "kl.", "klockan", "at"})
FROM = frozenset({"fran", "from"})
TO = frozenset({"-", "till", "to", "until"})
HALVES = {"am": "am", "a.m.": "am", "pm": "pm", "p.m.": "pm"}
# An hour stands before that, or there is none.
WITHIN = 100


@dataclass(frozen=True)
class Hours:
    """An hour at words `start` to `end` of a line, and how many minutes it lasts, where that is told."""

    start: int
    end: int
    at: time
    minutes: int | None = None


def hours_in(words: list[str]) -> Hours | None:
    """The first hour in a line; one with minutes, or behind `kl`, before mere numbers (`13-15`).

    Raises RuleBroken for an hour that does not exist, and for an end before the beginning.
    """
    folded = [fold(word).strip(COMMAS) for word in words[:WITHIN]]
    sure = (place for place in range(len(folded)) if _is_sure(folded, place))
    likely = (place for place, word in enumerate(folded) if RANGE.fullmatch(word))
    place = next(sure, None)
    place = next(likely, None) if place is None else place
    return None if place is None else hours_at(words, place)


def hours_at(words: list[str], place: int) -> Hours | None:
    """The hour that begins with that word; None where it is none."""
    folded = [fold(word).strip(COMMAS) for word in words[: place + WITHIN]]
    if place >= len(folded):
        return None
    last: time | None
    if both := RANGE.fullmatch(folded[place]):
        end = place + 1
        first, last = _clock(both[1], words[place]), _clock(both[2], words[place])
    elif CLOCK.fullmatch(folded[place]):
        first, end = _one(folded, place)
        last, end = _last(folded, end)
    else:
        return None
    return Hours(_start(folded, place), end, first, _minutes(first, last, " ".join(words[place:end])) if last else None)


def _is_sure(folded: list[str], place: int) -> bool:
    word, before, after = folded[place], folded[place - 1 : place], folded[place + 1 : place + 2]
    clock = CLOCK.fullmatch(word) or RANGE.fullmatch(word)
    return bool(clock) and (":" in word or "." in word or "m" in word or _is_one(before, AT) or _is_one(after, HALVES))


def _is_one(words: list[str], of: Container[str]) -> bool:
    return bool(words) and words[0] in of


def _start(folded: list[str], place: int) -> int:
    """With the words that lead to it."""
    for leading in (AT, FROM):
        place -= _is_one(folded[place - 1 : place], leading)
    return place


def _one(folded: list[str], place: int) -> tuple[time, int]:
    """The hour at that word, and where it ends."""
    half = HALVES.get(next(iter(folded[place + 1 : place + 2]), ""), "")
    return _clock(folded[place] + half, folded[place]), place + 1 + bool(half)


def _last(folded: list[str], place: int) -> tuple[time | None, int]:
    """`till 15`, `- 15:30`, where it is no day."""
    is_led = _is_one(folded[place : place + 1], TO)
    follows = folded[place + 1 : place + 3]
    if not is_led or not follows or not CLOCK.fullmatch(follows[0]) or _is_one(follows[1:], MONTH_WORDS):
        return None, place
    return _one(folded, place + 1)


def _clock(folded: str, word: str) -> time:
    found = CLOCK.fullmatch(folded)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if found and found[3]:
        hour = hour % 12 + (12 if found[3] == "pm" else 0) if 1 <= hour <= 12 else 24
    if hour > 23 or minute > 59:
        raise RuleBroken("hour-unknown", word=word)
    return time(hour, minute)


def _minutes(first: time, last: time, word: str) -> int:
    minutes = (last.hour - first.hour) * 60 + last.minute - first.minute
    if minutes <= 0:
        raise RuleBroken("hour-backwards", word=word)
    return minutes
