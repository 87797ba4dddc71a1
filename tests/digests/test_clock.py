"""The clock: each moment once, and every letter with its news, whatever the clock and the process do."""

import multiprocessing
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from config.settings import Settings
from living import propose, subscription
from people import ANA, BO, CHEN, GUS, INA, MONDAY
from simulated import Process, chosen, letters_of, news_in, outcomes, past_of, tick_together
from storage import delivery
from storage.database import Database
from storage.groups import group_called
from storage.memberships import Role
from storage.occurrences import Occurrence, OccurrenceState
from storage.outbox import OutboxEntry
from storage.people import Person
from storage.roster import enter
from storage.subscriptions import Interval

SECOND, MINUTE, HOUR, DAY, WEEK = (timedelta(seconds=n) for n in (1, 60, 3600, 86400, 604800))
DUE = MONDAY + WEEK - HOUR
SATURDAY, SUNDAY, THURSDAY = 5, 6, 3

# Who reads when, and the instants (UTC) that are meant by it.
SPRING = {
    ANA: ("Europe/Stockholm", SUNDAY, "02:30", {"03-28T02:30": "03-28T01:30", "04-04T02:30": "04-04T00:30"}),
    BO: ("America/Nuuk", SATURDAY, "23:30", {"03-27T23:30": "03-28T01:30", "04-03T23:30": "04-04T00:30"}),
    CHEN: ("Australia/Lord_Howe", SUNDAY, "01:45", {"03-28T01:45": "03-27T14:45", "04-04T01:45": "04-03T14:45"}),
    GUS: ("Pacific/Chatham", SUNDAY, "03:15", {"03-28T03:15": "03-27T13:30", "04-04T03:15": "04-03T13:30"}),
    INA: ("Asia/Kolkata", SUNDAY, "02:30", {"03-28T02:30": "03-27T21:00", "04-04T02:30": "04-03T21:00"}),
}
AUTUMN = {
    ANA: ("Europe/Stockholm", SUNDAY, "02:30", {"10-31T02:30": "10-31T00:30", "11-07T02:30": "11-07T01:30"}),
    BO: ("America/Nuuk", SATURDAY, "23:30", {"10-30T23:30": "10-31T00:30", "11-06T23:30": "11-07T01:30"}),
    CHEN: ("America/New_York", SUNDAY, "01:30", {"10-31T01:30": "10-31T05:30", "11-07T01:30": "11-07T05:30"}),
    GUS: ("Africa/Cairo", THURSDAY, "23:30", {"10-28T23:30": "10-28T20:30", "11-04T23:30": "11-04T21:30"}),
    INA: ("Asia/Kolkata", SUNDAY, "02:30", {"10-31T02:30": "10-30T21:00", "11-07T02:30": "11-06T21:00"}),
}


@pytest.fixture
def tuva(settings: Settings, database: Database) -> Iterator[Process]:
    """A process beside the test's own connection."""
    process = Process(settings.service.database)
    yield process
    process.close()


def fate(database: Database, address: str = BO) -> list[str]:
    """What came of each moment of a reader so far."""
    with database.reading() as session:
        return [outcome for _, outcome in outcomes(session, subscription(database, address))]


def news(database: Database, address: str = BO) -> list[list[str]]:
    """The titles that are new in each letter to a reader."""
    with database.reading() as session:
        return [news_in(letter) for letter in letters_of(session, subscription(database, address))]


def choose(database: Database, now: datetime, address: str = BO, **choices: Any) -> None:
    with database.transaction() as session:
        chosen(session, address, now, **choices)


# --- clock changes ---


@pytest.mark.parametrize(
    ("start", "readers"),
    [(datetime(2027, 3, 25, tzinfo=UTC), SPRING), (datetime(2027, 10, 28, tzinfo=UTC), AUTUMN)],
    ids=["spring", "autumn"],
)
def test_a_clock_change_gives_every_reader_each_moment_once_and_on_time(
    tuva: Process, database: Database, start: datetime, readers: dict[str, tuple[str, int, str, dict[str, str]]]
) -> None:
    for address, (zone, weekday, hour, _) in readers.items():
        choose(database, start, address, timezone=zone, weekday=weekday, hour=hour)
    for day in (start + number * DAY for number in range(12)):
        propose(database, ANA, f"N{day:%m%d}", now=day)
        tuva.tick_through(day, day + DAY - SECOND, 29 * MINUTE)
        tuva.restart()
    for address, (*_, moments) in readers.items():
        with database.reading() as session:
            past = past_of(session, reader := subscription(database, address))
            sent = [letter.created_at for letter in letters_of(session, reader)]
        expected = {f"2027-{key}": datetime.fromisoformat(f"2027-{at}Z") for key, at in moments.items()}
        assert {moment.key: moment.due_at for moment in past} == expected
        assert [moment.state for moment in past] == [OccurrenceState.FIRED] * 2
        assert all(timedelta() <= at - due < 29 * MINUTE for at, due in zip(sent, expected.values(), strict=True))


# --- late starts ---


@pytest.mark.parametrize("late", [SECOND, 5 * MINUTE, 3 * HOUR, 3 * DAY], ids=str)
def test_a_letter_up_to_three_days_late_is_sent(tuva: Process, database: Database, late: timedelta) -> None:
    tuva.tick(DUE - MINUTE)
    propose(database, ANA, "N1")
    tuva.restart()
    tuva.tick(DUE + late)
    assert (fate(database), news(database)) == (["fired"], [["N1"]])


def test_a_letter_written_at_the_last_moment_may_still_be_carried(tuva: Process, database: Database) -> None:
    propose(database, ANA, "N1")
    tuva.tick(DUE + 3 * DAY)
    with database.transaction() as session:
        assert len(delivery.claim(session, "mail", "token", DUE + 3 * DAY)) == 5


def test_a_letter_more_than_three_days_late_waits_for_the_next_and_says_so(tuva: Process, database: Database) -> None:
    propose(database, ANA, "N1")
    tuva.tick(DUE + 3 * DAY + SECOND)
    assert (fate(database), news(database)) == (["too_late"], [])
    tuva.tick(DUE + WEEK)
    assert (fate(database), news(database)) == (["too_late", "fired"], [["N1"]])


@pytest.mark.parametrize(
    ("interval", "days", "expected"),
    [
        (Interval.WEEKLY, 7 + 3, ["merged", "fired"]),
        (Interval.WEEKLY, 7 + 6, ["merged", "too_late"]),
        (Interval.WEEKLY, 10 * 7, ["merged"] * 10 + ["fired"]),
        (Interval.FORTNIGHTLY, 4 * 7, ["merged", "merged", "fired"]),
        (Interval.FORTNIGHTLY, 5 * 7, ["merged", "merged", "too_late"]),
        (Interval.MONTHLY, 9 * 7, ["merged", "merged", "fired"]),
    ],
)
def test_several_missed_letters_become_one_and_each_is_accounted_for(
    tuva: Process, database: Database, interval: Interval, days: int, expected: list[str]
) -> None:
    start = datetime(2027, 2, 1, 7, tzinfo=UTC)
    choose(database, start - MINUTE, interval=interval)
    tuva.tick(start - MINUTE)
    propose(database, ANA, "N1", now=start)
    tuva.tick(start + days * DAY)
    assert fate(database) == expected


def test_a_merged_letter_holds_the_news_of_all_that_it_stands_for(tuva: Process, database: Database) -> None:
    tuva.tick(MONDAY)
    for week in range(3):
        propose(database, ANA, f"N{week}", now=MONDAY + week * WEEK)
    tuva.restart()
    tuva.tick(DUE + 2 * WEEK + DAY)
    assert (fate(database), news(database)) == (["merged", "merged", "fired"], [["N0", "N1", "N2"]])


def test_a_process_that_never_ran_owes_every_moment_since_the_joining(tuva: Process, database: Database) -> None:
    tuva.tick(DUE + 4 * WEEK)
    with database.reading() as session:
        keys = [moment.key for moment in past_of(session, subscription(database, BO))]
    assert keys == [f"{MONDAY + week * WEEK:%Y-%m-%d}T08:00" for week in range(1, 6)]


# --- several processes ---


def settle_more(database: Database, count: int) -> None:
    with database.transaction() as session:
        for number in range(count):
            person = Person(name=f"Läsare {number}", email=f"reader{number}@example.org", language="sv")
            session.add(person)
            enter(session, group_called(session, "grona"), person, Role.MEMBER, MONDAY)


def test_two_processes_that_tick_at_the_same_moments_miss_nothing_and_double_nothing(
    settings: Settings, database: Database
) -> None:
    settle_more(database, 35)
    weeks = [DUE + week * WEEK for week in range(8)]
    times = [due + offset for due in weeks for offset in (-SECOND, timedelta(), SECOND)]
    context = multiprocessing.get_context("spawn")
    together = context.Barrier(3)
    both = [context.Process(target=tick_together, args=(settings.service.database, times, together)) for _ in range(2)]
    for process in both:
        process.start()
    for now in times:
        if now not in weeks:
            propose(database, ANA, f"N{now:%m%d%S}", now=now)
        together.wait(60)
    for process in both:
        process.join(60)
    assert [process.exitcode for process in both] == [0, 0]
    # 40 readers in one group with news, and one in another without; and the bulletins of both, which have no room.
    assert counted(database, Occurrence) == {"fired": 320, "skipped": 8 + 2 * 8, "due": 41 + 2}
    assert counted(database, OutboxEntry) == {"ready": 320}


def counted(database: Database, noun: type[Occurrence | OutboxEntry]) -> dict[str, int]:
    with database.reading() as session:
        return dict(session.execute(select(noun.state, func.count()).group_by(noun.state)).all())


# --- a clock that goes back ---


@pytest.mark.parametrize("back", [HOUR, DAY, 365 * DAY], ids=str)
def test_a_clock_that_goes_back_fires_nothing_again_and_loses_nothing(
    tuva: Process, database: Database, back: timedelta
) -> None:
    propose(database, ANA, "N1")
    tuva.tick(DUE)
    tuva.tick_through(DUE - back, DUE, back / 50)
    assert (fate(database), news(database)) == (["fired"], [["N1"]])
    propose(database, ANA, "N2", now=DUE)
    tuva.tick_through(DUE, DUE + WEEK, HOUR)
    assert (fate(database), news(database)) == (["fired", "fired"], [["N1"], ["N2"]])


@pytest.mark.parametrize("back", [HOUR, DAY, 365 * DAY], ids=str)
def test_who_chooses_while_the_clock_is_back_misses_no_letter(
    tuva: Process, database: Database, back: timedelta
) -> None:
    tuva.tick(DUE)
    tuva.restart()
    tuva.tick(DUE - back)
    choose(database, DUE - back, weekday=THURSDAY)
    tuva.tick(DUE - back + SECOND)
    propose(database, ANA, "N1", now=DUE + SECOND)
    tuva.tick(DUE + 3 * DAY)
    assert (fate(database), news(database)) == (["nothing_new", "fired"], [["N1"]])


# Strict: whoever mends it takes the mark away.
def test_what_is_proposed_while_the_clock_is_back_is_told_when_it_is_right_again(
    tuva: Process, database: Database
) -> None:
    propose(database, ANA, "N1")
    tuva.tick(DUE)
    propose(database, ANA, "N2", now=DUE - DAY)
    tuva.tick(DUE + WEEK)
    assert news(database) == [["N1"], ["N2"]]


# --- a reader who chooses other times ---


def test_a_reader_who_travels_west_gets_the_letters_of_the_weeks_to_come(tuva: Process, database: Database) -> None:
    choose(database, MONDAY, timezone="Pacific/Auckland")
    tuva.tick(DUE - 12 * HOUR)
    choose(database, DUE - 11 * HOUR, timezone="Europe/Stockholm")
    propose(database, ANA, "N1", now=DUE)
    tuva.tick_through(DUE, DUE + WEEK, DAY)
    assert (fate(database), news(database)) == (["nothing_new", "fired"], [["N1"]])


def test_every_second_week_is_no_shorter_for_a_reader_who_travels_west(tuva: Process, database: Database) -> None:
    choose(database, MONDAY, timezone="Pacific/Auckland", interval=Interval.FORTNIGHTLY)
    tuva.tick(DUE)
    choose(database, DUE + DAY, timezone="Europe/Stockholm")
    tuva.tick(DUE + DAY)
    with database.reading() as session:
        series = subscription(database, BO).series
        assert session.scalar(select(Occurrence.key).filter_by(series=series, state="due")) == "2027-02-01T08:00"


def test_a_late_letter_is_sent_though_its_reader_has_just_chosen_another_day(tuva: Process, database: Database) -> None:
    tuva.tick(MONDAY)
    propose(database, ANA, "N1")
    choose(database, DUE + DAY + HOUR, weekday=1, hour="08:00")
    tuva.tick(DUE + DAY + HOUR)
    assert (fate(database), news(database)) == (["fired"], [["N1"]])


def test_news_in_a_letter_that_never_came_is_in_the_next_one(tuva: Process, database: Database) -> None:
    propose(database, ANA, "N1")
    tuva.tick(DUE)
    with database.transaction() as session:
        assert delivery.claim(session, "mail", "token", DUE + 3 * DAY + SECOND) == []
    tuva.tick(DUE + WEEK)
    assert news(database) == [["N1"], ["N1"]]
