"""The clock of a subgroup: whoever leads is asked for the answer, on working days at eight; later the chairs hear."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from agendas import tick, wishes
from config.settings import Settings
from living import place
from people import ANA, BO, CHEN
from simulated import Process
from storage.database import Database
from teams import answered, closed, extended, fates, formed

STOCKHOLM = ZoneInfo("Europe/Stockholm")
Day = tuple[int, int]
SECOND = timedelta(seconds=1)
# A Tuesday; its reminder comes on 2 March.
DUE = date(2027, 3, 9)
# A Sunday on which the clocks go forward, Ascension Day, Midsummer Eve, a Sunday on which they go back, and a Tuesday;
# and when whoever leads is asked: a week before, on the day, and a week after it.
YEAR = {
    (3, 28): [(3, 19), (3, 25), (4, 5)],
    (5, 6): [(4, 29), (5, 5), (5, 13)],
    (6, 25): [(6, 18), (6, 24), (7, 2)],
    (10, 31): [(10, 22), (10, 29), (11, 8)],
    (11, 9): [(11, 2), (11, 9), (11, 16)],
}


def eight(month: int, day: int) -> datetime:
    return datetime(2027, month, day, 8, tzinfo=STOCKHOLM)


def asked(database: Database, number: int = 1) -> list[tuple[datetime, str]]:
    """When Bo was asked for the answer, and how."""
    found = wishes(database, under=f"note:subgroup:{number}:2027")
    assert {one.address for one in found} <= {BO}
    return [(one.created_at.astimezone(STOCKHOLM), one.content.parts["subject"]) for one in found]


def asked_on(database: Database, number: int = 1) -> list[Day]:
    return [(at.month, at.day) for at, _ in asked(database, number)]


def warned(database: Database) -> list[str]:
    found = wishes(database, under="note:subgroup:1:late:")
    return [f"{one.created_at.astimezone(STOCKHOLM):%m-%d} {one.address}" for one in found]


def test_before_on_and_after_each_day_of_a_year_whoever_leads_is_asked_once_at_eight(
    settings: Settings, database: Database
) -> None:
    for day in YEAR:
        formed(database, date(2027, *day), lead=BO, question=f"Fråga {day}")
    process = Process(settings.service.database)
    for count, at in enumerate(sorted({eight(*day) for some in YEAR.values() for day in some})):
        process.tick(at - SECOND)
        if count in (0, 10):
            process.restart()
        process.tick(at)
    process.close()
    assert [asked_on(database, number + 1)[:3] for number in range(len(YEAR))] == list(YEAR.values())
    assert {f"{at:%H:%M}" for at, _ in asked(database)[:3]} == {"08:00"}


def test_the_letter_says_whether_the_answer_is_due_soon_today_or_late(database: Database) -> None:
    formed(database, DUE, lead=BO)
    tick(database, eight(3, 2), eight(3, 9), eight(3, 16))
    assert [subject.partition(":")[0] for _, subject in asked(database)] == [
        "Snart väntas svaret från undergrupp 1",
        "I dag väntas svaret från undergrupp 1",
        "Svaret från undergrupp 1 är försenat",
    ]


def test_of_missed_moments_only_the_latest_is_made_up_for(database: Database) -> None:
    formed(database, DUE, lead=BO)
    tick(database, eight(3, 17), eight(3, 22), eight(3, 23))
    assert asked_on(database) == [(3, 17), (3, 23)]
    assert asked(database)[0][1].startswith("Svaret från undergrupp 1 är försenat")


def test_nobody_is_reminded_of_what_began_too_late_for_it(database: Database) -> None:
    formed(database, DUE, lead=BO, now=eight(3, 5))
    tick(database, eight(3, 5), eight(3, 8), eight(3, 9))
    assert asked_on(database) == [(3, 9)]


def test_the_chairs_hear_once_that_it_is_two_weeks_late(database: Database) -> None:
    formed(database, DUE, lead=BO)
    tick(database, *(eight(3, 9) + timedelta(weeks=weeks) for weeks in range(10)))
    assert warned(database) == [f"03-23 {ANA}"]
    assert len(asked(database)) == 9


def test_the_chairs_hear_at_once_where_whoever_leads_cannot_be_reached(database: Database) -> None:
    number = formed(database, DUE, lead=BO)
    with database.transaction() as session:
        place(session, BO).person.email = None
    tick(database, eight(3, 2), eight(3, 9), eight(3, 16))
    assert fates(database, number)[0] == ("2027-03-02", "no_address")
    assert warned(database) == [f"03-16 {ANA}"]


@pytest.mark.parametrize(("at", "then"), [((3, 1), []), ((3, 2), [(3, 2)]), ((3, 9), [(3, 2), (3, 9)])])
def test_an_answer_ends_the_asking(database: Database, at: Day, then: list[Day]) -> None:
    number = formed(database, DUE, CHEN, lead=BO)
    tick(database, eight(3, 1), *([eight(3, 2)] if at > (3, 1) else []), *([eight(3, 9)] if at > (3, 2) else []))
    answered(database, number, eight(*at) + SECOND)
    tick(database, *(eight(3, 2) + timedelta(weeks=weeks) for weeks in range(6)))
    assert asked_on(database) == then


def test_an_answer_in_the_moment_of_the_reminder_goes_before_it(database: Database) -> None:
    number = formed(database, DUE, lead=BO)
    answered(database, number, eight(3, 2))
    tick(database, eight(3, 2))
    assert fates(database, number) == [("2027-03-02", "told")]


@pytest.mark.parametrize(("at", "then"), [((3, 1), []), ((3, 5), [(3, 2)]), ((3, 10), [(3, 2), (3, 9)])])
def test_more_time_moves_what_is_still_to_come(database: Database, at: Day, then: list[Day]) -> None:
    number = formed(database, DUE, lead=BO)
    tick(database, *(eight(3, day) for day in (2, 9) if (3, day) < at))
    extended(database, number, date(2027, 4, 13), eight(*at))
    tick(database, *(eight(*day) for day in ((3, 16), (4, 6), (4, 13), (4, 20))))
    assert asked_on(database) == [*then, (4, 6), (4, 13), (4, 20)]


def test_who_has_answered_and_gets_more_time_is_asked_again(database: Database) -> None:
    number = formed(database, DUE, lead=BO)
    answered(database, number, eight(2, 1))
    extended(database, number, date(2027, 4, 13), eight(3, 10))
    tick(database, eight(4, 6))
    assert asked_on(database) == [(4, 6)]


def test_what_is_closed_is_asked_for_no_more(database: Database) -> None:
    number = formed(database, DUE, lead=BO)
    closed(database, number, eight(3, 2))
    tick(database, eight(3, 2), eight(3, 9))
    assert asked_on(database) == []
    assert fates(database, number) == [("2027-03-02", "retired")]
