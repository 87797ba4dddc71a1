"""Spaces: where the rooms of a group stand together. One that the group has is adopted; else Tuva makes one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from chatops.platforms.matrix.batches import Json, batch_of, filter_of_parents
from chatops.platforms.matrix.heard import PLATFORM
from chatops.platforms.matrix.homeserver import Homeserver
from chatops.platforms.matrix.making import SPACE, Making, Plan, kinship, parenthood
from chatops.platforms.matrix.past import NAME
from chatops.platforms.matrix.powers import Powers
from chatops.platforms.matrix.record import MatrixRecord
from digests.cards import rooms_of
from digests.courier.parcels import NotDelivered, Outcome
from storage import spaces
from storage.database import Session
from storage.groups import Group, group_numbered
from storage.rota import chairs_of
from storage.tokens import live_tokens

CHILD, PARENT = "m.space.child", "m.space.parent"


class Space(NamedTuple):
    """A space; whether only Tuva says who may come into it."""

    address: str
    is_ours: bool


@dataclass(frozen=True)
class Circle:
    """What the record knows of a group: its rooms, the accounts of its chairs, and the space that it had last."""

    number: int
    slug: str
    name: str
    rooms: tuple[str, ...]
    chairs: tuple[str, ...]
    space: str
    mark: str

    @classmethod
    def read(cls, session: Session, group: Group) -> "Circle":
        """As it is now."""
        own = tuple(room.address for room in rooms_of(group) if room.platform == PLATFORM)
        chairs = [place.person.account_on(PLATFORM) for place in chairs_of(session, group)]
        accounts = tuple(account.identifier for account in chairs if account)
        mark = live_tokens(session).seal("space", str(group.id))
        kept = spaces.space_of(session, PLATFORM, group)
        return cls(group.id, group.slug, group.name, own, accounts, kept, mark)


@dataclass(frozen=True)
class Spaces:
    """Finds, adopts and makes them."""

    server: Homeserver
    record: MatrixRecord
    making: Making

    async def of(self, circle: Circle) -> Space:
        """The space of a group. Raises NotDelivered and NotYet.

        One that was deleted, or in which Tuva may change nothing any more, is none.
        """
        kept = await self._usable(circle.space) if circle.space else None
        space = kept or await self._adopted(circle) or await self._made(circle)
        if space.address != circle.space:
            await self.record.write(
                lambda session: spaces.keep_space(
                    session, PLATFORM, group_numbered(session, circle.number), space.address
                )
            )
        return space

    async def put_in(self, space: str, room: str) -> None:
        """A room that we look after stands in a space. Raises NotDelivered and NotYet."""
        await self.server.have(space, CHILD, kinship(self.server), room)
        await self.server.have(room, PARENT, parenthood(self.server), space)

    async def take_out(self, space: str, room: str) -> None:
        """A room stands in a space no more; one that is closed to us keeps it. Raises NotDelivered and NotYet."""
        try:
            if await self.server.state(space, CHILD, room):
                await self.server.put("rooms", space, "state", CHILD, room, content={})
        except NotDelivered as failure:
            if failure.outcome is not Outcome.REFUSED:
                raise

    async def _made(self, circle: Circle) -> Space:
        """One of our own, with the group's rooms in it."""
        plan = Plan(f"{circle.slug}-rum", circle.mark, circle.name, circle.chairs, circle.rooms, kind=SPACE)
        space, _ = await self.making.find_or_make(plan)
        for room in circle.rooms:
            await self.server.have(space, CHILD, kinship(self.server), room)
        return Space(space, is_ours=True)

    async def _adopted(self, circle: Circle) -> Space | None:
        """The space in which a room of the group says that it stands. That of another group, made by us, is not it."""
        for parent in await self._parents(circle.rooms):
            space = await self._usable(parent)
            if space and (not space.is_ours or await self._is_marked(parent, circle.mark)):
                return space
        return None

    async def _parents(self, rooms: tuple[str, ...]) -> list[str]:
        """Of several the first in their order (spec.matrix.org client-server api, m.space.parent relationships)."""
        answer = await self.server.ask("sync", query={"filter": filter_of_parents(rooms), "set_presence": "offline"})
        told = [_canonical([*line.state, *line.events]) for line in batch_of(answer).timelines if line.room in rooms]
        return [parent for parents in told for parent in sorted(parents)]

    async def _usable(self, space: str) -> Space | None:
        """It is a space, it goes on, and we may put rooms into it."""
        created = await self.making.creation(space)
        if created is None or created["content"].get("type") != SPACE:
            return None
        powers = Powers(created, await self.server.state(space, "m.room.power_levels"))
        goes_on = await self.server.state(space, "m.room.tombstone") is None
        if not (goes_on and powers.may_send(self.server.user, CHILD, state=True)):
            return None
        return Space(space, is_ours=created.get("sender") == self.server.user)

    async def _is_marked(self, space: str, mark: str) -> bool:
        created = await self.making.creation(space)
        return created is not None and created["content"].get(NAME) == mark


def _canonical(events: list[Json]) -> Iterator[str]:
    """The spaces that a room names as its own, by its latest word on each."""
    latest = {str(event.get("state_key", "")): event.get("content") for event in events if event.get("type") == PARENT}
    for space, content in latest.items():
        if isinstance(content, dict) and content.get("canonical") is True and content.get("via"):
            yield space
