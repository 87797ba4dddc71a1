"""Making: rooms of our own, found again by their alias.

Creating has no name by which a homeserver would know it again.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from chatops.platforms.matrix.batches import Json, membership_in
from chatops.platforms.matrix.homeserver import Homeserver
from chatops.platforms.matrix.past import NAME
from chatops.platforms.matrix.words import server_of
from digests.courier.parcels import Blame, NotDelivered, NotYet, Outcome
from storage.direct_rooms import ENCRYPTION_FORCED

SPACE = "m.space"
# The version in which creators cannot lose their power (spec.matrix.org room version 12).
VERSION = "12"
TRUSTED, KEEPERS = 100, 50
# What a homeserver says of an alias that is another room's.
TAKEN = "M_ROOM_IN_USE"
# How soon we look whose it has become.
LOOK_AGAIN = timedelta(seconds=2)
# What stands before a homeserver's word for why it makes no room.
CREATE = "createRoom"


@dataclass(frozen=True)
class Plan:
    """A room to be made. Its alias comes from `slug`, and by `mark` we know that it is this one and no other of ours.

    `trustees` have power over it beside us, and who is in one of the rooms `open_to` may go in. `kind` is that of a
    space, and `parent` the space that the room stands in.
    """

    slug: str
    mark: str
    name: str
    trustees: Sequence[str]
    open_to: Sequence[str]
    parent: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Making:
    """Makes them."""

    server: Homeserver

    async def find_or_make(self, plan: Plan) -> tuple[str, str]:
        """The room of that plan, and its alias. Raises NotDelivered and NotYet.

        What others have made is never taken for it, whatever it is called: then ours has a number behind its name.
        """
        for number in itertools.count(1):
            name = plan.slug if number == 1 else f"{plan.slug}-{number}"
            alias = f"#{name}:{server_of(self.server.user)}"
            room = await self.room_at(alias)
            if not room:
                return await self._make(alias, plan), alias
            created = await self.created_by_us(room)
            if created and created["content"].get(NAME) == plan.mark:
                await self._require_readable(room, alias)
                return room, alias
        raise AssertionError("numbers do not end")

    async def room_at(self, alias: str) -> str:
        """The room with an alias; empty when it is nobody's. Raises NotDelivered and NotYet."""
        try:
            return str((await self.server.ask("directory", "room", alias))["room_id"])
        except NotDelivered as failure:
            if failure.reason != "M_NOT_FOUND":
                raise
            return ""

    async def created_by_us(self, room: str) -> Json | None:
        """The event by which we created a room; None when another did, or we are not in it. Raises as above."""
        created = await self.creation(room)
        return created if created and created.get("sender") == self.server.user else None

    async def creation(self, room: str) -> Json | None:
        """The event by which a room that we are in was created. Raises as above.

        Whoever was put out of a room may still read how it was until then.
        """
        try:
            member = await self.server.state(room, "m.room.member", self.server.user)
            if membership_in({"content": member}) != "join":
                return None
            return await self.server.ask("rooms", room, "state", "m.room.create", query={"format": "event"})
        except NotDelivered as failure:
            if failure.reason not in ("M_FORBIDDEN", "M_NOT_FOUND"):
                raise
            return None

    async def make(self, alias: str, wanted: Json) -> str:
        """A room with an alias, and nobody but us in it. Raises as above.

        Nobody is asked in before it is known that we can read there: some homeservers encrypt whatever is made.
        """
        called = alias.removeprefix("#").partition(":")[0]
        try:
            made = await self.server.post("createRoom", content={**wanted, "room_alias_name": called})
        except NotDelivered as failure:
            if failure.reason == TAKEN:
                raise NotYet(LOOK_AGAIN) from None
            raise
        room = str(made["room_id"])
        await self._require_readable(room, alias)
        return room

    async def _make(self, alias: str, plan: Plan) -> str:
        """Where it may not be made, somebody who looks after the homeserver must allow it."""
        try:
            return await self.make(alias, await self._wanted(plan))
        except NotDelivered as failure:
            if failure.outcome is not Outcome.REFUSED or failure.blame is not Blame.ENTRY:
                raise
            raise NotDelivered(Outcome.REFUSED, f"{CREATE} {failure.reason}", Blame.POLICY) from None

    async def _require_readable(self, room: str, alias: str) -> None:
        """Of one that is encrypted nothing stays."""
        if await self.server.state(room, "m.room.encryption") is not None:
            await self.server.delete("directory", "room", alias)
            await self.server.post("rooms", room, "leave", content={})
            raise NotDelivered(Outcome.REFUSED, ENCRYPTION_FORCED, Blame.POLICY)

    async def _wanted(self, plan: Plan) -> Json:
        """What is asked of the homeserver.

        Where there is no version 12, the trustees have no less power than we, which nobody but they can take from them.
        """
        trustees = [account for account in plan.trustees if account != self.server.user]
        creation: Json = {NAME: plan.mark, **({"type": plan.kind} if plan.kind else {})}
        levels: Json = {"invite": KEEPERS, **({"events_default": TRUSTED} if plan.kind == SPACE else {})}
        version = await self._version()
        if version == VERSION:
            creation["additional_creators"] = trustees
        else:
            levels["users"] = dict.fromkeys((self.server.user, *trustees), TRUSTED)
        wanted: Json = {"preset": "private_chat", "name": plan.name, "creation_content": creation}
        wanted |= {"power_level_content_override": levels, "initial_state": self._state(plan)}
        return wanted | ({"room_version": version} if version else {})

    async def _version(self) -> str:
        """The one with lasting creators; where it is not offered, the usual one. Raises NotDelivered and NotYet."""
        told = (await self.server.ask("capabilities")).get("capabilities", {}).get("m.room_versions", {})
        return VERSION if VERSION in told.get("available", {}) else str(told.get("default", ""))

    def _state(self, plan: Plan) -> list[Json]:
        rules = [{"type": "m.room_membership", "room_id": room} for room in plan.open_to]
        state: list[Json] = [
            {"type": "m.room.join_rules", "content": {"join_rule": "restricted", "allow": rules}},
            {"type": "m.room.history_visibility", "content": {"history_visibility": "shared"}},
            {"type": "m.room.guest_access", "content": {"guest_access": "forbidden"}},
        ]
        if plan.parent:
            parent = {"type": "m.space.parent", "state_key": plan.parent, "content": parenthood(self.server)}
            state.append(parent)
        return state


def kinship(server: Homeserver) -> Json:
    """What a space says of a room in it: by which homeserver it is reached."""
    return {"via": [server_of(server.user)]}


def parenthood(server: Homeserver) -> Json:
    """What a room says of the space it stands in."""
    return {**kinship(server), "canonical": True}
