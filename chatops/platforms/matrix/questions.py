"""Questions in the thread of an example's card, and those that answer it: counted as long as they stand there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chatops.platforms import asking
from chatops.platforms.asking import Asked
from chatops.platforms.matrix.heard import PLATFORM, Heard
from chatops.platforms.matrix.nouns import Nouns
from chatops.platforms.matrix.record import MatrixRecord
from storage import inbox
from storage.database import Session
from storage.inbox import InboxState
from storage.people import Identity


@dataclass(frozen=True)
class Questions:
    """Hears them."""

    record: MatrixRecord
    nouns: Nouns
    now: Callable[[], datetime]

    async def hear(self, heard: Heard) -> None:
        """A question, as it was put down. Raises NotDelivered and NotYet."""
        await self._hear(heard, heard, asks=heard.event["asks"])

    async def hear_no_more(self, redaction: Heard, question: Heard) -> None:
        """It was taken away. Raises NotDelivered and NotYet."""
        await self._hear(redaction, question, asks=False)

    async def _hear(self, heard: Heard, question: Heard, *, asks: bool) -> None:
        noun = await self.nouns.under(question.room, question.event["under"])
        asked = Asked(Identity(PLATFORM, "", question.sender), question.event["receipt"], asks)

        def count(session: Session) -> None:
            asking.hear(session, noun, asked, self.now())
            inbox.end(session, [heard.key], InboxState.DONE)

        await self.record.write(count)
