"""Where people are: each platform hears and speaks through the same port."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from typing import Any, Protocol

from chatops.conversation import Invocation, Keep, Reply
from digests.courier.pace import Pace
from digests.courier.parcels import Carry, NotDelivered, Outcome, Parcel
from storage.outbox import OutboxKind


class Answer(Protocol):
    """What answers invocations. With `keep` the reply is kept in the transaction of what was done."""

    def __call__(self, invocation: Invocation, keep: Keep | None = None) -> Awaitable[Reply]:
        """What Tuva says to it."""


class Platform(Protocol):
    """The port. What a platform cannot do it does in the next best way, and tells nobody."""

    def listen(self, answer: Answer) -> None:
        """Hand everything that is said to Tuva to `answer`, and give back what it answers."""

    async def prepare(self) -> None:
        """Do what must be done before anything is carried, and never fail: `carry` tells what is wrong."""

    async def carry(self, parcel: Parcel) -> str:
        """Post or change what the outbox wishes for. Returns the receipt; raises NotDelivered."""


@dataclass(frozen=True)
class Health:
    """How a platform is. `age_seconds`: since it last gave a sign. `reason`: why it is not ok, as it says itself."""

    ok: bool
    age_seconds: float
    reason: str = ""


class Remote(Platform, Protocol):
    """A platform that is elsewhere: it is heard while it is open."""

    async def open(self, heard_again: Callable[[], None]) -> None:
        """Begin to hear. Returns at once, also when the platform does not answer yet.

        `heard_again` is called each time that it answers after it did not: what waits for it may go out.
        """

    async def stop(self) -> None:
        """Hear nothing more, and finish what is in hand."""

    async def close(self) -> None:
        """Let go: nothing more is said either."""

    def health(self) -> Health:
        """How it is just now."""

    def doors(self) -> Mapping[str, Any]:
        """ASGI applications that the web is to serve for it, by path."""


class PlatformCarrier:
    """A platform as the courier uses it: its lanes are threads, the platform lives on the event loop made in.

    Whoever spoke waits for the answer, and is answered before cards are shown; those before many are let into a room.
    """

    lanes = 8
    batch = 8
    urgent: Sequence[OutboxKind] = (OutboxKind.SIGN, OutboxKind.ANSWER, OutboxKind.CARD)
    pace = Pace()

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._loop = asyncio.get_running_loop()

    @contextlib.contextmanager
    def open(self) -> Iterator[Carry]:
        """One lane. Nothing is in flight yet while the platform prepares, so that a death then counts against none."""
        with contextlib.suppress(CancelledError):  # the loop has ended: so has the courier
            asyncio.run_coroutine_threadsafe(self._platform.prepare(), self._loop).result()
        yield self._carry

    def _carry(self, parcel: Parcel) -> str:
        try:
            return asyncio.run_coroutine_threadsafe(self._platform.carry(parcel), self._loop).result()
        except CancelledError:  # the loop has ended in the middle of it
            raise NotDelivered(Outcome.AMBIGUOUS, "stopped") from None
