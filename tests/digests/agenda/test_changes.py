"""Changes of an agenda that was sent: told together, half an hour after the first, each once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from agendas import CLOSING, MINUTE, SENT, STARTS, changing, fates, planned, session_of, tick, wishes
from digests import agenda
from living import propose
from people import ANA, BO, CHEN, GUS, INA
from storage import agenda_items, outcomes
from storage.agenda_items import item_on
from storage.database import Database, Session
from storage.meetings import Meeting
from storage.proposals import Proposal

FIRST = SENT + 5 * MINUTE
HALF_AN_HOUR = timedelta(minutes=30)
Change = Callable[[Session, Meeting], object]


@pytest.fixture
def sent(database: Database) -> int:
    """A meeting whose agenda with two proposals was sent, and a third one that stands on none."""
    number = planned(database)
    propose(database, BO, "Solceller")
    propose(database, BO, "Cykelpool")
    tick(database, CLOSING, SENT)
    propose(database, BO, "Elbil", now=SENT)
    return number


def change(database: Database, number: int, now: datetime, do: Change) -> None:
    with changing(database, number) as meeting:
        session = session_of(meeting)
        do(session, meeting)
        agenda.items_changed(session, meeting, now)


def told(database: Database) -> list[str]:
    """What the cards in the room say has changed, a line each."""
    cards = wishes(database, under="card:meeting:1:changes:")
    lines = "\n".join(card.content.parts["body"] for card in cards).replace("\\", "").split("\n")
    return [line.removeprefix("- ") for line in lines if line]


def numbered(session: Session, number: int) -> Proposal:
    return session.get_one(Proposal, number)


def add(session: Session, meeting: Meeting) -> None:
    agenda_items.take_in(session, meeting, numbered(session, 3), FIRST)


def remove(session: Session, meeting: Meeting) -> None:
    agenda_items.take_out(item_on(meeting, numbered(session, 1)))


def give_time(session: Session, meeting: Meeting) -> None:
    item_on(meeting, numbered(session, 2)).minutes = 20


def reorder(session: Session, meeting: Meeting) -> None:
    agenda_items.move(meeting, item_on(meeting, numbered(session, 2)), 1)


@pytest.mark.parametrize(
    ("do", "expected"),
    [
        (add, "Nytt: Förslag 3: Elbil"),
        (remove, "Tas inte upp den här gången: Förslag 1: Solceller"),
        (lambda session, _: outcomes.withdraw(numbered(session, 1)), "Återtaget: Förslag 1: Solceller"),
        (give_time, "Får 20 minuter: Förslag 2: Cykelpool"),
        (reorder, "Punkterna kommer i en annan ordning."),
    ],
    ids=["added", "taken off", "withdrawn", "timed", "reordered"],
)
def test_each_kind_of_change_is_told(database: Database, sent: int, do: Change, expected: str) -> None:
    change(database, sent, FIRST, do)
    tick(database, FIRST + HALF_AN_HOUR)
    assert told(database) == [expected]


def test_changes_are_told_together_half_an_hour_after_the_first(database: Database, sent: int) -> None:
    change(database, sent, FIRST, add)
    change(database, sent, FIRST + 29 * MINUTE, give_time)
    tick(database, FIRST + HALF_AN_HOUR - MINUTE)
    assert told(database) == []
    tick(database, FIRST + HALF_AN_HOUR)
    assert told(database) == ["Nytt: Förslag 3: Elbil", "Får 20 minuter: Förslag 2: Cykelpool"]


def test_everybody_in_the_group_gets_one_letter_of_it(database: Database, sent: int) -> None:
    change(database, sent, FIRST, add)
    tick(database, FIRST + HALF_AN_HOUR, FIRST + 2 * HALF_AN_HOUR)
    letters = wishes(database, under=f"agenda:{sent}:changes:")
    assert sorted(letter.address for letter in letters) == [ANA, BO, CHEN, GUS, INA]
    assert "Nytt: Förslag 3: Elbil" in letters[0].content.parts["text"]


def test_what_was_told_is_not_told_with_the_next_change(database: Database, sent: int) -> None:
    change(database, sent, FIRST, add)
    tick(database, FIRST + HALF_AN_HOUR)
    change(database, sent, FIRST + HALF_AN_HOUR, give_time)
    tick(database, FIRST + 2 * HALF_AN_HOUR)
    assert told(database) == ["Nytt: Förslag 3: Elbil", "Får 20 minuter: Förslag 2: Cykelpool"]


def test_what_was_changed_back_meanwhile_is_not_told(database: Database, sent: int) -> None:
    change(database, sent, FIRST, give_time)
    change(
        database, sent, FIRST + MINUTE, lambda s, meeting: setattr(item_on(meeting, numbered(s, 2)), "minutes", None)
    )
    tick(database, FIRST + HALF_AN_HOUR)
    assert (told(database), fates(database, sent)["changes"]) == ([], "nothing_new")


def test_what_changes_before_the_agenda_is_sent_is_not_told_apart(database: Database) -> None:
    number = planned(database)
    propose(database, BO, "Solceller")
    tick(database, CLOSING)
    change(database, number, CLOSING + MINUTE, remove)
    tick(database, SENT, SENT + HALF_AN_HOUR)
    assert "changes" not in fates(database, number)


def test_a_change_that_nobody_could_read_before_the_meeting_is_not_told(database: Database, sent: int) -> None:
    change(database, sent, STARTS - MINUTE, add)
    tick(database, STARTS + HALF_AN_HOUR)
    assert (told(database), fates(database, sent)["changes"]) == ([], "too_late")
