"""The console's clock."""

from datetime import UTC, datetime, timedelta

import pytest

from chatops.platforms.console_time import MovableClock, time_typed

NOW = datetime(2027, 3, 26, 7, 0, tzinfo=UTC)  # a Friday, 08:00 in Stockholm, two days before summer time
STOCKHOLM = "Europe/Stockholm"


def test_days_keep_the_hour_on_the_wall_across_a_clock_change() -> None:
    assert time_typed("+7d", NOW, STOCKHOLM) == NOW + timedelta(days=7, hours=-1)


def test_hours_are_hours() -> None:
    assert time_typed("+3h", NOW, STOCKHOLM) == NOW + timedelta(hours=3)


def test_a_moment_is_on_the_clocks_of_the_group() -> None:
    assert time_typed("2027-06-01 8:00", NOW, STOCKHOLM) == datetime(2027, 6, 1, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize("words", ["7d", "+d", "2027-02-30 08:00", "2027-01-11", "imorgon", "+99999d"])
def test_other_words_are_no_time(words: str) -> None:
    assert time_typed(words, NOW, STOCKHOLM) is None


def test_the_clock_is_real_until_it_is_held() -> None:
    times = iter([NOW, NOW + timedelta(seconds=1)])
    clock = MovableClock(None, lambda: next(times))
    assert clock.now() < clock.now()


def test_the_clock_begins_no_earlier_than_this_database_has_seen() -> None:
    later = NOW + timedelta(days=3)
    assert MovableClock(later, lambda: NOW).now() == later
    assert MovableClock(NOW, lambda: later).now() == later


def test_a_held_clock_stands_still() -> None:
    clock = MovableClock(None, lambda: datetime.now(UTC))
    clock.hold(NOW)
    assert clock.now() == clock.now() == NOW
