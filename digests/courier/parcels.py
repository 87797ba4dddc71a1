"""What is carried, who carries it, and how that can fail."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from digests.courier.pace import Pace
from storage.outbox import OutboxKind


@dataclass(frozen=True)
class Parcel:
    """One entry as a carrier gets it. `receipt` is that of the card's earlier post, to be changed in place.

    `parts` are shared by every parcel of the same `content`; `personal` fills their gaps. `tries` counts this one too.
    `doubtful`: an earlier try, begun at `tried_at`, may have arrived.
    """

    number: int
    key: str
    kind: OutboxKind
    address: str
    topic: str
    content: int
    parts: dict[str, Any]
    personal: dict[str, str]
    created_at: datetime
    receipt: str
    room: int | None
    token: str
    tries: int = 1
    doubtful: bool = False
    tried_at: datetime | None = None


class Outcome(StrEnum):
    """Why something was not delivered: for good, for now, or nobody knows whether it was."""

    REFUSED = "refused"
    NOT_SENT = "not_sent"
    AMBIGUOUS = "ambiguous"


class Blame(StrEnum):
    """Whose the fault is: this entry's, that of the way (it cures itself), the operator's, or that of a policy, which
    the operator must settle and which may be about this entry alone."""

    ENTRY = "entry"
    WAY = "way"
    OPERATOR = "operator"
    POLICY = "policy"


class NotDelivered(Exception):
    """A carrier could not deliver. `reason` is a short fact for the operator."""

    def __init__(self, outcome: Outcome, reason: str, blame: Blame = Blame.ENTRY) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason
        self.blame = blame


class NotYet(Exception):
    """A carrier has tried nothing, and asks to be handed the parcel again `after` a while.

    `others_may_pass`: what came later to the same address need not wait for it. `begun`: a part of it was delivered.
    """

    def __init__(self, after: timedelta, *, others_may_pass: bool = False, begun: bool = False) -> None:
        super().__init__(after)
        self.after = after
        self.others_may_pass = others_may_pass
        self.begun = begun


def begun(fault: NotDelivered | NotYet) -> NotDelivered | NotYet:
    """The same of a parcel of which a part was delivered: nothing replaces it, and that part is not sent once more."""
    if isinstance(fault, NotYet):
        return NotYet(fault.after, others_may_pass=fault.others_may_pass, begun=True)
    outcome = Outcome.AMBIGUOUS if fault.outcome is Outcome.NOT_SENT else fault.outcome
    return NotDelivered(outcome, fault.reason, fault.blame)


# Carries one parcel and returns the platform's receipt. Raises NotDelivered or NotYet.
Carry = Callable[[Parcel], str]


class Carrier(Protocol):
    """A way out.

    `lanes` is how many parcels it takes at the same time, each in a thread of its own, and `batch` how many are taken
    in hand for them. What is of an `urgent` kind goes before all else.
    """

    lanes: int
    batch: int
    urgent: Sequence[OutboxKind]
    pace: Pace

    def open(self) -> AbstractContextManager[Carry]:
        """One lane, for as long as there is work: what it needs is opened at its first parcel and closed at the end."""
