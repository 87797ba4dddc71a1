"""When the next letter comes, on everybody's own clocks."""

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from digests.schedule import Rhythm, moment_at, next_moment
from storage.subscriptions import Interval

STOCKHOLM = "Europe/Stockholm"
MONDAY_AT_EIGHT = Rhythm(Interval.WEEKLY, 0, time(8), STOCKHOLM)
ZONES = [STOCKHOLM, "Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "UTC"]
# The usual rule, half an hour, around Ramadan, over midnight, quarters, and none at all.
RULES = [STOCKHOLM, "Australia/Lord_Howe", "Africa/Casablanca", "America/Nuuk", "Pacific/Chatham", "Asia/Kolkata"]
QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)
QUARTERS = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]


def local(text: str, zone: str = STOCKHOLM) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def keys_of(rhythm: Rhythm, after: datetime, count: int, last: date | None = None) -> list[str]:
    keys = []
    for _ in range(count):
        moment = next_moment(rhythm, after, last)
        after, last = moment.at, moment.at.astimezone(ZoneInfo(rhythm.zone)).date()
        keys.append(moment.key)
    return keys


def test_a_weekly_letter_comes_on_its_weekday_at_its_hour() -> None:
    assert keys_of(MONDAY_AT_EIGHT, local("2027-01-12T10:00"), 2) == ["2027-01-18T08:00", "2027-01-25T08:00"]


def test_a_moment_that_is_now_is_not_the_next_one() -> None:
    assert keys_of(MONDAY_AT_EIGHT, local("2027-01-11T08:00"), 1) == ["2027-01-18T08:00"]


def test_a_letter_due_later_today_comes_today() -> None:
    assert keys_of(MONDAY_AT_EIGHT, local("2027-01-11T07:59"), 1) == ["2027-01-11T08:00"]


def test_eight_is_eight_on_both_sides_of_a_clock_change() -> None:
    before = next_moment(MONDAY_AT_EIGHT, local("2027-03-16T00:00"), None)
    after = next_moment(MONDAY_AT_EIGHT, before.at, None)
    assert (before.at.hour, after.at.hour) == (7, 6)


def test_every_second_week_counts_from_the_last_moment() -> None:
    rhythm = Rhythm(Interval.FORTNIGHTLY, 0, time(8), STOCKHOLM)
    keys = keys_of(rhythm, local("2027-01-12T10:00"), 2, last=date(2027, 1, 11))
    assert keys == ["2027-01-25T08:00", "2027-02-08T08:00"]


def test_every_second_week_after_a_long_pause_stays_in_step() -> None:
    rhythm = Rhythm(Interval.FORTNIGHTLY, 4, time(9), STOCKHOLM)
    assert keys_of(rhythm, local("2027-03-01T00:00"), 1, last=date(2027, 1, 11)) == ["2027-03-12T09:00"]


def test_the_first_of_every_second_week_is_the_nearest() -> None:
    rhythm = Rhythm(Interval.FORTNIGHTLY, 0, time(8), STOCKHOLM)
    assert keys_of(rhythm, local("2027-01-12T07:00"), 1) == ["2027-01-18T08:00"]


def test_an_hour_that_a_clock_change_skips_at_the_end_of_a_day_comes_after_midnight() -> None:
    rhythm = Rhythm(Interval.WEEKLY, 5, time(23, 15), "America/Nuuk")
    moment = next_moment(rhythm, local("2027-03-28T00:10", rhythm.zone), None)
    assert (moment.key, moment.at) == ("2027-03-27T23:15", local("2027-03-28T00:15", rhythm.zone))


def test_monthly_is_the_first_such_weekday_of_the_month() -> None:
    rhythm = Rhythm(Interval.MONTHLY, 4, time(9), STOCKHOLM)
    keys = keys_of(rhythm, local("2027-01-02T00:00"), 3)
    assert keys == ["2027-02-05T09:00", "2027-03-05T09:00", "2027-04-02T09:00"]


def test_an_hour_that_a_clock_change_skips_moves_forward_by_the_gap() -> None:
    moment = moment_at(date(2027, 3, 28), time(2, 30), STOCKHOLM)
    assert moment.at == local("2027-03-28T03:30")


def test_an_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    assert moment_at(date(2027, 10, 31), time(2, 30), STOCKHOLM).at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", ZONES)
def test_a_year_has_a_letter_for_every_week_and_none_twice(zone: str) -> None:
    rhythm = Rhythm(Interval.WEEKLY, 6, time(2, 30), zone)
    keys = keys_of(rhythm, local("2027-01-01T00:00", zone), 52)
    days = [date.fromisoformat(key[:10]) for key in keys]
    assert len(set(keys)) == 52
    assert all(later - earlier == timedelta(weeks=1) for earlier, later in itertools.pairwise(days))


# --- an oracle that knows no formula: it walks through UTC and looks at the clocks on the wall ---


@cache
def shown(day: date, zone: str) -> dict[time, datetime]:
    """When the clocks of `zone` show each quarter of that day for the first time. What they skip is missing."""
    first: dict[time, datetime] = {}
    start = datetime.combine(day, time(), UTC) - DAY
    for instant in (start + number * QUARTER for number in range(3 * 96)):
        on_the_wall = instant.astimezone(ZoneInfo(zone))
        if on_the_wall.date() == day:
            first.setdefault(on_the_wall.time(), instant)
    return first


def looked_up(day: date, hour: time, zone: str) -> datetime:
    """The first time the clocks show it; where they skip it, as long after the last they did show as it says."""
    wall, skipped = datetime.combine(day, hour), timedelta()
    while wall.time() not in shown(wall.date(), zone):
        wall, skipped = wall - QUARTER, skipped + QUARTER
    return shown(wall.date(), zone)[wall.time()] + skipped


@cache
def changed_days(zone: str) -> list[date]:
    """The days from 2024 to 2037 on which the clocks of `zone` are changed, or that end with it."""
    days = [date(2024, 1, 1) + number * DAY for number in range((date(2038, 1, 1) - date(2024, 1, 1)).days)]
    offsets = [datetime.combine(day, time(), ZoneInfo(zone)).utcoffset() for day in days]
    changed = [day for day, (now, then) in zip(days, itertools.pairwise(offsets), strict=False) if now != then]
    return [day for day in changed for day in (day, day + DAY)]


def days_round(interval: Interval, changed: date) -> list[date]:
    """The days of an interval around a change of clocks, on its weekday: two before, the day itself if it is one, and
    two after, told by the calendar alone."""
    days = [changed + weeks * timedelta(weeks=1) for weeks in range(-9, 10)]
    if interval is Interval.MONTHLY:
        return [day for day in days if day.day <= 7]
    return days[6:13] if interval is Interval.WEEKLY else days[5:14:2]


def walk(rhythm: Rhythm, first: date, until: date) -> Iterator[tuple[str, datetime]]:
    """What `next_moment` gives from one moment to the next."""
    moment = moment_at(first, rhythm.hour, rhythm.zone)
    while moment.key[:10] <= until.isoformat():
        yield moment.key, moment.at
        last = date.fromisoformat(moment.key[:10])
        moment = next_moment(rhythm, moment.at, last)


@pytest.mark.parametrize("zone", RULES)
def test_the_clocks_of_six_zones_follow_different_rules(zone: str) -> None:
    assert len(changed_days(zone)) // 2 == {"Asia/Kolkata": 0, "Africa/Casablanca": 30}.get(zone, 28)


@pytest.mark.parametrize("zone", RULES)
def test_every_quarter_of_a_changed_day_is_the_instant_that_the_wall_shows(zone: str) -> None:
    for day, hour in itertools.product(changed_days(zone) or [date(2027, 1, 11)], QUARTERS):
        assert moment_at(day, hour, zone).at == looked_up(day, hour, zone), (day, hour)


@pytest.mark.parametrize("interval", [Interval.WEEKLY, Interval.FORTNIGHTLY, Interval.MONTHLY])
@pytest.mark.parametrize("zone", RULES)
def test_a_walk_through_every_clock_change_meets_each_key_once_and_in_order(zone: str, interval: Interval) -> None:
    for changed, hour in itertools.product(changed_days(zone) or [date(2027, 3, 28)], QUARTERS):
        days = days_round(interval, changed)
        walked = list(walk(Rhythm(interval, changed.weekday(), hour, zone), days[0], days[-1]))
        expected = [(f"{day}T{hour:%H:%M}", looked_up(day, hour, zone)) for day in days]
        assert walked == expected
        assert all(earlier[1] < later[1] for earlier, later in itertools.pairwise(walked))


@pytest.mark.parametrize("zone", RULES)
def test_whatever_the_time_is_the_next_moment_is_the_first_that_is_later(zone: str) -> None:
    for changed, hour in itertools.product(changed_days(zone)[:8] or [date(2027, 3, 28)], QUARTERS):
        rhythm = Rhythm(Interval.WEEKLY, changed.weekday(), hour, zone)
        last, moment, coming = (looked_up(changed + n * timedelta(weeks=1), hour, zone) for n in (-1, 0, 1))
        for after in (moment + number * QUARTER for number in range(-8, 9)):
            expected = min(at for at in (last, moment, coming) if at > after)
            assert next_moment(rhythm, after, None).at == expected, (after, hour)
