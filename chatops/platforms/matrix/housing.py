"""Housing: the rooms that Tuva makes: opened, furnished, filled, closed."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import quote

from chatops.platforms.matrix.batches import Json, membership_in
from chatops.platforms.matrix.direct import THERE
from chatops.platforms.matrix.heard import PLATFORM
from chatops.platforms.matrix.homeserver import REST_OF_ALL, Homeserver
from chatops.platforms.matrix.making import KEEPERS, TRUSTED, Making, Plan
from chatops.platforms.matrix.powers import Powers
from chatops.platforms.matrix.record import MatrixRecord
from chatops.platforms.matrix.spaces import Circle, Spaces
from chatops.platforms.matrix.words import PILL
from digests import subgroups
from digests.courier.parcels import Blame, NotDelivered, NotYet, Outcome, Parcel
from storage.database import Session
from storage.rooms import RoomStage, room_numbered
from storage.tokens import live_tokens

APART_SECONDS = 0.2
# Our homeserver says so itself that another one does not answer, or goes on asking that one.
ELSEWHERE = re.compile("^M_|Timeout")
LEVELS = "m.room.power_levels"
# Whoever wrote something may take it away, also from a room that is closed.
ALWAYS_FREE = "m.room.redaction"


@dataclass(frozen=True)
class Estate:
    """What the record knows of a room: how far it has come, whose it is, and which group asks."""

    stage: RoomStage
    address: str
    circle: Circle
    mark: str

    @classmethod
    def read(cls, session: Session, number: int) -> "Estate":
        """As it is now."""
        room = room_numbered(session, number)
        assert room is not None, "a room is wished for that the record has not"
        subgroup = room.group.task
        assert subgroup is not None, "only subgroups have rooms that Tuva makes"
        mark = live_tokens(session).seal("room", str(room.id))
        return cls(room.stage, room.address, Circle.read(session, subgroup.group), mark)


class Turns:
    """Who must wait comes again one after the other: two hundred at the same moment would keep us busy for nothing."""

    def __init__(self) -> None:
        self._last = 0.0

    def after(self, pause: timedelta) -> timedelta:
        """When the next one who is to wait at least so long has their turn."""
        now = time.monotonic()
        self._last = max(self._last + APART_SECONDS, now + pause.total_seconds())
        return timedelta(seconds=self._last - now)


@dataclass(frozen=True)
class Housing:
    """Does what the outbox wishes for rooms. Whatever was lost on the way, what there is is found, not made again."""

    server: Homeserver
    record: MatrixRecord
    making: Making
    spaces: Spaces
    now: Callable[[], datetime]
    turns: Turns = field(default_factory=Turns)

    async def see_to(self, parcel: Parcel) -> str:
        """Open, furnish or close a room. Returns its address. Raises NotDelivered and NotYet.

        What the homeserver does not allow only a person can change.
        """
        estate = await self._estate(parcel)
        try:
            match parcel.parts["do"]:
                case "open":
                    return await self._open(parcel, estate)
                case "furnish":
                    return await self._furnish(parcel, estate)
                case _:
                    return await self._close(parcel, estate)
        except NotDelivered as failure:
            if failure.outcome is not Outcome.REFUSED:
                raise
            raise NotDelivered(Outcome.REFUSED, failure.reason, Blame.POLICY) from None

    async def let_in(self, parcel: Parcel) -> str:
        """Invite somebody, who may have come already. Raises NotDelivered, for good where it cannot be, and NotYet."""
        room, member = await self._member(parcel)
        if room and member not in THERE:
            try:
                await self._about(parcel, room, "invite")
            except NotYet as pause:
                if pause.after > REST_OF_ALL:
                    raise
                raise NotYet(self.turns.after(pause.after)) from None
        return room

    async def take_out(self, parcel: Parcel) -> str:
        """Put somebody out of a room, or take an invitation back. Raises as above."""
        room, member = await self._member(parcel)
        if room and member in THERE:
            await self._about(parcel, room, "kick")
        return room

    async def _estate(self, parcel: Parcel) -> Estate:
        return await self.record.read(lambda session: Estate.read(session, _number(parcel)))

    async def _open(self, parcel: Parcel, estate: Estate) -> str:
        """Found or made, nobody is in it yet but us."""
        if estate.stage is not RoomStage.OPENING:
            return estate.address
        circle = estate.circle
        space = await self.spaces.of(circle)
        # Who may come into a space that others look after, and from there into its rooms, they decide.
        open_to = (*circle.rooms, *([space.address] if space.is_ours else []))
        name, slug = parcel.parts["subject"], parcel.parts["slug"]
        plan = Plan(slug, estate.mark, name, _trustees(parcel), open_to, parent=space.address)
        room, alias = await self.making.find_or_make(plan)
        link = PILL + quote(alias, safe="")
        await self.record.write(lambda s: subgroups.opened(s, _number(parcel), room, link, self.now()))
        return room

    async def _furnish(self, parcel: Parcel, estate: Estate) -> str:
        """Above it stands what it is about, it stands in the group's space, and whoever leads by now may invite."""
        if estate.stage is RoomStage.OPEN:
            space = await self.spaces.of(estate.circle)
            await self.server.have(estate.address, "m.room.topic", {"topic": parcel.parts["topic"]})
            await self.spaces.put_in(space.address, estate.address)
            await self._trust(estate.address, _trustees(parcel))
        return estate.address

    async def _trust(self, room: str, accounts: list[str]) -> None:
        levels = await self.server.state(room, LEVELS) or {}
        powers = Powers(await self.making.creation(room), levels)
        lacking = [account for account in accounts if powers.level(account) < KEEPERS]
        if lacking:
            users = levels.get("users", {}) | dict.fromkeys(lacking, KEEPERS)
            await self.server.put("rooms", room, "state", LEVELS, content={**levels, "users": users})

    async def _close(self, parcel: Parcel, estate: Estate) -> str:
        """It can be read as before, and nothing more is said there."""
        if estate.stage is RoomStage.OPEN:
            levels = await self.server.state(estate.address, LEVELS) or {}
            await self.server.have(estate.address, LEVELS, _silenced(levels))
            if estate.circle.space:
                await self.spaces.take_out(estate.circle.space, estate.address)
            await self.record.write(lambda session: subgroups.archived(session, _number(parcel)))
        return estate.address

    async def _member(self, parcel: Parcel) -> tuple[str, str]:
        """The room, and how somebody stands to it; no room where it is lost or over."""
        estate = await self._estate(parcel)
        if estate.stage is not RoomStage.OPEN:
            return "", ""
        member = await self.server.state(estate.address, "m.room.member", parcel.personal["account"])
        return estate.address, membership_in({"content": member})

    async def _about(self, parcel: Parcel, room: str, do: str) -> None:
        """What is refused, or what another homeserver does not answer to, is about this one person alone."""
        try:
            await self.server.post("rooms", room, do, content={"user_id": parcel.personal["account"]})
        except NotDelivered as failure:
            if failure.outcome is Outcome.REFUSED:
                raise NotDelivered(Outcome.REFUSED, f"{do} {failure.reason}") from None
            if failure.blame is Blame.WAY and ELSEWHERE.search(failure.reason):
                raise NotDelivered(failure.outcome, failure.reason, Blame.ENTRY) from None
            raise


def _number(parcel: Parcel) -> int:
    assert parcel.room is not None
    return parcel.room


def _trustees(parcel: Parcel) -> list[str]:
    return [account for platform, account in parcel.parts["trustees"] if platform == PLATFORM]


def _silenced(levels: Json) -> Json:
    """The powers in a room in which only those speak who have power over it."""
    events = {kind: level if kind == ALWAYS_FREE else max(level, TRUSTED) for kind, level in _events(levels).items()}
    return {**levels, "events": events, "events_default": TRUSTED, "state_default": TRUSTED, "invite": TRUSTED}


def _events(levels: Json) -> Json:
    free = {ALWAYS_FREE: levels.get("events_default", 0)}
    return {**free, **levels.get("events", {})}
