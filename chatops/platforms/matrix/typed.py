"""Commands as they are typed on Matrix, where they begin with an exclamation mark."""

import re
from collections.abc import Sequence

from chatops.grammar import UMBRELLA, Reading, read
from chatops.platforms.matrix.words import PREFIX
from chatops.verbs import Command, Kind
from config.texts import Texts
from storage.messages import Action

FREE_TEXT = (Kind.TITLE, Kind.WORDS)


def typed(action: Action, commands: Sequence[Command], texts: Texts) -> str:
    """The line that does what an action does: `!förslag 12 invänd SKÄL`, in the language of `texts`."""
    meant = read(action.command, "", commands)
    said = [meant.command.called_in(texts.language), meant.verb.called_in(texts.language)]
    if meant.number is not None:
        said.insert(1, str(meant.number))
    named = (*_worded(meant), *_named(meant, texts))
    return PREFIX + " ".join((*said, *(named or _free(meant, texts))))


def _worded(meant: Reading) -> list[str]:
    """The words of the line itself."""
    free = (argument for argument in meant.verb.arguments if argument.kind in FREE_TEXT)
    return [meant.arguments[argument.name] for argument in free if meant.arguments.get(argument.name)]


def _named(meant: Reading, texts: Texts) -> list[str]:
    """What the line names by a key: it needs no words then."""
    keyed = [argument for argument in meant.verb.arguments if argument.keys and argument.name in meant.arguments]
    place = -1 if texts.language == "sv" else 0
    return [f"{argument.keys[place]}:{meant.arguments[argument.name]}" for argument in keyed]


def _free(meant: Reading, texts: Texts) -> list[str]:
    free = (argument for argument in meant.verb.arguments if argument.kind in FREE_TEXT)
    return [texts.say(f"typed-{argument.name}") for argument in free if not argument.may_be_left_out]


def typeable(markdown: str, commands: Sequence[Command]) -> str:
    """Our own words, with every command as it can be typed here: `/tuva förslag 12` is `!förslag 12`."""
    names = "|".join(word for command in commands for word in (command.name, *command.words))
    command = rf"(?<![^\s`(\[“”\"'*])/(?:{UMBRELLA} +)?({names})(?![\w-]|[./]\w)"
    return re.sub(command, rf"{PREFIX}\1", markdown)
