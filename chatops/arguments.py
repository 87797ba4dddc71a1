"""What stands behind a verb, read: values by their key, by themselves, or as lines of the body."""

import re
from collections.abc import Iterator
from datetime import time
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from chatops.verbs import Argument, Command, Kind, Verb
from config.goals import UnknownGoal, goal_typed
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
TAG = re.compile(r"(?<!\S)#(\w+(?:\.\d+)*)")
# Says that there are none, where there were some.
NO_GOALS = "#-"
# A line of a body that may be a field begins with its key.
LABEL = re.compile(r"\s*(?:[-*] +)?([^\W\d_]+)\s*:")
FENCE = re.compile("`{3,}")
FIELDS = frozenset({Kind.FIELD, Kind.LINES})
NUMBERS = {Kind.YEAR: "(?:19|20)[0-9]{2}", Kind.NUMBER: "[0-9]{1,18}"}
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
        words, body = _goals(kinds[Kind.GOALS], words, body, found)
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
    waiting = iter(words)
    for word in waiting:
        key, colon, value = word.partition(":")
        argument = _with_key(verb, key) if colon else None
        if argument is None or argument.kind in FIELDS:
            rest.append(word)
        else:
            value = value or next(waiting, "")
            value = _quoted(value, waiting) if argument.kind is Kind.NAME else value
            found[argument.name] = _value(command, argument, key, value)
    return rest


def _with_key(verb: Verb, key: str) -> Argument | None:
    return next((argument for argument in verb.arguments if fold(key) in map(fold, argument.keys)), None)


def _quoted(value: str, waiting: Iterator[str]) -> str:
    """What begins with a quote goes on to the word that ends with one."""
    while value[:1] in QUOTES and (len(value) == 1 or value[-1] not in QUOTES) and (word := next(waiting, "")):
        value = f"{value} {word}"
    return value.strip(QUOTES)


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
    if argument.kind is Kind.ZONE:
        value: Any = _zone(word)
        if value is None:
            raise RuleBroken("timezone-unknown", zone=word)
        return value
    if argument.kind in NUMBERS:
        return _counted(argument, key, word)
    value = _choice(argument, [word]) if argument.kind is Kind.CHOICE else word or None
    if value is None:
        choices = ", ".join("/".join(dict.fromkeys(words[:2])) for words in argument.choices.values())
        raise RuleBroken("value-unknown", key=key, value=word, choices=choices, command=command.name)
    return value


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


def _zone(word: str) -> str | None:
    return next((zone for zone in available_timezones() if zone.casefold() == word.casefold()), None)


def _goals(argument: Argument, words: list[str], body: str, found: dict[str, Any]) -> tuple[list[str], str]:
    """Tags go out of the title and from body lines of tags alone; elsewhere in the body they stay and count."""
    keys: dict[str, None] = {}
    rest = [word for word in words if not _note_goals(word, keys) and word != NO_GOALS]
    lines = [line for line in body.split("\n") if not (_note_goals(line, keys) and _only_tags(line))]
    if keys or NO_GOALS in words:
        found[argument.name] = list(keys)
    return rest, "\n".join(lines)


def _note_goals(text: str, keys: dict[str, None]) -> bool:
    """Note the goals that a text names. True when it names any."""
    named = False
    for tag in TAG.findall(text):
        try:
            goal = goal_typed(tag)
        except UnknownGoal as fault:
            last = fault.catalogue.goals[-1].key.partition(":")[2]
            word = fault.catalogue.words[0]
            raise RuleBroken("goal-unknown", tag=tag, example=f"#{word}{last}", last=last) from None
        if goal:
            keys[goal.key] = None
            named = True
    return named


def _only_tags(line: str) -> bool:
    return all(word.startswith("#") and goal_typed(word[1:]) for word in line.split())
