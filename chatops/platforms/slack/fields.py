"""The fields of a form: by what somebody types or chooses an argument of a command.

docs.slack.dev/reference/block-kit/block-elements
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chatops.platforms.slack import limits
from chatops.platforms.slack.blocks import plain
from chatops.platforms.slack.rich_text import Json
from chatops.verbs import Argument, Kind
from config.goals import Goal, catalogue_of, catalogues
from config.texts import Texts
from storage import prose

# How long a line may be, where it is longer than a name.
LINES_OF = {"links": prose.BODY_LIMIT, "link": prose.LINK_LIMIT}


@dataclass(frozen=True)
class Offer:
    """What can be chosen: of several groups one, by its slug and name, and of a group's people some, each by what they
    are called in a line and by their name. Of more people than a list holds, names are typed.
    """

    groups: Sequence[tuple[str, str]] = ()
    people: Sequence[tuple[str, str]] = ()

    @property
    def has_people(self) -> bool:
        """They fit in a list."""
        return 0 < len(self.people) <= limits.OPTIONS


def element_of(argument: Argument, texts: Texts, offer: Offer, filled: Mapping[str, str]) -> Json | None:
    known, element = filled.get(argument.name, ""), None
    match argument.kind:
        case Kind.PERSON | Kind.PEOPLE if offer.has_people:
            element = _people(argument.kind, offer.people, texts)
        case Kind.TITLE | Kind.FIELD | Kind.PHRASE | Kind.PERSON | Kind.PEOPLE | Kind.LENGTH | Kind.NAME | Kind.LINK:
            longest = LINES_OF.get(argument.name, prose.TITLE_LIMIT)
            element = _input(" ".join(known.split()), longest, multiline=False)
        case Kind.BODY | Kind.WORDS | Kind.LINES:
            element = _input(known, prose.BODY_LIMIT, multiline=True)
        case Kind.DAY:
            element = _picker("datepicker", "initial_date", known, texts)
        case Kind.HOUR:
            element = _picker("timepicker", "initial_time", known, texts)
        case Kind.CHOICE:
            element = _select(_choices(argument, texts), known, texts)
        case Kind.GOALS:
            element = _goals(texts, known.split())
        case Kind.GROUP if len(offer.groups) > 1:
            options = {slug: _option(name, f"{argument.keys[0]}:{slug}") for slug, name in offer.groups}
            element = _select(options, known, texts)
    return element


def _input(known: str, longest: int, *, multiline: bool) -> Json:
    initial = {"initial_value": known[:longest]} if known else {}
    return {"type": "plain_text_input", "multiline": multiline, "max_length": longest} | initial


def _people(kind: Kind, people: Sequence[tuple[str, str]], texts: Texts) -> Json:
    several = "multi_" if kind is Kind.PEOPLE else ""
    options = [_option(name, called) for called, name in people]
    return {"type": f"{several}static_select", "placeholder": _choose(texts), "options": options}


def _picker(kind: str, initial: str, known: str, texts: Texts) -> Json:
    return {"type": kind, "placeholder": _choose(texts)} | ({initial: known} if known else {})


def _choices(argument: Argument, texts: Texts) -> dict[str, Json]:
    return {
        str(value): _option(texts.say(f"{argument.name}-{value}"), f"{argument.keys[0]}:{words[0]}")
        for value, words in argument.choices.items()
    }


def _select(options: dict[str, Json], known: str, texts: Texts) -> Json:
    initial = {"initial_option": options[known]} if known in options else {}
    return {"type": "static_select", "placeholder": _choose(texts), "options": [*options.values()]} | initial


def _choose(texts: Texts) -> Json:
    """What stands in a field where nothing is chosen. Slack's own word is English in most workspaces."""
    return plain(texts.say("form-choose"))


def _goals(texts: Texts, known: Sequence[str]) -> Json:
    options = {goal.key: _goal(goal, texts) for catalogue in catalogues() for goal in catalogue.goals}
    offered = [
        {"label": plain(_short(catalogue.names[texts.language])), "options": [options[goal.key] for goal in some]}
        for catalogue in catalogues()
        for some in _at_most(catalogue.goals)
    ]
    initial = [options[key] for key in known if key in options]
    element = {"type": "multi_static_select", "placeholder": _choose(texts), "option_groups": offered}
    return element | ({"initial_options": initial} if initial else {})


def _goal(goal: Goal, texts: Texts) -> Json:
    number = goal.key.partition(":")[2]
    return _option(f"{number} {goal.names[texts.language]}", f"#{catalogue_of(goal.key).words[0]}{number}")


def _at_most(goals: Sequence[Goal]) -> Iterator[Sequence[Goal]]:
    return (goals[start : start + limits.OPTIONS] for start in range(0, len(goals), limits.OPTIONS))


def _option(text: str, value: str) -> Json:
    """An option whose value is what a person would type."""
    return {"text": plain(_short(text)), "value": value}


def _short(text: str) -> str:
    return text if len(text) <= limits.OPTION_TEXT else f"{text[: limits.OPTION_TEXT - 1]}…"
