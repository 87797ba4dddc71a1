"""Gestures: a sign under a card means what its button means; taken away, the opposite."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chatops.commands.reactions import REACTIONS, REACTIONS_TAKEN_AWAY
from chatops.conversation import Invocation, Reply
from chatops.platforms import Answer
from chatops.platforms.matrix import signs, voice, words
from chatops.platforms.matrix.heard import PLATFORM, Heard
from chatops.platforms.matrix.homeserver import Homeserver
from chatops.platforms.matrix.messages import Messages
from chatops.platforms.matrix.past import noun_of
from chatops.platforms.matrix.record import MatrixRecord
from chatops.platforms.matrix.voice import Whereto
from storage import cards, inbox, outbox, rooms
from storage.database import Session
from storage.inbox import InboxState
from storage.outbox import OutboxKind
from storage.people import person_known_as
from storage.rooms import room_at


@dataclass(frozen=True)
class Gestures:
    """Hears reactions, and redactions of them."""

    server: Homeserver
    record: MatrixRecord
    answer: Answer
    messages: Messages
    now: Callable[[], datetime]

    async def react(self, heard: Heard) -> None:
        """It stands under a card, or under what somebody is asked about. Raises NotDelivered and NotYet."""
        target = heard.reacts_to
        entry = await self.record.read(lambda session: inbox.heard_as(session, f"{PLATFORM}:{target}"))
        if entry is not None:
            await self._confirm(heard, Heard.from_payload(entry.payload), entry.state)
            return
        noun = await self._noun_under(heard.room, target)
        verb = REACTIONS.get((noun.partition(":")[0], signs.meaning(heard.sign) or ""))
        await self._press(heard, noun, verb, target)

    async def redact(self, heard: Heard) -> None:
        """A reaction is taken away by whoever gave it; a card, by anybody who may: it is posted anew when it changes.

        Raises NotDelivered and NotYet.
        """
        target = heard.redacts
        entry = await self.record.read(lambda session: inbox.heard_as(session, f"{PLATFORM}:{target}"))
        if entry is None:
            await self.record.write(lambda session: _let_go_of_card(session, heard, target))
            return
        reaction = Heard.from_payload(entry.payload)
        noun = await self._noun_under(heard.room, reaction.reacts_to)
        key = (noun.partition(":")[0], signs.meaning(reaction.sign) or "")
        verb = REACTIONS_TAKEN_AWAY.get(key) if reaction.sender == heard.sender else None
        await self._press(heard, noun, verb, reaction.reacts_to)

    async def _noun_under(self, room: str, event: str) -> str:
        """The noun whose card an event is; empty when it is none of ours.

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

    async def _confirm(self, heard: Heard, asked: Heard, state: InboxState) -> None:
        """The writer of an old command says that it is still meant."""
        said = words.said(asked.content, self.messages.names)
        is_yes = signs.meaning(heard.sign) == "yes" and asked.sender == heard.sender and asked.room == heard.room
        if state is InboxState.ASKED and is_yes and said:
            await self.messages.obey(asked, said, confirmed=True)
        await self.record.done(heard)

    async def _press(self, heard: Heard, noun: str, verb: str | None, card: str) -> None:
        if verb is None or await self.record.read(lambda session: rooms.is_encrypted(session, PLATFORM, heard.room)):
            await self.record.done(heard)
            return
        kind, _, number = noun.partition(":")
        line = f"{kind} {number} {verb}"
        known = await self.record.read(lambda session: person_known_as(session, PLATFORM, heard.sender) is not None)
        to = Whereto(heard.room, heard.sender, thread=card, is_stranger=not known, calls=True)

        def keep(session: Session, reply: Reply) -> None:
            inbox.end(session, [heard.key], InboxState.FAILED if reply.refused else InboxState.DONE)
            if not reply.changed:  # else the card shows it
                voice.say(session, reply, to, heard.name, self.now())

        at, once = self.now(), heard.name
        await self.answer(Invocation(PLATFORM, heard.sender, line, at, once, room=heard.room, reacted=True), keep)


def _known(session: Session, room: str, event: str) -> tuple[str, bool]:
    """The noun whose card the event is; and whether it may be one all the same, when there is none."""
    noun = cards.noun_posted(session, PLATFORM, event)
    return noun, not noun and outbox.may_have_arrived(session, PLATFORM, room, OutboxKind.CARD)


def _adopt(session: Session, address: str, noun: str, event: str) -> None:
    """The card stands there, unless it was noted meanwhile, with what goes on in its thread."""
    room = room_at(session, PLATFORM, address)
    if room is not None and cards.card_in(session, room.id, noun) is None:
        cards.posted(session, room.id, noun, event)


def _let_go_of_card(session: Session, heard: Heard, event: str) -> None:
    cards.gone(session, PLATFORM, event)
    inbox.end(session, [heard.key], InboxState.DONE)
