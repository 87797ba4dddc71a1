"""What becomes of what was tried in vain: when it is tried again, and when no more."""

from datetime import datetime, timedelta

from digests.courier.parcels import Blame, NotDelivered, Outcome
from storage.delivery import Fault
from storage.outbox import OutboxState

TRIES_LIMIT = 12
LONGEST_WAIT = timedelta(hours=4)


def fault_after(tries: int, failure: NotDelivered, now: datetime) -> Fault:
    """What becomes of an entry that was not delivered at its try number `tries`."""
    ambiguous = failure.outcome is Outcome.AMBIGUOUS
    if failure.blame in (Blame.WAY, Blame.OPERATOR):
        return Fault(OutboxState.RETRY, failure.reason, now, ambiguous, charged=False)
    state = OutboxState.RETRY
    if failure.outcome is Outcome.REFUSED or tries >= TRIES_LIMIT:
        state = OutboxState.HELD if failure.blame is Blame.POLICY else OutboxState.PARKED
    return Fault(state, failure.reason, now + wait_after(tries), ambiguous, charged=True)


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many tries: 1, 2, 4 … minutes, four hours at most."""
    return min(timedelta(minutes=2 ** (tries - 1)), LONGEST_WAIT)
