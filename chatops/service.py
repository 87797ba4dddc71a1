"""The service: builds every part, starts them and stops them in order. The only file that knows all of them."""

import asyncio
import contextlib
import socket
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

import structlog
import uvicorn
from starlette.applications import Starlette

from chatops.commands import COMMANDS
from chatops.conversation import House, Invocation, Keep, Reply
from chatops.dispatch import Dispatcher
from chatops.platforms import Platform, PlatformCarrier, Remote
from chatops.web.app import Doors, web_app
from chatops.web.health import Finding, Probe
from config.settings import Settings
from digests import mail, watch
from digests.alarms import Alarms
from digests.clock import TICK_SECONDS, Clock
from digests.courier import Courier
from digests.courier.parcels import Blame, Carrier
from digests.links import Links
from digests.metrics import Metrics
from digests.watch import Watch
from storage import leases, outbox, readers, schema
from storage.database import Database
from storage.rules import RuleBroken
from storage.schema import SchemaState
from storage.tokens import live_tokens

LOG = structlog.get_logger()
STOP_WITHIN_SECONDS = 10
CLOCK_MAY_LAG_SECONDS = 6 * TICK_SECONDS
# Whoever spoke is answered first: the courier would take the core just when the answer is to go out.
CARRY_AFTER_SECONDS = 0.05


class Service:
    """Everything that runs on one database.

    `base` is the public address of the web door; `now` tells the time, and `elapsed` the seconds that have passed;
    `platforms` are those where people are, beside the `remote` ones, which are made for the database.
    """

    def __init__(
        self,
        settings: Settings,
        base: str,
        now: Callable[[], datetime],
        platforms: Mapping[str, Platform],
        elapsed: Callable[[], float] = watch.elapsed,
        remote: Callable[[Database], Mapping[str, Remote]] = lambda _: {},
    ) -> None:
        """Build. Raises RuleBroken when the database is not migrated."""
        self.settings = settings
        self.database = open_database(settings)
        with self.database.reading() as session:
            self._links = Links(base, live_tokens(session))
        self._remotes = remote(self.database)
        platforms = {**platforms, **self._remotes}
        carriers: dict[str, Carrier] = {name: PlatformCarrier(platform) for name, platform in platforms.items()}
        self._mail = mail.Mail(settings.mail, self._links) if settings.mail else None
        if self._mail:
            carriers["mail"] = self._mail
        self.watch = Watch(now, elapsed)
        self._metrics = Metrics()
        self.courier = Courier(self.database, carriers, now, self.watch.is_steady, self._metrics)
        house = house_of(settings)
        self._alarms = Alarms(self.database, house.operators, house.language, house.timezone)
        self.clock = Clock(self.database, now, self._wake, self.watch.is_steady, self._metrics, self._look_for_trouble)
        self._dispatcher = Dispatcher(self.database, COMMANDS, house, self._wake)
        self._now = now
        self._loop: asyncio.AbstractEventLoop | None = None
        self._carrying: asyncio.TimerHandle | None = None
        for platform in platforms.values():
            platform.listen(self.answer)

    async def answer(self, invocation: Invocation, keep: Keep | None = None) -> Reply:
        """What Tuva says to an invocation. What a platform has kept is on its way at once."""
        reply = await asyncio.to_thread(self._dispatcher.answer, invocation, keep)
        if keep:
            self.courier.wake()
        return reply

    async def run(self, listening: socket.socket, stop: asyncio.Event) -> None:
        """Serve until `stop` is set; then close the doors, finish what is in hand, and end."""
        self._loop = asyncio.get_running_loop()
        web = _Web(uvicorn.Config(self._web(), log_config=None, lifespan="off", timeout_graceful_shutdown=5))
        tasks = [
            asyncio.create_task(web.serve([listening])),
            asyncio.create_task(self.clock.run()),
            asyncio.create_task(self.courier.run()),
        ]
        for name, remote in self._remotes.items():
            await remote.open(partial(self.courier.resume, name))
        LOG.info("service.started")
        await stop.wait()
        for remote in self._remotes.values():
            await remote.stop()
        web.should_exit = True
        tasks[1].cancel()
        self.courier.stop()
        _, late = await asyncio.wait(tasks, timeout=STOP_WITHIN_SECONDS)
        for task in late:
            task.cancel()
        if self._mail:
            self._mail.cut()
        for remote in self._remotes.values():
            await remote.close()
        LOG.info("service.stopped", late=len(late))

    def recover(self, *, alone: bool) -> None:
        """Take up what a crash left in the middle; `alone` says that nobody else is at work on the database."""
        with self.database.transaction() as session:
            if alone:
                readers.release(session)
            if taken := leases.recover(session, self._now(), alone=alone):
                self._metrics.recovered(taken)
                LOG.warning("outbox.recovered", count=taken)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def _wake(self) -> None:
        """Something was wished for, in whatever thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._carry_soon)

    def _carry_soon(self) -> None:
        """In a burst, after its end; the courier looks by itself when that takes long."""
        if self._carrying:
            self._carrying.cancel()
        self._carrying = asyncio.get_running_loop().call_later(CARRY_AFTER_SECONDS, self.courier.wake)

    def _look_for_trouble(self) -> None:
        """Where only the operators can help, they are told."""
        if self._mail and self._alarms.look(dict(self._broken()), self._now()):
            self._wake()

    def _broken(self) -> Iterator[tuple[str, str]]:
        for name, remote in self._remotes.items():
            trouble = self.courier.trouble_on(name)
            if trouble and trouble.blame is Blame.OPERATOR:
                yield name, trouble.reason
            elif not remote.health().ok:
                yield name, remote.health().reason

    def _web(self) -> Starlette:
        language = self.settings.service.language
        others = {path: app for remote in self._remotes.values() for path, app in remote.doors().items()}
        seen = (self._probes(), self._measured)
        ours = (self._links, mail.sender_of(self.settings.mail, self._links.base))
        return web_app(Doors(self.database, *ours, self.answer, self._now, *seen, language, others))

    def _measured(self) -> bytes:
        with self.database.reading() as session:
            rows, oldest = outbox.counted(session), outbox.oldest_due_at(session)
        late = timedelta(seconds=self._age(oldest))
        return self._metrics.exposition(rows, late, self.watch.skew())

    def _probes(self) -> dict[str, Probe]:
        probes: dict[str, Probe] = {
            "database": self._database_ok,
            "clock": self._clock_ok,
            "outbox": self._outbox_ok,
        }
        if self.settings.mail:
            probes["mail"] = self._mail_ok
        return probes | {name: partial(self._remote_ok, name) for name in self._remotes}

    async def _remote_ok(self, name: str) -> Finding:
        """It is heard, and what is to go there goes."""
        if trouble := self.courier.trouble_on(name):
            return Finding(ok=False, age_seconds=self._age(trouble.since))
        health = self._remotes[name].health()
        return Finding(health.ok, health.age_seconds)

    async def _database_ok(self) -> Finding:
        return Finding(await asyncio.to_thread(self.database.answers), 0.0)

    async def _clock_ok(self) -> Finding:
        ticked = self.clock.ticked_at
        age = self._age(ticked)
        lags = ticked is None or age > CLOCK_MAY_LAG_SECONDS
        return Finding(self.watch.is_steady() and not lags, age)

    async def _outbox_ok(self) -> Finding:
        def oldest() -> datetime | None:
            with self.database.reading() as session:
                return outbox.oldest_due_at(session)

        age = self._age(await asyncio.to_thread(oldest))
        return Finding(age <= outbox.LATE_AFTER.total_seconds(), age)

    async def _mail_ok(self) -> Finding:
        if trouble := self.courier.trouble_on("mail"):
            return Finding(ok=False, age_seconds=self._age(trouble.since))
        assert self.settings.mail
        return Finding(await asyncio.to_thread(mail.answers, self.settings.mail), 0.0)

    def _age(self, at: datetime | None) -> float:
        return max((self._now() - at).total_seconds(), 0.0) if at else 0.0


class _Web(uvicorn.Server):
    """uvicorn without its own signal handlers: the service stops its parts in order."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def house_of(settings: Settings) -> House:
    """The installation as commands know it."""
    service = settings.service
    return House(service.language, service.timezone, frozenset(service.operators))


def open_database(settings: Settings) -> Database:
    """The database, at this program's schema. Raises RuleBroken when it is not."""
    database = Database(settings.service.database)
    state = schema.state_of(database)
    if state is not SchemaState.CURRENT:
        database.close()
        raise RuleBroken(f"cli-database-{state}")
    return database


def listen(address: str) -> socket.socket:
    """A socket on `host:port`; port 0 is any free one. Raises RuleBroken when the port is taken."""
    host, _, port = address.rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host.strip("[]"), int(port)), family=family)
    except OSError as fault:
        raise RuleBroken("cli-port-taken", listen=address, fault=fault.strerror or str(fault)) from None


def base_address(settings: Settings, listening: socket.socket | None) -> str:
    """The address that links begin with."""
    if settings.service.public_url:
        return settings.service.public_url
    host, _, port = settings.service.listen.rpartition(":")
    return f"http://{host}:{listening.getsockname()[1] if listening else port}"
