"""The desk: what every listener has at hand, and the ways in which they answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chatops import grammar
from chatops.conversation import Attachment, Invocation, Reply
from chatops.grammar import Reading
from chatops.platforms.slack import forms
from chatops.platforms.slack.fields import Offer
from chatops.platforms.slack.files import READ
from chatops.platforms.slack.hearing import Hearing
from chatops.platforms.slack.home import HELP, Home
from chatops.platforms.slack.people import People, Workspace
from chatops.platforms.slack.record import PLATFORM, SlackRecord, Speaker
from chatops.platforms.slack.rich_text import Json
from chatops.platforms.slack.voice import Voice, Whereto
from chatops.platforms.slack.web_api import WebApi
from chatops.verbs import Command, Kind
from config.texts import texts_in
from digests.courier.parcels import NotDelivered, NotYet
from digests.markup import escape
from storage.database import Session
from storage.messages import Message
from storage.people import person_known_as
from storage.rules import RuleBroken

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Said:
    """Who said what where. `once`, `twins` and `under` are as in an Invocation.

    `text` has Slack's own signs, unless `plain`.
    """

    user: str
    text: str
    once: str
    channel: str = ""
    twins: tuple[str, ...] = ()
    body: str = ""
    reacted: bool = False
    under: str = ""
    plain: bool = False
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Desk:
    """Everything a listener needs. `workspace` tells where we are, once Slack has said so."""

    api: WebApi
    record: SlackRecord
    people: People
    hearing: Hearing
    voice: Voice
    home: Home
    commands: Sequence[Command]
    workspace: Callable[[], Workspace]
    now: Callable[[], datetime]

    async def invocation(self, said: Said) -> Invocation:
        """What somebody said, as Tuva understands it. A direct conversation is no room."""
        place = self.workspace()
        told = (said.text, ()) if said.plain else await self.people.mentions(said.text, place.tenant, place.bot)
        text, mentions = told
        line, body = grammar.line_and_body(text)
        return Invocation(
            platform=PLATFORM,
            tenant=place.tenant,
            account=said.user,
            line=line,
            body=said.body or body,
            at=self.now(),
            once=said.once,
            twins=said.twins,
            room=said.channel if said.channel and not said.channel.startswith("D") else None,
            reacted=said.reacted,
            under=said.under,
            mentions=mentions,
            attachments=said.attachments,
        )

    async def answer(self, invocation: Invocation, to: Whereto) -> Reply | None:
        """What Tuva says to it. None when that takes too long: it is said when it is there."""
        return await self.hearing.answer(invocation, lambda reply: self.voice.say(reply, to))

    def read(self, line: str, body: str = "") -> Reading | None:
        """What a line means; None when that must be told by answering it."""
        try:
            return grammar.read(line, body, self.commands)
        except RuleBroken:
            return None

    async def open_form(
        self,
        reading: Reading,
        trigger: str,
        invocation: Invocation,
        to: Whereto,
        filled: Mapping[str, str] | None = None,
    ) -> None:
        """Show the form of what the line begins. A trigger is good for three seconds, once.

        Who is heard for the first time is recognised by asking for help: no form is shown to a stranger.
        """
        speaker = await self.record.speaker(invocation.tenant, invocation.account, invocation.room)
        if not speaker.is_known:
            reply = await self.hearing.known(replace(invocation, line=HELP, body=""))
            if reply.refused:
                await self.voice.say(reply, to)
                return
            speaker = await self.record.speaker(invocation.tenant, invocation.account, invocation.room)
        try:
            begun = await self.record.read(lambda session: _begun(session, reading, invocation))
        except RuleBroken as broken:
            await self.voice.say(_refusal(broken, speaker.language), to)
            return
        asked = (invocation.tenant, invocation.account, invocation.room)
        people = await self.record.people(*asked) if _names_people(reading) else ()
        view = _form(reading, speaker, people, {**begun, **(filled or {})}, to)
        if reading.verb.takes_picture and READ in self.api.scopes:  # without it Slack refuses the whole form
            view = forms.with_picture(view, invocation.attachments, texts_in(speaker.language))
        await self._show(view, trigger, speaker, to)

    async def _show(self, view: Json, trigger: str, speaker: Speaker, to: Whereto) -> None:
        try:
            await self.api.call("views_open", trigger_id=trigger, view=view)
        except (NotDelivered, NotYet):
            late = Message(texts_in(speaker.language).say("form-late"))
            await self.voice.say(Reply(late, refused=True, language=speaker.language), to)

    async def enter(self, channel: str, to: Whereto, language: str) -> None:
        """Be in a channel that is a group's from now on; into one that is not public somebody must invite us."""
        try:
            answer = await self.api.call("conversations_info", repeatable=True, channel=channel)
            if not answer["channel"].get("is_member"):
                await self.api.call("conversations_join", repeatable=True, channel=channel)
        except (NotDelivered, NotYet):
            await self.voice.say_words(texts_in(language).say("slack-invite-me"), to)

    async def not_stored_yet(self, invocation: Invocation) -> str:
        """The sentence for whoever waits longer than usual."""
        speaker = await self.record.speaker(invocation.tenant, invocation.account)
        return texts_in(speaker.language).say("not-stored-yet")


def is_empty(reading: Reading) -> bool:
    """A command that makes something of a title, or sets a day, and got none."""
    if reading.verb.on_noun:
        return False
    if any(argument.kind is Kind.DAY for argument in reading.verb.arguments):
        return not any(reading.arguments.values())
    titles = [argument.name for argument in reading.verb.arguments if argument.kind is Kind.TITLE]
    return any(not reading.arguments.get(name) for name in titles)


def wants_a_form(reply: Reply) -> bool:
    """It cannot be done before somebody has written more."""
    return bool(reply.asks) or reply.why in ("edit-what", "change-what")


def _begun(session: Session, reading: Reading, invocation: Invocation) -> Mapping[str, str]:
    """What stands in its form already. Raises RuleBroken when there is nothing to be done with that."""
    person = person_known_as(session, PLATFORM, invocation.account, invocation.tenant)
    if reading.verb.begun is None or person is None:
        return {}
    return reading.verb.begun(session, person, reading.number, reading.arguments)


def _names_people(reading: Reading) -> bool:
    return any(argument.kind in (Kind.PERSON, Kind.PEOPLE) for argument in reading.verb.arguments)


def _form(
    reading: Reading, speaker: Speaker, people: Sequence[tuple[str, str]], filled: Mapping[str, str], to: Whereto
) -> Json:
    return forms.form(
        reading.command,
        reading.verb,
        texts_in(speaker.language),
        line=grammar.line_of(reading),
        offer=Offer(speaker.groups, people),
        filled=filled,
        room=to.channel,
    )


def _refusal(broken: RuleBroken, language: str) -> Reply:
    facts = {name: escape(fact) for name, fact in broken.facts.items()}
    return Reply(Message(texts_in(language).say(broken.key, **facts)), refused=True, why=broken.key, language=language)
