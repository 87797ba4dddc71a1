"""Direct rooms: where Tuva speaks with one person alone. Without encryption, which clients' own direct rooms have."""

import hashlib
from dataclasses import dataclass, field

from chatops.platforms.matrix.batches import Json, membership_in
from chatops.platforms.matrix.heard import PLATFORM
from chatops.platforms.matrix.homeserver import Homeserver
from chatops.platforms.matrix.making import Making
from chatops.platforms.matrix.record import MatrixRecord
from chatops.platforms.matrix.words import server_of
from storage import direct_rooms
from storage.database import Session
from storage.tokens import live_tokens

# They are in it, or have only to come in.
THERE = frozenset({"join", "invite"})
WANTED: Json = {"preset": "private_chat", "is_direct": True, "name": "Tuva"}


@dataclass
class DirectRooms:
    """Opens them at first need. `open` are those of which nothing is to be asked any more."""

    server: Homeserver
    record: MatrixRecord
    making: Making
    open: dict[str, str] = field(default_factory=dict)

    async def room_with(self, account: str) -> str:
        """The direct room with an account. Raises NotDelivered and NotYet."""
        kept = await self.record.read(lambda session: direct_rooms.direct_room_with(session, PLATFORM, account))
        if not kept or self.open.get(account) != kept:
            room = kept or await self._opened(account)
            await self._let_in(room, account)
            await self.record.write(lambda session: direct_rooms.opened(session, PLATFORM, account, room))
            self.open[account] = room
        return self.open[account]

    async def look_round(self, room: str) -> None:
        """Somebody came or went: where a third person is, nothing is private. Raises NotDelivered and NotYet."""
        account = await self.record.read(lambda session: direct_rooms.account_in(session, PLATFORM, room))
        if account and not await self._is_private(room, account):
            await self.record.write(lambda session: direct_rooms.closed(session, PLATFORM, room))
        self.forget(room)

    def forget(self, room: str) -> None:
        """Something has changed there."""
        self.open = {account: known for account, known in self.open.items() if known != room}

    async def _opened(self, account: str) -> str:
        alias = await self.record.read(lambda session: self._alias(session, account))
        return await self._adopted(alias, account) or await self.making.make(alias, WANTED)

    async def _adopted(self, alias: str, account: str) -> str:
        """One that we created without hearing so; what is encrypted by now, or has others in it, is none for us."""
        room = await self.making.room_at(alias)
        if room and not (await self._is_ours(room) and await self._is_private(room, account)):
            await self.server.delete("directory", "room", alias)
            return ""
        return room

    async def _is_ours(self, room: str) -> bool:
        if await self.making.created_by_us(room) is None:
            return False
        return await self.server.state(room, "m.room.encryption") is None

    async def _is_private(self, room: str, account: str) -> bool:
        """Nobody else is there, or asked in."""
        told = await self.server.ask("rooms", room, "members", query={"not_membership": "leave"})
        there = {str(event["state_key"]) for event in told["chunk"] if membership_in(event) in THERE}
        return there <= {account, self.server.user}

    async def _let_in(self, room: str, account: str) -> None:
        """Who has gone out is asked in again; who was never there, too."""
        member = await self.server.state(room, "m.room.member", account)
        if (member or {}).get("membership") not in THERE:
            invitation = {"membership": "invite", "is_direct": True}
            await self.server.put("rooms", room, "state", "m.room.member", account, content=invitation)

    def _alias(self, session: Session, account: str) -> str:
        """Sealed: whoever could tell it would give it to a room of their own, and hear there what is for another."""
        seal = live_tokens(session).seal("direct room", f"{self.server.user} {account}")
        return f"#tuva-{hashlib.sha256(seal.encode()).hexdigest()[:24]}:{server_of(self.server.user)}"
