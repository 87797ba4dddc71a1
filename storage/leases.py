"""Leases: who is at work on which outbox entries, and what becomes of those that a crash left behind."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import case, select, update

from storage.database import Session
from storage.delivery import LEASE, OUTBOX
from storage.outbox import OutboxEntry, OutboxState

# After so many crashes in the middle of one entry the entry is taken for the cause (Mailman's shunt queue has three).
CRASHES_LIMIT = 3


def release(session: Session, tokens: Iterable[str]) -> None:
    """Give back what was claimed and not intended, as it was."""
    unsent = update(OUTBOX).where(OUTBOX.c.state == OutboxState.SENDING, OUTBOX.c.intent_at.is_(None))
    before = case((OUTBOX.c.reason == "", OutboxState.READY), else_=OutboxState.RETRY)
    session.execute(unsent.where(OUTBOX.c.token.in_(list(tokens))).values(state=before, token="", lease_until=None))


def renew(session: Session, tokens: Iterable[str], now: datetime) -> None:
    """Whoever holds these claims is alive."""
    held = update(OUTBOX).where(OUTBOX.c.state == OutboxState.SENDING, OUTBOX.c.token.in_(list(tokens)))
    session.execute(held.values(lease_until=now + LEASE))


def recover(session: Session, now: datetime, *, alone: bool) -> int:
    """Take up what a crash left `sending`. Returns how much of it may have arrived.

    Where nobody else is at work that is everything; else only what nobody has come back to before its lease ended.
    What was intended may have arrived: it is sent again, flagged, and each such entry alone. A crash counts against
    an entry only when it was alone in flight.
    """
    chosen = select(OutboxEntry).filter_by(state=OutboxState.SENDING)
    left = list(session.scalars(chosen if alone else chosen.where(OutboxEntry.lease_until <= now)))
    in_flight = [entry for entry in left if entry.intent_at is not None]
    for entry in left:
        entry.token, entry.lease_until, entry.state = "", None, OutboxState.READY
    for entry in in_flight:
        entry.crashes += len(in_flight) == 1
        entry.possible_duplicate = entry.suspected = True
        parked = entry.crashes >= CRASHES_LIMIT
        entry.state = OutboxState.PARKED if parked else OutboxState.RETRY
        entry.reason, entry.due_at = "crashed", now
    return len(in_flight)
