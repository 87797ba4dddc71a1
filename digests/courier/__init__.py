"""The courier carries the outbox out, route by route. It knows no platform; carriers are handed in."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import structlog

from digests.courier.parcels import Carrier
from digests.courier.route import Route, Trouble
from digests.metrics import Metrics
from storage import leases
from storage.database import Database, DiskFull

LOG = structlog.get_logger()
# A wish of another process, or a retry, is seen this soon.
LOOK_EVERY_SECONDS = 0.5
# A third of a lease: others see that we live.
LEASES_EVERY_SECONDS = 20.0


class Courier:
    """Carries what is due on the routes it has carriers for. No route waits for another.

    `may_send` is asked before anything is taken.
    """

    def __init__(
        self,
        database: Database,
        carriers: Mapping[str, Carrier],
        now: Callable[[], datetime],
        may_send: Callable[[], bool] = lambda: True,
        metrics: Metrics | None = None,
    ) -> None:
        self._database = database
        self._now = now
        self._metrics = metrics or Metrics()
        self._routes = [
            Route(name, carrier, database, now, may_send, self._metrics) for name, carrier in carriers.items()
        ]
        self._threads = ThreadPoolExecutor(len(carriers) or 1, "tuva-courier")
        self._woken = {route.name: asyncio.Event() for route in self._routes}
        self._stopping = False

    def trouble_on(self, route: str) -> Trouble | None:
        """Why nothing goes out on a route; None when all is well."""
        return next((found.trouble for found in self._routes if found.name == route), None)

    def wake(self) -> None:
        """Something was wished for just now."""
        for woken in self._woken.values():
            woken.set()

    def resume(self, name: str) -> None:
        """The other end of a route gives a sign again: what waits there is tried at once."""
        for route in self._routes:
            if route.name == name:
                route.resume()
                self._woken[name].set()

    def stop(self) -> None:
        """Finish what is in hand and take nothing more."""
        self._stopping = True
        for route in self._routes:
            route.stop()
        self.wake()

    async def run(self) -> None:
        """Carry until stopped. A database that does not answer is asked again."""
        leases = asyncio.create_task(self._keep_leases())
        try:
            await asyncio.gather(*(self._run(route) for route in self._routes))
        finally:
            leases.cancel()
            self._threads.shutdown(wait=False)

    async def drain(self) -> None:
        """Carry until nothing is due, also what another is carrying just now."""
        await asyncio.gather(*(self._aside(route.drain) for route in self._routes))

    async def _run(self, route: Route) -> None:
        woken = self._woken[route.name]
        while not self._stopping:
            woken.clear()
            try:
                await self._aside(route.drain)
            except DiskFull:
                LOG.error("disk.full", route=route.name)
            except Exception:
                LOG.exception("courier.failed", route=route.name)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), LOOK_EVERY_SECONDS)

    async def _keep_leases(self) -> None:
        while True:
            await asyncio.sleep(LEASES_EVERY_SECONDS)
            try:
                await asyncio.to_thread(self._renew_and_recover)
            except Exception:
                LOG.exception("leases.failed")

    def _renew_and_recover(self) -> None:
        with self._database.transaction() as session:
            leases.renew(session, {token for route in self._routes for token in list(route.tokens)}, self._now())
            if taken := leases.recover(session, self._now(), alone=False):
                self._metrics.recovered(taken)
                LOG.warning("outbox.recovered", count=taken)

    async def _aside(self, work: Callable[[], None]) -> None:
        await asyncio.get_running_loop().run_in_executor(self._threads, work)
