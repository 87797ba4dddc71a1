"""Socket Mode: two connections, begun one after the other, so that one is there while the other is renewed.

Slack gives each event to any one of them, and none to nobody (docs.slack.dev/apis/events-api/using-socket-mode).
"""

import asyncio
import contextlib
import time

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from chatops.platforms.slack.web_api import SILENT

LOG = structlog.get_logger()
COUNT = 2
# Slack renews a connection every so often: the two must not be of the same age.
APART_SECONDS = 5.0
PING_SECONDS = 10.0


class Sockets:
    """The connections of one app. `ping` and `apart` are in seconds."""

    def __init__(self, app: AsyncApp, app_token: str, ping: float = PING_SECONDS, apart: float = APART_SECONDS) -> None:
        self._app = app
        self._token = app_token
        self._ping = ping
        self._apart = apart
        self._handlers: list[AsyncSocketModeHandler] = []
        self._opening: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Begin to connect. Goes on by itself until closed."""
        self._opening = asyncio.create_task(self._open())

    async def close(self) -> None:
        """Hear nothing more."""
        if self._opening:
            self._opening.cancel()
        for handler in self._handlers:
            with contextlib.suppress(Exception):
                await handler.close_async()  # type: ignore[no-untyped-call]

    def age(self) -> float | None:
        """Seconds since something was heard on the connection that was heard last; None when none is open."""
        heard = [client.last_ping_pong_time for client in self._clients() if _is_open(client)]
        known = [at for at in heard if at is not None]
        return max(time.time() - max(known), 0.0) if known else None

    async def _open(self) -> None:
        for number in range(COUNT):
            handler = AsyncSocketModeHandler(self._app, self._token, logger=SILENT, ping_interval=self._ping)
            self._handlers.append(handler)
            await handler.connect_async()  # type: ignore[no-untyped-call]
            LOG.info("slack.connected", socket=number)
            await asyncio.sleep(self._apart)

    def _clients(self) -> list[SocketModeClient]:
        return [handler.client for handler in self._handlers]


def _is_open(client: SocketModeClient) -> bool:
    return client.current_session is not None and not client.current_session.closed
