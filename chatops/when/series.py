"""Meetings that belong together: the days that a rule names, or that were named one by one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from chatops.when.days import AHEAD, be_real, day_in
from chatops.when.recurrence import AND, MOST, Recurrence
from chatops.when.spoken import Spoken
from config.texts import Texts
from digests.workdays import day_remark
from storage.rules import RuleBroken

YEAR_OF_WEEKS = timedelta(weeks=52)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Series:
    """Meetings that belong together, on wall clocks (naive).

    `rule` is an RRULE as Outlook reads it, counted from the first start; empty where the days were named one by one.
    `left_out` are starts that the rule names and nobody wants. `is_a_year` tells that no end was said.
    """

    rule: str
    starts: tuple[datetime, ...]
    left_out: tuple[datetime, ...] = ()
    is_a_year: bool = False


def series_of(found: Recurrence, hour: time, now: datetime) -> Series:
    """The meetings to come by a rule; `now` on the clocks of their zone.

    Raises RuleBroken when there are none or over 60, when they go on for over two years, or at an unreal hour.
    """
    limit = now.date() + AHEAD
    every = list(_instances(found, hour, now))
    wanted = [start for start in every if not found.leaves_out(start.date())][: found.count]
    if not wanted:
        raise RuleBroken("series-empty")
    if max(found.ends or limit, wanted[-1].date()) > limit:
        raise RuleBroken("series-far", last=limit.isoformat())
    if len(wanted) > MOST:
        raise RuleBroken("series-too-many", limit=str(MOST))
    _be_real(wanted, now)
    within = [start for start in every if wanted[0] <= start <= wanted[-1]]
    rule = f"{found.text};COUNT={len(within)}" if len(within) > 1 else ""
    left_out = tuple(start for start in within if start not in wanted)
    return Series(rule, tuple(wanted), left_out, is_a_year=not (found.ends or found.count))


def series_on(days: Iterable[date], hour: time, now: datetime) -> Series:
    """A meeting on each of the days. Raises RuleBroken for one that has begun, over 60, or an unreal hour."""
    starts = [datetime.combine(day, hour) for day in sorted(set(days))]
    if len(starts) > MOST:
        raise RuleBroken("series-too-many", limit=str(MOST))
    if starts[0] <= now.replace(tzinfo=None):
        raise RuleBroken("hour-past", hour=hour.isoformat("minutes"), day=starts[0].date().isoformat())
    _be_real(starts, now)
    return Series("", tuple(starts))


def days_in(spoken: Spoken, today: date) -> list[date]:
    """The days that come next, one after the other, read; as many as there are."""
    days: list[date] = []
    end = spoken.at
    while day := day_in(spoken, today):
        days.append(day)
        end = spoken.at
        if not spoken.took(AND) and not spoken.is_listed:
            break
    spoken.at = end
    return days


def remarks(series: Series, texts: Texts) -> list[tuple[date, str]]:
    """On which days of a series few may come, and why."""
    days = [start.date() for start in series.starts]
    return [(day, said) for day in days if (said := day_remark(day, texts))]


def _instances(found: Recurrence, hour: time, now: datetime) -> Iterator[datetime]:
    """What the rule names from now on, beginning with the first that is wanted. Bounded by four years."""
    here = now.replace(tzinfo=None)
    begin = datetime.combine(max(found.begins or here.date(), here.date()), hour)
    first = next(start for start in _rrule(found, begin, step=1) if start > here)
    every = _rrule(found, first, step=found.step)
    wanted = next((start for start in every if not found.leaves_out(start.date())), first)
    last = _last(found, wanted.date())
    return (start for start in every if wanted <= start and start.date() <= last)


def _rrule(found: Recurrence, first: datetime, step: int) -> rrule:
    return rrule(
        MONTHLY if found.is_monthly else WEEKLY,
        dtstart=first,
        until=first + 2 * AHEAD,
        interval=step,
        bymonthday=found.nth if found.weekday is None else None,
        byweekday=None if found.weekday is None else weekday(found.weekday, found.nth),
    )


def _last(found: Recurrence, first: date) -> date:
    """The day with which it ends. Where nothing is said, a year from the first one."""
    if found.ends or found.count:
        return found.ends or date.max
    if found.is_monthly:
        return date(first.year + 1, first.month, 1) - DAY
    return first + YEAR_OF_WEEKS - DAY


def _be_real(starts: Iterable[datetime], now: datetime) -> None:
    assert now.tzinfo is not None
    for start in starts:
        be_real(start, now.tzinfo)
