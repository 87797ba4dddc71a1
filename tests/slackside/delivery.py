"""How what happened reaches the app: once for a gesture; up to four times for an event, until it is acknowledged."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

from slackside.workspace import Json

PAUSES = (0, 60, 300)
KEPT_SECONDS = 1_800


@dataclass
class Retry:
    """Which repetition this is, and why."""

    attempt: int = 0
    reason: str = ""


@dataclass
class Answer:
    """What the app answered, or the error the person sees."""

    payload: Any = None
    error: str | None = None
    reason: str = ""
    seconds: float = 0.0
    connection: int = 0
    event_id: str | None = None
    is_final: bool = False


class Route(Protocol):
    """A way to the app."""

    opened: asyncio.Event

    async def send(self, kind: str, payload: Json, retry: Retry) -> Answer:
        """One delivery."""


@dataclass
class Event:
    """An event and what became of it."""

    body: Json
    tries: list[Json] = field(default_factory=list)
    acknowledged: bool = False
    given_up: bool = False


class Delivery:
    """Everything on its way to the app. `pace` scales the pauses between repetitions."""

    def __init__(self, route: Route, pace: float) -> None:
        self.route = route
        self.pace = pace
        self.drops_when_alone = False
        self.events: dict[str, Event] = {}
        self.deliveries: list[Json] = []
        self.under_way: set[asyncio.Task[None]] = set()

    async def ask(self, kind: str, payload: Json, retry: Retry | None = None) -> Answer:
        """Deliver once."""
        began = time.monotonic()
        answer = await self.route.send(kind, payload, retry or Retry())
        answer.seconds, answer.event_id = time.monotonic() - began, payload.get("event_id")
        told = {"kind": kind, "event_id": payload.get("event_id"), "at": began, "seconds": answer.seconds}
        self.deliveries.append(told | {"error": answer.error, "connection": answer.connection})
        return answer

    def emit(self, body: Json) -> "asyncio.Future[Answer]":
        """Deliver an event until it is acknowledged; what its first delivery came to."""
        event = self.events.setdefault(body["event_id"], Event(body))
        first: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._carry(event, first))
        self.under_way.add(task)
        task.add_done_callback(self.under_way.discard)
        return first

    async def again(self, event_id: str, attempt: int) -> Answer:
        """Deliver an event once more, as a repetition."""
        event = self.events[event_id]
        answer = await self.ask("events_api", event.body, Retry(attempt, "timeout"))
        event.acknowledged |= answer.error is None
        return answer

    async def _carry(self, event: Event, first: "asyncio.Future[Answer]") -> None:
        reason = ""
        for attempt, pause in enumerate((0, *PAUSES)):
            await asyncio.sleep(pause * self.pace)
            if not await self._somebody_listens(event.body["event_id"], first):
                break
            answer = await self.ask("events_api", event.body, Retry(attempt, reason))
            event.tries.append({"at": time.monotonic(), "error": answer.error})
            event.acknowledged |= answer.error is None
            if not first.done():
                first.set_result(answer)
            if event.acknowledged or answer.is_final:
                return
            reason = answer.reason
        event.given_up = True

    async def _somebody_listens(self, event_id: str, first: "asyncio.Future[Answer]") -> bool:
        if self.route.opened.is_set():
            return True
        if not first.done():
            first.set_result(Answer(error="dispatch_failed", event_id=event_id))
        if self.drops_when_alone:
            return False
        try:
            await asyncio.wait_for(self.route.opened.wait(), KEPT_SECONDS)
        except TimeoutError:
            return False
        return True
