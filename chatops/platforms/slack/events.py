"""Events: mentions, direct messages and reactions.

Slack delivers an event again until it is acknowledged, and sometimes twice all the same. So it is acknowledged once its
effect is stored, and stored under all its names (docs.slack.dev/apis/events-api#retries).
"""

import re
from dataclasses import dataclass

import structlog
from slack_bolt.async_app import AsyncApp

from chatops.commands.reactions import line_meant
from chatops.conversation import Invocation
from chatops.platforms.slack.desk import Body, Desk, Said
from chatops.platforms.slack.files import attachments_of
from chatops.platforms.slack.hearing import NotStored
from chatops.platforms.slack.threads import Threads
from chatops.platforms.slack.voice import Whereto
from chatops.platforms.slack.written import Event, is_by_a_person, once_of, written

LOG = structlog.get_logger()
ANYTHING = re.compile(".*", re.DOTALL)
# Slack's names for the emoji that mean a reaction; skin tones stand behind two colons.
EMOJI = {
    "+1": "yes",
    "thumbsup": "yes",
    "-1": "no",
    "thumbsdown": "no",
    "pray": "thanks",
    "heart": "thanks",
    "bulb": "idea",
}


@dataclass(frozen=True)
class Events:
    """Listens to what happens in the workspace."""

    desk: Desk
    threads: Threads

    def register(self, app: AsyncApp) -> None:
        """Listen from now on. What means nothing to us is acknowledged, or it would come again."""
        app.event("app_mention")(self.mention)
        app.event("message")(self.message)
        app.event("reaction_added")(self.reaction)
        app.event("reaction_removed")(self.reaction)
        app.event("app_home_opened")(self.home_opened)
        app.event("tokens_revoked")(self.put_out)
        app.event("app_uninstalled")(self.put_out)
        app.event(ANYTHING)(self.nothing)

    async def mention(self, body: Body, event: Event) -> None:
        """`@tuva propose …`, also in a thread."""
        if is_a_persons(event):
            to = Whereto(channel=event["channel"], user=event["user"], thread=event.get("thread_ts", ""))
            await self._said(body, event, to)

    async def message(self, body: Body, event: Event) -> None:
        """What is written to Tuva alone needs no name in front; of what stands in channels only questions count."""
        if event.get("channel_type") != "im":
            await self.threads.hear(body, event)
        elif is_a_persons(event):
            thread = event.get("thread_ts", "")
            await self._said(body, event, Whereto(channel=event["channel"], thread=thread, is_direct=True))

    async def reaction(self, body: Body, event: Event) -> None:
        """A sign under a card means what its button means; taken away, the opposite where no later word stands."""
        item = event.get("item", {})
        meaning = EMOJI.get(event["reaction"].partition("::")[0])
        if item.get("type") != "message" or meaning is None:
            return
        noun = await self.desk.record.noun_at(item["channel"], item["ts"])
        if noun is None:
            raise NotStored
        if not noun and (event["type"], meaning) == ("reaction_added", "idea"):
            await self._suggest(body, event)
            return
        line = line_meant(noun, meaning, taken_away=event["type"] == "reaction_removed")
        if not line:
            return
        said = Said(event["user"], line, once_of(body), item["channel"], (_gesture(event),), reacted=True)
        await self._heard(said, Whereto(channel=item["channel"], user=event["user"]), quiet=True)

    async def _suggest(self, body: Body, event: Event) -> None:
        """It stands under what somebody wrote in a group's channel: whoever wrote it is asked to share it."""
        channel, ts = event["item"]["channel"], event["item"]["ts"]
        if not await self.desk.record.is_bound(channel):
            return
        place = self.desk.workspace()
        found = await written(self.desk.api, channel, ts, event.get("item_user", ""))
        if found is None or found.author == place.bot or f"<@{place.bot}>" in found.text:
            return
        text, _ = await self.desk.people.mentions(found.text, place.tenant, place.bot)
        said = Said(
            event["user"],
            f"example suggest <@{found.author}>",
            once_of(body),
            channel,
            (_gesture(event),),
            body=text,
            reacted=True,
            under=f"{channel}:{ts}",
        )
        invocation = await self.desk.invocation(said)
        if not invocation.mentions:  # Slack does not say just now who that is
            raise NotStored
        await self._answer(invocation, Whereto(channel=channel, user=event["user"]), quiet=True)

    async def home_opened(self, event: Event) -> None:
        """Somebody looks at their own page."""
        if event.get("tab", "home") == "home":
            self.desk.hearing.aside(self.desk.home.publish(self.desk.workspace().tenant, event["user"]))

    async def put_out(self, event: Event) -> None:
        """The app was taken out of the workspace; the next call tells so, and the operator sees it in /readyz."""
        LOG.error("slack.put_out", event_type=event["type"])

    async def nothing(self) -> None:
        """It means nothing to us."""

    async def _said(self, body: Body, event: Event, to: Whereto) -> None:
        text = event.get("text", "").removeprefix("/").removeprefix("!")
        names = (f"{event['channel']}:{event['ts']}", event.get("client_msg_id", ""))
        attachments = attachments_of(event.get("files") or ())
        where = (event["channel"], tuple(filter(None, names)))
        said = Said(event["user"], text, once_of(body), *where, attachments=attachments)
        await self._heard(said, to, quiet=False)

    async def _heard(self, said: Said, to: Whereto, *, quiet: bool) -> None:
        await self._answer(await self.desk.invocation(said), to, quiet=quiet)

    async def _answer(self, invocation: Invocation, to: Whereto, *, quiet: bool) -> None:
        """Raises NotStored, so that Slack delivers it again."""
        reply = await self.desk.answer(invocation, to)
        if reply is None or reply.failed:
            raise NotStored
        if reply.why != "done-already" and not (quiet and reply.changed):
            self.desk.hearing.aside(self.desk.voice.say(reply, to))


def is_a_persons(event: Event) -> bool:
    """Written by a person just now: not by a program, and no change of something older."""
    return is_by_a_person(event) and "edited" not in event


def _gesture(event: Event) -> str:
    """By what a reaction is known, however often it is delivered."""
    item = event["item"]
    return ":".join((event["type"], item["channel"], item["ts"], event["user"], event.get("event_ts", "")))
