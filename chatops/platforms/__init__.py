"""Where people are: each platform hears and speaks through the same port."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from typing import Protocol

from chatops.conversation import Invocation, Reply
from digests.courier.pace import Pace
from digests.courier.parcels import Carry, Parcel

Answer = Callable[[Invocation], Awaitable[Reply]]


class Platform(Protocol):
    """The port. What a platform cannot do it does in the next best way, and tells nobody."""

    def listen(self, answer: Answer) -> None:
        """Hand everything that is said to Tuva to `answer`, and give back what it answers."""

    async def carry(self, parcel: Parcel) -> str:
        """Post or change what the outbox wishes for. Returns the receipt; raises NotDelivered."""


class PlatformCarrier:
    """A platform as the courier uses it: its lanes are threads, the platform lives on the event loop made in."""

    lanes = 8
    pace = Pace()

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._loop = asyncio.get_running_loop()

    @contextlib.contextmanager
    def open(self) -> Iterator[Carry]:
        """One lane: nothing to open."""
        yield lambda parcel: asyncio.run_coroutine_threadsafe(self._platform.carry(parcel), self._loop).result()
