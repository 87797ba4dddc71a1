"""A command line, read: which command, which verb, which number, which arguments. Swedish and English alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from chatops.arguments import arguments_in, fold, number_in
from chatops.verbs import Command, Kind, Verb
from storage.rules import RuleBroken

UMBRELLA = "tuva"


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
    arguments, rest = arguments_in(command, verb, words, body)
    if rest:
        key = "argument-unknown-or-title" if _takes_titles(command) and number is None else "argument-unknown"
        raise RuleBroken(key, word=rest[0], command=command.name)
    return Reading(command, verb, number, arguments)


def _takes_titles(command: Command) -> bool:
    """A line without a verb is a title there; so may be one that begins as a verb does."""
    return bool(command.free) and any(argument.kind is Kind.TITLE for argument in command.verb(command.free).arguments)


def line_and_body(text: str) -> tuple[str, str]:
    """The first line, and those under it."""
    line, _, body = text.strip().partition("\n")
    return line, body


def line_of(reading: Reading) -> str:
    """The line that a form, or somebody's next words, complete: command, number, verb, and the numbers it names."""
    numbers = (argument for argument in reading.verb.arguments if argument.kind is Kind.NUMBER)
    named = (f"{one.keys[0]}:{reading.arguments[one.name]}" for one in numbers if one.name in reading.arguments)
    number = "" if reading.number is None else str(reading.number)
    verb = reading.verb.name if len(reading.command.verbs) > 1 else ""
    return " ".join(filter(None, (reading.command.name, number, verb, *named)))


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
    if verb and verb.on_noun and number is None and not _may_begin_with_number(command, verb):
        number, rest = _number(command, rest)
    if verb is None and number is not None and (not rest or not command.free):
        if rest:
            raise RuleBroken("verb-unknown", word=rest[0], command=command.name, number=str(number))
        verb = command.verb(command.shown)
    if verb is None and not words:
        verb = command.verb(command.bare)
    if verb is None:
        verb, number, rest = _free(command, words)
    if verb.on_noun and number is None and command.usual is None:
        key = "number-missing-or-title" if _takes_titles(command) and rest else "number-missing"
        raise RuleBroken(key, command=command.name, word=" ".join(words[: len(words) - len(rest)]))
    return (number if verb.on_noun else None), verb, rest


def _may_begin_with_number(command: Command, verb: Verb) -> bool:
    """Where the noun need not be named, `2 mars` behind the verb is a day, and `3 bicycles` an answer."""
    return command.usual is not None and any(argument.may_begin_with_number for argument in verb.arguments)


def _free(command: Command, words: list[str]) -> tuple[Verb, None, list[str]]:
    if not command.free:
        raise RuleBroken("verb-unknown-bare", word=words[0], command=command.name)
    return command.verb(command.free), None, words


def _number(command: Command, words: list[str]) -> tuple[int | None, list[str]]:
    number = number_in(words[0]) if words and command.noun else None
    return (None, words) if number is None else (number, words[1:])


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
