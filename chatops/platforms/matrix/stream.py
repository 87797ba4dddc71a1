"""The stream: all that happens in Tuva's rooms, read by one process at a time, and put down before it is acted on.

What one answer of the homeserver holds and how far we have read are kept in one transaction. Whatever happens to us in
between, the same is asked for again.
"""

import asyncio
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import structlog

from chatops.platforms.matrix.batches import (
    EVENTS_AT_ONCE,
    MISSED,
    Batch,
    Json,
    Timeline,
    batch_of,
    filter_of,
    is_joining,
    since_joining,
)
from chatops.platforms.matrix.heard import Heard
from chatops.platforms.matrix.homeserver import TIMEOUT_SECONDS, Homeserver
from chatops.platforms.matrix.record import MatrixRecord
from digests.courier.parcels import Blame, NotDelivered, NotYet
from storage.database import DatabaseFault, DiskFull
from storage.rules import RuleBroken

LOG = structlog.get_logger()
WAIT_FOR_NEWS_SECONDS = 30.0
# What is said in this time is heard together, and a busy homeserver takes our answers before it is asked again.
ANSWER_FIRST_SECONDS = 0.03
# A third of the lease: also a slow disk lets us keep it.
HOLD_EVERY_SECONDS = 15.0
SHORTEST_PAUSE_SECONDS = 1.0
# What waits in the outbox waits for this too.
LONGEST_PAUSE_SECONDS = 10.0
# What only the operator can cure is not cured at once.
OPERATORS_PAUSE_SECONDS = 60.0
# More than this was not missed in an outage, but in weeks; the room is told so.
GAP_LIMIT = 10_000
# Who reads is not there to be talked to.
QUIET = {"set_presence": "offline"}
# What a homeserver says of a position that it knows no more.
FORGOTTEN = frozenset({"M_UNKNOWN", "M_INVALID_PARAM", "M_UNKNOWN_POS"})


@dataclass
class Stream:
    """Reads until cancelled. `heard` is called when something was put down, `heard_again` when the homeserver answers
    after it did not; `settled` is set at the first answer."""

    server: Homeserver
    record: MatrixRecord
    heard: Callable[[Sequence[Heard]], None] = lambda _: None
    heard_again: Callable[[], None] = lambda: None
    fault: str = ""
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    _pause: float = 0.0
    _answered_at: float = field(default_factory=time.monotonic)

    def age(self) -> float:
        """How many seconds ago the homeserver last gave a sign."""
        return time.monotonic() - self._answered_at

    async def run(self) -> None:
        """Read on and on. What fails is tried again, later and later."""
        position: str | None = None
        while True:
            try:
                position = await self._turn(position)
                if self.fault:
                    self.heard_again()
                self._pause, self.fault = 0.0, ""
            except Exception as fault:
                await self._rest(fault)
                position = None

    async def keep_hold(self) -> None:
        """Go on being the one who reads, or wait to be it."""
        while True:
            try:
                await self.record.hold()
            except (DatabaseFault, DiskFull):
                LOG.exception("matrix.not_held")
            await asyncio.sleep(HOLD_EVERY_SECONDS)

    async def _turn(self, position: str | None) -> str | None:
        """One answer of the homeserver. Returns how far was read; None when another reads."""
        if position is None:
            position = await self.record.hold()
            if position is None:
                self._answered()
                await asyncio.sleep(HOLD_EVERY_SECONDS / 3)
                return None
            self.heard(())  # who read before us may have died before the effect
        return await self._read(position) if position else await self._begin()

    async def _begin(self) -> str:
        """The first time: nothing old is read, but whoever invited us waits for an answer."""
        answer = await self.server.ask("sync", query=QUIET | {"filter": filter_of(1), "timeout": "0"})
        batch = batch_of(answer)
        encrypted = [Heard.of_event(line.room, event) for line in batch.timelines for event in line.state]
        await self._keep(batch, [*encrypted, *_rooms(batch)])
        return batch.position

    async def _read(self, position: str) -> str:
        wait = WAIT_FOR_NEWS_SECONDS if self.settled.is_set() else 0.0
        asked = {"since": position, "filter": filter_of(EVENTS_AT_ONCE), "timeout": str(int(wait * 1000))}
        try:
            answer = await self.server.ask("sync", query=QUIET | asked, patience=wait + TIMEOUT_SECONDS)
        except NotDelivered as failure:
            if failure.reason not in FORGOTTEN:
                raise
            LOG.error("matrix.position_forgotten")
            return await self._begin()
        batch = batch_of(answer)
        told = [heard for line in batch.timelines for heard in await self._told(line, position)]
        await self._keep(batch, [*told, *_rooms(batch)])
        return batch.position

    async def _keep(self, batch: Batch, told: list[Heard]) -> None:
        kept = await self.record.keep(told, batch.position)
        self._answered()
        if kept:
            self.heard(kept)
            await asyncio.sleep(ANSWER_FIRST_SECONDS)

    def _answered(self) -> None:
        self._answered_at = time.monotonic()
        self.settled.set()

    async def _told(self, line: Timeline, position: str) -> list[Heard]:
        """What happened in one room since we came in."""
        missed = await self._missed(line, position) if line.gap_before else []
        events = since_joining([*missed, *line.events], self.server.user)
        told = [Heard.of_event(line.room, event) for event in line.state]
        told += [Heard.of_event(line.room, event) for event in events]
        if len(missed) >= GAP_LIMIT:
            told.append(Heard.of_gap(line.room, position))
        return told

    async def _missed(self, line: Timeline, position: str) -> list[Json]:
        """What an answer left out, back to what we know, or to where we came in. The oldest first."""
        missed: list[Json] = []
        before: str | None = line.gap_before
        while (
            before
            and len(missed) < GAP_LIMIT
            and not any(is_joining(event, self.server.user) for event in missed[-EVENTS_AT_ONCE:])
        ):
            page = await self._page(line.room, before, position)
            missed += page.get("chunk", [])
            before = page.get("end") if page.get("end") != before else None
        return missed[::-1]

    async def _page(self, room: str, before: str, position: str) -> Json:
        query = {"from": before, "to": position, "dir": "b", "limit": str(EVENTS_AT_ONCE), "filter": MISSED}
        try:
            return await self.server.ask("rooms", room, "messages", query=query)
        except NotDelivered as failure:
            if failure.blame is not Blame.ENTRY:
                raise
            LOG.warning("matrix.gap_closed", reason=failure.reason)  # we are no longer in the room
            return {}

    async def _rest(self, fault: Exception) -> None:
        """1, 2, 4 … seconds, and a little chance, so that not everybody comes back at the same moment."""
        self.fault = getattr(fault, "reason", type(fault).__name__)
        self._pause = min(max(2 * self._pause, SHORTEST_PAUSE_SECONDS), LONGEST_PAUSE_SECONDS)
        if isinstance(fault, NotDelivered) and fault.blame is Blame.OPERATOR:
            self._pause = OPERATORS_PAUSE_SECONDS
        if isinstance(fault, NotYet):
            self._pause = max(self._pause, fault.after.total_seconds())
        known = isinstance(fault, NotDelivered | NotYet | DatabaseFault | RuleBroken)
        LOG.warning("matrix.not_read", reason=self.fault, pause=self._pause, exc_info=None if known else fault)
        await asyncio.sleep(self._pause * (1 + secrets.randbelow(100) / 400))


def _rooms(batch: Batch) -> Iterator[Heard]:
    """Invitations, and rooms that we are out of."""
    for room, shown in batch.invited.items():
        yield Heard.of_invitation(room, shown, batch.position)
    for room in batch.left:
        yield Heard.of_departure(room, batch.position)
