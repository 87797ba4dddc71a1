"""Gestures: a sign under a card means what its button means; taken away, the opposite."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from chatops.commands.reactions import line_meant
from chatops.conversation import Invocation, Mention, Reply
from chatops.platforms import Answer
from chatops.platforms.matrix import signs, voice, words
from chatops.platforms.matrix.heard import PLATFORM, QUESTION, Heard
from chatops.platforms.matrix.messages import Messages
from chatops.platforms.matrix.nouns import Nouns
from chatops.platforms.matrix.questions import Questions
from chatops.platforms.matrix.record import MatrixRecord
from chatops.platforms.matrix.voice import Whereto
from chatops.platforms.matrix.written import Writings
from storage import cards, inbox, rooms
from storage.database import Session
from storage.inbox import InboxState
from storage.people import person_known_as
from storage.profiles import Profile


@dataclass(frozen=True)
class Gestures:
    """Hears reactions, and redactions of them."""

    record: MatrixRecord
    nouns: Nouns
    writings: Writings
    questions: Questions
    answer: Answer
    messages: Messages
    now: Callable[[], datetime]

    async def react(self, heard: Heard) -> None:
        """It stands under a card, or under what somebody is asked about. Raises NotDelivered and NotYet."""
        target, said = heard.reacts_to, signs.meaning(heard.sign) or ""
        if said == signs.IDEA and not await self.nouns.under(heard.room, target):
            await self._suggest(heard, target)
            return
        entry = await self.record.read(lambda session: inbox.heard_as(session, f"{PLATFORM}:{target}"))
        if entry is not None:
            await self._confirm(heard, Heard.from_payload(entry.payload), entry.state)
            return
        noun = await self.nouns.under(heard.room, target)
        await self._press(heard, line_meant(noun, said), target)

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
        if reaction.kind == QUESTION:
            await self.questions.hear_no_more(heard, reaction)
            return
        noun = await self.nouns.under(heard.room, reaction.reacts_to)
        line = line_meant(noun, signs.meaning(reaction.sign) or "", taken_away=True)
        await self._press(heard, line if reaction.sender == heard.sender else "", reaction.reacts_to)

    async def _suggest(self, heard: Heard, target: str) -> None:
        """It stands under what somebody wrote: whoever wrote it is asked to share it.

        Strangers are let be: they have said nothing to us.
        """
        found = None
        if await self.record.read(lambda session: _may_suggest(session, heard)):
            found = await self.writings.at(heard.room, target)
        if found is None:
            await self.record.done(heard)
            return
        author = Mention(found.author, found.author, "", Profile(words.local_part(found.author)))
        line = f"example suggest {found.author}"
        asked = Invocation(PLATFORM, heard.sender, line, self.now(), heard.name, body=found.text)
        asked = replace(asked, room=heard.room, reacted=True, under=target, mentions=(author,))
        await self._answer(heard, asked, Whereto(heard.room, heard.sender, thread=target))

    async def _confirm(self, heard: Heard, asked: Heard, state: InboxState) -> None:
        """The writer of an old command says that it is still meant."""
        said = words.said(asked.content, self.messages.names)
        is_yes = signs.meaning(heard.sign) == "yes" and asked.sender == heard.sender and asked.room == heard.room
        if state is InboxState.ASKED and is_yes and said:
            await self.messages.obey(asked, said, confirmed=True)
        await self.record.done(heard)

    async def _press(self, heard: Heard, line: str, card: str) -> None:
        if not line or await self.record.read(lambda session: rooms.is_encrypted(session, PLATFORM, heard.room)):
            await self.record.done(heard)
            return
        known = await self.record.read(lambda session: person_known_as(session, PLATFORM, heard.sender) is not None)
        to = Whereto(heard.room, heard.sender, thread=card, is_stranger=not known, calls=True)
        pressed = Invocation(PLATFORM, heard.sender, line, self.now(), heard.name, room=heard.room, reacted=True)
        await self._answer(heard, pressed, to)

    async def _answer(self, heard: Heard, invocation: Invocation, to: Whereto) -> None:
        def keep(session: Session, reply: Reply) -> None:
            inbox.end(session, [heard.key], InboxState.FAILED if reply.refused else InboxState.DONE)
            if not reply.changed:  # else the card shows it
                voice.say(session, reply, to, heard.name, self.now())

        await self.answer(invocation, keep)


def _may_suggest(session: Session, heard: Heard) -> bool:
    is_open = rooms.is_open(session, PLATFORM, heard.room)
    return is_open and person_known_as(session, PLATFORM, heard.sender) is not None


def _let_go_of_card(session: Session, heard: Heard, event: str) -> None:
    cards.gone(session, PLATFORM, event)
    inbox.end(session, [heard.key], InboxState.DONE)
