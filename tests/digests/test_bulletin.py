"""The bulletin: what is new, once, as a card in the rooms of a group."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from chatops.commands.reactions import REACTIONS
from digests import bulletin
from digests.clock import Clock
from living import place
from people import ANA, MONDAY
from storage import occurrences
from storage.bulletins import bulletin_of
from storage.database import Database
from storage.examples import share
from storage.groups import group_called
from storage.outbox import OutboxEntry, OutboxKind
from storage.rooms import Room, RoomStage
from storage.subscriptions import Interval

WEEK = timedelta(weeks=1)
NEXT_MONDAY = MONDAY + timedelta(days=6, hours=23)
ADDRESSES = (("slack", "C1"), ("matrix", "!r:example.org"))


@pytest.fixture
def rooms(database: Database) -> Database:
    """The green group has a room on both platforms."""
    with database.transaction() as session:
        group = group_called(session, "grona")
        for platform, address in ADDRESSES:
            group.rooms.append(Room(platform=platform, address=address, stage=RoomStage.OPEN))
    return database


def shared(database: Database, title: str = "Cykelpool", at: datetime = MONDAY) -> None:
    with database.transaction() as session:
        share(session, place(session, ANA), title, "", [], at)


def cards(database: Database, now: datetime) -> list[tuple[str, str, str]]:
    """The bulletins that stand in rooms when the clock has ticked: where, subject and body."""
    Clock(database, lambda: now, lambda: None).tick()
    with database.reading() as session:
        found = session.scalars(select(OutboxEntry).filter_by(kind=OutboxKind.CARD).order_by(OutboxEntry.id)).all()
        return [(one.address, one.content.parts["subject"], one.content.parts["body"]) for one in found]


def reason(database: Database) -> str:
    """Why the last one did not come."""
    with database.reading() as session:
        past = occurrences.last_past(session, f"{bulletin.SERIES}{group_called(session, 'grona').id}")
        assert past is not None
        return past.reason


def test_every_room_gets_the_same_card_once(rooms: Database) -> None:
    shared(rooms)
    first, second = cards(rooms, NEXT_MONDAY)
    assert [first[0], second[0]] == [address for _, address in ADDRESSES]
    assert first[1:] == second[1:]
    assert first[1] == "Nytt vecka 3: ett gott exempel"
    assert "**Goda exempel**\n\n- Exempel 1: Cykelpool" in first[2]
    assert len(cards(rooms, NEXT_MONDAY + WEEK)) == 2


def test_without_news_there_is_no_card_and_a_reason(rooms: Database) -> None:
    assert cards(rooms, NEXT_MONDAY) == []
    assert reason(rooms) == "nothing_new"


def test_a_group_without_a_room_is_told_nothing_and_does_not_save_it_up(database: Database) -> None:
    shared(database)
    assert cards(database, NEXT_MONDAY + 2 * WEEK) == []
    assert reason(database) == "no_room"
    with database.reading() as session:
        assert bulletin_of(session, group_called(session, "grona")).watermark == NEXT_MONDAY + 2 * WEEK


def test_what_was_before_a_pause_is_not_told_after_it(rooms: Database) -> None:
    with rooms.transaction() as session:
        bulletin_of(session, group_called(session, "grona")).choose(MONDAY, interval=Interval.OFF)
    shared(rooms)
    with rooms.transaction() as session:
        bulletin_of(session, group_called(session, "grona")).choose(NEXT_MONDAY, interval=Interval.WEEKLY)
    shared(rooms, "Nytt", NEXT_MONDAY)
    _, subject, body = cards(rooms, NEXT_MONDAY + WEEK)[0]
    assert subject.endswith("ett gott exempel")
    assert "Nytt" in body


def test_a_reaction_under_it_means_nothing() -> None:
    assert not [kind for kind, _ in REACTIONS if kind == bulletin.SERIES.rstrip(":")]
