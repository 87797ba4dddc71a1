"""The clock: it ticks (APScheduler), and what is due fires. The memory is the record's, not the clock's."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from digests import weekly
from storage import occurrences
from storage.database import Database

LOG = structlog.get_logger()
TICK_SECONDS = 10
# Whose moments these are, by the first word of the series.
DIGESTS = {weekly.SERIES: weekly}


def real_time() -> datetime:
    """The computer's clock, UTC."""
    return datetime.now(UTC)


class Clock:
    """Plans and fires on one database. `fired` is called when something was."""

    def __init__(self, database: Database, now: Callable[[], datetime], fired: Callable[[], None]) -> None:
        self._database = database
        self._now = now
        self._fired = fired
        self.ticked_at: datetime | None = None

    async def run(self) -> None:
        """Tick until cancelled."""
        scheduler = AsyncIOScheduler(timezone="UTC")
        scheduler.add_job(self._tick_aside, "interval", seconds=TICK_SECONDS, coalesce=True, misfire_grace_time=None)
        scheduler.start()
        try:
            await self._tick_aside()
            await asyncio.Event().wait()
        finally:
            scheduler.shutdown(wait=False)

    def tick(self) -> None:
        """Plan, and fire what is due now: each moment in a transaction of its own."""
        self.plan()
        while self._fire_all():
            self._fired()
            self.plan()
        self.ticked_at = self._now()

    def plan(self) -> None:
        """Give everything its next moment."""
        with self._database.transaction() as session:
            for digest in DIGESTS.values():
                digest.plan(session)

    def next_due_at(self) -> datetime | None:
        """When something is due next."""
        with self._database.reading() as session:
            return occurrences.next_due_at(session)

    def last_due_at(self) -> datetime | None:
        """When the last of what is planned now is due: by then every reader's next letter has had its moment."""
        with self._database.reading() as session:
            return occurrences.last_due_at(session)

    async def _tick_aside(self) -> None:
        try:
            await asyncio.to_thread(self.tick)
        except Exception:
            LOG.exception("clock.tick_failed")

    def _fire_all(self) -> int:
        """Fire until nothing is due. Returns how many."""
        fired = 0
        while self._fire_first():
            fired += 1
        return fired

    def _fire_first(self) -> bool:
        """Fire the first moment that is due. False when none is."""
        now = self._now()
        with self._database.transaction() as session:
            occurrence = occurrences.first_due(session, now)
            if occurrence is None:
                return False
            digest = next(digest for series, digest in DIGESTS.items() if occurrence.series.startswith(series))
            try:
                with session.begin_nested():
                    digest.fire(session, occurrence, now)
            except Exception:
                LOG.exception("occurrence.failed", series=occurrence.series)
                occurrence.skip("failed")
            LOG.info(f"occurrence.{occurrence.state}", series=occurrence.series, reason=occurrence.reason)
        return True
