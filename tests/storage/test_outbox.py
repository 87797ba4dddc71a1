"""The outbox: one entry for one wish, until it is sent or ended."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from people import ANA, BO, CHEN, MONDAY
from storage import delivery, outbox
from storage.contents import Content
from storage.database import Database, Session
from storage.outbox import OutboxEntry, OutboxKind, OutboxState
from storage.rules import RuleBroken

Wish = Callable[..., OutboxEntry]
MINUTE = timedelta(minutes=1)
REFUSED = (OutboxState.SENDING, OutboxState.SENT, OutboxState.EXPIRED)
ALLOWED = (OutboxState.READY, OutboxState.RETRY, OutboxState.HELD, OutboxState.PARKED)


def put(session: Session, key: str = "k", address: str = ANA, **rest: object) -> None:
    facts = {"route": "mail", "kind": OutboxKind.LETTER, "parts": {"text": "Hej"}, "now": MONDAY} | rest
    outbox.put(session, key=key, address=address, **facts)
    session.flush()


@pytest.fixture
def wish(session: Session) -> Wish:
    """Put an entry into the outbox, by its key."""

    def wish(key: str, address: str = ANA, state: OutboxState = OutboxState.READY, **rest: object) -> OutboxEntry:
        put(session, key, address, **rest)
        entry = session.scalars(select(OutboxEntry).filter_by(key=key)).one()
        entry.state = state
        session.flush()
        return entry

    return wish


def counted(session: Session, of: type) -> int:
    return session.scalar(select(func.count()).select_from(of))


def test_the_same_wish_stands_once(session: Session) -> None:
    put(session, "k", parts={"text": "Hej"})
    put(session, "k", parts={"text": "Hej igen"}, address=BO)
    (entry,) = outbox.unfinished(session)
    assert (entry.address, entry.content.parts) == (ANA, {"text": "Hej"})
    assert counted(session, Content) == 1


def test_a_wish_that_was_sent_is_not_wished_for_again(session: Session, wish: Wish) -> None:
    wish("k", state=OutboxState.SENT)
    put(session, "k")
    assert outbox.unfinished(session) == []


def test_the_same_content_is_stored_once_for_all_who_get_it(session: Session) -> None:
    for address in (ANA, BO, CHEN):
        put(session, f"k:{address}", address, parts={"text": "Hej", "html": "<p>Hej"}, personal={"person": address})
    put(session, "other", parts={"text": "Hej då"})
    assert (counted(session, OutboxEntry), counted(session, Content)) == (4, 2)


def test_content_is_the_same_whatever_the_order_of_its_parts(session: Session) -> None:
    put(session, "a", parts={"text": "Hej", "html": "<p>"})
    put(session, "b", parts={"html": "<p>", "text": "Hej"})
    assert counted(session, Content) == 1


def test_a_wish_of_a_transaction_that_failed_was_never_made(database: Database) -> None:
    def fail() -> None:
        with database.transaction() as session:
            put(session)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.reading() as session:
        assert (counted(session, OutboxEntry), counted(session, Content)) == (0, 0)


def test_a_newer_entry_of_a_topic_replaces_those_that_wait(session: Session, wish: Wish) -> None:
    retry, ready = wish("1", topic="p:1", state=OutboxState.RETRY), wish("2", topic="p:2")
    put(session, "3", topic="p:1")
    put(session, "4", topic="p:2")
    session.expire_all()
    assert [(entry.state, entry.reason) for entry in (retry, ready)] == [(OutboxState.EXPIRED, "superseded")] * 2
    assert [entry.key for entry in outbox.unfinished(session)] == ["3", "4"]


def test_a_topic_replaces_nothing_at_another_address_or_route(session: Session, wish: Wish) -> None:
    wish("ana", topic="p:1"), wish("console", BO, route="console", topic="p:1"), wish("no topic", BO)
    wish("p:2", BO, topic="p:2"), wish("bo", BO, topic="p:1")
    assert [entry.key for entry in outbox.unfinished(session)] == ["ana", "console", "no topic", "p:2", "bo"]


@pytest.mark.parametrize(
    "state", [OutboxState.SENDING, OutboxState.SENT, OutboxState.HELD, OutboxState.PARKED, OutboxState.EXPIRED]
)
def test_a_topic_replaces_nothing_but_what_waits(session: Session, wish: Wish, state: OutboxState) -> None:
    older = wish("1", topic="p:1", state=state)
    put(session, "2", topic="p:1")
    session.expire_all()
    assert older.state is state


def test_entries_without_a_topic_replace_nothing(session: Session, wish: Wish) -> None:
    wish("1"), wish("2")
    assert [entry.key for entry in outbox.unfinished(session)] == ["1", "2"]


@pytest.mark.parametrize("state", ALLOWED)
def test_a_person_may_say_try_again(session: Session, wish: Wish, state: OutboxState) -> None:
    entry = wish("k", state=state, now=MONDAY + 60 * MINUTE)
    entry.attempts, entry.crashes = 9, 3
    entry.retry(MONDAY)
    session.flush()
    assert (entry.attempts, entry.crashes) == (0, 0)
    assert [row.key for row in delivery.claim(session, "mail", "t", MONDAY)] == ["k"]


@pytest.mark.parametrize("state", ALLOWED)
def test_a_person_may_say_it_arrived(wish: Wish, state: OutboxState) -> None:
    entry = wish("k", state=state)
    entry.arrived()
    assert entry.state is OutboxState.SENT


@pytest.mark.parametrize("state", ALLOWED)
def test_a_person_may_say_let_it_be(wish: Wish, state: OutboxState) -> None:
    entry = wish("k", state=state)
    entry.drop()
    assert (entry.state, entry.reason) == (OutboxState.EXPIRED, "dropped")


@pytest.mark.parametrize("state", REFUSED)
def test_what_is_under_way_or_ended_is_not_changed_by_a_person(wish: Wish, state: OutboxState) -> None:
    entry = wish("k", state=state)
    for verb in (lambda: entry.retry(MONDAY), entry.arrived, entry.drop):
        with pytest.raises(RuleBroken) as broken:
            verb()
        assert broken.value.key == "outbox-entry-ended"
    assert entry.state is state


def test_an_entry_is_found_by_its_number(session: Session, wish: Wish) -> None:
    entry = wish("k")
    assert outbox.entry_numbered(session, entry.id) is entry
    with pytest.raises(RuleBroken, match="outbox-entry-unknown"):
        outbox.entry_numbered(session, entry.id + 1)


def test_unfinished_is_all_that_is_not_sent_or_ended(session: Session, wish: Wish) -> None:
    for state in OutboxState:
        wish(state, state=state)
    assert [entry.key for entry in outbox.unfinished(session)] == ["ready", "sending", "retry", "held", "parked"]


def test_the_longest_waiting_entry_is_the_first_that_was_due(session: Session, wish: Wish) -> None:
    wish("sent", now=MONDAY - MINUTE, state=OutboxState.SENT), wish("b", now=MONDAY + MINUTE), wish("a", now=MONDAY)
    assert outbox.oldest_due_at(session) == MONDAY


def test_the_next_that_will_be_due_is_known(session: Session, wish: Wish) -> None:
    wish("k", now=MONDAY + MINUTE)
    assert outbox.next_due_after(session, MONDAY) == MONDAY + MINUTE
