"""Rooms: into which Tuva goes, out of which it stays, and what becomes of one that is encrypted or moves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from chatops.conversation import House
from chatops.platforms.matrix import voice
from chatops.platforms.matrix.batches import is_arrival
from chatops.platforms.matrix.direct import DirectRooms
from chatops.platforms.matrix.heard import PLATFORM, Heard
from chatops.platforms.matrix.homeserver import Homeserver
from chatops.platforms.matrix.powers import Powers
from chatops.platforms.matrix.record import MatrixRecord
from chatops.platforms.matrix.words import server_of
from config.texts import Texts, texts_in
from digests import subgroups
from storage import cards, direct_rooms, inbox, outbox, rooms
from storage.database import Session
from storage.groups import named_to_set_up
from storage.inbox import InboxState
from storage.memberships import memberships_of
from storage.messages import Message
from storage.people import Person, person_known_as
from storage.rooms import Room, RoomStage, room_at

LOG = structlog.get_logger()


@dataclass(frozen=True)
class Rooms:
    """Acts on what becomes of rooms. Into `allowed` homeservers' rooms we follow those we know."""

    server: Homeserver
    record: MatrixRecord
    direct: DirectRooms
    house: House
    allowed: frozenset[str]
    now: Callable[[], datetime]

    async def invite(self, heard: Heard) -> None:
        """Into a group's room we go at once; into another one with those we know; into none that is encrypted."""
        await self.record.write(lambda session: self._invited(session, heard, Invitation.read(heard, self.server.user)))

    async def depart(self, heard: Heard) -> None:
        """We are out: nobody is spoken to there."""

        def close(session: Session) -> None:
            direct_rooms.closed(session, PLATFORM, heard.room)
            subgroups.lost(session, PLATFORM, heard.room, self.now())
            inbox.end(session, [heard.key], InboxState.DONE)

        await self.record.write(close)
        self.direct.forget(heard.room)

    async def meet(self, heard: Heard) -> None:
        """Somebody comes into a direct room, or goes out of it; or into a subgroup's. Raises NotDelivered, NotYet."""
        await self.direct.look_round(heard.room)

        def greet(session: Session) -> None:
            person = person_known_as(session, PLATFORM, str(heard.event.get("state_key", "")))
            if person is not None and is_arrival(heard.event):
                subgroups.arrived(session, PLATFORM, heard.room, person, self.now())
            inbox.end(session, [heard.key], InboxState.DONE)

        await self.record.write(greet)

    async def encrypt(self, heard: Heard) -> None:
        """What is said in the room is hidden from us from now on, for good. Raises NotDelivered and NotYet.

        Whoever may write in a room may write there that it is encrypted: its state tells.
        """
        if await self.server.state(heard.room, "m.room.encryption") is None:
            await self.record.done(heard)
            return
        await self.record.write(lambda session: self._encrypted(session, heard))
        self.direct.forget(heard.room)

    async def miss(self, heard: Heard) -> None:
        """So much was said while we were away that we have not read it all."""

        def tell(session: Session) -> None:
            texts = self._texts_in_room(session, heard.room)
            voice.say_words(
                session, Message(texts.say("matrix-gap")), heard.room, texts.language, heard.name, self.now()
            )
            inbox.end(session, [heard.key], InboxState.DONE)

        await self.record.write(tell)

    async def move(self, heard: Heard) -> None:
        """A group's room goes on in another one, if whoever says so may say it. Raises NotDelivered and NotYet."""
        replacement = str(heard.content.get("replacement_room", ""))
        is_bound = await self.record.read(lambda session: room_at(session, PLATFORM, heard.room) is not None)
        if replacement and is_bound and await self._may_move(heard):
            await self.record.write(lambda session: self._moved(session, heard, replacement))
        else:
            LOG.warning("matrix.tombstone_refused")
            await self.record.done(heard)

    async def _may_move(self, heard: Heard) -> bool:
        created = await self.server.ask("rooms", heard.room, "state", "m.room.create", query={"format": "event"})
        levels = await self.server.state(heard.room, "m.room.power_levels")
        return Powers(created, levels).may_send(heard.sender, "m.room.tombstone", state=True)

    def _invited(self, session: Session, heard: Heard, invitation: "Invitation") -> None:
        now = self.now()
        person = person_known_as(session, PLATFORM, invitation.sender)
        room = room_at(session, PLATFORM, heard.room)
        texts = self._texts_of(person, room)
        is_trusted = self._is_trusted(session, person, invitation.sender)
        if invitation.is_encrypted and (room or is_trusted):
            self._refuse(session, heard, invitation, texts)
        elif room or is_trusted:
            voice.enter(session, heard.room, server_of(invitation.sender), heard.name, now)
            if invitation.is_direct and room is None:
                direct_rooms.opened(session, PLATFORM, invitation.sender, heard.room)
        else:
            voice.decline(session, heard.room, texts.say("matrix-uninvited"), heard.name, now)
        inbox.end(session, [heard.key], InboxState.DONE)

    def _refuse(self, session: Session, heard: Heard, invitation: "Invitation", texts: Texts) -> None:
        """Whoever invited us hears why; a stranger in the refusal alone."""
        sentence = texts.say("matrix-encrypted")
        voice.decline(session, heard.room, sentence, heard.name, self.now())
        if self._is_trusted(session, person_known_as(session, PLATFORM, invitation.sender), invitation.sender):
            words = Message(sentence)
            voice.say_words(session, words, invitation.sender, texts.language, heard.name, self.now())

    def _is_trusted(self, session: Session, person: Person | None, account: str) -> bool:
        """A member or an operator, on a homeserver that is allowed."""
        if person is None or server_of(account) not in self.allowed:
            return False
        is_operator = person.email in self.house.operators or named_to_set_up(session, person)
        return is_operator or bool(memberships_of(session, person))

    def _encrypted(self, session: Session, heard: Heard) -> None:
        room = room_at(session, PLATFORM, heard.room)
        account = direct_rooms.account_in(session, PLATFORM, heard.room)
        texts = self._texts_of(person_known_as(session, PLATFORM, account) if account else None, room)
        sentence, once = texts.say("matrix-encrypted"), f"encrypted:{heard.room}"
        if room is not None and room.stage is RoomStage.OPEN:
            room.stage = RoomStage.ENCRYPTED
            voice.say_words(session, Message(sentence), heard.room, texts.language, once, self.now())
        elif account:
            direct_rooms.closed(session, PLATFORM, heard.room)
            voice.decline(session, heard.room, sentence, once, self.now())
            voice.say_words(session, Message(sentence), account, texts.language, once, self.now())
        elif room is None:
            voice.decline(session, heard.room, sentence, once, self.now())
        inbox.end(session, [heard.key], InboxState.DONE)

    def _moved(self, session: Session, heard: Heard, replacement: str) -> None:
        rooms.moved(session, PLATFORM, heard.room, replacement)
        cards.gone_from(session, PLATFORM, replacement)
        outbox.readdress(session, PLATFORM, heard.room, replacement)
        voice.enter(session, replacement, server_of(heard.sender), heard.name, self.now())
        inbox.end(session, [heard.key], InboxState.DONE)

    def _texts_in_room(self, session: Session, address: str) -> Texts:
        return self._texts_of(None, room_at(session, PLATFORM, address))

    def _texts_of(self, person: Person | None, room: Room | None) -> Texts:
        of_group = room.group.language if room else self.house.language
        return texts_in((person and person.language) or of_group)


@dataclass(frozen=True)
class Invitation:
    """Who invites us, and what the room shows of itself to whom it invites (spec.matrix.org, stripped state)."""

    sender: str
    is_direct: bool
    is_encrypted: bool

    @classmethod
    def read(cls, heard: Heard, own: str) -> "Invitation":
        """What an invitation says."""
        shown = heard.event.get("shown", [])
        ours = [event for event in shown if event.get("type") == "m.room.member" and event.get("state_key") == own]
        member = ours[-1] if ours else {}
        content = member.get("content") or {}
        is_encrypted = any(event.get("type") == "m.room.encryption" for event in shown)
        return cls(str(member.get("sender", "")), content.get("is_direct") is True, is_encrypted)
