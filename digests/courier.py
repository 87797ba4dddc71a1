"""The courier carries the outbox out: claim, send, mark. It knows no platform; carriers are handed in."""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import structlog

from storage import cards, outbox
from storage.database import Database, Session
from storage.outbox import OutboxEntry, OutboxKind, OutboxState

LOG = structlog.get_logger()
BATCH = 50
# A wish of another process, or a retry, is seen this soon.
LOOK_EVERY_SECONDS = 1.0
TRIES_LIMIT = 12
LONGEST_WAIT = timedelta(hours=4)


class Outcome(StrEnum):
    """Why something was not delivered: for good, for now, or nobody knows whether it was."""

    REFUSED = "refused"
    NOT_SENT = "not_sent"
    AMBIGUOUS = "ambiguous"


class NotDelivered(Exception):
    """A carrier could not deliver. `reason` is a short fact for the operator."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason


@dataclass(frozen=True)
class Parcel:
    """One entry as a carrier gets it. `receipt` is that of the card's earlier post, to be changed in place."""

    number: int
    key: str
    kind: OutboxKind
    address: str
    topic: str
    parts: dict[str, Any]
    personal: dict[str, str]
    created_at: datetime
    receipt: str


# Carries one parcel and returns the platform's receipt. Raises NotDelivered.
Carrier = Callable[[Parcel], Awaitable[str]]


class Courier:
    """Carries what is due on the routes it has carriers for."""

    def __init__(self, database: Database, carriers: Mapping[str, Carrier], now: Callable[[], datetime]) -> None:
        self._database = database
        self._carriers = carriers
        self._now = now
        self._woken = asyncio.Event()
        self._stopping = False
        self._draining = asyncio.Lock()

    def wake(self) -> None:
        """Something was wished for just now."""
        self._woken.set()

    def stop(self) -> None:
        """Finish what is in hand and take nothing more."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        """Carry until stopped. A database that does not answer is asked again."""
        while not self._stopping:
            self._woken.clear()
            try:
                await self.drain()
            except Exception:
                LOG.exception("courier.failed")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), LOOK_EVERY_SECONDS)

    async def drain(self) -> None:
        """Carry until nothing is due, also what another is carrying just now."""
        async with self._draining:
            await self._drain()

    async def _drain(self) -> None:
        while not self._stopping and (parcels := await asyncio.to_thread(self._claim, token := secrets.token_hex(8))):
            await asyncio.gather(*(self._carry(route, parcel, token) for route, parcel in parcels))

    def _claim(self, token: str) -> list[tuple[str, Parcel]]:
        with self._database.transaction() as session:
            entries = outbox.claim(session, list(self._carriers), token, self._now(), BATCH)
            return [(entry.route, _parcel(session, entry)) for entry in entries]

    async def _carry(self, route: str, parcel: Parcel, token: str) -> None:
        try:
            receipt = await self._carriers[route](parcel)
        except NotDelivered as fault:
            await asyncio.to_thread(self._note_fault, parcel, token, fault)
        except Exception as fault:
            LOG.exception("outbox.broken", outbox=parcel.number)
            await asyncio.to_thread(
                self._note_fault, parcel, token, NotDelivered(Outcome.REFUSED, type(fault).__name__)
            )
        else:
            await asyncio.to_thread(self._note_sent, parcel, token, receipt)
            LOG.info("outbox.sent", outbox=parcel.number, route=route, kind=parcel.kind)

    def _note_sent(self, parcel: Parcel, token: str, receipt: str) -> None:
        with self._database.transaction() as session:
            if outbox.mark(session, parcel.number, token, OutboxState.SENT, receipt=receipt, reason=""):
                entry = outbox.entry_numbered(session, parcel.number)
                if entry.kind is OutboxKind.CARD and entry.room_id is not None:
                    cards.posted(session, entry.room_id, entry.topic, receipt)

    def _note_fault(self, parcel: Parcel, token: str, fault: NotDelivered) -> None:
        LOG.warning("outbox.not_delivered", outbox=parcel.number, outcome=fault.outcome)
        with self._database.transaction() as session:
            tries = outbox.entry_numbered(session, parcel.number).attempts
            given_up = fault.outcome is Outcome.REFUSED or tries >= TRIES_LIMIT
            facts = {"possible_duplicate": True} if fault.outcome is Outcome.AMBIGUOUS else {}
            outbox.mark(
                session,
                parcel.number,
                token,
                OutboxState.PARKED if given_up else OutboxState.RETRY,
                reason=fault.reason,
                due_at=self._now() + wait_after(tries),
                **facts,
            )


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many tries: 1, 2, 4 … minutes, four hours at most."""
    return min(timedelta(minutes=2 ** (tries - 1)), LONGEST_WAIT)


def _parcel(session: Session, entry: OutboxEntry) -> Parcel:
    posted = cards.card_in(session, entry.room_id, entry.topic) if entry.room_id is not None else None
    return Parcel(
        number=entry.id,
        key=entry.key,
        kind=entry.kind,
        address=entry.address,
        topic=entry.topic,
        parts=entry.content.parts,
        personal=entry.personal,
        created_at=entry.created_at,
        receipt=posted.receipt if posted else "",
    )
