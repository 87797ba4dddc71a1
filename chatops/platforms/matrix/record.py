"""What Matrix asks of the record from the event loop: how far we have read, and what waits for its effect."""

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from chatops.platforms.matrix.concerns import Concerns
from chatops.platforms.matrix.heard import PLATFORM, Heard
from storage import inbox, outbox, readers
from storage.database import Database, Session
from storage.inbox import InboxState
from storage.outbox import OutboxKind

AT_ONCE = 100
NOTED_EVERY_SECONDS = 5.0
Told = TypeVar("Told")


class MatrixRecord:
    """The record. `stream` is what is read, by us alone while we hold it."""

    def __init__(self, database: Database, account: str, concerns: Concerns, now: Callable[[], datetime]) -> None:
        self._database = database
        self._stream = f"{PLATFORM}:{account}"
        self._holder = secrets.token_hex(8)
        self._concerns = concerns
        self._now = now
        self._kept_at = -NOTED_EVERY_SECONDS

    async def read(self, work: Callable[[Session], Told]) -> Told:
        """What `work` reads."""
        return await asyncio.to_thread(self._read, work)

    async def write(self, work: Callable[[Session], Told]) -> Told:
        """What `work` writes is kept, whole, when this returns."""
        return await asyncio.to_thread(self._write, work)

    async def hold(self) -> str | None:
        """Be the one who reads. Returns how far was read, empty at the first time; None while another reads."""
        return await self.write(lambda session: readers.hold(session, self._stream, self._holder, self._now()))

    async def let_go(self) -> None:
        """Another may read now."""
        await self.write(lambda session: readers.release(session, self._holder))

    async def keep(self, heard: Sequence[Heard], position: str) -> list[Heard]:
        """Put down what was heard, as far as it concerns us, and how far we have read: both or neither.

        Where nobody but ourselves was heard, how far we have read is noted only now and then: after a crash it is read
        once more. Returns what was put down. Raises RuleBroken when another reads now.
        """
        of_others = [one for one in heard if one.sender != self._concerns.names.account]
        if not of_others and time.monotonic() - self._kept_at < NOTED_EVERY_SECONDS:
            return []

        def put_down(session: Session) -> list[Heard]:
            ours = self._concerns.among(session, of_others)
            inbox.hear(session, [(one.key, one.payload) for one in ours], self._now())
            readers.advance(session, self._stream, self._holder, position)
            return ours

        kept = await self.write(put_down)
        self._kept_at = time.monotonic()
        return kept

    async def waiting(self) -> list[Heard]:
        """What waits for its effect, the oldest first."""
        entries = await self.read(lambda session: inbox.waiting(session, PLATFORM, AT_ONCE))
        return [Heard.from_payload(entry.payload) for entry in entries]

    async def is_idle(self) -> bool:
        """Nothing waits for its effect, and we are in every room that we want to be in."""
        return await self.read(_is_idle)

    async def done(self, heard: Heard, state: InboxState = InboxState.DONE) -> None:
        """It has had its effect, or none."""
        await self.write(lambda session: inbox.end(session, [heard.key], state))

    def _read(self, work: Callable[[Session], Told]) -> Told:
        with self._database.reading() as session:
            return work(session)

    def _write(self, work: Callable[[Session], Told]) -> Told:
        with self._database.transaction() as session:
            return work(session)


def _is_idle(session: Session) -> bool:
    return not inbox.waiting(session, PLATFORM, 1) and not outbox.is_waiting(session, PLATFORM, OutboxKind.ENTRANCE)
