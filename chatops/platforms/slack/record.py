"""What Slack asks of the record: who speaks and in which language, and which card stands where."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from storage import cards, outbox, rooms, teams, undelivered
from storage.database import Database, Session
from storage.memberships import members_of, memberships_of, own_groups
from storage.outbox import OutboxKind
from storage.people import person_known_as

Told = TypeVar("Told")
PLATFORM = "slack"
# Slack's words for a channel that is closed to us.
CLOSED = frozenset({"not_in_channel", "channel_not_found", "is_archived"})
# How long Slack may take to show a message of which nothing was heard, at the very most.
SWEEP_AFTER = timedelta(minutes=10)
READERS = 2


@dataclass(frozen=True)
class Speaker:
    """Who speaks, as forms and sentences need to know. `groups` are (short name, name)."""

    language: str
    groups: tuple[tuple[str, str], ...] = ()
    is_known: bool = True


class SlackRecord:
    """The record, asked from the event loop. `tenant` is the workspace; `language` is spoken to whom nobody knows."""

    def __init__(
        self, database: Database, language: str, now: Callable[[], datetime], sweep_after: timedelta = SWEEP_AFTER
    ) -> None:
        self._database = database
        self._language = language
        self._now = now
        self._sweep_after = sweep_after
        # Not the threads of those who wait to write: whoever waits too long is told so in the meantime.
        self._readers = ThreadPoolExecutor(READERS)

    async def read(self, work: Callable[[Session], Told]) -> Told:
        """What `work` reads, while those who wait to write go on waiting."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    async def write(self, work: Callable[[Session], Told]) -> Told:
        """What `work` writes is kept, whole, when this returns."""
        return await asyncio.to_thread(self._write, work)

    async def speaker(self, tenant: str, account: str, room: str | None = None) -> Speaker:
        """Who speaks. In a group's room no group needs to be chosen."""
        return await self.read(lambda session: self._speaker(session, tenant, account, room))

    async def people(self, tenant: str, account: str, room: str | None) -> tuple[tuple[str, str], ...]:
        """Who can be named in a form: how a line calls them, and their names. Nobody where no group is meant."""
        return await self.read(lambda session: _people(session, tenant, account, room))

    async def noun_at(self, channel: str, ts: str) -> str | None:
        """The noun whose card is that message; empty when it is none of ours, None when that is not known yet."""
        return await self.read(lambda session: _noun_at(session, channel, ts))

    async def is_bound(self, channel: str) -> bool:
        """The channel is a group's."""
        return await self.read(lambda session: rooms.room_at(session, PLATFORM, channel) is not None)

    async def is_subgroups(self, channel: str) -> bool:
        """The channel is one that Tuva has made for a subgroup."""
        return await self.read(lambda session: teams.have_room(session, PLATFORM, channel))

    async def sweep_later(self, key: str, address: str, parts: dict[str, str], room: int | None, topic: str) -> None:
        """Wish that somebody looks once more whether a card stands twice."""
        await self.write(lambda session: self._sweep_later(session, key, address, parts, room, topic))

    async def stands_at(self, room: int, topic: str, receipt: str) -> None:
        """A card stands there, or as much of it as is posted."""
        await self.write(lambda session: cards.posted(session, room, topic, receipt))

    async def try_again_in(self, channel: str) -> int:
        """What waits for a person because the channel was closed to us is tried again. Returns how much."""
        return await self.write(lambda session: undelivered.retry_at(session, PLATFORM, channel, CLOSED, self._now()))

    def _read(self, work: Callable[[Session], Told]) -> Told:
        with self._database.reading() as session:
            return work(session)

    def _write(self, work: Callable[[Session], Told]) -> Told:
        with self._database.transaction() as session:
            return work(session)

    def _speaker(self, session: Session, tenant: str, account: str, room: str | None) -> Speaker:
        person = person_known_as(session, PLATFORM, account, tenant)
        places = memberships_of(session, person) if person else []
        language = (person and person.language) or (places[0].group.language if places else self._language)
        is_told = len(places) < 2 or (room is not None and rooms.room_at(session, PLATFORM, room) is not None)
        groups = () if is_told else tuple((place.group.slug, place.group.name) for place in own_groups(places))
        return Speaker(language, groups, is_known=person is not None)

    def _sweep_later(
        self, session: Session, key: str, address: str, parts: dict[str, str], room: int | None, topic: str
    ) -> None:
        outbox.put(
            session,
            key=f"sweep:{key}",
            route=PLATFORM,
            kind=OutboxKind.SWEEP,
            address=address,
            parts=dict(parts),
            now=self._now(),
            due_at=self._now() + self._sweep_after,
            room_id=room,
            topic=topic,
        )


def _noun_at(session: Session, channel: str, ts: str) -> str | None:
    noun = cards.noun_posted(session, PLATFORM, f"{channel}/{ts}")
    return noun or (None if outbox.is_under_way(session, PLATFORM, channel) else "")


def _people(session: Session, tenant: str, account: str, room: str | None) -> tuple[tuple[str, str], ...]:
    """Those of the room's group, or of the only group that somebody is in, beside its subgroups."""
    there = rooms.room_at(session, PLATFORM, room) if room else None
    person = person_known_as(session, PLATFORM, account, tenant)
    places = own_groups(memberships_of(session, person)) if person else []
    group = there.group if there else (places[0].group if len(places) == 1 else None)
    others = [place.person for place in members_of(session, group) if place.person is not person] if group else []
    return tuple((other.email or other.name, other.name) for other in others)
