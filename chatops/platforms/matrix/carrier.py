"""The carrier to Matrix: cards, answers, signs, and the ways into rooms."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from chatops.platforms.in_private import or_by_mail
from chatops.platforms.matrix.cards import Cards, put_signs
from chatops.platforms.matrix.content import in_thread, mentioning, posts
from chatops.platforms.matrix.direct import DirectRooms
from chatops.platforms.matrix.heard import PLATFORM
from chatops.platforms.matrix.homeserver import Homeserver
from chatops.platforms.matrix.housing import Housing
from chatops.platforms.matrix.media import Media
from chatops.platforms.matrix.past import Sending
from chatops.platforms.matrix.record import MatrixRecord
from chatops.platforms.matrix.typed import typeable
from chatops.platforms.pictures import Intake
from chatops.verbs import Command
from config.texts import texts_in
from digests import subgroups
from digests.courier.parcels import Blame, NotDelivered, NotYet, Outcome, Parcel, begun
from storage import outbox, undelivered
from storage.database import DatabaseFault, DiskFull, Session
from storage.messages import Action, Message
from storage.outbox import OutboxKind

LOG = structlog.get_logger()
# What a homeserver says of a room that we are not in.
CLOSED = frozenset({"M_FORBIDDEN", "M_NOT_FOUND"})


@dataclass(frozen=True)
class MatrixCarrier:
    """Carries parcels. `remembered_for` is how long a homeserver surely knows what it was sent."""

    server: Homeserver
    record: MatrixRecord
    cards: Cards
    direct: DirectRooms
    media: Media
    housing: Housing
    commands: Sequence[Command]
    now: Callable[[], datetime]
    remembered_for: timedelta

    async def carry(self, parcel: Parcel) -> str:
        """Do what the outbox wishes for. Returns where it stands. Raises NotDelivered or NotYet."""
        sending = Sending.of(self.server, parcel, self.now(), self.remembered_for)
        try:
            return await self._begun(parcel, sending)
        except NotYet as pause:  # what stands in the room has its place there: what is new need not wait
            raise NotYet(pause.after, others_may_pass=bool(parcel.receipt), begun=pause.begun) from None
        except (DatabaseFault, DiskFull) as fault:
            raise NotDelivered(Outcome.AMBIGUOUS, type(fault).__name__) from fault

    async def _begun(self, parcel: Parcel, sending: Sending) -> str:
        try:
            return await self._carried(parcel, sending)
        except (NotDelivered, NotYet) as fault:
            if not sending.has_begun or parcel.receipt:
                raise
            raise begun(fault) from None

    async def _carried(self, parcel: Parcel, sending: Sending) -> str:
        work: Awaitable[str]
        match parcel.kind:
            case OutboxKind.CARD:
                work = self.cards.show(parcel, sending)
            case OutboxKind.NOTE:
                work = or_by_mail(self._say(parcel, sending), parcel, self.record, self.now)
            case OutboxKind.PICTURE:
                work = Intake(self.record, self.now).take(parcel, self.media.read)
            case OutboxKind.ROOM:
                work = self.housing.see_to(parcel)
            case OutboxKind.INVITATION:
                work = self.housing.let_in(parcel)
            case OutboxKind.REMOVAL:
                work = self.housing.take_out(parcel)
            case OutboxKind.ENTRANCE:
                work = _if_it_can(parcel, self._enter(parcel))
            case OutboxKind.SIGN:
                work = _if_it_can(parcel, self._sign(parcel, sending))
            case _:
                work = _if_it_can(parcel, self._say(parcel, sending))
        return await work

    async def _say(self, parcel: Parcel, sending: Sending) -> str:
        """Words to one person: in a thread, or in the direct room with them, which is opened where there is none."""
        room, _, thread = parcel.address.partition(" ")
        if room.startswith("@"):
            room = await self.direct.room_with(room)
        said = ""
        for place, post in enumerate(posts(self._message(parcel), texts_in(parcel.parts["language"]), self.commands)):
            calls = parcel.parts["calls"] if place == 0 else ""
            content = mentioning(post, calls, parcel.parts["called"]) if calls else post
            content = in_thread(content, thread, said) if thread else content
            said = await sending.send(room, "m.room.message", content, str(place))
        return said

    def _message(self, parcel: Parcel) -> Message:
        """Our own words, with every command as it is typed here."""
        said = {part: typeable(parcel.parts[part], self.commands) for part in ("subject", "body", "foot")}
        actions = tuple(Action(*action) for action in parcel.parts["actions"])
        return Message(said["body"], said["subject"], actions, said["foot"])

    async def _sign(self, parcel: Parcel, sending: Sending) -> str:
        room, event, mark = parcel.address.split(" ")
        if parcel.parts["stands"]:
            return await put_signs(sending, room, event, [mark])
        there = await self.record.read(lambda session: outbox.receipts_at(session, PLATFORM, parcel.address))
        for put in there:
            await self.server.redact(room, put, sending.name(put))
        return ""

    async def _enter(self, parcel: Parcel) -> str:
        """Into a room, where what waited for us comes now; or out of it.

        Rooms of version 12 have no homeserver in their name: `via` tells of one that is in it.
        """
        if parcel.parts["subject"] == "leave":
            await self.server.post("rooms", parcel.address, "leave", content={"reason": parcel.parts["reason"]})
        else:
            via = {"via": parcel.parts["via"], "server_name": parcel.parts["via"]}  # the newer and the older word
            await self.server.post("join", parcel.address, content={}, query=via)
            await self.direct.look_round(parcel.address)
            await self.record.write(lambda session: self._let_in(session, parcel.address))
        return parcel.address

    def _let_in(self, session: Session, room: str) -> None:
        undelivered.retry_at(session, PLATFORM, room, CLOSED, self.now())
        subgroups.found_again(session, PLATFORM, room, self.now())


async def _if_it_can(parcel: Parcel, work: Awaitable[str]) -> str:
    """What is for one person, or for us, and is refused for good, is let be: nobody else waits for it."""
    try:
        return await work
    except NotDelivered as failure:
        if failure.outcome is not Outcome.REFUSED or failure.blame is not Blame.ENTRY:
            raise
        LOG.warning("matrix.refused", outbox=parcel.number, kind=parcel.kind, reason=failure.reason)
        return ""
