"""Delivery: claimed by one, intended before it is sent, marked by who claimed it, and taken up after a crash."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from people import ANA, BO, CHEN, MONDAY
from storage import delivery, leases, outbox
from storage.database import Session
from storage.delivery import LEASE, Fault
from storage.leases import CRASHES_LIMIT
from storage.outbox import OutboxEntry, OutboxKind, OutboxState

Wish = Callable[..., OutboxEntry]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def wish(session: Session) -> Wish:
    """Put an entry into the outbox, by its key."""

    def wish(key: str, address: str = ANA, state: OutboxState = OutboxState.READY, **rest: object) -> OutboxEntry:
        facts = {"route": "mail", "kind": OutboxKind.LETTER, "parts": {"text": "Hej"}, "now": MONDAY} | rest
        outbox.put(session, key=key, address=address, **facts)
        entry = session.scalars(select(OutboxEntry).filter_by(key=key)).one()
        entry.state = state
        session.flush()
        return entry

    return wish


def claimed(session: Session, now: datetime = MONDAY, token: str = "t", limit: int = 50, route: str = "mail"):
    rows = delivery.claim(session, route, token, now, limit)
    session.expire_all()
    return [row.key for row in rows]


def intended(session: Session, *entries: OutboxEntry, token: str = "t", now: datetime = MONDAY) -> set[int]:
    ours = delivery.intend(session, [(entry.id, token) for entry in entries], now)
    session.expire_all()
    return ours


def set_out(session: Session, *entries: OutboxEntry, token: str = "t") -> None:
    """Claim what is due, and intend these."""
    claimed(session, token=token)
    assert intended(session, *entries, token=token) == {entry.id for entry in entries}


def sent(session: Session, entry: OutboxEntry, token: str = "t", receipt: str = "250 ok") -> None:
    delivery.mark_sent(session, [(entry.id, token, receipt)])
    session.expire_all()


def failed(
    session: Session,
    entry: OutboxEntry,
    token: str = "t",
    state: OutboxState = OutboxState.RETRY,
    due_at: datetime = MONDAY,
    *,
    ambiguous: bool = False,
    charged: bool = True,
) -> bool:
    marked = delivery.mark_fault(session, entry.id, token, Fault(state, "because", due_at, ambiguous, charged))
    session.expire_all()
    return marked


def recovered(session: Session, now: datetime = MONDAY, *, alone: bool = True) -> int:
    count = leases.recover(session, now, alone=alone)
    session.flush()
    session.expire_all()
    return count


# --- claims ---


def test_a_claim_is_durable_and_no_try_yet(session: Session, wish: Wish) -> None:
    entry = wish("k")
    assert claimed(session) == ["k"]
    assert (entry.state, entry.token, entry.attempts) == (OutboxState.SENDING, "t", 0)
    assert (entry.intent_at, entry.lease_until) == (None, MONDAY + LEASE)


def test_what_is_claimed_is_not_claimed_again(session: Session, wish: Wish) -> None:
    wish("k")
    assert (claimed(session), claimed(session)) == (["k"], [])


def test_one_entry_an_address_is_under_way(session: Session, wish: Wish) -> None:
    wish("ana 1"), wish("ana 2"), wish("bo 1", BO)
    assert claimed(session) == ["ana 1", "bo 1"]
    assert claimed(session) == []


def test_the_younger_goes_once_the_older_is_sent(session: Session, wish: Wish) -> None:
    first, _ = wish("1"), wish("2")
    set_out(session, first)
    sent(session, first)
    assert claimed(session) == ["2"]


def test_an_address_gets_its_entries_in_the_order_they_were_made(session: Session, wish: Wish) -> None:
    wish("late", now=MONDAY), wish("early", now=MONDAY - MINUTE)
    assert claimed(session) == ["late"]


def test_a_younger_entry_waits_for_an_older_that_is_tried_again(session: Session, wish: Wish) -> None:
    older, _ = wish("older"), wish("younger")
    set_out(session, older)
    failed(session, older, due_at=MONDAY + 5 * MINUTE)
    assert claimed(session, MONDAY + MINUTE) == []
    assert claimed(session, MONDAY + 5 * MINUTE) == ["older"]


def test_other_addresses_go_on_while_one_waits(session: Session, wish: Wish) -> None:
    older, _ = wish("older"), wish("younger")
    set_out(session, older)
    failed(session, older, due_at=MONDAY + 5 * MINUTE)
    wish("bo", BO)
    assert claimed(session, MONDAY + MINUTE) == ["bo"]


@pytest.mark.parametrize("state", [OutboxState.HELD, OutboxState.PARKED, OutboxState.SENT, OutboxState.EXPIRED])
def test_what_is_no_longer_under_way_holds_nobody_up(session: Session, wish: Wish, state: OutboxState) -> None:
    wish("older", state=state), wish("younger")
    assert claimed(session) == ["younger"]


def test_the_same_address_on_two_routes_is_two_addresses(session: Session, wish: Wish) -> None:
    wish("mail"), wish("console", route="console")
    assert claimed(session) == ["mail"]
    assert claimed(session, route="console") == ["console"]


def test_only_the_route_asked_for_is_claimed(session: Session, wish: Wish) -> None:
    wish("mail"), wish("slack", BO, route="slack")
    assert claimed(session) == ["mail"]


def test_nothing_is_claimed_before_it_is_due(session: Session, wish: Wish) -> None:
    wish("k", now=MONDAY + MINUTE)
    assert claimed(session) == []
    assert not delivery.is_due(session, "mail", MONDAY)
    assert delivery.is_due(session, "mail", MONDAY + MINUTE)


def test_what_waits_on_another_route_is_not_due_here(session: Session, wish: Wish) -> None:
    wish("k", route="slack")
    assert not delivery.is_due(session, "mail", MONDAY)


def test_no_more_is_claimed_than_asked_for(session: Session, wish: Wish) -> None:
    wish("ana"), wish("bo", BO), wish("chen", CHEN)
    assert claimed(session, limit=2) == ["ana", "bo"]
    assert claimed(session, limit=2) == ["chen"]


def test_what_was_never_tried_goes_before_what_is_tried_again(session: Session, wish: Wish) -> None:
    wish("again", state=OutboxState.RETRY), wish("new", BO)
    assert claimed(session, limit=1) == ["new"]
    assert claimed(session, limit=1) == ["again"]


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
    assert claimed(session, MONDAY + MINUTE) == ["younger"]


# --- intents ---


def test_an_intent_is_a_try(session: Session, wish: Wish) -> None:
    entry = wish("k")
    claimed(session)
    assert intended(session, entry, now=MONDAY + MINUTE) == {entry.id}
    assert (entry.intent_at, entry.lease_until, entry.attempts) == (MONDAY + MINUTE, MONDAY + MINUTE + LEASE, 1)


def test_who_was_overtaken_may_not_send(session: Session, wish: Wish) -> None:
    ours, overtaken = wish("ours"), wish("overtaken", BO)
    claimed(session)
    overtaken.token = "another's"
    session.flush()
    assert intended(session, ours, overtaken) == {ours.id}
    assert (overtaken.intent_at, overtaken.attempts) == (None, 0)


def test_intents_of_several_claims_are_noted_at_once(session: Session, wish: Wish) -> None:
    ana, bo = wish("ana"), wish("bo", BO)
    assert (claimed(session, token="1", limit=1), claimed(session, token="2", limit=1)) == (["ana"], ["bo"])
    assert delivery.intend(session, [(ana.id, "1"), (bo.id, "2")], MONDAY) == {ana.id, bo.id}


# --- marks ---


def test_a_mark_tells_what_became_of_it(session: Session, wish: Wish) -> None:
    entry = wish("k")
    set_out(session, entry)
    sent(session, entry)
    assert (entry.state, entry.receipt, entry.token, entry.lease_until) == (OutboxState.SENT, "250 ok", "", None)


def test_a_mark_with_another_token_changes_nothing(session: Session, wish: Wish) -> None:
    entry = wish("k")
    set_out(session, entry)
    sent(session, entry, token="somebody else's")
    assert not failed(session, entry, token="somebody else's")
    assert (entry.state, entry.token, entry.receipt, entry.reason) == (OutboxState.SENDING, "t", "", "")


def test_a_mark_changes_its_own_entry_alone(session: Session, wish: Wish) -> None:
    ana, bo = wish("ana"), wish("bo", BO)
    set_out(session, ana, bo)
    sent(session, ana)
    assert bo.state is OutboxState.SENDING


def test_an_entry_is_marked_once(session: Session, wish: Wish) -> None:
    entry = wish("k")
    set_out(session, entry)
    sent(session, entry)
    assert not failed(session, entry, state=OutboxState.PARKED)
    assert entry.state is OutboxState.SENT


def test_who_was_overtaken_may_not_mark_any_more(session: Session, wish: Wish) -> None:
    entry = wish("k")
    claimed(session, token="old")
    recovered(session)
    claimed(session, token="new")
    assert not failed(session, entry, "old", OutboxState.PARKED)
    sent(session, entry, "new")
    assert entry.state is OutboxState.SENT


def test_a_fault_tells_why_and_until_when(session: Session, wish: Wish) -> None:
    entry = wish("k")
    set_out(session, entry)
    assert failed(session, entry, due_at=MONDAY + MINUTE)
    assert (entry.state, entry.reason, entry.due_at, entry.token) == (OutboxState.RETRY, "because", MONDAY + MINUTE, "")
    assert (entry.attempts, entry.lease_until, entry.possible_duplicate) == (1, None, False)


def test_a_fault_of_the_way_is_not_charged(session: Session, wish: Wish) -> None:
    entry = wish("k")
    set_out(session, entry)
    failed(session, entry, charged=False)
    assert entry.attempts == 0


def test_what_may_have_arrived_stays_flagged(session: Session, wish: Wish) -> None:
    entry = wish("k")
    set_out(session, entry)
    failed(session, entry, ambiguous=True)
    set_out(session, entry)
    failed(session, entry)
    assert entry.possible_duplicate


# --- giving back, and leases ---


def test_what_was_claimed_and_not_intended_is_given_back(session: Session, wish: Wish) -> None:
    ana, bo, chen = wish("ana"), wish("bo", BO), wish("chen", CHEN)
    set_out(session, ana)
    chen.token = "another's"
    session.flush()
    leases.release(session, ["t"])
    session.expire_all()
    assert [(entry.state, entry.token) for entry in (ana, bo, chen)] == [
        (OutboxState.SENDING, "t"),
        (OutboxState.READY, ""),
        (OutboxState.SENDING, "another's"),
    ]


def test_what_had_been_tried_is_given_back_to_be_tried_again(session: Session, wish: Wish) -> None:
    entry = wish("k")
    set_out(session, entry)
    failed(session, entry, charged=False)
    claimed(session)
    leases.release(session, ["t"])
    session.expire_all()
    assert (entry.state, entry.attempts) == (OutboxState.RETRY, 0)


def test_who_lives_keeps_what_is_theirs(session: Session, wish: Wish) -> None:
    ours, others = wish("ours"), wish("others", BO)
    claimed(session, token="ours", limit=1), claimed(session, token="others", limit=1)
    leases.renew(session, ["ours"], MONDAY + MINUTE)
    session.expire_all()
    assert (ours.lease_until, others.lease_until) == (MONDAY + MINUTE + LEASE, MONDAY + LEASE)


# --- after a crash ---


def test_what_was_intended_at_a_crash_is_sent_again_and_flagged(session: Session, wish: Wish) -> None:
    entry = wish("k")
    set_out(session, entry)
    assert recovered(session, MONDAY + MINUTE) == 1
    assert (entry.state, entry.possible_duplicate, entry.reason) == (OutboxState.RETRY, True, "crashed")
    assert [row.key for row in delivery.claim_suspect(session, "mail", "t", MONDAY + MINUTE)] == ["k"]


def test_what_was_only_claimed_at_a_crash_is_as_if_nothing_had_been(session: Session, wish: Wish) -> None:
    entry = wish("k")
    claimed(session)
    recovered(session)
    assert (entry.state, entry.possible_duplicate, entry.crashes, entry.reason) == (OutboxState.READY, False, 0, "")
    assert claimed(session) == ["k"]


def test_a_suspect_is_claimed_alone(session: Session, wish: Wish) -> None:
    ana, bo = wish("ana"), wish("bo", BO)
    set_out(session, ana, bo)
    recovered(session)
    assert claimed(session) == []
    assert len(delivery.claim_suspect(session, "mail", "t", MONDAY)) == 1


@pytest.mark.parametrize("ends", ["sent", "failed"])
def test_a_suspect_that_was_answered_is_one_no_longer(session: Session, wish: Wish, ends: str) -> None:
    entry = wish("k")
    set_out(session, entry)
    recovered(session)
    delivery.claim_suspect(session, "mail", "t", MONDAY)
    sent(session, entry) if ends == "sent" else failed(session, entry)
    assert not entry.suspected


def test_what_was_not_under_way_is_not_touched_after_a_crash(session: Session, wish: Wish) -> None:
    others = [wish(state, f"{state}@x", state) for state in OutboxState if state is not OutboxState.SENDING]
    assert recovered(session) == 0
    assert not any(entry.possible_duplicate or entry.crashes or entry.reason for entry in others)


def test_beside_others_only_what_nobody_came_back_to_is_taken_up(session: Session, wish: Wish) -> None:
    entry = wish("k")
    set_out(session, entry)
    assert recovered(session, MONDAY + LEASE - timedelta(seconds=1), alone=False) == 0
    assert entry.state is OutboxState.SENDING
    assert recovered(session, MONDAY + LEASE, alone=False) == 1
    assert entry.state is OutboxState.RETRY


def test_a_crash_counts_against_an_entry_that_was_alone(session: Session, wish: Wish) -> None:
    entry = wish("k")
    set_out(session, entry)
    recovered(session)
    assert entry.crashes == 1


def test_a_crash_counts_against_nobody_in_company(session: Session, wish: Wish) -> None:
    entries = [wish(address, address) for address in (ANA, BO)]
    set_out(session, *entries)
    assert recovered(session) == 2
    assert [(entry.crashes, entry.state) for entry in entries] == [(0, OutboxState.RETRY)] * 2


def test_who_was_only_claimed_is_no_company(session: Session, wish: Wish) -> None:
    flying, _ = wish("ana"), wish("bo", BO)
    set_out(session, flying)
    recovered(session)
    assert flying.crashes == 1


def test_the_third_crash_parks_an_entry(session: Session, wish: Wish) -> None:
    entry = wish("k")
    set_out(session, entry)
    states = []
    for _ in range(3):
        recovered(session)
        states.append(entry.state)
        if delivery.claim_suspect(session, "mail", "t", MONDAY):
            intended(session, entry)
    assert states == [OutboxState.RETRY, OutboxState.RETRY, OutboxState.PARKED]
    assert CRASHES_LIMIT == 3
