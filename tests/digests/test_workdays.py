"""Which days people work, and what is said about the others."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.texts import LANGUAGES, texts_in
from digests.workdays import day_remark, day_warning, is_working_day, working_day_after, working_days_before

DAY = timedelta(days=1)
DAYS = st.dates(date(2026, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize("day", ["2027-06-25", "2027-12-24", "2027-12-31", "2027-01-06", "2027-05-06", "2027-01-09"])
def test_holidays_weekends_and_the_three_eves_are_free(day: str) -> None:
    assert not is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2027-01-05", "2027-03-25", "2027-04-30", "2027-05-07", "2027-12-23"])
def test_other_eves_and_days_between_are_worked(day: str) -> None:
    assert is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "count", "before"),
    [
        ("2027-01-12", 1, "2027-01-11"),
        ("2027-01-12", 5, "2027-01-04"),  # over the weekend and Epiphany
        ("2027-01-04", 1, "2026-12-30"),  # over New Year
        ("2027-03-30", 1, "2027-03-25"),  # over Easter
        ("2027-06-28", 1, "2027-06-24"),  # over Midsummer
        ("2027-01-10", 1, "2027-01-08"),  # from a Sunday
        ("2027-01-10", 0, "2027-01-10"),
    ],
)
def test_working_days_are_counted_back(day: str, count: int, before: str) -> None:
    assert working_days_before(date.fromisoformat(day), count).isoformat() == before


@given(day=DAYS, count=st.integers(1, 40))
def test_counting_gives_back_what_was_asked_for(day: date, count: int) -> None:
    first = working_days_before(day, count)
    between = [first + step * DAY for step in range((day - first).days)]
    assert is_working_day(first)
    assert sum(map(is_working_day, between)) == count


@given(day=DAYS.filter(is_working_day), count=st.integers(0, 40))
def test_forth_and_back_leads_home(day: date, count: int) -> None:
    assert working_days_before(working_day_after(day, count), count) == day


@pytest.mark.parametrize(
    ("day", "swedish", "english"),
    [
        ("2027-01-12", "", ""),
        ("2026-06-05", "", ""),  # a Friday before a holiday at a weekend
        (
            "2027-01-06",
            "Onsdag 6 januari 2027 är en ledig dag: trettondedag jul.",
            "Wednesday 6 January 2027 is a day off: Epiphany.",
        ),
        (
            "2027-06-25",
            "Fredag 25 juni 2027 är en ledig dag: midsommarafton.",
            "Friday 25 June 2027 is a day off: Midsummer Eve.",
        ),
        (
            "2027-05-07",
            "Fredag 7 maj 2027 är en klämdag, mellan Kristi himmelsfärdsdag och lördag.",
            "Friday 7 May 2027 is a bridge day, between Ascension Day and Saturday.",
        ),
        (
            "2026-01-05",
            "Måndag 5 januari 2026 är en klämdag, mellan söndag och trettondedag jul.",
            "Monday 5 January 2026 is a bridge day, between Sunday and Epiphany.",
        ),
        (
            "2027-03-25",
            "Torsdag 25 mars 2027 är skärtorsdagen, och då slutar många tidigare.",
            "Thursday 25 March 2027 is Maundy Thursday, when many finish early.",
        ),
        (
            "2027-05-05",
            "Onsdag 5 maj 2027 är dagen före Kristi himmelsfärdsdag, och då slutar många tidigare.",
            "Wednesday 5 May 2027 is the day before Ascension Day, when many finish early.",
        ),
        (
            "2027-03-27",
            "Lördag 27 mars 2027 är en ledig dag: påskafton.",
            "Saturday 27 March 2027 is a day off: Holy Saturday.",
        ),
        (
            "2027-01-09",
            "Lördag 9 januari 2027 ligger i en helg.",
            "Saturday 9 January 2027 is at a weekend.",
        ),
    ],
)
def test_what_is_said_about_a_day(day: str, swedish: str, english: str) -> None:
    said = [day_remark(date.fromisoformat(day), texts_in(language)) for language in LANGUAGES]
    assert said == [swedish, english]


@given(day=DAYS)
def test_every_free_day_is_remarked_on(day: date) -> None:
    assert is_working_day(day) or day_remark(day, texts_in("sv"))


def test_a_warning_says_how_to_move_the_meeting() -> None:
    warning = day_warning(date(2027, 5, 7), "3", texts_in("sv"))
    assert warning.endswith("Vill du ändå ha mötet då, så står det kvar. Annars: `/möte 3 flytta …`")
    assert day_warning(date(2027, 5, 4), "3", texts_in("sv")) == ""
