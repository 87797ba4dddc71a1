"""The goals that an item can serve: Agenda 2030, the Swedish environmental objectives, and local plans."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CATALOGUES = Path(__file__).with_name("goals.toml")
TAG = re.compile(r"(?P<word>[^\W\d_]+)(?P<number>\d+(?:\.\d+)*)")


@dataclass(frozen=True)
class Goal:
    """One entry: its key (`sdg:13`) and its name in each language."""

    key: str
    names: dict[str, str]


@dataclass(frozen=True)
class Catalogue:
    """A family of goals, and the words it is typed with (`#globalamål13`)."""

    key: str
    names: dict[str, str]
    words: tuple[str, ...]
    goals: tuple[Goal, ...]


class UnknownGoal(Exception):
    """A tag of a known catalogue with a number that is not there."""

    def __init__(self, tag: str, catalogue: Catalogue) -> None:
        super().__init__(tag)
        self.tag = tag
        self.catalogue = catalogue


@cache
def catalogues() -> tuple[Catalogue, ...]:
    """All catalogues, read once."""
    written = tomllib.loads(CATALOGUES.read_text("utf-8"))
    return tuple(_catalogue(key, entry) for key, entry in written.items())


def goal_typed(tag: str) -> Goal | None:
    """The goal that `tag` (`sdg13`, `miljömål1`, without the #) means; None when the word is no catalogue's.

    Raises UnknownGoal when the catalogue is known and the number is not.
    """
    parts = TAG.fullmatch(tag.casefold())
    if parts is None:
        return None
    for catalogue in catalogues():
        if parts["word"] in catalogue.words:
            return _numbered(catalogue, parts["number"], tag)
    return None


def goal_keyed(key: str) -> Goal | None:
    """The goal with a stored key (`sdg:13`)."""
    return next((goal for catalogue in catalogues() for goal in catalogue.goals if goal.key == key), None)


def catalogue_of(key: str) -> Catalogue:
    """The catalogue of a stored key."""
    return next(catalogue for catalogue in catalogues() if catalogue.key == key.partition(":")[0])


def _numbered(catalogue: Catalogue, number: str, tag: str) -> Goal:
    goal = goal_keyed(f"{catalogue.key}:{number}")
    if goal is None:
        raise UnknownGoal(tag, catalogue)
    return goal


def _catalogue(key: str, entry: dict[str, dict[str, str]]) -> Catalogue:
    goals = entry["goals"]
    return Catalogue(
        key=key,
        names={language: str(name) for language, name in entry["name"].items()},
        words=tuple(entry["typed"]),
        goals=tuple(Goal(f"{key}:{number}", _names(names)) for number, names in goals.items()),
    )


def _names(names: str | list[str]) -> dict[str, str]:
    """A local plan may have a Swedish name alone."""
    swedish, english = (names, names) if isinstance(names, str) else names
    return {"sv": swedish, "en": english}
