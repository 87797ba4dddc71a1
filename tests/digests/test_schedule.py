"""When the next letter comes, on everybody's own clocks."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from digests.schedule import Rhythm, moment_at, next_moment
from storage.subscriptions import Interval

STOCKHOLM = "Europe/Stockholm"
MONDAY_AT_EIGHT = Rhythm(Interval.WEEKLY, 0, time(8), STOCKHOLM)
ZONES = [STOCKHOLM, "Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "UTC"]


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
