"""What goes wrong with calls of the Web API, when a test asks for it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

KINDS = {"ratelimited", "server_error", "lose_reply", "cut", "delay", "late", "garbage"}
EVERY = "*"
# What comes instead of an answer of Slack's: its text and the type it says it is.
GARBAGE = {
    "page": ("<!DOCTYPE html><title>Something went wrong</title>", "text/html"),
    "list": ("[1, 2]", "application/json"),
    "half": ('{"ok": tr', "application/json"),
    "words": ("upstream connect error", "text/plain"),
}


@dataclass
class Fault:
    """One fault, for the next `times` calls of a method; None is for ever."""

    kind: str
    times: int | None = 1
    seconds: float = 1.0
    retry_after: int = 1
    what: str = "page"


class Faults:
    """Those asked for, by method."""

    def __init__(self) -> None:
        self.waiting: dict[str, list[Fault]] = {}
        self._late: list[Callable[[], Awaitable[web.Response]]] = []

    def add(self, method: str, fault: Fault) -> None:
        """One more; `*` is any method."""
        if fault.kind not in KINDS:
            raise KeyError(fault.kind)
        self.waiting.setdefault(method, []).append(fault)

    def next(self, method: str) -> Fault | None:
        """The fault of this call, if it has one."""
        for name in (method, EVERY):
            for fault in self.waiting.get(name, []):
                if fault.times is None:
                    return fault
                if fault.times > 0:
                    fault.times -= 1
                    return fault
        return None

    async def around(
        self, fault: Fault | None, request: web.Request, act: Callable[[], Awaitable[web.Response]]
    ) -> web.Response:
        """Answer the call as its fault has it."""
        if fault is None:
            return await act()
        if fault.kind == "ratelimited":
            answer = {"ok": False, "error": "ratelimited"}
            return web.json_response(answer, status=429, headers={"Retry-After": str(fault.retry_after)})
        if fault.kind == "server_error":
            return web.Response(status=503, text="Service Unavailable")
        if fault.kind == "garbage":
            text, content_type = GARBAGE[fault.what]
            return web.Response(text=text, content_type=content_type)
        return await self._on_the_wire(fault, request, act)

    async def _on_the_wire(
        self, fault: Fault, request: web.Request, act: Callable[[], Awaitable[web.Response]]
    ) -> web.Response:
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
            return await act()
        answer = await act() if fault.kind == "lose_reply" else web.Response()
        if fault.kind == "late":
            self._late.append(act)
        if request.transport:
            request.transport.abort()
        return answer

    async def arrive(self) -> None:
        """What is late has its effect now."""
        late, self._late = self._late, []
        for act in late:
            await act()
