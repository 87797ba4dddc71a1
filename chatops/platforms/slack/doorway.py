"""The doorway: who goes into channels and out of them, and what becomes of channels.

Slack tells of it late, twice, or in another order. So of a subgroup's channel it is asked how things stand now.
"""

from dataclasses import dataclass, replace

import structlog
from slack_bolt.async_app import AsyncApp

from chatops.platforms.slack.desk import Body, Desk
from chatops.platforms.slack.hearing import NotStored
from chatops.platforms.slack.record import PLATFORM
from chatops.platforms.slack.voice import Whereto
from chatops.platforms.slack.written import Event, once_of
from config.texts import texts_in
from digests import subgroups
from digests.courier.parcels import NotDelivered, NotYet, Outcome
from storage import inbox
from storage.database import Session
from storage.people import Person, person_known_as
from storage.profiles import Profile, Stranger, recognise

LOG = structlog.get_logger()
OPENED = ("channel_unarchive", "group_unarchive")
# docs.slack.dev/reference/events: whoever was put out hears of it by one of the first three.
CLOSED = (
    *("channel_left", "group_left", "member_left_channel"),
    *("channel_archive", "group_archive", "channel_deleted", "group_deleted"),
)
UNNAMED = Profile(name="")


@dataclass(frozen=True)
class Doorway:
    """Listens to comings and goings."""

    desk: Desk

    def register(self, app: AsyncApp) -> None:
        """Listen from now on."""
        app.event("member_joined_channel")(self.joined)
        for name in OPENED:
            app.event(name)(self.opened)
        for name in CLOSED:
            app.event(name)(self.closed)

    async def joined(self, body: Body, event: Event) -> None:
        """Somebody came in; or we were let in to a channel, and whoever invited us hears what comes next."""
        if event["user"] != self.desk.workspace().bot:
            await self._arrived(body, event)
            return
        await self._try_again(event["channel"])
        await self._look(body, event["channel"])
        inviter = event.get("inviter", "")
        if inviter and not await self.desk.record.is_bound(event["channel"]):
            speaker = await self.desk.record.speaker(self.desk.workspace().tenant, inviter)
            sentence = texts_in(speaker.language).say("slack-invited")
            to = Whereto(channel=event["channel"], user=inviter)
            self.desk.hearing.aside(self.desk.voice.say_words(sentence, to))

    async def opened(self, body: Body, event: Event) -> None:
        """An archived channel is open again."""
        await self._try_again(event["channel"])
        await self._look(body, event["channel"])

    async def closed(self, body: Body, event: Event) -> None:
        """A channel is closed to us, or somebody else has left it, which changes nothing."""
        if event.get("user") == self.desk.workspace().bot or event["type"] != "member_left_channel":
            await self._look(body, event["channel"])

    async def _try_again(self, channel: str) -> None:
        if again := await self.desk.record.try_again_in(channel):
            LOG.info("slack.channel_open", again=again)

    async def _arrived(self, body: Body, event: Event) -> None:
        """Whoever goes into a subgroup's channel by themselves is in it, if they may be."""
        channel = event["channel"]
        if not await self.desk.record.is_subgroups(channel):
            return
        stranger = Stranger(PLATFORM, self.desk.workspace().tenant, event["user"], UNNAMED)
        if not await self.desk.record.read(lambda session: _known(session, stranger)):
            profile = await self.desk.people.profile(stranger.identifier, stranger.tenant)
            if profile is None:
                raise NotStored
            stranger = replace(stranger, profile=profile)
        await self.desk.record.write(
            lambda session: self._enter(session, f"{PLATFORM}:{once_of(body)}", channel, stranger)
        )

    def _enter(self, session: Session, once: str, channel: str, stranger: Stranger) -> None:
        now = self.desk.now()
        if inbox.hear_once(session, [once], {}, now):
            person = recognise(session, stranger, None, frozenset(), now)
            if person is not None:
                subgroups.arrived(session, PLATFORM, channel, person, now)

    async def _look(self, body: Body, channel: str) -> None:
        """How it stands with a subgroup's channel. Raises NotStored, so that Slack delivers the event again."""
        if await self.desk.record.is_subgroups(channel):
            turn = subgroups.found_again if await self._is_open(channel) else subgroups.lost

            def look(session: Session) -> None:
                now = self.desk.now()
                if inbox.hear_once(session, [f"{PLATFORM}:{once_of(body)}"], {}, now):
                    turn(session, PLATFORM, channel, now)

            await self.desk.record.write(look)

    async def _is_open(self, channel: str) -> bool:
        """We are in it and may write there (docs.slack.dev/reference/methods/conversations.info)."""
        try:
            about = (await self.desk.api.call("conversations_info", repeatable=True, channel=channel))["channel"]
        except (NotDelivered, NotYet) as failure:
            if isinstance(failure, NotDelivered) and failure.outcome is Outcome.REFUSED:
                return False
            raise NotStored from None
        return bool(about.get("is_member")) and not about.get("is_archived")


def _known(session: Session, stranger: Stranger) -> Person | None:
    return person_known_as(session, stranger.platform, stranger.identifier, stranger.tenant)
