"""Cards on Matrix: posted once, changed in place, with the signs under them that work as buttons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chatops.platforms.coalescing import Coalescing
from chatops.platforms.matrix.content import Content, edit_of, in_thread, posts
from chatops.platforms.matrix.homeserver import Homeserver
from chatops.platforms.matrix.media import Gallery
from chatops.platforms.matrix.past import Sending
from chatops.platforms.matrix.record import MatrixRecord
from chatops.platforms.matrix.signs import seeds
from chatops.platforms.matrix.standing import Shown, Standing
from chatops.verbs import Command
from config.texts import texts_in
from digests.cards import as_message
from digests.courier.parcels import NotDelivered, NotYet, Outcome, Parcel
from storage import cards
from storage.messages import Illustration

PINNED = "m.room.pinned_events"
DUPLICATE = "M_DUPLICATE_ANNOTATION"


@dataclass(frozen=True)
class Cards:
    """Shows cards."""

    server: Homeserver
    record: MatrixRecord
    commands: Sequence[Command]
    coalescing: Coalescing
    gallery: Gallery

    async def show(self, parcel: Parcel, sending: Sending) -> str:
        """Post a card, or change it where it stands. Returns where. Raises NotDelivered and NotYet."""
        standing = Standing.read(parcel.receipt)
        message = as_message(parcel.parts)
        first, *rest = posts(message, texts_in(parcel.parts["language"]), self.commands)
        self.coalescing.require_pause(standing.event)
        standing = await self._first(parcel, sending, standing, first)
        if not parcel.receipt or parcel.doubtful:  # a crash may have come between the card and its signs
            await self._sign(parcel, sending, standing, seeds(message.actions))
            await self._pin(parcel, standing)
        standing = await self._picture(parcel, sending, standing, message.illustration)
        for place, post in enumerate(rest):
            standing = await self._reply(parcel, sending, standing, place, post)
        return str(await self._clear(parcel, sending, standing, len(rest)))

    async def _first(self, parcel: Parcel, sending: Sending, standing: Standing, post: Content) -> Standing:
        if standing.event:
            await sending.send(parcel.address, "m.room.message", edit_of(post, standing.event), "0")
        else:
            standing = Standing(await sending.send(parcel.address, "m.room.message", post, "0"))
        self.coalescing.shown(standing.event)
        return standing

    async def _sign(self, parcel: Parcel, sending: Sending, standing: Standing, marks: Sequence[str]) -> None:
        try:
            await put_signs(sending, parcel.address, standing.event, marks)
        except (NotDelivered, NotYet):
            await self._keep(parcel, standing)
            raise

    async def _pin(self, parcel: Parcel, standing: Standing) -> None:
        """Where everybody finds it; where we may not put it there, it stands where it stands."""
        if not parcel.parts.get("pinned"):
            return
        await self._keep(parcel, standing)
        try:
            there = (await self.server.state(parcel.address, PINNED) or {}).get("pinned", [])
            if standing.event not in there:
                pinned = {"pinned": [*there, standing.event]}
                await self.server.put("rooms", parcel.address, "state", PINNED, content=pinned)
        except NotDelivered as failure:
            if failure.outcome is not Outcome.REFUSED:
                raise

    async def _picture(
        self, parcel: Parcel, sending: Sending, standing: Standing, illustration: Illustration | None
    ) -> Standing:
        """The picture, first in the card's thread; another one in its place is another event."""
        if standing.picture and (illustration is None or illustration.number != standing.picture.number):
            event = standing.picture.event
            await self.server.redact(parcel.address, event, sending.name(f"clear {event}"))
            standing = replace(standing, picture=None)
            await self._keep(parcel, standing)
        if illustration is None or standing.picture:
            return standing
        await self._keep(parcel, standing)
        content = await self.gallery.shown(illustration)
        if content is None:
            return standing
        reply, part = in_thread(content, standing.event), f"picture {illustration.number}"
        event = await sending.send(parcel.address, "m.room.message", reply, part)
        standing = replace(standing, picture=Shown(illustration.number, event))
        await self._keep(parcel, standing)
        return standing

    async def _reply(self, parcel: Parcel, sending: Sending, standing: Standing, place: int, post: Content) -> Standing:
        await self._keep(parcel, standing)
        part = str(place + 1)
        if place < len(standing.replies):
            await sending.send(parcel.address, "m.room.message", edit_of(post, standing.replies[place]), part)
            return standing
        latest = standing.replies[-1] if standing.replies else ""
        reply = await sending.send(parcel.address, "m.room.message", in_thread(post, standing.event, latest), part)
        return replace(standing, replies=(*standing.replies, reply))

    async def _clear(self, parcel: Parcel, sending: Sending, standing: Standing, kept: int) -> Standing:
        """A shorter card needs fewer replies."""
        for reply in standing.replies[kept:]:
            await self.server.redact(parcel.address, reply, sending.name(f"clear {reply}"))
        return replace(standing, replies=standing.replies[:kept])

    async def _keep(self, parcel: Parcel, standing: Standing) -> None:
        """What stands of a card stands there also when the rest of it cannot be sent just now."""
        room = parcel.room
        if room is not None and str(standing) != parcel.receipt:
            await self.record.write(lambda session: cards.posted(session, room, parcel.topic, str(standing)))


async def put_signs(sending: Sending, room: str, event: str, marks: Sequence[str]) -> str:
    """Put signs under an event, each once (spec.matrix.org client-server api, event annotations).

    Returns the last of them; empty when it was there.
    """
    put = ""
    for mark in marks:
        relation = {"rel_type": "m.annotation", "event_id": event, "key": mark}
        try:
            put = await sending.send(room, "m.reaction", {"m.relates_to": relation}, mark)
        except NotDelivered as failure:
            if failure.reason != DUPLICATE:
                raise
            put = ""
    return put
