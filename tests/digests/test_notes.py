"""Notes and follow-ups: who hears what by itself, where, and once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from digests import followups, notes
from digests.notes import Note
from living import place
from people import ANA, BO, CHEN, MONDAY
from storage import examples, occurrences
from storage.database import Database, Session
from storage.examples import Example
from storage.groups import bind_room
from storage.messages import Message
from storage.outbox import OutboxEntry

HELLO = Note("hello", Message("Hej.", subject="Hej"))
WEEKS = timedelta(weeks=1)
ASKED_AT = datetime.fromisoformat("2027-04-12T07:00:00+00:00")  # a Monday, 09:00 in Stockholm, in summer time


def hello(session: Session, address: str, key: str = "hello") -> bool:
    membership = place(session, address)
    note = replace(HELLO, key=key)
    return notes.leave(session, membership.person, membership.group, lambda _: note, MONDAY)


def waiting(session: Session) -> list[tuple[str, str]]:
    return [(entry.route, entry.address) for entry in session.query(OutboxEntry).order_by(OutboxEntry.id)]


@pytest.fixture
def shared(database: Database) -> int:
    """An example of Ana's, which Bo re-uses since a Monday."""
    with database.transaction() as session:
        example = examples.share(session, place(session, ANA), "Cykelpool", "", [], MONDAY)
        reuse = example.reuse(place(session, BO), "Fem cyklar", MONDAY)
        session.flush()
        followups.follow(session, reuse, MONDAY)
        return example.id


Fired = Callable[[datetime], tuple[str, str]]


@pytest.fixture
def fired(database: Database) -> Fired:
    """What comes of the question at a moment: the state of its moment, and why."""

    def fired(now: datetime) -> tuple[str, str]:
        with database.transaction() as session:
            moments = [one for one in occurrences.due(session, now, 9) if one.series.startswith(followups.SERIES)]
            for moment in moments:
                followups.fire(session, moment, now)
            return (moments[0].state, moments[0].reason) if moments else ("", "")

    return fired


def test_somebody_without_an_account_hears_by_mail(database: Database) -> None:
    with database.transaction() as session:
        assert hello(session, BO)
        assert waiting(session) == [("mail", BO)]


def test_somebody_hears_where_the_group_and_they_are(database: Database) -> None:
    with database.transaction() as session:
        membership = place(session, BO)
        membership.person.known_as("slack", "U2", "T1")
        membership.person.known_as("matrix", "@bo:example.org")
        bind_room(session, membership.group, "matrix", "!room")
        session.flush()
        hello(session, BO)
        assert waiting(session) == [("matrix", "@bo:example.org")]


def test_the_same_note_is_said_once(database: Database) -> None:
    with database.transaction() as session:
        hello(session, BO)
        hello(session, BO)
        hello(session, BO, "another")
        assert len(waiting(session)) == 2


def test_who_has_neither_account_nor_address_cannot_be_told(database: Database) -> None:
    with database.transaction() as session:
        membership = place(session, BO)
        membership.person.email = None
        assert not notes.leave(session, membership.person, membership.group, lambda _: HELLO, MONDAY)
        assert waiting(session) == []


def test_who_has_left_hears_no_more_of_what_is_said_in_the_group(database: Database) -> None:
    with database.transaction() as session:
        example = examples.share(session, place(session, BO), "Cykelpool", "", [], MONDAY)
        place(session, BO).end(MONDAY)
        reuse = example.reuse(place(session, ANA), "Fem cyklar", MONDAY)
        session.flush()
        assert not followups.follow(session, reuse, MONDAY)
        followups.tell_result(session, example.tell_result(reuse.person, "Bra"), MONDAY)
        assert waiting(session) == []


@pytest.mark.usefixtures("shared")
def test_the_sharer_hears_at_once_and_who_re_uses_is_asked_after_three_months(database: Database, fired: Fired) -> None:
    with database.reading() as session:
        assert waiting(session) == [("mail", ANA)]
    assert fired(ASKED_AT - timedelta(seconds=1)) == ("", "")
    assert fired(ASKED_AT) == ("fired", "")
    assert fired(ASKED_AT + WEEKS) == ("", "")
    with database.reading() as session:
        assert waiting(session) == [("mail", ANA), ("mail", BO)]


@pytest.mark.parametrize(
    ("reason", "meanwhile"),
    [
        ("told", lambda session, example: example.tell_result(place(session, BO).person, "Bra")),
        ("retired", lambda session, example: example.retire()),
        ("left", lambda session, example: place(session, BO).end(MONDAY)),
        ("no_address", lambda session, example: setattr(place(session, BO).person, "email", None)),
    ],
)
def test_a_question_of_no_use_is_not_asked(
    reason: str, meanwhile: Callable[[Session, Example], object], shared: int, database: Database, fired: Fired
) -> None:
    with database.transaction() as session:
        meanwhile(session, session.get_one(Example, shared))
    assert fired(ASKED_AT) == ("skipped", reason)


@pytest.mark.usefixtures("shared")
def test_who_was_down_for_weeks_still_asks(fired: Fired) -> None:
    assert fired(ASKED_AT + 4 * WEEKS) == ("fired", "")


def test_a_note_speaks_the_language_of_who_hears_it(database: Database) -> None:
    with database.transaction() as session:
        example = examples.share(session, place(session, CHEN), "Cykelpool", "", [], MONDAY)
        reuse = example.reuse(place(session, BO), "Fem cyklar", MONDAY)
        session.flush()
        followups.follow(session, reuse, MONDAY)
        assert session.query(OutboxEntry).one().content.parts["subject"].startswith("Somebody does as you did")
