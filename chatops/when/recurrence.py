"""How often, in plain words, Swedish and English: `första tisdagen varje månad, inte juli, till juni 2028`.

Weekly and monthly alone. What would skip months (a fifth Friday, the 31st) and what has no end are refused.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from chatops.when.days import (
    OF_A_MONTH,
    ORDINAL_WORDS,
    ORDINALS,
    WEEKDAY,
    WEEKDAY_WORDS,
    day_in,
    last_of,
    month_in,
    year_in,
)
from chatops.when.spoken import HOUR, Spoken
from storage.rules import RuleBroken

MOST = 60
LAST_DAY_OF_EVERY_MONTH = 28
BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# All words here are folded.
EVERY = {
    **{"varje": 1, "every": 1, "each": 1, "varannan": 2, "every second": 2, "every other": 2, "every 2nd": 2},
    **{"var tredje": 3, "every third": 3, "every 3rd": 3, "var fjarde": 4, "every fourth": 4, "every 4th": 4},
}
OF_WEEKS = {
    **{f"{every} {week}": step for every, step in EVERY.items() for week in ("vecka", "week")},
    **{"veckovis": 1, "weekly": 1, "fortnightly": 2, "every two weeks": 2},
}
OF_MONTHS = {
    **{f"{of}{every} manad": step for of in ("", "i ") for every, step in EVERY.items()},
    **{f"{of}{every} month": step for of in ("", "of ", "in ") for every, step in EVERY.items()},
    **{"i manaden": 1, "manadsvis": 1, "of the month": 1, "in the month": 1, "monthly": 1},
    **{"varje kvartal": 3, "every quarter": 3, "of every quarter": 3, "quarterly": 3},
}
NUMBER = re.compile(r"([0-9]{1,2})(?:\.|:[ae]|st|nd|rd|th)?")
COUNT = re.compile("[0-9]+")
PLURALS = ("dagar", "dagarna", "days")
ON = frozenset({"pa", "den", "on", "on the", "the"})
AND = frozenset({"och", "and", "&", "samt"})
OR = frozenset({"eller", "or", "i", "in"})
TIMES = frozenset({"ganger", "times", "moten", "meetings"})
NOT = frozenset({"inte", "men inte", "ej", "utom", "forutom", "not", "but not", "except", "except for"})
UNTIL = frozenset({"till", "till och med", "t.o.m.", "tom", "fram till", "until", "until the end of", "through"})
FROM = frozenset({"fran", "fran och med", "fr.o.m.", "med start", "from", "starting", "starting on"})
ENDLESS = frozenset(
    {"for alltid", "alltid", "tills vidare", "utan slut"}
    | {"forever", "for ever", "always", "without end", "until further notice", "indefinitely"}
)
EVERY_WORDS, WEEKLY_WORDS, MONTHLY_WORDS = frozenset(EVERY), frozenset(OF_WEEKS), frozenset(OF_MONTHS)


@dataclass(frozen=True)
class Recurrence:
    """How often, before it is known at what hour: every `step` months, or weeks.

    `nth` is the weekday's place in the month, or without `weekday` the day's number. `without` are months (1 to 12)
    with their year, 0 for any.
    """

    is_monthly: bool
    step: int
    weekday: int | None = None
    nth: int | None = None
    begins: date | None = None
    ends: date | None = None
    count: int | None = None
    without: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    without_days: frozenset[date] = field(default_factory=frozenset)

    @property
    def text(self) -> str:
        """As an RRULE (RFC 5545, 3.3.10), without its end."""
        step = f";INTERVAL={self.step}" if self.step > 1 else ""
        day = f"BYMONTHDAY={self.nth}" if self.weekday is None else f"BYDAY={self.nth or ''}{BYDAY[self.weekday]}"
        return f"FREQ={'MONTHLY' if self.is_monthly else 'WEEKLY'}{step};{day}"

    def leaves_out(self, day: date) -> bool:
        """Nobody wants it."""
        return bool({(day.month, 0), (day.month, day.year)} & self.without) or day in self.without_days


def recurrence_in(spoken: Spoken, today: date) -> Recurrence | None:
    """The rule that comes next, read; None where none does. Raises RuleBroken for what cannot be one."""
    start = spoken.at
    found = _head(spoken)
    if found is None:
        spoken.at = start
        return None
    while clause := _clause(spoken, today, found):
        found = clause
    return found


def _head(spoken: Spoken) -> Recurrence | None:
    """`första tisdagen varje månad`, `varannan tisdag`, `varje vecka på tisdagar`, `monthly on the 15th`."""
    weeks, months = spoken.took(WEEKLY_WORDS), spoken.took(MONTHLY_WORDS)
    while spoken.took(ON):
        pass
    start = spoken.at
    every, ordinal = spoken.took(EVERY_WORDS), spoken.took(ORDINAL_WORDS)
    name = spoken.took(WEEKDAY_WORDS)
    if not name:
        spoken.at = start
        return None if every or weeks else _on_the_same_number(spoken, months)
    months = months or spoken.took(MONTHLY_WORDS)
    step = OF_WEEKS.get(weeks) or EVERY.get(every, 1)
    if ordinal or (months and step > 1):
        return _on_the_same_weekday(spoken, months, WEEKDAY[name], ORDINALS.get(ordinal, step), start)
    return (
        Recurrence(is_monthly=False, step=step, weekday=WEEKDAY[name])
        if every or weeks or name.endswith(PLURALS)
        else None
    )


def _on_the_same_weekday(spoken: Spoken, months: str, weekday: int, nth: int, start: int) -> Recurrence | None:
    """Each month; what names one month is a day."""
    word, end = spoken.since(start), spoken.at
    if spoken.took(OF_A_MONTH) and month_in(spoken):
        return None
    spoken.at = end
    if nth > 4:
        raise RuleBroken("series-fifth", word=word)
    return Recurrence(is_monthly=True, step=OF_MONTHS.get(months, 1), weekday=weekday, nth=nth)


def _on_the_same_number(spoken: Spoken, months: str) -> Recurrence | None:
    """`den 15:e varje månad`; the months may stand before."""
    number = spoken.matched(NUMBER)
    months = months or spoken.took(MONTHLY_WORDS)
    if number is None or not months:
        return None
    day = int(number[1])
    if not 1 <= day <= LAST_DAY_OF_EVERY_MONTH:
        raise RuleBroken("series-skips-months", day=number[1], last=str(LAST_DAY_OF_EVERY_MONTH))
    return Recurrence(is_monthly=True, step=OF_MONTHS[months], nth=day)


def _clause(spoken: Spoken, today: date, found: Recurrence) -> Recurrence | None:
    """What comes next, put to what is found; None where nothing does. The hour may stand between."""
    start = spoken.at
    if spoken.next == HOUR:
        spoken.at += 1
    while spoken.took(AND):
        pass
    since = spoken.at
    if spoken.took(ENDLESS):
        raise RuleBroken("series-endless", word=spoken.since(since))
    if spoken.took(NOT):
        return _without(spoken, today, found)
    if spoken.took(FROM):
        return replace(found, begins=_bound(spoken, today, since, is_end=False))
    if spoken.took(UNTIL):
        return replace(found, ends=_bound(spoken, found.begins or today, since, is_end=True))
    if (count := spoken.matched(COUNT)) and spoken.took(TIMES):
        return replace(found, count=_counted(count[0]))
    spoken.at = start
    return None


def _without(spoken: Spoken, today: date, found: Recurrence) -> Recurrence:
    """Months and days, one after the other."""
    months, days = set(found.without), set(found.without_days)
    since, end = spoken.at, spoken.at
    while True:
        while spoken.took(AND) or spoken.took(OR):
            pass
        if day := day_in(spoken, today):
            days.add(day)
        elif month := month_in(spoken):
            months.add((month, year_in(spoken) or 0))
        else:
            break
        end = spoken.at
    if end == since:
        raise RuleBroken("series-without-what", word=spoken.through(since - 1))
    spoken.at = end
    return replace(found, without=frozenset(months), without_days=frozenset(days))


def _bound(spoken: Spoken, today: date, since: int, *, is_end: bool) -> date:
    """A day, or the whole of a month or a year."""
    if spoken.took(ENDLESS):
        raise RuleBroken("series-endless", word=spoken.since(since))
    if day := day_in(spoken, today):
        return day
    month, year = month_in(spoken), year_in(spoken)
    if month is None and year is None:
        raise RuleBroken("series-bound-unknown", word=spoken.through(since))
    if month is None:
        month = 12 if is_end else 1
    year = year or today.year + (month < today.month)
    return last_of(year, month) if is_end else max(date(year, month, 1), today)


def _counted(typed: str) -> int:
    count = int(typed[:4])
    if not 1 <= count <= MOST:
        raise RuleBroken("series-too-many", limit=str(MOST))
    return count
