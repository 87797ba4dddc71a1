"""Which moment comes next: wall-clock time in a zone, turned into one instant. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.subscriptions import Interval

WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Rhythm:
    """How often, and when on the clocks of `zone`."""

    interval: Interval
    weekday: int
    hour: time
    zone: str


@dataclass(frozen=True)
class Moment:
    """An instant (UTC), and the wall-clock key that names it."""

    key: str
    at: datetime


def next_moment(rhythm: Rhythm, after: datetime, last: date | None) -> Moment:
    """The first moment of the rhythm later than `after`. Every second week counts from `last`, the last one's day."""
    # Where a clock change skips the end of a day, a moment of yesterday comes after midnight.
    yesterday = after.astimezone(ZoneInfo(rhythm.zone)).date() - timedelta(days=1)
    day = _first_day(rhythm, yesterday, last)
    while (moment := moment_at(day, rhythm.hour, rhythm.zone)).at <= after:
        day = _day_after(rhythm, day, last)
    return moment


def moment_at(day: date, hour: time, zone: str) -> Moment:
    """A wall-clock time as an instant. One that a clock change skips is moved forward by the gap; of one that comes
    twice the first is meant (PEP 495, fold 0)."""
    local = datetime.combine(day, hour)
    return Moment(local.isoformat(timespec="minutes"), local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))


def _first_day(rhythm: Rhythm, start: date, last: date | None) -> date:
    if rhythm.interval is Interval.MONTHLY:
        return _first_weekday(start.replace(day=1), rhythm.weekday)
    if rhythm.interval is Interval.FORTNIGHTLY and last is not None:
        return last - timedelta(days=last.weekday()) + 2 * WEEK + timedelta(days=rhythm.weekday)
    return _first_weekday(start, rhythm.weekday)


def _day_after(rhythm: Rhythm, day: date, last: date | None) -> date:
    if rhythm.interval is Interval.MONTHLY:
        return _first_weekday((day.replace(day=1) + timedelta(days=32)).replace(day=1), rhythm.weekday)
    return day + (2 * WEEK if rhythm.interval is Interval.FORTNIGHTLY and last is not None else WEEK)


def _first_weekday(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)
