"""Days in plain words, Swedish and English: `2027-01-20`, `20/1`, `20 januari`, `imorgon`, `tisdag v 3`.

The day comes before the month (sv_SE, en_GB). Where the year is left out, the coming one is meant. A weekday by itself
is the coming one, never today; the next one is that of next week.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from chatops.arguments import fold
from chatops.when.spoken import Spoken
from storage.rules import RuleBroken

WEEK = timedelta(weeks=1)
AHEAD = timedelta(days=731)
ISO = re.compile(r"([1-9][0-9]{3})-([0-9]{1,2})-([0-9]{1,2})")
SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})(?:[-/]((?:20)?[0-9]{2}))?|([0-9]{1,2})\.([0-9]{1,2})\.(20[0-9]{2})")
NUMBER = re.compile(r"([0-9]{1,2})(?:\.|:[ae]|st|nd|rd|th)?")
YEAR = re.compile("20[0-9]{2}")
WEEK_NUMBER = re.compile(r"(?:v\.?)?([0-9]{1,2})")
WEEKDAYS = (
    ("måndag", "mån", "monday", "mon"),
    ("tisdag", "tis", "tuesday", "tue", "tues"),
    ("onsdag", "ons", "wednesday", "wed"),
    ("torsdag", "tors", "tor", "thursday", "thu", "thur", "thurs"),
    ("fredag", "fre", "friday", "fri"),
    ("lördag", "lör", "saturday", "sat"),
    ("söndag", "sön", "sunday", "sun"),
)
MONTHS = (
    ("januari", "january", "jan"),
    ("februari", "february", "feb"),
    ("mars", "march", "mar"),
    ("april", "apr"),
    ("maj", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("augusti", "august", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
ORDINALS = {
    **{"forsta": 1, "1:a": 1, "first": 1, "1st": 1, "andra": 2, "2:a": 2, "second": 2, "2nd": 2},
    **{"tredje": 3, "3:e": 3, "third": 3, "3rd": 3, "fjarde": 4, "4:e": 4, "fourth": 4, "4th": 4},
    **{"femte": 5, "5:e": 5, "fifth": 5, "5th": 5, "sista": -1, "last": -1},
}
RELATIVE = {"idag": 0, "i dag": 0, "today": 0, "imorgon": 1, "i morgon": 1, "imorron": 1, "tomorrow": 1} | {
    "overmorgon": 2,
    "i overmorgon": 2,
    "the day after tomorrow": 2,
    "igar": -1,
    "i gar": -1,
    "yesterday": -1,
}
RELATIVES = frozenset(RELATIVE)
BEFORE_A_DAY = frozenset({"pa", "nu pa", "den", "on", "on the", "the", "this", "kommande", "coming"})
NEXT = frozenset({"nasta", "next"})
WEEK_WORDS = frozenset({"v", "v.", "vecka", "i vecka", "week", "in week", "of week"})
BETWEEN = frozenset({"den", "the", "of"})
OF_A_MONTH = frozenset({"i", "in", "of"})


def _endings(names: tuple[str, ...]) -> Iterable[str]:
    """A weekday as it is typed: `tisdagen`, `tisdagar`, `Tuesdays`."""
    for name in map(fold, names):
        whole = name.endswith("dag") or name.endswith("day")
        yield from (name + ending for ending in (("", "en", "ar", "arna", "s") if whole else ("", ".")))


WEEKDAY = {name: number for number, names in enumerate(WEEKDAYS) for name in _endings(names)}
MONTH = {fold(name) + dot: number for number, names in enumerate(MONTHS, 1) for name in names for dot in ("", ".")}
WEEKDAY_WORDS, MONTH_WORDS, ORDINAL_WORDS = frozenset(WEEKDAY), frozenset(MONTH), frozenset(ORDINALS)


def day_typed(words: str, today: date) -> date:
    """The day that `words` are, nothing beside it. Raises RuleBroken as `day_in` does, and for what is no day."""
    spoken = Spoken(words.split())
    day = day_in(spoken, today)
    if day is None or spoken.next:
        raise RuleBroken("day-unknown", word=words)
    return day


def day_in(spoken: Spoken, today: date) -> date | None:
    """The day that comes next, read; None where none does.

    Raises RuleBroken for a day that does not exist, has passed, or is over two years ahead.
    """
    start = spoken.at
    day = _day(spoken, today)
    if day is None:
        spoken.at = start
        return None
    if day < today:
        raise RuleBroken("day-past", day=day.isoformat(), example=(today + WEEK).isoformat())
    if day > today + AHEAD:
        raise RuleBroken("day-far", day=day.isoformat(), last=(today + AHEAD).isoformat())
    return day


def month_in(spoken: Spoken) -> int | None:
    """The month that comes next, read: 1 to 12."""
    name = spoken.took(MONTH_WORDS)
    return MONTH[name] if name else None


def year_in(spoken: Spoken) -> int | None:
    """The year that comes next, read."""
    found = spoken.matched(YEAR)
    return int(found[0]) if found else None


def last_of(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def be_real(start: datetime, zone: tzinfo) -> None:
    """Raises RuleBroken when a clock change skips that hour on the clocks of `zone`. `start` is naive."""
    there = start.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    if there != start:
        hours = {"hour": _hour(start.time()), "example": _hour(there.time())}
        raise RuleBroken("hour-skipped", day=start.date().isoformat(), **hours)


def _hour(hour: time) -> str:
    return hour.isoformat("minutes")


def _day(spoken: Spoken, today: date) -> date | None:
    if relative := spoken.took(RELATIVES):
        return today + timedelta(days=RELATIVE[relative])
    is_next = bool(spoken.took(NEXT))
    while spoken.took(BEFORE_A_DAY):
        pass
    start = spoken.at
    if ordinal := spoken.took(ORDINAL_WORDS):
        if day := _nth(spoken, ORDINALS[ordinal], today):
            return day
        spoken.at = start
    name = spoken.took(WEEKDAY_WORDS)
    if not name:
        return None if is_next else _dated(spoken, today)
    weekday = WEEKDAY[name]
    if is_next:
        return today - timedelta(days=today.weekday()) + WEEK + timedelta(days=weekday)
    if day := _in_week(spoken, weekday, today):
        return day
    after = spoken.at
    while spoken.took(BETWEEN):
        pass
    named = _dated(spoken, today)
    spoken.at = spoken.at if named else after
    if named and named.weekday() != weekday:
        raise RuleBroken("day-of-another-week", word=spoken.since(start), example=named.isoformat())
    return named or today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _nth(spoken: Spoken, nth: int, today: date) -> date | None:
    """`första tisdagen i februari`, behind the first word."""
    start = spoken.at - 1
    name = spoken.took(WEEKDAY_WORDS)
    month = month_in(spoken) if name and spoken.took(OF_A_MONTH) else None
    if month is None:
        return None
    year, weekday = year_in(spoken), WEEKDAY[name]
    day = _nth_weekday(year or today.year, month, weekday, nth)
    if day and day < today and year is None:
        day = _nth_weekday(today.year + 1, month, weekday, nth)
    if day is None:
        raise RuleBroken("day-of-no-week", word=spoken.since(start))
    return day


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The weekday's place in a month, from its end where negative; None where there are not as many."""
    last = last_of(year, month)
    if nth < 0:
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = last.replace(day=1)
    day = 1 + (weekday - first.weekday()) % 7 + 7 * (nth - 1)
    return first.replace(day=day) if day <= last.day else None


def _in_week(spoken: Spoken, weekday: int, today: date) -> date | None:
    """`v 3`, `vecka 3 2028`, behind a weekday (ISO 8601)."""
    start = spoken.at
    with_word = bool(spoken.took(WEEK_WORDS))
    found = spoken.matched(WEEK_NUMBER) if with_word or spoken.next.startswith("v") else None
    if found is None:
        spoken.at = start
        return None
    number, year = int(found[1]), year_in(spoken)
    years = [year] if year else [today.isocalendar().year + ahead for ahead in (0, 1)]
    days = [date.fromisocalendar(one, number, weekday + 1) for one in years if 1 <= number <= _weeks(one)]
    if not days:
        raise RuleBroken("week-unreal", word=spoken.since(start), weeks=str(_weeks(years[0])))
    return next((day for day in days if day >= today), days[-1])


def _weeks(year: int) -> int:
    return date(year, 12, 28).isocalendar().week


def _dated(spoken: Spoken, today: date) -> date | None:
    """A day of a month, in numbers or in words."""
    start = spoken.at
    if found := spoken.matched(ISO):
        year, month, day = map(int, found.groups())
    elif found := spoken.matched(SLASHED):
        day, month, year = (int(part or 0) for part in (found.groups()[:3] if found[1] else found.groups()[3:]))
        year = year + 2000 if 0 < year < 100 else year or year_in(spoken) or 0
    elif named := _named(spoken):
        day, month, year = named
    else:
        spoken.at = start
        return None
    return _existing(year, month, day, spoken.since(start), today)


def _named(spoken: Spoken) -> tuple[int, int, int] | None:
    """`20 januari 2027`, `the 20th of January`, `Jan 20`."""
    if month := month_in(spoken):
        number = spoken.matched(NUMBER)
    else:
        number = spoken.matched(NUMBER)
        while number and spoken.took(BETWEEN):
            pass
        month = month_in(spoken) if number else None
    return (int(number[1]), month, year_in(spoken) or 0) if number and month else None


def _existing(year: int, month: int, day: int, word: str, today: date) -> date:
    if not 1 <= month <= 12:
        raise RuleBroken("month-unreal", word=word)
    year = year or today.year + ((month, day) < (today.month, today.day))
    last = last_of(year, month)
    if not 1 <= day <= last.day:
        raise RuleBroken("day-unreal", word=word, last=str(last.day), example=str(last))
    return last.replace(day=day)
