"""What stands behind a verb, read: values by their key, by themselves, or as lines of the body."""

import re
from collections import deque
from datetime import time
from functools import lru_cache
from itertools import islice
from typing import Any
from zoneinfo import available_timezones

from chatops.lengths import LONGEST_IN_WORDS, length_in
from chatops.tags import goals_in
from chatops.verbs import Argument, Command, Kind, Verb
from storage import prose
from storage.rules import RuleBroken

HOUR = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?")
# What people put before a day or an hour, and what means nothing by itself; folded.
FILLERS = frozenset({"kl", "kl.", "at", "on", "pa"})
# More words than all choices of a verb have together; in a longer line one is unknown anyway.
CHOICES_WITHIN = 40
# What phones put in place of - and ", and around what is chosen.
DASHES = re.compile("[\u2010-\u2015\u2212]")
QUOTES = "\"'\u2018\u2019\u201c\u201d\u00ab\u00bb"
# A line of a body that may be a field begins with its key.
LABEL = re.compile(r"\s*(?:[-*] +)?([^\W\d_]+)\s*:")
FENCE = re.compile("`{3,}")
PHRASES = frozenset({Kind.PHRASE, Kind.PERSON, Kind.PEOPLE})
FIELDS = frozenset({Kind.FIELD, Kind.LINES}) | PHRASES
# What may stand in quotes, and goes on to the last of them.
QUOTED = frozenset({Kind.NAME, Kind.LINK, Kind.DAY, Kind.LENGTH}) | PHRASES
LONGEST_NUMBER = 18
NUMBERS = {Kind.YEAR: "(?:19|20)[0-9]{2}", Kind.NUMBER: f"[0-9]{{1,{LONGEST_NUMBER}}}"}
# No name is longer. Thousands of accents on one letter would take seconds to be put in order.
LONGEST_WORD = 100


@lru_cache(maxsize=1024)  # of most words these are the tables' own, at each line again
def fold(word: str) -> str:
    """A word as it is compared: lower case, å as a, so that a keyboard without å works; and all dashes are one."""
    if len(word) > LONGEST_WORD:
        return word
    return prose.folded(DASHES.sub("-", word))


def arguments_in(command: Command, verb: Verb, words: list[str], body: str) -> tuple[dict[str, Any], list[str]]:
    """The arguments, and the words that are left over."""
    found: dict[str, Any] = {}
    kinds = {argument.kind: argument for argument in verb.arguments}
    words = _keyed(command, verb, words, found)
    if Kind.GOALS in kinds:
        words, body = goals_in(kinds[Kind.GOALS], words, body, found)
    line = " ".join(words)
    if verb.on_noun and _begins_with_field(verb, line, body):
        words, body = [], f"{line}\n{body}"
    body = _fields(verb, body, found)
    if Kind.BODY in kinds:
        found[kinds[Kind.BODY].name], body = body, ""
    text = kinds.get(Kind.TITLE) or kinds.get(Kind.WORDS)
    if text is not None:
        found[text.name] = "\n".join(filter(None, (" ".join(words), body)))
        return found, []
    for argument in verb.arguments:
        if argument.kind in (Kind.CHOICE, Kind.HOUR) and argument.name not in found:
            words = _loose(argument, words, found)
    return found, [word for word in words if fold(word) not in FILLERS]


def _keyed(command: Command, verb: Verb, words: list[str], found: dict[str, Any]) -> list[str]:
    """Take out `key:value`, also with a space behind the colon. A key that is none of ours is text."""
    rest = []
    waiting = deque(words)
    while waiting:
        word = waiting.popleft()
        argument = _key(verb, word)
        if argument is None or argument.kind in (Kind.FIELD, Kind.LINES):
            rest.append(word)
            continue
        key, _, value = word.partition(":")
        value = value or (waiting.popleft() if waiting else "")
        if argument.kind in PHRASES and not value.startswith(tuple(QUOTES)):
            value = _phrase(verb, value, waiting)
        elif argument.kind in QUOTED:
            value = _quoted(value, waiting)
        if argument.kind is Kind.LENGTH:
            found[argument.name] = _length(value, waiting)
        else:
            found[argument.name] = _value(command, argument, key, value)
    return rest


def _key(verb: Verb, word: str) -> Argument | None:
    """The argument whose key and colon a word begins with."""
    key, colon, _ = word.partition(":")
    return _with_key(verb, key) if colon else None


def _with_key(verb: Verb, key: str) -> Argument | None:
    return next((argument for argument in verb.arguments if fold(key) in map(fold, argument.keys)), None)


def _phrase(verb: Verb, value: str, waiting: deque[str]) -> str:
    """It goes on to the next key."""
    words = [value]
    while waiting and _key(verb, waiting[0]) is None:
        words.append(waiting.popleft())
    return " ".join(words)


def _quoted(value: str, waiting: deque[str]) -> str:
    """What begins with a quote goes on to the word that ends with one."""
    while value and value[0] in QUOTES and (len(value) == 1 or value[-1] not in QUOTES) and waiting:
        value = f"{value} {waiting.popleft()}"
    return value.strip(QUOTES)


def _length(value: str, waiting: deque[str]) -> int:
    """In minutes; what follows may belong to it (`1 h 30 min`), unless it was in quotes."""
    words = value.split()
    minutes, taken = length_in([*words, *islice(waiting, LONGEST_IN_WORDS)] if len(words) == 1 else words)
    if taken < len(words):
        raise RuleBroken("length-wrong", word=value)
    for _ in range(taken - 1 if len(words) == 1 else 0):
        waiting.popleft()
    return minutes


def _begins_with_field(verb: Verb, line: str, body: str) -> bool:
    """What changes something may begin with a field at once; where the body has that field too, it is a title."""
    named = _field(verb, line)
    return named is not None and all(_field(verb, other) is not named for other in body.split("\n"))


def _field(verb: Verb, line: str) -> Argument | None:
    """The field whose key a line begins with."""
    label = LABEL.match(line)
    named = _with_key(verb, label[1]) if label else None
    return named if named and named.kind in FIELDS else None


def _fields(verb: Verb, body: str, found: dict[str, Any]) -> str:
    """Take out the lines that begin with a field's key. The lines under it are its own, too, until an empty one."""
    rest: list[str] = []
    field: Argument | None = None
    lines = body.split("\n")
    for line, is_code in zip(lines, _are_code(lines), strict=True):
        named = None if is_code else _field(verb, line)
        if named:
            value = line.partition(":")[2].lstrip()
            found[named.name] = "\n".join(filter(None, (found.get(named.name), value)))
            field = named if named.kind is Kind.LINES else None
        elif field and (is_code or line.strip()):
            found[field.name] = f"{found[field.name]}\n{line}".removeprefix("\n")
        else:
            rest.append(line)
            field = None
    return "\n".join(rest)


def _are_code(lines: list[str]) -> list[bool]:
    """Which lines begin within a code fence: they are text, whatever it is. What nothing closes is no fence."""
    last = {ticks: place for place, line in enumerate(lines) for ticks in FENCE.findall(line)}
    told, fence = [], ""
    for place, line in enumerate(lines):
        told.append(bool(fence))
        for ticks in FENCE.findall(line):
            if ticks == fence:
                fence = ""
            elif not fence and last[ticks] > place:
                fence = ticks
    return told


def _value(command: Command, argument: Argument, key: str, word: str) -> Any:
    if argument.kind in NUMBERS:
        return _counted(argument, key, word)
    match argument.kind:
        case Kind.PHRASE | Kind.PERSON | Kind.PEOPLE | Kind.NAME | Kind.LINK:
            return word
        case Kind.CHOICE:
            value: Any = _choice(argument, [word])
        case Kind.ZONE:
            value = _zone(word)
        case Kind.HOUR:
            value = hour_in(word)
        case _:
            value = word or None
    if value is None:
        raise _unknown(command, argument, key, word)
    return value


def _unknown(command: Command, argument: Argument, key: str, word: str) -> RuleBroken:
    match argument.kind:
        case Kind.ZONE:
            return RuleBroken("timezone-unknown", zone=word)
        case Kind.HOUR:
            return RuleBroken("hour-unknown", word=word)
        case Kind.DAY:
            return RuleBroken("day-unknown", word=word)
    choices = ", ".join("/".join(dict.fromkeys(words[:2])) for words in argument.choices.values())
    return RuleBroken("value-unknown", key=key, value=word, choices=choices, command=command.name)


def _counted(argument: Argument, key: str, word: str) -> int:
    if not re.fullmatch(NUMBERS[argument.kind], word):
        raise RuleBroken(f"{argument.kind}-wrong", key=key, value=word)
    return int(word)


def _loose(argument: Argument, words: list[str], found: dict[str, Any]) -> list[str]:
    """Take out the first words, anywhere, that are one of the argument's values."""
    for length in range(3, 0, -1):
        for start in range(min(len(words), CHOICES_WITHIN) - length + 1):
            part = words[start : start + length]
            value = hour_in(part[0]) if argument.kind is Kind.HOUR and length == 1 else _choice(argument, part)
            if value is not None:
                found[argument.name] = value
                return words[:start] + words[start + length :]
    return words


def _choice(argument: Argument, words: list[str]) -> str | None:
    typed = fold(" ".join(words).strip(QUOTES))
    return next((value for value, names in argument.choices.items() if typed in map(fold, names)), None)


def hour_in(word: str) -> str | None:
    """`8`, `8:30` or `8.30` as HH:MM; None for what is no hour. Raises RuleBroken for one that no clock shows."""
    parts = HOUR.fullmatch(word)
    if parts is None:
        return None
    hour, minute = int(parts[1]), int(parts[2] or 0)
    if hour > 23 or minute > 59:
        raise RuleBroken("hour-unknown", word=word)
    return time(hour, minute).isoformat("minutes")


def number_in(word: str) -> int | None:
    """`12` or `#12`; None for what is no number of a noun."""
    typed = word.removeprefix("#")
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_NUMBER else None


def _zone(word: str) -> str | None:
    return next((zone for zone in available_timezones() if zone.casefold() == word.casefold()), None)
