"""Messages: what somebody wrote to Tuva becomes a command line, and its answer goes back to where it was written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from chatops import grammar
from chatops.conversation import Attachment, House, Invocation, Reply
from chatops.platforms import Answer
from chatops.platforms.matrix import voice, words
from chatops.platforms.matrix.heard import PLATFORM, Heard
from chatops.platforms.matrix.homeserver import Homeserver
from chatops.platforms.matrix.quoting import Quotes
from chatops.platforms.matrix.record import MatrixRecord
from chatops.platforms.matrix.voice import Whereto
from chatops.platforms.matrix.words import Names, Said
from chatops.verbs import Command
from config.texts import Texts, texts_in
from digests.courier.parcels import NotDelivered, Outcome
from storage import direct_rooms, inbox, questions, rooms
from storage.database import Session
from storage.inbox import InboxState
from storage.memberships import memberships_of
from storage.messages import Message
from storage.people import person_known_as
from storage.profiles import Profile
from storage.rooms import room_at
from storage.rules import RuleBroken

# Somebody who said it longer ago may have done it in another way since.
OLD_AFTER = timedelta(minutes=10)
# So long a mistake can be mended by changing the message.
MENDED_WITHIN = timedelta(seconds=60)
# What may be said in a room that is no group's.
EVERYWHERE = frozenset({"help", "setup", "link"})
YES = "👍"
# What is said to somebody who just says hello to us.
HELP = "tuva help"


@dataclass(frozen=True)
class Standpoint:
    """What the record knows of somebody in a room. `asks` is the line that their next words there complete."""

    texts: Texts
    is_known: bool
    is_bound: bool
    is_direct: bool
    is_encrypted: bool
    asks: str


@dataclass(frozen=True)
class Messages:
    """Hears messages."""

    server: Homeserver
    record: MatrixRecord
    quotes: Quotes
    answer: Answer
    names: Names
    commands: Sequence[Command]
    house: House
    now: Callable[[], datetime]

    async def hear(self, heard: Heard) -> None:
        """Something that somebody wrote, or wrote anew."""
        if replaced := words.replaces(heard.content):
            await self._hear_again(heard, replaced)
        elif said := words.said(heard.content, self.names):
            await self.obey(heard, said)
        else:
            await self.record.done(heard)

    async def obey(self, heard: Heard, said: Said, first: Heard | None = None, *, confirmed: bool = False) -> None:
        """Do what it says. `first` is what it stands in place of; `confirmed`: it is meant also now."""
        point = await self.record.read(lambda session: self._standpoint(session, heard, said))
        line = self._line(said, point)
        if line is None:
            await self.record.done(heard)
        elif not confirmed and self.now() - sent_at(heard) > OLD_AFTER:
            await self._ask_again(heard, said, point)
        elif self._may_be_said(line, point):
            await self._answer(heard, said, point, line, first or heard)
        else:
            await self._refuse(heard, said, point)

    def _standpoint(self, session: Session, heard: Heard, said: Said) -> Standpoint:
        person = person_known_as(session, PLATFORM, heard.sender)
        room = room_at(session, PLATFORM, heard.room)
        places = memberships_of(session, person) if person and room is None else []
        of_group = room.group.language if room else (places[0].group.language if places else self.house.language)
        is_direct = direct_rooms.account_in(session, PLATFORM, heard.room) == heard.sender
        thread = "" if is_direct else said.thread
        asks = questions.question_to(session, PLATFORM, heard.room, thread, heard.sender, self.now())
        texts = texts_in((person and person.language) or of_group)
        is_encrypted = rooms.is_encrypted(session, PLATFORM, heard.room)
        return Standpoint(texts, person is not None, room is not None, is_direct, is_encrypted, asks)

    def _line(self, said: Said, point: Standpoint) -> str | None:
        """What is to be done; None when nothing was said to us. Who was asked may answer without a name.

        In an encrypted room nothing is: what comes in clear there is not what its people see as theirs.
        """
        if point.is_encrypted:
            return None
        is_command = point.is_direct and words.is_command(said.text, self.commands)
        if point.asks and said.addressed is None and not is_command:
            return f"{point.asks} {said.text}"
        line = said.text if point.is_direct and said.addressed is None else said.addressed
        if line is not None and point.is_direct and not words.is_meant_for_us(line, self.commands):
            return HELP
        return line

    def _may_be_said(self, line: str, point: Standpoint) -> bool:
        if point.is_bound or point.is_direct:
            return True
        try:
            reading = grammar.read(*grammar.line_and_body(line), self.commands)
        except RuleBroken:
            return False
        return reading.verb.name in EVERYWHERE

    async def _answer(self, heard: Heard, said: Said, point: Standpoint, line: str, first: Heard) -> None:
        told = await self.quotes.told(first, said, line)
        attachments = said.attachments or await self._answered(heard, said, told.line)
        invocation = Invocation(
            platform=PLATFORM,
            account=heard.sender,
            line=told.line,
            body=told.body,
            at=self.now(),
            once=heard.name,
            room=None if point.is_direct else heard.room,
            under=told.under,
            mentions=told.mentions,
            attachments=attachments,
            profile=None if point.is_known else Profile(name=heard.sender),
        )
        to = whereto(first, said, point)

        def keep(session: Session, reply: Reply) -> None:
            inbox.end(session, [heard.key, first.key], InboxState.FAILED if reply.refused else InboxState.DONE)
            if point.asks and not reply.refused:
                questions.settled(session, PLATFORM, heard.room, to.thread, heard.sender)
            if first is not heard and to.event and not reply.refused:
                voice.take_away(session, to.room, to.event, voice.REFUSED, heard.name, self.now())
            voice.say(session, reply, to, heard.name, self.now())

        await self.answer(invocation, keep)

    async def _answered(self, heard: Heard, said: Said, typed: str) -> tuple[Attachment, ...]:
        """The picture that somebody answers to with a command that takes one. Raises NotDelivered and NotYet."""
        if not said.answers or not _takes_picture(typed, self.commands):
            return ()
        try:
            answered = await self.server.ask("rooms", heard.room, "event", said.answers)
        except NotDelivered as failure:
            if failure.outcome is not Outcome.REFUSED:
                raise
            return ()
        content = answered.get("content")
        return words.pictures_of(content) if isinstance(content, dict) else ()

    async def _ask_again(self, heard: Heard, said: Said, point: Standpoint) -> None:
        """It was said while we did not hear: whether it is still meant, its speaker tells by a sign under it."""
        sentence = point.texts.say("matrix-old", moment=point.texts.moment(sent_at(heard), self.house.timezone))
        to = whereto(heard, said, point)

        def ask(session: Session) -> None:
            inbox.end(session, [heard.key], InboxState.ASKED)
            language, now = point.texts.language, self.now()
            voice.say_words(session, Message(sentence), to.address, language, heard.name, now)
            voice.sign(session, heard.room, heard.name, YES, heard.name, now)

        await self.record.write(ask)

    async def _refuse(self, heard: Heard, said: Said, point: Standpoint) -> None:
        """The room is nobody's."""
        reply = Reply(Message(point.texts.say("matrix-unbound")), refused=True, language=point.texts.language)
        to = whereto(heard, said, point)

        def refuse(session: Session) -> None:
            inbox.end(session, [heard.key], InboxState.FAILED)
            voice.say(session, reply, to, heard.name, self.now())

        await self.record.write(refuse)

    async def _hear_again(self, heard: Heard, replaced: str) -> None:
        """What was refused and is mended at once is done; what was done stays as it is, and its writer is told so."""
        entry = await self.record.read(lambda session: inbox.heard_as(session, f"{PLATFORM}:{replaced}"))
        first = Heard.from_payload(entry.payload) if entry else heard
        said = words.said(_renewed(heard, first), self.names)
        if entry is None or said is None or (first.sender, first.room) != (heard.sender, heard.room):
            await self.record.done(heard)
        elif entry.state is InboxState.DONE:
            await self._tell_it_stands(heard, said, first, "matrix-edited")
        elif entry.state is InboxState.ASKED or sent_at(heard) - sent_at(first) <= MENDED_WITHIN:
            await self.obey(heard, said, first)
        else:
            await self._tell_it_stands(heard, said, first, "matrix-edited-late")

    async def _tell_it_stands(self, heard: Heard, said: Said, first: Heard, sentence: str) -> None:
        """Once for each message: who corrects it three times need not hear it three times."""
        point = await self.record.read(lambda session: self._standpoint(session, heard, said))
        message = Message(point.texts.say(sentence))
        to = whereto(first, said, point)

        def tell(session: Session) -> None:
            inbox.end(session, [heard.key], InboxState.DONE)
            once = f"stands:{first.name}"
            voice.say_words(session, message, to.address, point.texts.language, once, self.now())

        await self.record.write(tell)


def whereto(first: Heard, said: Said, point: Standpoint) -> Whereto:
    """Where whoever wrote something is answered: beside it, in its thread."""
    if point.is_direct:
        return Whereto(first.room, first.sender)
    thread = said.thread or first.name
    return Whereto(first.room, first.sender, first.name, thread, is_stranger=not point.is_known)


def sent_at(heard: Heard) -> datetime:
    """When it was sent, as the sender's homeserver says; of what has no time, the beginning of it all."""
    told: Any = heard.event.get("origin_server_ts")
    try:
        return datetime.fromtimestamp(told / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def _takes_picture(line: str, commands: Sequence[Command]) -> bool:
    try:
        return grammar.read(line, "", commands).verb.takes_picture
    except RuleBroken:
        return False


def _renewed(heard: Heard, first: Heard) -> dict[str, Any]:
    """The new words, where the first ones stood."""
    renewed = heard.content.get("m.new_content")
    relation = first.content.get("m.relates_to", {})
    return {**renewed, "m.relates_to": relation} if isinstance(renewed, dict) else {}
