"""The ledger: one commit for all who wait, and nothing for who has lost an entry."""

import threading
from datetime import timedelta

import pytest

from digests.courier.ledger import Done, Ledger
from digests.courier.parcels import Parcel
from living import place, until
from people import ANA, MONDAY
from storage import cards, crash_points, delivery, leases, outbox
from storage.database import Database
from storage.groups import bind_room
from storage.outbox import OutboxKind, OutboxState

NOUN = "proposal:1"


def parcel(database: Database, key: str, kind: OutboxKind, token: str) -> Parcel:
    """A claimed entry, as a lane holds it."""
    with database.transaction() as session:
        group = place(session, ANA).group
        bind_room(session, group, "console", "room")
        session.flush()
        room = group.rooms[0].id
        outbox.put(
            session, key=key, route="console", kind=kind, address=key, parts={}, now=MONDAY, room_id=room, topic=NOUN
        )
        session.flush()
        [row] = delivery.claim(session, "console", token, MONDAY)
    return Parcel(row.id, key, kind, key, NOUN, row.content_id, {}, {}, MONDAY, "", room, token)


def test_a_card_marked_by_who_has_lost_it_leaves_the_post_as_it_was(database: Database) -> None:
    mine = parcel(database, "a", OutboxKind.CARD, "mine")
    later = MONDAY + 2 * delivery.LEASE
    with database.transaction() as session:
        leases.recover(session, later, alone=False)
        delivery.claim(session, "console", "another's", later)
    Ledger(database, lambda: later).turn(Done(mine, "my post"), None)
    with database.reading() as session:
        assert outbox.entry_numbered(session, mine.number).state is OutboxState.SENDING
        assert mine.room is not None
        assert cards.card_in(session, mine.room, NOUN) is None


def test_who_has_lost_an_entry_may_not_send_it(database: Database) -> None:
    mine = parcel(database, "a", OutboxKind.LETTER, "mine")
    with database.transaction() as session:
        leases.recover(session, MONDAY + timedelta(minutes=2), alone=False)
    assert not Ledger(database, lambda: MONDAY).turn(None, mine)


def test_all_who_wait_are_committed_together(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    parcels = [parcel(database, str(number), OutboxKind.LETTER, str(number)) for number in range(4)]
    ledger, points = Ledger(database, lambda: MONDAY), []
    monkeypatch.setattr(crash_points, "_watchers", [points.append])
    lanes = [threading.Thread(target=ledger.turn, args=(Done(one, "ok"), None)) for one in parcels]
    with database.transaction():
        for lane in lanes:
            lane.start()
        until(lambda: len(ledger._waiting) == 4)
    for lane in lanes:
        lane.join()
    assert points.count("database.committed") == 2  # the one that kept them waiting, and theirs
    with database.reading() as session:
        assert outbox.unfinished(session) == []


def test_what_cannot_be_written_is_told_to_who_wrote_it(database: Database) -> None:
    mine = parcel(database, "a", OutboxKind.LETTER, "mine")
    closed = Database(f"sqlite:///{database.path}")
    closed.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        Ledger(closed, lambda: MONDAY).turn(Done(mine, "ok"), None)
