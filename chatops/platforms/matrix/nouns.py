"""Nouns on Matrix: which card an event is, also one that the record does not know of yet."""

from dataclasses import dataclass

from chatops.platforms.matrix.heard import PLATFORM
from chatops.platforms.matrix.homeserver import Homeserver
from chatops.platforms.matrix.past import noun_of
from chatops.platforms.matrix.record import MatrixRecord
from storage import cards, outbox
from storage.database import Session
from storage.outbox import OutboxKind
from storage.rooms import room_at


@dataclass(frozen=True)
class Nouns:
    """Finds them."""

    server: Homeserver
    record: MatrixRecord

    async def under(self, room: str, event: str) -> str:
        """The noun whose card an event is; empty when it is none of ours. Raises NotDelivered and NotYet.

        Where we died after posting it, or are about to note it, the record knows nothing yet: the event itself tells.
        """
        noun, may_be_ours = await self.record.read(lambda session: _known(session, room, event))
        if noun or not may_be_ours:
            return noun
        told = await self.server.ask("rooms", room, "event", event)
        noun = noun_of(told) if told.get("sender") == self.server.user else ""
        if noun:
            await self.record.write(lambda session: _adopt(session, room, noun, event))
        return noun


def _known(session: Session, room: str, event: str) -> tuple[str, bool]:
    """The noun whose card the event is; and whether it may be one all the same, when there is none."""
    noun = cards.noun_posted(session, PLATFORM, event)
    return noun, not noun and outbox.may_have_arrived(session, PLATFORM, room, OutboxKind.CARD)


def _adopt(session: Session, address: str, noun: str, event: str) -> None:
    """The card stands there, unless it was noted meanwhile, with what goes on in its thread."""
    room = room_at(session, PLATFORM, address)
    if room is not None and cards.card_in(session, room.id, noun) is None:
        cards.posted(session, room.id, noun, event)
