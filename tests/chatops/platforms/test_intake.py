"""Pictures taken in from any platform: once, whatever happens meanwhile; and no more is read than may be."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from chatops.platforms.pictures import Copies, Intake, read_at_most
from chatops.platforms.slack.record import SlackRecord
from digests.courier.parcels import NotDelivered, Outcome, Parcel
from digests.pictures import LARGEST_UPLOAD
from jpegs import photo
from living import place
from people import ANA, MONDAY
from storage.database import Database
from storage.examples import Example, share
from storage.outbox import OutboxEntry, OutboxKind
from storage.pictures import Picture, expect, take_away

PHOTO = photo(90, 60)


def now() -> datetime:
    return MONDAY


@pytest.fixture
def example(database: Database) -> int:
    """The number of an example whose picture, number 1, is expected."""
    with database.transaction() as session:
        example = share(session, place(session, ANA), "Cykelställ", "", [], MONDAY)
        expect(example, example.sharer, "")
        session.flush()
        return example.id


def take(database: Database, fetch: Callable[[], bytes]) -> None:
    """Do what the wish for picture 1 asks."""

    async def fetched(reference: str) -> bytes:
        return fetch()

    parts: dict[str, Any] = {"picture": 1}
    parcel = Parcel(1, "picture:1", OutboxKind.PICTURE, "F1", "", 1, parts, {}, MONDAY, "", None, "t")
    asyncio.run(Intake(SlackRecord(database, "sv", now), now).take(parcel, fetched))


def kept(database: Database) -> tuple[int, list[bool]]:
    """The example's revision, and which of its pictures are here."""
    with database.reading() as session:
        found = session.scalars(select(Picture).order_by(Picture.id))
        return session.scalars(select(Example)).one().revision, [picture.is_here for picture in found]


def test_a_picture_is_taken_once_also_after_a_crash_behind_the_commit(database: Database, example: int) -> None:
    take(database, lambda: PHOTO)
    take(database, lambda: pytest.fail("it was fetched again"))
    assert kept(database) == (2, [True])


def test_a_picture_that_was_taken_away_while_it_was_fetched_stays_away(database: Database, example: int) -> None:
    def meanwhile() -> bytes:
        with database.transaction() as session:
            take_away(session.get_one(Example, example))
        return PHOTO

    take(database, meanwhile)
    assert kept(database) == (1, [])


def test_what_cannot_be_fetched_just_now_is_still_expected(database: Database, example: int) -> None:
    def away() -> bytes:
        raise NotDelivered(Outcome.NOT_SENT, "away")

    with pytest.raises(NotDelivered):
        take(database, away)
    take(database, lambda: PHOTO)
    assert kept(database) == (2, [True])


def test_who_sent_what_is_refused_is_told_so_once(database: Database, example: int) -> None:
    for _ in range(2):
        take(database, lambda: b"<html>")
    with database.reading() as session:
        [note] = session.scalars(select(OutboxEntry).where(OutboxEntry.key.startswith("note:picture:1")))
    assert kept(database) == (1, [])
    assert note.address == ANA


class Body:
    """A body that never ends."""

    read = 0

    async def iter_chunked(self, n: int) -> AsyncIterator[bytes]:
        while True:
            self.read += n
            yield bytes(n)


def test_no_more_is_read_than_a_picture_may_have() -> None:
    body = Body()
    with pytest.raises(Exception, match="picture-too-large"):
        asyncio.run(read_at_most(body))
    assert body.read <= LARGEST_UPLOAD + 64 * 1024


def test_a_platform_is_given_a_picture_once_whoever_asks_at_the_same_time(database: Database, example: int) -> None:
    take(database, lambda: PHOTO)
    given: list[bytes] = []

    async def give(jpeg: bytes) -> str:
        await asyncio.sleep(0)
        given.append(jpeg)
        return "F1"

    async def ask() -> list[str]:
        copies = Copies(SlackRecord(database, "sv", now), "slack", lambda: "T1")
        return [*await asyncio.gather(*(copies.of(1, give) for _ in range(4))), await copies.of(2, give)]

    assert asyncio.run(ask()) == ["F1", "F1", "F1", "F1", ""]
    assert len(given) == 1
