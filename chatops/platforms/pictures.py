"""Pictures on the way in, and out.

What somebody sent is fetched from the platform it was sent on, made small, and kept with its example. The wish for it
is an outbox entry, so it survives a crash and is tried again; twice is as once. A platform is given once what it shows.
"""

import asyncio
from collections.abc import AsyncIterable, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

import structlog

from config.texts import Texts
from digests import cards, notes
from digests.courier.parcels import NotDelivered, Outcome, Parcel
from digests.notes import Note
from digests.pictures import Small, require_size, small
from storage import pictures
from storage.database import Session
from storage.messages import Message
from storage.rules import RuleBroken

# What a platform calls a file: its content. Raises NotDelivered and NotYet, and RuleBroken where it cannot be had.
Fetch = Callable[[str], Awaitable[bytes]]
# A JPEG: what the platform calls it now. Raises NotDelivered and NotYet.
Give = Callable[[bytes], Awaitable[str]]
Told = TypeVar("Told")
LOG = structlog.get_logger()


class Record(Protocol):
    """The record, as a platform asks it from the event loop."""

    async def read(self, work: Callable[[Session], Told]) -> Told:
        """What `work` reads."""

    async def write(self, work: Callable[[Session], Told]) -> Told:
        """What `work` writes is kept, whole, when this returns."""


class Stream(Protocol):
    """A body that comes in pieces."""

    def iter_chunked(self, n: int) -> AsyncIterable[bytes]:
        """The pieces, of `n` bytes at most."""


async def read_at_most(stream: Stream) -> bytes:
    """All of it. Raises RuleBroken as soon as it is larger than a picture may be: nothing more is read then."""
    content = bytearray()
    async for piece in stream.iter_chunked(64 * 1024):
        content += piece
        require_size(len(content))
    return bytes(content)


@dataclass(frozen=True)
class Intake:
    """Takes pictures in."""

    record: Record
    now: Callable[[], datetime]

    async def take(self, parcel: Parcel, fetch: Fetch) -> str:
        """Do what a wish for a picture asks. Raises NotDelivered and NotYet."""
        number = int(parcel.parts["picture"])
        if not await self.record.read(lambda session: pictures.is_expected(session, number)):
            return ""
        try:
            made = await asyncio.to_thread(small, await fetch(parcel.address))
        except RuleBroken as broken:
            refusal = broken
            await self.record.write(lambda session: self._refuse(session, number, refusal))
        else:
            await self.record.write(lambda session: self._keep(session, number, made))
        return ""

    def _keep(self, session: Session, number: int, made: Small) -> None:
        picture = pictures.picture_numbered(session, number)
        if picture is not None and not picture.is_here:
            picture.take(made.content, made.width, made.height)
            cards.show(session, picture.example, self.now())

    def _refuse(self, session: Session, number: int, broken: RuleBroken) -> None:
        """The example stays as it is, and whoever sent the picture is told so alone."""
        picture = pictures.picture_numbered(session, number)
        if picture is not None and not picture.is_here:
            example = picture.example

            def write(texts: Texts) -> Note:
                subject = texts.say("picture-refused", number=str(example.id), title=example.title)
                said = Message(texts.say(broken.key, **broken.facts), subject)
                return notes.about(example, f"picture:{number}", said, texts)

            notes.leave(session, picture.asker, example.group, write, self.now())
            picture.drop()


@dataclass(frozen=True)
class Copies:
    """The pictures that a platform has. `tenant` is the workspace or homeserver."""

    record: Record
    platform: str
    tenant: Callable[[], str]
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def of(self, number: int, give: Give) -> str:
        """What the platform calls the picture, which it is given first when it has none.

        Empty when the picture is gone, and where the platform takes none: then a card does without. Raises
        NotDelivered and NotYet.
        """
        async with self._turn:
            known, content = await self.record.read(lambda session: self._look(session, number))
            if known or content is None:
                return known
            try:
                reference = await give(content)
            except NotDelivered as failure:
                if failure.outcome is not Outcome.REFUSED:
                    raise
                LOG.warning("picture.not_taken", platform=self.platform, reason=failure.reason)
                return ""
            copy = (number, self.platform, self.tenant(), reference)
            await self.record.write(lambda session: pictures.copied(session, *copy))
            return reference

    def _look(self, session: Session, number: int) -> tuple[str, bytes | None]:
        known = pictures.copy_of(session, number, self.platform, self.tenant())
        return known, None if known else pictures.content_of(session, number)
