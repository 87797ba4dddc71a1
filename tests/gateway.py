"""A gateway between Tuva and the homeserver, for tests: it counts what is asked, and answers badly when it is told to.

with Gateway(homeserver.url) as gateway:
    … start the program with gateway.url …
    gateway.fault("lose", "/send/m.room.message/", times=1)
"""

import asyncio
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import ClientSession, ClientTimeout, web
from yarl import URL

# What the two say to each other about their connection alone.
THEIR_OWN = {"Host", "Content-Length", "Transfer-Encoding", "Connection", "Content-Encoding"}
HANGING_SECONDS = 60.0
# What a homeserver says itself; all else comes from what stands before it.
ERRORS = {403: '{"errcode": "M_FORBIDDEN"}', 429: '{"errcode": "M_LIMIT_EXCEEDED"}'}


@dataclass(frozen=True)
class Asked:
    """One request, when it came (`time.monotonic`), and what went wrong with it."""

    method: str
    path: str
    at: float
    fault: "Fault | None"


@dataclass
class Fault:
    """What goes wrong with so many requests whose path holds these words.

    `lose`: done, and the answer lost · `late`: done, and 504 · `cut`: neither · `hang`: no answer · `garbage`: 200, and
    no JSON · a number: that status.
    """

    kind: str | int
    among: str
    times: int
    headers: dict[str, str]
    method: str = ""


class Gateway:
    """Lives in a thread. `asked` is what came through, in order; `twist` makes of a path and its answer another one."""

    def __init__(self, upstream: str) -> None:
        self._upstream = upstream
        self._faults: list[Fault] = []
        self._ready = threading.Event()
        self.asked: list[Asked] = []
        self.twist: Callable[[str, bytes], bytes] = lambda _, answer: answer

    def fault(self, kind: str | int, among: str = "", times: int = 10**9, method: str = "", **headers: str) -> None:
        """Answer badly from now on."""
        told = {key.replace("_", "-"): value for key, value in headers.items()}
        self._faults.append(Fault(kind, among, times, told, method))

    def mend(self) -> None:
        """Answer well again, also what hangs."""
        self._faults.clear()
        self._call(self._mended.set)

    def count(self, among: str, method: str = "") -> int:
        """How many requests came whose path holds these words."""
        return len([one for one in self.asked if among in one.path and one.method.startswith(method)])

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()))
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._call(self._mended.set)
        self._call(self._end.set)
        self._thread.join()

    def _call(self, what: Callable[[], Any]) -> None:
        self._loop.call_soon_threadsafe(what)

    async def _live(self) -> None:
        self._loop, self._end, self._mended = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/{path:.*}", self._hear)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0]
        self.url = f"http://{host}:{port}"
        async with ClientSession(timeout=ClientTimeout(total=90), auto_decompress=False) as self._session:
            self._ready.set()
            await self._end.wait()
            await runner.cleanup()

    async def _hear(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        fault = self._fault_for(request)
        self.asked.append(Asked(request.method, request.raw_path, time.monotonic(), fault))
        return await (self._failed(fault, request, body) if fault else self._passed(request, body))

    def _fault_for(self, request: web.Request) -> Fault | None:
        for fault in self._faults:
            is_meant = fault.among in request.raw_path and request.method.startswith(fault.method)
            if fault.times and is_meant:
                fault.times -= 1
                return fault
        return None

    async def _failed(self, fault: Fault, request: web.Request, body: bytes) -> web.Response:
        if isinstance(fault.kind, int):
            words = ERRORS.get(fault.kind, "<h1>Bad Gateway</h1>")
            return web.Response(status=fault.kind, text=words, headers=fault.headers)
        if fault.kind == "garbage":
            return web.Response(text="<h1>Hello")
        if fault.kind == "hang":
            self._mended.clear()
            await asyncio.wait_for(self._mended.wait(), HANGING_SECONDS)
        if fault.kind in ("lose", "late"):
            await self._passed(request, body)
        if fault.kind == "late":
            return web.Response(status=504, text="<h1>Gateway Timeout</h1>")
        if request.transport:  # unless who asked has gone
            request.transport.abort()
        return web.Response()  # which nobody gets

    async def _passed(self, request: web.Request, body: bytes) -> web.Response:
        headers = {key: told for key, told in request.headers.items() if key not in THEIR_OWN}
        url = URL(f"{self._upstream}{request.raw_path}", encoded=True)
        async with self._session.request(request.method, url, data=body, headers=headers) as answer:
            told = {key: value for key, value in answer.headers.items() if key not in THEIR_OWN}
            said = self.twist(request.path, await answer.read())
            return web.Response(status=answer.status, body=said, headers=told)


def without_version_12(path: str, told: bytes) -> bytes:
    """An answer as an older homeserver gives it; for `twist`."""
    if not path.endswith("/capabilities"):
        return told
    answer: dict[str, Any] = json.loads(told)
    versions = answer["capabilities"]["m.room_versions"]
    versions["default"] = "11"
    del versions["available"]["12"]
    return json.dumps(answer).encode()
