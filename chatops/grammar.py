"""A command line, read: which command, which verb, which number, which arguments. Swedish and English alike."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any
from zoneinfo import available_timezones

from chatops.verbs import Argument, Command, Kind, Verb
from config.goals import UnknownGoal, goal_typed
from storage.rules import RuleBroken

UMBRELLA = "tuva"
HOUR = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?")
# What people put before a day or an hour, and what means nothing by itself; folded.
FILLERS = frozenset({"kl", "kl.", "at", "on", "pa"})
# More words than all choices of a verb have together; in a longer line one is unknown anyway.
CHOICES_WITHIN = 40
# What phones put in place of - and ", and around what is chosen.
DASHES = re.compile("[\u2010-\u2015\u2212]")
QUOTES = "\"'\u2018\u2019\u201c\u201d\u00ab\u00bb"
TAG = re.compile(r"(?<!\S)#(\w+(?:\.\d+)*)")
LONGEST_NUMBER = 18
# No name is longer. Thousands of accents on one letter would take seconds to be put in order.
LONGEST_WORD = 100


@dataclass(frozen=True)
class Reading:
    """What a command line says. `number` is None where none was given."""

    command: Command
    verb: Verb
    number: int | None = None
    arguments: dict[str, Any] = field(default_factory=dict)


def read(line: str, body: str, commands: Sequence[Command]) -> Reading:
    """Read a line (without prefix) and the lines under it. Raises RuleBroken with what would be right."""
    command, words = _command(line.split(), commands)
    number, verb, words = _verb(command, words)
    arguments, rest = _arguments(command, verb, words, body)
    if rest:
        raise RuleBroken("argument-unknown", word=rest[0], command=command.name)
    return Reading(command, verb, number, arguments)


def line_and_body(text: str) -> tuple[str, str]:
    """The first line, and those under it."""
    line, _, body = text.strip().partition("\n")
    return line, body


def fold(word: str) -> str:
    """A word as it is compared: lower case, å as a, so that a keyboard without å works; and all dashes are one."""
    if len(word) > LONGEST_WORD:
        return word
    decomposed = unicodedata.normalize("NFD", DASHES.sub("-", word.casefold()))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def command_called(word: str, commands: Iterable[Command]) -> Command | None:
    """The command with that name, in any language."""
    called = fold(word)
    return next((command for command in commands if called in map(fold, (command.name, *command.words))), None)


def _command(words: list[str], commands: Sequence[Command]) -> tuple[Command, list[str]]:
    command = command_called(words[0], commands) if words else None
    umbrella = command_called(UMBRELLA, commands)
    if command is None and umbrella and words and _leading_verb(umbrella, words)[0]:  # `help` is `tuva help`
        return umbrella, words
    if command is None:
        raise RuleBroken("command-unknown", word=words[0] if words else "")
    inner = command_called(words[1], commands) if command.name == UMBRELLA and len(words) > 1 else None
    return (inner, words[2:]) if inner else (command, words[1:])


def _verb(command: Command, words: list[str]) -> tuple[int | None, Verb, list[str]]:
    number, rest = _number(command, words)
    verb, rest = _leading_verb(command, rest)
    if verb and verb.on_noun and number is None:
        number, rest = _number(command, rest)
    if verb is None and number is not None and (not rest or not command.free):
        if rest:
            raise RuleBroken("verb-unknown", word=rest[0], command=command.name, number=str(number))
        verb = command.verb(command.shown)
    if verb is None and not words:
        verb = command.verb(command.bare)
    if verb is None:
        verb, number, rest = _free(command, words)
    if verb.on_noun and number is None:
        raise RuleBroken("number-missing", command=command.name, verb=verb.name)
    return (number if verb.on_noun else None), verb, rest


def _free(command: Command, words: list[str]) -> tuple[Verb, None, list[str]]:
    if not command.free:
        raise RuleBroken("verb-unknown-bare", word=words[0], command=command.name)
    return command.verb(command.free), None, words


def _number(command: Command, words: list[str]) -> tuple[int | None, list[str]]:
    first = words[0].removeprefix("#") if words else ""
    if command.noun is None or not first.isdecimal() or len(first) > LONGEST_NUMBER:
        return None, words
    return int(first), words[1:]


def _leading_verb(command: Command, words: list[str]) -> tuple[Verb | None, list[str]]:
    """The verb that the words begin with; of two that fit, the longer (`dra tillbaka`). An only verb is never typed."""
    if len(command.verbs) == 1:
        return None, words
    named = [(name.split(), verb) for verb in command.verbs for name in (verb.name, *verb.words)]
    begins = list(map(fold, words[: max(len(parts) for parts, _ in named)]))
    for parts, verb in sorted(named, key=lambda pair: -len(pair[0])):
        if begins[: len(parts)] == list(map(fold, parts)):
            return verb, words[len(parts) :]
    return None, words


def _arguments(command: Command, verb: Verb, words: list[str], body: str) -> tuple[dict[str, Any], list[str]]:
    """The arguments, and the words that are left over."""
    found: dict[str, Any] = {}
    kinds = {argument.kind: argument for argument in verb.arguments}
    words = _keyed(command, verb, words, found)
    if Kind.GOALS in kinds:
        words, body = _goals(kinds[Kind.GOALS], words, body, found)
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
        argument = next((a for a in verb.arguments if colon and fold(key) in map(fold, a.keys)), None)
        if argument is None:
            rest.append(word)
        else:
            found[argument.name] = _value(command, argument, key, value or next(waiting, ""))
    return rest


def _value(command: Command, argument: Argument, key: str, word: str) -> Any:
    if argument.kind is Kind.ZONE:
        value: Any = _zone(word)
        if value is None:
            raise RuleBroken("timezone-unknown", zone=word)
        return value
    value = _choice(argument, [word]) if argument.kind is Kind.CHOICE else word or None
    if value is None:
        choices = ", ".join("/".join(dict.fromkeys(words[:2])) for words in argument.choices.values())
        raise RuleBroken("value-unknown", key=key, value=word, choices=choices, command=command.name)
    return value


def _loose(argument: Argument, words: list[str], found: dict[str, Any]) -> list[str]:
    """Take out the first words, anywhere, that are one of the argument's values."""
    for length in range(3, 0, -1):
        for start in range(min(len(words), CHOICES_WITHIN) - length + 1):
            part = words[start : start + length]
            value = _hour(part[0]) if argument.kind is Kind.HOUR and length == 1 else _choice(argument, part)
            if value is not None:
                found[argument.name] = value
                return words[:start] + words[start + length :]
    return words


def _choice(argument: Argument, words: list[str]) -> str | None:
    typed = fold(" ".join(words).strip(QUOTES))
    return next((value for value, names in argument.choices.items() if typed in map(fold, names)), None)


def _hour(word: str) -> str | None:
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
    rest = [word for word in words if not _note_goals(word, keys)]
    lines = [line for line in body.split("\n") if not (_note_goals(line, keys) and _only_tags(line))]
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
