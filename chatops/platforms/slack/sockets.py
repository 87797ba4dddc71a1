"""Socket Mode: two connections, begun one after the other, so that one is there while the other is renewed.

Slack gives each event to any one of them, and none to nobody (docs.slack.dev/apis/events-api/using-socket-mode).
"""

import asyncio
import time
from collections.abc import Callable

import structlog
from aiohttp import ClientError
from slack_bolt.async_app import AsyncApp

from chatops.platforms.slack.connection import Connection
from chatops.platforms.slack.web_api import WebApi
from digests.courier.parcels import NotDelivered, NotYet

LOG = structlog.get_logger()
COUNT = 2
# Slack renews a connection every so often: the two must not be of the same age.
APART_SECONDS = 5.0
PING_SECONDS = 10.0
# Slack tells some ten seconds ahead that it will close one.
LINGER_SECONDS = 15.0


class Sockets:
    """The connections of one app. `ping` and `apart` are in seconds; `fault` is why the last one did not come about."""

    def __init__(
        self, app: AsyncApp, api: WebApi, app_token: str, ping: float = PING_SECONDS, apart: float = APART_SECONDS
    ) -> None:
        self._app = app
        self._api = api
        self._token = app_token
        self._ping = ping
        self._apart = apart
        self._connections: list[Connection] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._heard_at = time.monotonic()
        self.fault = ""

    def open(self, heard_again: Callable[[], None]) -> None:
        """Begin to connect. Goes on by itself until closed; what failed and then succeeds is told."""
        for number in range(COUNT):
            self._begin(asyncio.create_task(self._keep(number, heard_again)))

    async def close(self) -> None:
        """Hear nothing more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*(connection.close() for connection in self._connections))

    def is_open(self) -> bool:
        """There is a connection."""
        return any(connection.is_open for connection in self._connections)

    def age(self) -> float:
        """Seconds since anything was heard; before that, since the start."""
        self._heard_at = max([self._heard_at, *(connection.heard_at for connection in self._connections)])
        return time.monotonic() - self._heard_at

    def _begin(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _keep(self, number: int, heard_again: Callable[[], None]) -> None:
        """One connection after the other, without end. The old one still hears while the next is begun."""
        await asyncio.sleep(number * self._apart)
        while True:
            try:
                connection = await self._connected()
                LOG.info("slack.connected", socket=number)
                if self.fault:
                    heard_again()
                self.fault = ""
                await connection.is_over.wait()
                self._begin(asyncio.create_task(self._part_with(connection)))
                # Who is sent away at once must not come back at once.
                pause = connection.opened_at + self._apart - time.monotonic()
            except NotYet as told:
                pause = told.after.total_seconds()
            except (NotDelivered, ClientError, OSError, TimeoutError) as fault:
                self.fault = getattr(fault, "reason", type(fault).__name__)
                LOG.warning("slack.not_connected", socket=number, reason=self.fault)
                pause = self._ping
            except Exception:
                LOG.exception("slack.not_connected", socket=number)
                pause = self._ping
            await asyncio.sleep(max(pause, 0.0))

    async def _connected(self) -> Connection:
        """A ticket, and the connection that it is good for."""
        ticket = await self._api.call("apps_connections_open", repeatable=True, app_token=self._token)
        connection = Connection(self._app, self._send)
        await connection.open(ticket["url"], self._api.client, self._ping)
        self._connections.append(connection)
        return connection

    async def _part_with(self, connection: Connection) -> None:
        await connection.linger(LINGER_SECONDS)
        self.age()
        self._connections.remove(connection)

    async def _send(self, message: str) -> None:
        """An acknowledgement whose own connection has gone. Raises ConnectionError."""
        for connection in reversed(self._connections):
            if connection.is_open:
                await connection.send_here(message)
                return
        raise ConnectionError
