"""The clock: it ticks (APScheduler), and what is due fires. The memory is the record's, not the clock's."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from digests import agenda, bulletin, followups, stuck, subgroups, weekly
from digests.agenda import resting
from digests.metrics import Metrics
from storage import occurrences, undelivered
from storage.database import Database, DatabaseAway, DiskFull, Session
from storage.occurrences import Occurrence

LOG = structlog.get_logger()
TICK_SECONDS = 10
# In one transaction, so that others get in soon.
BATCH = 50
T = TypeVar("T")
# What has moments of its own accord; the others' are planned where they begin.
PLANNED = (weekly, bulletin)
# Whose moments these are, by the first word of the series.
FIRED = {module.SERIES: module.fire for module in (weekly, bulletin, followups, agenda, resting, subgroups)}


def real_time() -> datetime:
    """The computer's clock, UTC."""
    return datetime.now(UTC)


class Clock:
    """Plans and fires on one database. `fired` is called when something was; `may_fire` is asked before."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        fired: Callable[[], None],
        may_fire: Callable[[], bool] = lambda: True,
        metrics: Metrics | None = None,
        ticked: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._ticked = ticked
        self._now = now
        self._fired = fired
        self._may_fire = may_fire
        self._metrics = metrics or Metrics()
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
        """Call `ticked`; plan, fire what is due now, and tell the chairs what got stuck."""
        self._ticked()
        if not self._may_fire():
            return
        self.plan()
        while self._fire_all():
            self.plan()
        self._tell_stuck()
        self.ticked_at = self._now()

    def plan(self) -> None:
        """Give everything its next moment."""
        for digest in PLANNED:
            last = 0 if self._read(digest.lacks_moments) else None
            while last is not None:
                with self._database.transaction() as session:
                    last = digest.plan(session, BATCH, last)

    def next_due_at(self) -> datetime | None:
        """When something is due next."""
        return self._read(occurrences.next_due_at)

    def last_due_at(self) -> datetime | None:
        """When the last of what is planned now is due: by then every reader's next letter has had its moment."""
        return self._read(occurrences.last_due_at)

    def _read(self, asked: Callable[[Session], T]) -> T:
        with self._database.reading() as session:
            return asked(session)

    async def _tick_aside(self) -> None:
        try:
            await asyncio.to_thread(self.tick)
        except DiskFull:
            LOG.error("disk.full")
        except Exception:
            LOG.exception("clock.tick_failed")

    def _tell_stuck(self) -> None:
        if not self._read(undelivered.untold):
            return
        with self._database.transaction() as session:
            told = stuck.tell(session, self._now())
        if told:
            self._fired()

    def _fire_all(self) -> int:
        """Fire until nothing is due. Returns how many."""
        fired = 0
        while some := self._fire_some():
            fired += some
            self._fired()
        return fired

    def _fire_some(self) -> int:
        """Fire the first of what is due. Returns how many."""
        now = self._now()
        with self._database.transaction() as session:
            due = occurrences.due(session, now, BATCH) if self._may_fire() else []
            for occurrence in due:
                self._fire(session, occurrence, now)
        return len(due)

    def _fire(self, session: Session, occurrence: Occurrence, now: datetime) -> None:
        """Fire one moment. One that breaks is skipped, and harms no other."""
        fire = next(fire for series, fire in FIRED.items() if occurrence.series.startswith(series))
        try:
            with session.begin_nested():
                fire(session, occurrence, now)
        except (DatabaseAway, DiskFull):
            raise
        except Exception:
            LOG.exception("occurrence.failed", series=occurrence.series)
            session.info.clear()  # what was at hand may have been taken back with it
            occurrence.skip("failed")
        self._metrics.fired(now - occurrence.due_at)
        LOG.info(f"occurrence.{occurrence.state}", series=occurrence.series, reason=occurrence.reason)
