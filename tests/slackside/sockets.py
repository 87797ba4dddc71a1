"""Socket Mode: docs.slack.dev/apis/events-api/using-socket-mode. At most ten connections; any one gets an envelope."""

import asyncio
import itertools
import json
import random
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from slackside.delivery import Answer, Retry
from slackside.workspace import Json, Workspace

MOST = 10
POLL_SECONDS = 0.05
LEAVES_AFTER = ("warning", "refresh_requested")


@dataclass(eq=False)
class Connection:
    """One open websocket."""

    number: int
    socket: web.WebSocketResponse
    request: web.Request
    half_open: bool = False
    leaving: bool = False
    opened: float = field(default_factory=time.monotonic)
    waiting: set["asyncio.Future[Any]"] = field(default_factory=set)

    @property
    def is_cut(self) -> bool:
        """Whether there is no wire any more."""
        return self.request.transport is None or self.request.transport.is_closing()

    def give_up(self) -> None:
        """Nothing is waited for here any more."""
        for future in self.waiting:
            if not future.done():
                future.set_exception(ConnectionError())


class Sockets:
    """The connections of the app, and the envelopes that wait for their acknowledgement."""

    def __init__(self, workspace: Workspace, ack_seconds: float) -> None:
        self.workspace = workspace
        self.ack_seconds = ack_seconds
        self.connections: list[Connection] = []
        self.tickets: set[str] = set()
        self.waiting: dict[str, asyncio.Future[Any]] = {}
        self.opened = asyncio.Event()
        self.at_random = False
        self.refusing = False
        self.acks_to_lose = 0
        self.gives_up_when_cut = False
        self._turn = itertools.count()
        self._numbers = itertools.count(1)

    def ticket(self, host: str) -> str:
        """The address of a new connection, good for one."""
        ticket = str(uuid.uuid4())
        self.tickets.add(ticket)
        return f"ws://{host}/link?ticket={ticket}&app_id={self.workspace.identity.app}"

    async def link(self, request: web.Request) -> web.StreamResponse:
        """A connection, from its opening to its end."""
        if self.refusing:
            return web.Response(status=503)
        if request.query.get("ticket") not in self.tickets:
            return web.Response(status=408)
        self.tickets.discard(request.query["ticket"])
        socket = web.WebSocketResponse(autoping=False, autoclose=False)
        await socket.prepare(request)
        connection = Connection(next(self._numbers), socket, request)
        if len(self.connections) >= MOST:
            await self._turn_away(connection)
        else:
            await self._serve(connection)
        return socket

    async def _turn_away(self, connection: Connection) -> None:
        await connection.socket.send_json(_disconnect("too_many_websockets"))
        await connection.socket.close()

    async def _serve(self, connection: Connection) -> None:
        self.connections.append(connection)
        try:
            await connection.socket.send_json(self._hello())
            self.opened.set()
            await self._listen(connection)
        finally:
            if self.gives_up_when_cut:
                connection.give_up()
            self.connections.remove(connection)
            if not self.connections:
                self.opened.clear()

    async def _listen(self, connection: Connection) -> None:
        while True:
            message = await connection.socket.receive()
            while connection.half_open and not connection.is_cut:
                await asyncio.sleep(POLL_SECONDS)
            if connection.half_open:
                return
            if message.type is WSMsgType.TEXT:
                self._acknowledged(json.loads(message.data))
            elif message.type is WSMsgType.PING:
                await connection.socket.pong(message.data)
            elif message.type is not WSMsgType.PONG:
                await connection.socket.close()
                return

    def _acknowledged(self, said: Json) -> None:
        future = self.waiting.get(said.get("envelope_id", ""))
        if self.acks_to_lose and future:
            self.acks_to_lose -= 1
        elif future and not future.done():
            future.set_result(said.get("payload"))

    async def send(self, kind: str, payload: Json, retry: Retry) -> Answer:
        """One envelope to one connection, and what came back within three seconds."""
        connection = self._pick()
        if connection is None:
            return Answer(error="dispatch_failed")
        number = str(uuid.uuid4())
        future = self.waiting[number] = asyncio.get_running_loop().create_future()
        connection.waiting.add(future)
        try:
            async with asyncio.timeout(self.ack_seconds):
                await connection.socket.send_str(json.dumps(_envelope(number, kind, payload, retry)))
                return Answer(await future, connection=connection.number)
        except (TimeoutError, ConnectionError):
            return Answer(error="operation_timeout", reason="timeout", connection=connection.number)
        finally:
            del self.waiting[number]
            connection.waiting.discard(future)

    async def disconnect(self, connection: Connection, reason: str, grace: float) -> None:
        """Ask a connection to go; close it after the grace."""
        connection.leaving = True
        with suppress(ConnectionError):
            await connection.socket.send_json(_disconnect(reason))
        await asyncio.sleep(grace if reason in LEAVES_AFTER else 0)
        await connection.socket.close()

    def drop(self, connection: Connection) -> None:
        """Cut the wire."""
        if connection.request.transport:
            connection.request.transport.abort()

    def _pick(self) -> Connection | None:
        able = [each for each in self.connections if not each.leaving and not each.is_cut]
        if not able:
            return None
        return random.choice(able) if self.at_random else able[next(self._turn) % len(able)]

    def _hello(self) -> Json:
        debug = {"host": "applink-1", "build_number": 1, "approximate_connection_time": 18060}
        about = {"connection_info": {"app_id": self.workspace.identity.app}, "debug_info": debug}
        return {"type": "hello", "num_connections": len(self.connections), **about}


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}}


def _envelope(number: str, kind: str, payload: Json, retry: Retry) -> Json:
    answers = kind == "slash_commands" or payload.get("type") in ("view_submission", "block_suggestion")
    envelope = {"envelope_id": number, "payload": payload, "type": kind, "accepts_response_payload": answers}
    if kind == "events_api":
        envelope |= {"retry_attempt": retry.attempt, "retry_reason": retry.reason}
    return envelope
