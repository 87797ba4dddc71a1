"""Questions in the thread of an example's card, and those that answer it: counted as long as they stand there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chatops.platforms import asking
from chatops.platforms.asking import Asked
from chatops.platforms.matrix.heard import PLATFORM, Heard
from chatops.platforms.matrix.nouns import Nouns
from chatops.platforms.matrix.record import MatrixRecord
from chatops.platforms.matrix.written import Writings
from storage import inbox, thread_questions
from storage.database import Session
from storage.inbox import InboxState
from storage.people import Identity


@dataclass(frozen=True)
class Questions:
    """Hears them."""

    record: MatrixRecord
    nouns: Nouns
    writings: Writings
    now: Callable[[], datetime]

    async def hear(self, heard: Heard) -> None:
        """A question, as it was put down. Raises NotDelivered and NotYet."""
        under = heard.event["under"] or await self._under(heard)
        noun = await self.nouns.under(heard.room, under) if under else ""
        await self._hear(heard, heard, noun, asks=heard.event["asks"])

    async def hear_no_more(self, redaction: Heard, question: Heard) -> None:
        """It was taken away."""
        asked = (PLATFORM, question.event["receipt"])
        noun = await self.record.read(lambda session: thread_questions.noun_asked_about(session, *asked))
        await self._hear(redaction, question, noun, asks=False)

    async def _under(self, heard: Heard) -> str:
        """Under what a message stands that its own writer has changed; empty where it is another's."""
        written = await self.writings.at(heard.room, heard.event["receipt"])
        return written.under if written and written.author == heard.sender else ""

    async def _hear(self, heard: Heard, question: Heard, noun: str, *, asks: bool) -> None:
        asked = Asked(Identity(PLATFORM, "", question.sender), question.event["receipt"], asks)

        def count(session: Session) -> None:
            asking.hear(session, noun, asked, self.now())
            inbox.end(session, [heard.key], InboxState.DONE)

        await self.record.write(count)
