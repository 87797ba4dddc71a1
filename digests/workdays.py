"""Which days people work: Swedish holidays, and the eves that are as free. The only door to the library `holidays`.

Midsummer's, Christmas and New Year's Eve count as free (SFS 1977:480, 7 §).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from config.texts import Texts

DAY = timedelta(days=1)
# What the library calls them.
PUBLIC, DE_FACTO, OPTIONAL = "public", "de_facto", "optional"
LOCALES = {"sv": "sv", "en": "en_US"}
# Of a holiday's Swedish name the first letter is small within a sentence, unless it is somebody's.
NAMES_OF_PEOPLE = ("Kristi",)


class Likeness(StrEnum):
    """Why few may come. An eve is a day on which many close early; a bridge lies between two free days."""

    FREE = "free"
    WEEKEND = "weekend"
    BRIDGE = "bridge"
    EVE = "eve"
    BEFORE = "before"


@dataclass(frozen=True)
class Remark:
    """Why few may come on a day, and the name of what makes it so; of a bridge, the names of its two sides."""

    likeness: Likeness
    name: str = ""
    other: str = ""


def is_working_day(day: date) -> bool:
    """Most people work on it."""
    return day.weekday() < 5 and day not in _free(day.year, "sv")


def working_days_before(day: date, count: int) -> date:
    """The working day that is `count` of them before `day`, which counts as none; `day` itself for 0."""
    return _stepped(day, count, -DAY)


def working_day_after(day: date, count: int) -> date:
    """The working day that is `count` of them after `day`, which counts as none; `day` itself for 0."""
    return _stepped(day, count, DAY)


def remark(day: date, texts: Texts) -> Remark | None:
    """What there is to say about a day before a meeting is put on it, with names in the reader's language."""
    free, eves = _free(day.year, texts.language), _eves(day.year, texts.language)
    if not is_working_day(day):
        name = free.get(day) or eves.get(day)
        return Remark(Likeness.FREE, name) if name else Remark(Likeness.WEEKEND)
    before, after = day - DAY, day + DAY
    if not is_working_day(before) and not is_working_day(after):
        return Remark(Likeness.BRIDGE, _called(before, texts), _called(after, texts))
    if day in eves:
        return Remark(Likeness.EVE, eves[day])
    following = _holidays(after.year, texts.language, PUBLIC).get(after)
    return Remark(Likeness.BEFORE, following) if following and after.weekday() < 5 else None


def day_remark(day: date, texts: Texts) -> str:
    """`Fredag 7 maj 2027 är en klämdag, …`, in the reader's language; empty for an ordinary day."""
    found = remark(day, texts)
    if found is None:
        return ""
    said = texts.say(f"day-is-{found.likeness}", day=texts.day(day), name=found.name, other=found.other)
    return said[:1].upper() + said[1:]


def day_warning(day: date, number: str, texts: Texts) -> str:
    """The remark on the day of one meeting, and how to move that; empty for an ordinary day."""
    found = day_remark(day, texts)
    return texts.say("day-kept", remark=found, number=number) if found else ""


def _stepped(day: date, count: int, step: timedelta) -> date:
    while count > 0:
        day += step
        count -= is_working_day(day)
    return day


def _called(day: date, texts: Texts) -> str:
    return _free(day.year, texts.language).get(day) or texts.weekday(day.weekday())


def _free(year: int, language: str) -> Mapping[date, str]:
    return _holidays(year, language, PUBLIC, DE_FACTO)


def _eves(year: int, language: str) -> Mapping[date, str]:
    return _holidays(year, language, OPTIONAL)


@lru_cache(maxsize=64)
def _holidays(year: int, language: str, *categories: str) -> Mapping[date, str]:
    """The days of a year with their names. They are read at once: the library adds years while it is asked."""
    from holidays import country_holidays  # noqa: PLC0415 -- a start is spared its 0.2 s

    found = country_holidays("SE", years=year, categories=categories, language=LOCALES[language], expand=False)
    # `Skärtorsdagen (från kl. 14.00)`: from when is each employer's own.
    names = {day: name.partition(" (")[0] for day, name in found.items()}
    return MappingProxyType({day: _spoken(name, language) for day, name in names.items()})


def _spoken(name: str, language: str) -> str:
    """A name as it stands within a sentence."""
    if language != "sv" or name.startswith(NAMES_OF_PEOPLE):
        return name
    return name[:1].lower() + name[1:]
