"""One connection of Socket Mode, from its opening to its end (docs.slack.dev/apis/events-api/using-socket-mode).

The library's own client renews itself: it closes the old connection before it has the new one, and where the new one is
refused it tries the same ticket again, for ever. Ours lives once; `sockets` gives it a successor while it still hears.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from chatops.platforms.slack.web_api import SILENT
from storage import crash_points

CONNECT_WITHIN_SECONDS = 10.0
# Slack waits so long for an answer, and no longer.
ANSWER_WITHIN_SECONDS = 3.0
CLOSE_WITHIN = aiohttp.ClientWSTimeout(ws_close=1.0)
Send = Callable[[str], Awaitable[None]]


class Connection(AsyncBaseSocketModeClient):
    """Hears for `app`. `is_over` is set when another must take its place; what it still brings is answered.

    `elsewhere` sends an acknowledgement when the connection that it belongs to has gone.
    """

    def __init__(self, app: AsyncApp, elsewhere: Send) -> None:
        self.logger, self.trace_enabled, self.closed = SILENT, False, False
        self.message_listeners, self.socket_mode_request_listeners = [], [self._hear]
        self.is_over = asyncio.Event()
        self.opened_at = self.heard_at = time.monotonic()
        self._app = app
        self._elsewhere = elsewhere
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_open(self) -> bool:
        """Something may still be heard and said on it."""
        return not self._socket.closed

    async def open(self, url: str, web: AsyncWebClient, ping: float) -> None:
        """Connect to `url`, which is good for once, as `web` would; a silence of one and a half `ping` seconds ends it.

        Raises ClientError, OSError or TimeoutError.
        """
        self._http = aiohttp.ClientSession()
        try:
            async with asyncio.timeout(CONNECT_WITHIN_SECONDS):
                crash_points.reached("slack.connect")
                connecting = self._http.ws_connect(
                    url, heartbeat=ping, autoping=False, timeout=CLOSE_WITHIN, proxy=web.proxy, ssl=web.ssl or True
                )
                self._socket = await connecting
                crash_points.reached("slack.connected")
        except BaseException:
            await self._http.close()
            raise
        self._listening = asyncio.create_task(self._listen())

    async def linger(self, seconds: float) -> None:
        """Hear until Slack ends it, or so long; then close it."""
        await asyncio.wait({self._listening}, timeout=seconds)
        await self.close()

    async def close(self) -> None:
        """Hear nothing more. What was heard is still answered."""
        self.closed = True
        self._listening.cancel()
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=ANSWER_WITHIN_SECONDS)
        with contextlib.suppress(Exception):
            await self._socket.close()
        await self._http.close()

    async def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: ARG002 -- the library's signature
        """Slack asks us to renew it."""
        self.is_over.set()

    async def send_message(self, message: str) -> None:
        """An acknowledgement. Raises ConnectionError when it cannot be sent here or elsewhere."""
        crash_points.reached("slack.acknowledge")
        try:
            await self.send_here(message)
        except ConnectionError:
            await self._elsewhere(message)
        crash_points.reached("slack.acknowledged")

    async def send_here(self, message: str) -> None:
        """Say something on this connection. Raises ConnectionError."""
        await self._socket.send_str(message)

    async def _listen(self) -> None:
        try:
            async for message in self._socket:
                self.heard_at = time.monotonic()
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take(message.data)
                elif message.type is aiohttp.WSMsgType.PING:
                    await self._socket.pong(message.data)
        finally:
            self.is_over.set()

    def _take(self, raw: str) -> None:
        message: Any = json.loads(raw) if raw.startswith("{") else {}
        task = asyncio.create_task(self.run_message_listeners(message, raw))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _hear(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        began = time.time()
        answer = await run_async_bolt_app(self._app, request)
        await send_async_response(client, request, answer, began)
