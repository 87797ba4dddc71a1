"""What is typed behind `/meeting plan`: one day, several, or a rule; the hour anywhere; and the title."""

import time
from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given
from hypothesis import strategies as st

from chatops.when.planning import Planned, planned
from chatops.when.series import Series, remarks
from config.texts import LANGUAGES, texts_in
from storage.rules import RuleBroken

AT = datetime.fromisoformat
STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOW = datetime(2027, 1, 4, 9, 0, tzinfo=STOCKHOLM)
RULES = ["första tisdagen", "varannan tisdag", "sista torsdagen i månaden", "den 15:e varje månad", "every Monday"]
ODDMENTS = (
    "första tisdagen varje 15:e månad inte juli till 13:00 15-13 kl vecka v 3 nästa och 2027 31 maj 99/99 , gånger"
)
CLAUSES = [
    "",
    ", inte juli",
    " till 15 juni",
    " 8 gånger",
    " från 1 mars",
    " utom juli och augusti",
    " until June 2028",
]


def series(words: str) -> Series:
    found = planned(words, NOW).series
    assert found is not None
    return found


def days(words: str) -> str:
    return " ".join(f"{start.day}/{start.month}" for start in series(words).starts)


def broken(words: str, now: datetime = NOW, **apart: str) -> str:
    with pytest.raises(RuleBroken) as fault:
        planned(words, now, **apart)
    assert all(texts_in(language).say(fault.value.key, **fault.value.facts).isprintable() for language in LANGUAGES)
    return fault.value.key


@pytest.mark.parametrize(
    ("words", "hour", "minutes", "title"),
    [
        ("2027-01-20 13:00", "13:00", None, ""),
        ("2027-01-20 13:00 Gruppens möte", "13:00", None, "Gruppens möte"),
        ("20/1 kl 13 Gruppens möte", "13:00", None, "Gruppens möte"),
        ("20 januari kl. 13.00: Gruppens möte", "13:00", None, "Gruppens möte"),
        ("20 januari 13–15 Budget 3-4", "13:00", 120, "Budget 3-4"),
        ("20 januari 13.00-15.30", "13:00", 150, ""),
        ("20 januari kl 13 till 15 Budget", "13:00", 120, "Budget"),
        ("20 januari from 13:00 to 15:00 Budget", "13:00", 120, "Budget"),
        ("Jan 20 at 1 pm Budget", "13:00", None, "Budget"),
        ("Jan 20 1.30pm Budget", "13:30", None, "Budget"),
        ("20 januari 13 Budget", "13:00", None, "Budget"),
        ("20 januari Budget 13:00", "13:00", None, "Budget"),
        ("20 januari Budget 13-15", "13:00", 120, "Budget"),
        ("onsdag 20 januari Den stora frågan 13:00", "13:00", None, "Den stora frågan"),
        ("kl 13 20 januari Budget", "13:00", None, "Budget"),
        ("20 januari 13:00 Lunch kl 12", "13:00", None, "Lunch kl 12"),
        ("20 januari 13:00 2027 års budget", "13:00", None, "2027 års budget"),
        ("20 januari 13:00 – Inte bara el", "13:00", None, "Inte bara el"),
    ],
)
def test_one_meeting_has_its_day_its_hour_and_its_title(words: str, hour: str, minutes: int | None, title: str) -> None:
    start = AT(f"2027-01-20T{hour}")
    assert planned(words, NOW) == Planned(start, None, title, minutes)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("första tisdagen", "FREQ=MONTHLY;BYDAY=1TU;COUNT=12"),
        ("first Tuesday of every month", "FREQ=MONTHLY;BYDAY=1TU;COUNT=12"),
        ("every second Tuesday of the month", "FREQ=MONTHLY;BYDAY=2TU;COUNT=12"),
        ("sista torsdagen i månaden", "FREQ=MONTHLY;BYDAY=-1TH;COUNT=12"),
        ("första tisdagen varannan månad", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU;COUNT=6"),
        ("den 15:e varje månad", "FREQ=MONTHLY;BYMONTHDAY=15;COUNT=12"),
        ("monthly on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15;COUNT=12"),
        ("varje tisdag till 15 juni", "FREQ=WEEKLY;BYDAY=TU;COUNT=24"),
        ("på tisdagar till och med 15 juni", "FREQ=WEEKLY;BYDAY=TU;COUNT=24"),
        ("varannan tisdag 8 gånger", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=8"),
        ("every second Tuesday until June 2028", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=39"),
        ("every Tuesday of the month, 3 times", "FREQ=WEEKLY;BYDAY=TU;COUNT=3"),
    ],
)
def test_a_rule_is_one_that_outlook_reads(words: str, rule: str) -> None:
    assert series(f"{words} 13:00 Möte").rule == rule


@pytest.mark.parametrize(
    ("words", "starts"),
    [
        ("första tisdagen 13:00, inte juli", "5/1 2/2 2/3 6/4 4/5 1/6 3/8 7/9 5/10 2/11 7/12"),
        ("sista torsdagen utom juli och augusti till oktober kl 9", "28/1 25/2 25/3 29/4 27/5 24/6 30/9 28/10"),
        ("första tisdagen, inte januari eller februari, till maj 13:00", "2/3 6/4 4/5"),
        ("varje tisdag från 1 februari, inte 9 februari, 3 gånger 13:00", "2/2 16/2 23/2"),
        ("varannan tisdag 3 gånger, inte 19 januari 13:00", "5/1 2/2 16/2"),
        ("12 januari, 9 februari och 16 mars 13:00", "12/1 9/2 16/3"),
        ("9 februari, 12 januari 13:00", "12/1 9/2"),
    ],
)
def test_the_days_are_those_that_were_said(words: str, starts: str) -> None:
    assert days(words) == starts


def test_what_is_left_out_lies_between_the_first_and_the_last() -> None:
    found = series("första tisdagen, inte januari, juli eller december 13:00")
    assert [start.month for start in found.left_out] == [7]
    assert found.rule.endswith(";COUNT=10")
    assert series("12 januari och 9 februari 13:00") == Series("", (AT("2027-01-12T13:00"), AT("2027-02-09T13:00")))


def test_what_has_no_end_is_a_year_and_says_so() -> None:
    assert series("första tisdagen 13:00").is_a_year
    assert len(series("varje tisdag 13:00").starts) == 52
    assert not series("första tisdagen till juni 13:00").is_a_year


def test_todays_meeting_counts_only_before_it_begins() -> None:
    assert series("varje måndag 09:30").starts[0].day == 4
    assert series("varje måndag 09:00").starts[0].day == 11


def test_a_rule_of_every_second_week_begins_with_the_coming_one() -> None:
    assert days("varannan måndag 3 gånger 08:00") == "11/1 25/1 8/2"


def test_what_leads_to_a_date_stays_with_the_title_where_none_follows() -> None:
    assert planned("tisdag Den stora frågan 13:00", NOW).title == "Den stora frågan"


def test_a_rule_that_names_one_day_is_no_series() -> None:
    assert planned("varje tisdag till 10 januari 13:00 Möte", NOW) == Planned(AT("2027-01-05T13:00"), None, "Möte")


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("2027-01-20", "hour-missing"),
        ("första tisdagen Möte", "hour-missing"),
        ("2027-01-20 25:00", "hour-unknown"),
        ("2027-01-20 13:61", "hour-unknown"),
        ("2027-01-20 at 13pm", "hour-unknown"),
        ("2027-01-20 15-13", "hour-backwards"),
        ("2027-01-20 07:00-20:00", "length-wrong"),
        ("2027-01-04 09:00", "hour-past"),
        ("2027-03-28 02:30", "hour-skipped"),
        ("varje söndag 02:30", "hour-skipped"),
        ("2027-02-29 13:00", "day-unreal"),
        ("Gruppens möte 13:00", "when-unknown"),
        ("13:00", "when-unknown"),
        ("", "when-unknown"),
        ("femte fredagen 13:00", "series-fifth"),
        ("den 31:a varje månad 13:00", "series-skips-months"),
        ("monthly on the 0 at 13:00", "series-skips-months"),
        ("första tisdagen tills vidare 13:00", "series-endless"),
        ("första tisdagen 13:00 för alltid", "series-endless"),
        ("first Tuesday until further notice 13:00", "series-endless"),
        ("every Tuesday forever 13:00", "series-endless"),
        ("varje tisdag 61 gånger 13:00", "series-too-many"),
        ("varje tisdag till 31 maj 2028 13:00", "series-too-many"),
        (f"varje tisdag {'9' * 9_000} gånger 13:00", "series-too-many"),
        ("första tisdagen 40 gånger 13:00", "series-far"),
        ("första tisdagen till juni 2030 13:00", "series-far"),
        ("första tisdagen till 2099 13:00", "series-far"),
        ("den 15:e varje månad, inte 15 januari, till 20 januari 13:00", "series-empty"),
        ("första tisdagen inte bara 13:00", "series-without-what"),
        ("första tisdagen till påsk 13:00", "series-bound-unknown"),
    ],
)
def test_what_cannot_be_planned_is_refused_by_its_own_sentence(words: str, key: str) -> None:
    assert broken(words) == key


def test_day_and_hour_may_be_given_apart() -> None:
    assert planned("Möte", NOW, day="2027-01-20", hour="13:00") == Planned(AT("2027-01-20T13:00"), None, "Möte")
    assert planned("första tisdagen Möte", NOW, hour="13:00").title == "Möte"
    assert broken("första tisdagen Möte", day="2027-01-20", hour="13:00") == "when-twice"


def test_holidays_are_kept_and_remarked_on() -> None:
    found = series("den 6:e varje månad till juni 13:00")
    said = dict(remarks(found, texts_in("sv")))
    assert len(found.starts) == 6
    assert [(day.day, day.month) for day in said] == [(6, 1), (6, 2), (6, 3), (6, 5), (6, 6)]
    assert "Kristi himmelsfärdsdag" in said[found.starts[4].date()]


@given(
    now=st.datetimes(AT("2026-01-01"), AT("2034-01-01")).map(lambda at: at.replace(tzinfo=UTC)),
    zone=st.sampled_from(["Europe/Stockholm", "Europe/Helsinki", "America/St_Johns", "Pacific/Apia"]),
    rule=st.sampled_from(RULES),
    clause=st.sampled_from(CLAUSES),
    hour=st.times(),
)
def test_every_start_is_real_to_come_and_of_the_rule(
    now: datetime, zone: str, rule: str, clause: str, hour: datetime
) -> None:
    here = now.astimezone(ZoneInfo(zone))
    found = None
    with suppress(RuleBroken):
        found = planned(f"{rule}{clause} {hour:%H:%M}", here)
    assume(found)
    starts = found.series.starts if found.series else (found.start,)
    assert list(starts) == sorted(set(starts))
    for start in starts:
        instant = start.replace(tzinfo=here.tzinfo).astimezone(UTC)
        assert instant.astimezone(here.tzinfo).replace(tzinfo=None) == start > here.replace(tzinfo=None)
    if found.series:
        told = list(rrulestr(found.series.rule, dtstart=starts[0]))
        assert told == sorted({*starts, *found.series.left_out})


@pytest.mark.parametrize(
    "words",
    [
        "första tisdagen " * 10_000,
        "inte juli " * 10_000,
        "12 januari, " * 10_000 + "13:00",
        "13:00 " * 10_000,
        "första tisdagen 13:00 " + "och " * 10_000,
        "första tisdagen 13:00 inte " + "juli " * 10_000,
        "tisdag " + "den " * 10_000,
        "1" * 100_000,
        "å̈" * 50_000,
    ],
)
def test_no_words_keep_it_busy(words: str) -> None:
    begun = time.process_time()
    with suppress(RuleBroken):
        planned(words, NOW)
    assert time.process_time() - begun < 2


@given(words=st.lists(st.sampled_from(ODDMENTS.split()), max_size=12).map(" ".join))
def test_any_words_are_planned_or_refused_by_a_sentence(words: str) -> None:
    with suppress(RuleBroken):
        assert planned(words, NOW).start > NOW.replace(tzinfo=None)
