"""The outbox: one entry for one wish, in order, sent by who claimed it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from people import ANA, BO, CHEN, MONDAY
from storage import outbox
from storage.contents import Content
from storage.database import Database, Session
from storage.outbox import CRASHES_LIMIT, LEASE, OutboxEntry, OutboxKind, OutboxState
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


def claimed(session: Session, now=MONDAY, token: str = "t", limit: int = 50, routes: tuple[str, ...] = ("mail",)):
    entries = outbox.claim(session, list(routes), token, now, limit)
    session.flush()
    return [entry.key for entry in entries]


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


def test_a_claim_makes_the_intent_durable(session: Session, wish: Wish) -> None:
    entry = wish("k")
    assert claimed(session) == ["k"]
    session.expire_all()
    assert (entry.state, entry.token, entry.attempts) == (OutboxState.SENDING, "t", 1)
    assert (entry.intent_at, entry.lease_until) == (MONDAY, MONDAY + LEASE)


def test_what_is_claimed_is_not_claimed_again(session: Session, wish: Wish) -> None:
    wish("k")
    assert (claimed(session), claimed(session)) == (["k"], [])


def test_one_entry_an_address_is_under_way(session: Session, wish: Wish) -> None:
    wish("ana 1"), wish("ana 2"), wish("bo 1", BO)
    assert claimed(session) == ["ana 1", "bo 1"]
    assert claimed(session) == []


def test_the_younger_goes_once_the_older_is_sent(session: Session, wish: Wish) -> None:
    first, _ = wish("1"), wish("2")
    claimed(session)
    outbox.mark(session, first.id, "t", OutboxState.SENT)
    assert claimed(session) == ["2"]


def test_an_address_gets_its_entries_in_the_order_they_were_made(session: Session, wish: Wish) -> None:
    wish("late", now=MONDAY), wish("early", now=MONDAY - MINUTE)
    assert claimed(session) == ["late"]


def test_a_younger_entry_waits_for_an_older_that_is_tried_again(session: Session, wish: Wish) -> None:
    older, _ = wish("older"), wish("younger")
    claimed(session)
    outbox.mark(session, older.id, "t", OutboxState.RETRY, due_at=MONDAY + 5 * MINUTE)
    assert claimed(session, MONDAY + MINUTE) == []
    assert claimed(session, MONDAY + 5 * MINUTE) == ["older"]


def test_other_addresses_go_on_while_one_waits(session: Session, wish: Wish) -> None:
    older, _ = wish("older"), wish("younger")
    claimed(session)
    outbox.mark(session, older.id, "t", OutboxState.RETRY, due_at=MONDAY + 5 * MINUTE)
    wish("bo", BO)
    assert claimed(session, MONDAY + MINUTE) == ["bo"]


@pytest.mark.parametrize("state", [OutboxState.HELD, OutboxState.PARKED, OutboxState.SENT, OutboxState.EXPIRED])
def test_what_is_no_longer_under_way_holds_nobody_up(session: Session, wish: Wish, state: OutboxState) -> None:
    wish("older", state=state), wish("younger")
    assert claimed(session) == ["younger"]


def test_the_same_address_on_two_routes_is_two_addresses(session: Session, wish: Wish) -> None:
    wish("mail"), wish("console", route="console")
    assert claimed(session, routes=("mail", "console")) == ["mail", "console"]


def test_only_the_routes_asked_for_are_claimed(session: Session, wish: Wish) -> None:
    wish("mail"), wish("slack", route="slack")
    assert claimed(session) == ["mail"]


def test_nothing_is_claimed_before_it_is_due(session: Session, wish: Wish) -> None:
    wish("k", now=MONDAY + MINUTE)
    assert claimed(session) == []
    assert outbox.next_due_after(session, MONDAY) == MONDAY + MINUTE


def test_no_more_is_claimed_than_asked_for(session: Session, wish: Wish) -> None:
    wish("ana"), wish("bo", BO), wish("chen", CHEN)
    assert claimed(session, limit=2) == ["ana", "bo"]
    assert claimed(session, limit=2) == ["chen"]


def test_a_mark_tells_what_became_of_it(session: Session, wish: Wish) -> None:
    entry = wish("k")
    claimed(session)
    assert outbox.mark(session, entry.id, "t", OutboxState.SENT, receipt="250 ok")
    session.expire_all()
    assert (entry.state, entry.receipt, entry.token, entry.lease_until) == (OutboxState.SENT, "250 ok", "", None)


def test_a_mark_with_another_token_changes_nothing(session: Session, wish: Wish) -> None:
    entry = wish("k")
    claimed(session)
    assert not outbox.mark(session, entry.id, "somebody else's", OutboxState.SENT, receipt="250 ok")
    session.expire_all()
    assert (entry.state, entry.token, entry.receipt) == (OutboxState.SENDING, "t", "")


def test_a_mark_changes_its_own_entry_alone(session: Session, wish: Wish) -> None:
    ana, bo = wish("ana"), wish("bo", BO)
    claimed(session)
    outbox.mark(session, ana.id, "t", OutboxState.SENT)
    session.expire_all()
    assert bo.state is OutboxState.SENDING


def test_an_entry_is_marked_once(session: Session, wish: Wish) -> None:
    entry = wish("k")
    claimed(session)
    assert outbox.mark(session, entry.id, "t", OutboxState.SENT)
    assert not outbox.mark(session, entry.id, "t", OutboxState.PARKED)


def test_who_was_overtaken_may_not_mark_any_more(session: Session, wish: Wish) -> None:
    entry = wish("k")
    claimed(session, token="old")
    outbox.recover(session, MONDAY, alone=True)
    session.flush()
    claimed(session, token="new")
    assert not outbox.mark(session, entry.id, "old", OutboxState.PARKED)
    assert outbox.mark(session, entry.id, "new", OutboxState.SENT)


def test_what_comes_too_late_is_not_sent(session: Session, wish: Wish) -> None:
    entry = wish("k", not_after=MONDAY)
    assert claimed(session, MONDAY + MINUTE) == []
    assert (entry.state, entry.reason) == (OutboxState.EXPIRED, "too_late")


def test_the_last_moment_is_not_too_late(session: Session, wish: Wish) -> None:
    wish("k", not_after=MONDAY)
    assert claimed(session, MONDAY) == ["k"]


def test_the_younger_goes_once_the_older_is_too_late(session: Session, wish: Wish) -> None:
    wish("older", not_after=MONDAY), wish("younger")
    claimed(session, MONDAY + MINUTE)
    session.flush()
    assert claimed(session, MONDAY + MINUTE) == ["younger"]


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


def test_what_a_crash_left_is_sent_again_and_flagged(session: Session, wish: Wish) -> None:
    entry = wish("k")
    claimed(session)
    assert outbox.recover(session, MONDAY + MINUTE, alone=True) == 1
    session.flush()
    assert (entry.possible_duplicate, entry.reason) == (True, "crashed")
    assert claimed(session, MONDAY + MINUTE) == ["k"]


def test_what_was_not_under_way_is_not_touched_after_a_crash(session: Session, wish: Wish) -> None:
    others = [wish(state, f"{state}@x", state) for state in OutboxState if state is not OutboxState.SENDING]
    assert outbox.recover(session, MONDAY, alone=True) == 0
    assert not any(entry.possible_duplicate or entry.crashes or entry.reason for entry in others)


def test_a_crash_counts_against_an_entry_that_was_alone(session: Session, wish: Wish) -> None:
    entry = wish("k", state=OutboxState.SENDING)
    outbox.recover(session, MONDAY, alone=True)
    assert entry.crashes == 1


def test_a_crash_counts_against_nobody_in_company(session: Session, wish: Wish) -> None:
    entries = [wish(address, address, OutboxState.SENDING) for address in (ANA, BO)]
    assert outbox.recover(session, MONDAY, alone=True) == 2
    assert [(entry.crashes, entry.state) for entry in entries] == [(0, OutboxState.RETRY)] * 2


def test_the_third_crash_parks_an_entry(session: Session, wish: Wish) -> None:
    entry = wish("k")
    states = []
    for _ in range(3):
        claimed(session)
        outbox.recover(session, MONDAY, alone=True)
        session.flush()
        states.append(entry.state)
    assert states == [OutboxState.RETRY, OutboxState.RETRY, OutboxState.PARKED]
    assert (claimed(session), CRASHES_LIMIT) == ([], 3)


@pytest.mark.parametrize("state", ALLOWED)
def test_a_person_may_say_try_again(session: Session, wish: Wish, state: OutboxState) -> None:
    entry = wish("k", state=state, now=MONDAY + 60 * MINUTE)
    entry.attempts, entry.crashes = 9, 3
    entry.retry(MONDAY)
    session.flush()
    assert (entry.attempts, entry.crashes) == (0, 0)
    assert claimed(session) == ["k"]


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
