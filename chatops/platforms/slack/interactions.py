"""Interactions: slash commands, shortcuts, buttons and forms. Slack delivers each once, and waits three seconds."""

import hashlib
import re
from dataclasses import dataclass
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp

from chatops import grammar
from chatops.conversation import Invocation, Reply
from chatops.grammar import Reading
from chatops.platforms.slack import forms
from chatops.platforms.slack.desk import Body, Desk, Said, is_empty, wants_a_form
from chatops.platforms.slack.files import attachments_of, claims_to_be_a_picture
from chatops.platforms.slack.voice import Whereto
from config.texts import texts_in
from digests import markup
from storage import prose
from storage.tips import as_title_and_body

ANYTHING = re.compile(".*", re.DOTALL)
# An element whose value is a whole command line, where others hold its beginning and are called by its verb.
WHOLE_LINE = "line"


@dataclass(frozen=True)
class Interactions:
    """Listens to what people do with Slack's own means."""

    desk: Desk

    def register(self, app: AsyncApp) -> None:
        """Listen from now on."""
        app.command(ANYTHING)(self.command)
        app.shortcut(ANYTHING)(self.shortcut)
        app.action(ANYTHING)(self.press)
        app.view(ANYTHING)(self.submit)
        app.view_closed(ANYTHING)(acknowledge)
        app.options(ANYTHING)(acknowledge)

    async def command(self, ack: AsyncAck, body: Body) -> None:
        """`/propose …`, or a form for it when nothing stands behind."""
        to = Whereto(body.get("response_url", ""), body["channel_id"], body["user_id"])
        text = f"{body['command'].removeprefix('/')} {body.get('text') or ''}"
        said = Said(body["user_id"], text, body["trigger_id"], body["channel_id"])
        invocation = await self.desk.invocation(said)
        reading = self.desk.read(invocation.line, invocation.body)
        if reading and is_empty(reading) and not invocation.body:
            self.desk.hearing.aside(self.desk.open_form(reading, body["trigger_id"], invocation, to))
            await ack()
            return
        reply = await self.desk.answer(invocation, to)
        if reply is None:
            await ack(await self.desk.not_stored_yet(invocation))
        elif wants_a_form(reply):
            self._ask(reply, body, invocation, to)
            await ack()
        else:
            if reply.changed and reading and reading.verb.name == "setup":
                self.desk.hearing.aside(self.desk.enter(said.channel, to, reply.language))
            first, *rest = self.desk.voice.posts(reply)
            if rest:
                self.desk.hearing.aside(self.desk.voice.say_posts(tuple(rest), to))
            await ack(text=first.text, blocks=first.blocks, response_type="ephemeral")

    async def shortcut(self, ack: AsyncAck, body: Body) -> None:
        """A message becomes the beginning of a proposal, an example or a subgroup."""
        message = body.get("message", {})
        channel = body.get("channel", {}).get("id", "")
        to = Whereto(body.get("response_url", ""), channel, body["user"]["id"])
        attachments = attachments_of([file for file in message.get("files") or () if claims_to_be_a_picture(file)])
        said = Said(body["user"]["id"], "", body["trigger_id"], channel, attachments=attachments)
        invocation = await self.desk.invocation(said)
        reading = await self._made_of(body["callback_id"], channel, message)
        if reading:
            text, _ = await self.desk.people.mentions(message.get("text", ""), invocation.tenant, "")
            filled = _filled(reading, text, message.get("user") == self.desk.workspace().bot)
            self.desk.hearing.aside(self.desk.open_form(reading, body["trigger_id"], invocation, to, filled))
        await ack()

    async def _made_of(self, name: str, channel: str, message: Body) -> Reading | None:
        """What a message becomes. Where its card, or that of its thread, is of a noun that can be named, it is."""
        command = grammar.command_called(name, self.desk.commands)
        if command is None or command.of_message is None:
            return None
        verb = command.of_message
        noun = await self.desk.record.noun_at(channel, message.get("thread_ts") or message["ts"])
        kind, _, number = (noun or "").partition(":")
        return Reading(command, verb, arguments={kind: int(number)} if verb.may_name(kind) else {})

    async def press(self, ack: AsyncAck, body: Body) -> None:
        """A button is a command line: its name the verb, its value what stands before."""
        action = body["actions"][0]
        value = action.get("value") or (action.get("selected_option") or {}).get("value", "")
        line = value if action["action_id"].startswith(WHOLE_LINE) else f"{value} {action['action_id']}"
        user, channel = body["user"]["id"], body.get("channel", {}).get("id", "")
        container = body.get("container", {})
        at_home, is_whispered = container.get("type") == "view", bool(container.get("is_ephemeral"))
        to = Whereto(body.get("response_url", ""), channel, user, replaces=is_whispered and "selected_option" in action)
        invocation = await self.desk.invocation(Said(user, line, body["trigger_id"], channel))
        reading = self.desk.read(invocation.line)
        if reading and is_empty(reading):
            self.desk.hearing.aside(self.desk.open_form(reading, body["trigger_id"], invocation, to))
            await ack()
            return
        late = partial(self._say, invocation=invocation, to=to, at_home=at_home)
        reply = await self.desk.hearing.answer(invocation, late)
        if reply is not None and wants_a_form(reply):
            self._ask(reply, body, invocation, to)
        elif at_home:
            note = await self.desk.not_stored_yet(invocation) if reply is None else self._note(reply)
            self.desk.hearing.aside(self.desk.home.publish(invocation.tenant, user, note))
        elif reply is None:
            await self._say_not_stored(invocation, to)
        elif not reply.changed or channel not in reply.rooms or is_whispered:
            self.desk.hearing.aside(self.desk.voice.say(reply, to))
        await ack()

    async def submit(self, ack: AsyncAck, body: Body) -> None:
        """A form is a command line, written by its fields. A mistake is told where it was made."""
        view = body["view"]
        line, text, channel = forms.filled_in(view)
        user = body["user"]["id"]
        said = Said(
            user, line, _once(view, line, text), channel, body=text, plain=True, attachments=forms.sent_with(view)
        )
        invocation = await self.desk.invocation(said)
        reply = await self.desk.hearing.answer(invocation, lambda late: self._tell(late, channel, invocation))
        if reply is None:
            sentence = await self.desk.not_stored_yet(invocation)
            await ack(response_action="errors", errors={forms.field_at_fault("", view): sentence})
        elif reply.refused or reply.asks:
            field = forms.field_at_fault(reply.why, view)
            await ack(response_action="errors", errors={field: markup.text(self.desk.voice.typeable(_fault(reply)))})
        else:
            if reply.changed:
                self.desk.hearing.aside(self._tell(reply, channel, invocation))
            await ack()

    async def _tell(self, reply: Reply, channel: str, invocation: Invocation) -> None:
        """What came of a form, where it was opened: on one's own page, in a group's channel, or somewhere else."""
        user = invocation.account
        if not channel:
            await self.desk.home.publish(invocation.tenant, user, self._note(reply))
        elif await self.desk.record.is_bound(channel):
            await self.desk.voice.say(reply, Whereto(channel=channel, user=user))
        else:
            await self.desk.voice.say(reply, Whereto(channel=user, user=user, is_direct=True))

    async def _say(self, reply: Reply, *, invocation: Invocation, to: Whereto, at_home: bool) -> None:
        if at_home:
            await self.desk.home.publish(invocation.tenant, invocation.account, self._note(reply))
        else:
            await self.desk.voice.say(reply, to)

    def _ask(self, reply: Reply, body: Body, invocation: Invocation, to: Whereto) -> None:
        reading = self.desk.read(reply.asks or invocation.line)
        assert reading is not None, "a question that no line answers"
        self.desk.hearing.aside(self.desk.open_form(reading, body["trigger_id"], invocation, to))

    async def _say_not_stored(self, invocation: Invocation, to: Whereto) -> None:
        sentence = await self.desk.not_stored_yet(invocation)
        self.desk.hearing.aside(self.desk.voice.say_words(sentence, to))

    def _note(self, reply: Reply) -> str:
        """What a page says above: what was done shows in the page itself, but not what is said aside."""
        said = reply.aside if reply.changed else reply.message.whole
        return markup.text(self.desk.voice.typeable(said))


def _filled(reading: Reading, text: str, is_ours: bool) -> dict[str, str]:
    """What a message fills in. The card of a noun that is named fills in nothing: the noun does."""
    if is_ours and reading.arguments:
        return {}
    told = dict(zip(("title", "body"), as_title_and_body(text), strict=True))
    if "title" not in reading.verb.from_message:
        told = {"body": prose.clean(text)}
    return told


def _once(view: Body, line: str, body: str) -> str:
    """Slack keeps a form's hash when it is sent again after a mistake: what it then says is no repeat."""
    said = hashlib.sha256(f"{line}\n{body}".encode())
    return f"{view['id']}:{view['hash']}:{said.hexdigest()}"


def _fault(reply: Reply) -> str:
    """What is wrong in a form; of what its question asks nothing was written."""
    return texts_in(reply.language).say(f"page-{reply.asks.split()[-1]}-missing") if reply.asks else reply.message.body


async def acknowledge(ack: AsyncAck) -> None:
    """Nothing follows from it."""
    await ack()
