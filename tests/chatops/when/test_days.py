"""Days in plain words, Swedish and English."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatops.when.days import AHEAD, day_typed
from config.texts import LANGUAGES, texts_in
from storage.rules import RuleBroken

MONDAY = date(2027, 1, 4)


def broken(words: str, today: date = MONDAY) -> RuleBroken:
    with pytest.raises(RuleBroken) as fault:
        day_typed(words, today)
    assert all(texts_in(language).say(fault.value.key, **fault.value.facts) for language in LANGUAGES)
    return fault.value


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2027-01-20", "2027-01-20"),
        ("2027‑1‑20", "2027-01-20"),
        ("20/1", "2027-01-20"),
        ("20/1-28", "2028-01-20"),
        ("20/1 2028", "2028-01-20"),
        ("20.1.2028", "2028-01-20"),
        ("20 januari", "2027-01-20"),
        ("den 20:e januari", "2027-01-20"),
        ("20 JAN. 2028", "2028-01-20"),
        ("20 January", "2027-01-20"),
        ("the 20th of January", "2027-01-20"),
        ("Jan 20, 2028", "2028-01-20"),
        ("4 januari", "2027-01-04"),
        ("3 januari", "2028-01-03"),
        ("idag", "2027-01-04"),
        ("i morgon", "2027-01-05"),
        ("i övermorgon", "2027-01-06"),
        ("tomorrow", "2027-01-05"),
        ("på tisdag", "2027-01-05"),
        ("on Tuesday", "2027-01-05"),
        ("måndag", "2027-01-11"),
        ("nästa tisdag", "2027-01-12"),
        ("next Tuesday", "2027-01-12"),
        ("tisdag v 3", "2027-01-19"),
        ("tisdag v.3", "2027-01-19"),
        ("tisdag vecka 3 2028", "2028-01-18"),
        ("Tuesday week 3", "2027-01-19"),
        ("tisdag v 52", "2027-12-28"),
        ("tisdag 12 januari", "2027-01-12"),
        ("Tuesday the 12th of January", "2027-01-12"),
        ("första tisdagen i februari", "2027-02-02"),
        ("the last Friday of January 2028", "2028-01-28"),
        ("29 februari 2028", "2028-02-29"),
    ],
)
def test_a_day_is_typed_as_people_say_it(words: str, day: str) -> None:
    assert day_typed(words, MONDAY).isoformat() == day


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("29 februari 2027", "day-unreal"),
        ("29 februari", "day-unreal"),
        ("31 april", "day-unreal"),
        ("0/1", "day-unreal"),
        ("2027-02-30", "day-unreal"),
        ("1/20", "month-unreal"),
        ("2027-13-01", "month-unreal"),
        ("tisdag v 53 2027", "week-unreal"),
        ("tisdag vecka 0", "week-unreal"),
        ("onsdag 12 januari", "day-of-another-week"),
        ("femte fredagen i februari 2027", "day-of-no-week"),
        ("2027-01-03", "day-past"),
        ("1999-12-31", "day-past"),
        ("2029-01-05", "day-far"),
        ("9999-12-31", "day-far"),
        ("igår", "day-past"),
        ("20 januari eller så", "day-unknown"),
        ("nästa", "day-unknown"),
        ("", "day-unknown"),
        ("9" * 5_000, "day-unknown"),
    ],
)
def test_what_is_no_day_is_refused_by_its_own_sentence(words: str, key: str) -> None:
    assert broken(words).key == key


def test_a_day_that_does_not_exist_is_told_with_the_last_that_does() -> None:
    fault = broken("29 februari 2027")
    assert texts_in("sv").say(fault.key, **fault.facts) == (
        "”29 februari 2027” finns inte: den månaden har bara 28 dagar. Skriv till exempel 2027-02-28."
    )


def test_on_a_tuesday_tuesday_is_that_of_the_next_week() -> None:
    assert {day_typed(words, date(2027, 1, 5)).isoformat() for words in ("tisdag", "nästa tisdag")} == {"2027-01-12"}


@given(today=st.dates(date(2026, 1, 1), date(2035, 1, 1)), ahead=st.integers(0, AHEAD.days))
def test_every_day_to_come_can_be_typed(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert day_typed(day.isoformat(), today) == day_typed(f"{day.day}/{day.month} {day.year}", today) == day


@given(today=st.dates(date(2026, 1, 1), date(2035, 1, 1)), day=st.dates(date(2027, 1, 1), date(2027, 12, 31)))
def test_without_its_year_the_coming_day_is_meant(today: date, day: date) -> None:
    found = day_typed(f"{day.day}/{day.month}", today)
    assert (found.month, found.day) == (day.month, day.day)
    assert timedelta() <= found - today < timedelta(days=366)
