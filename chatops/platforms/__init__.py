"""Where people are: each platform hears and speaks through the same port."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from chatops.conversation import Invocation, Reply
from digests.courier import Parcel

Answer = Callable[[Invocation], Awaitable[Reply]]


class Platform(Protocol):
    """The port. What a platform cannot do it does in the next best way, and tells nobody."""

    def listen(self, answer: Answer) -> None:
        """Hand everything that is said to Tuva to `answer`, and give back what it answers."""

    async def carry(self, parcel: Parcel) -> str:
        """Post or change what the outbox wishes for. Returns the receipt; raises NotDelivered."""
