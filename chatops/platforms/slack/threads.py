"""Threads: of all that people write in channels, whether it asks something under the card of one of our own examples.

What stands anywhere else is let go at once, unread and unkept.
"""

from dataclasses import dataclass

from chatops.platforms import asking
from chatops.platforms.asking import Asked
from chatops.platforms.slack.desk import Body, Desk
from chatops.platforms.slack.hearing import NotStored
from chatops.platforms.slack.record import PLATFORM
from chatops.platforms.slack.written import Event, is_by_a_person, once_of
from storage import inbox
from storage.database import Session
from storage.people import Identity


@dataclass(frozen=True)
class Threads:
    """Hears them."""

    desk: Desk

    async def hear(self, body: Body, event: Event) -> None:
        """A message, a changed one, or one that is gone. Raises NotStored, so that Slack delivers it again."""
        message, is_new = _written(event)
        bot = self.desk.workspace().bot
        if not (_is_under_ours(message, bot) and is_by_a_person(message)):
            return
        text = "" if event.get("subtype") == "message_deleted" else message.get("text", "")
        asks = asking.is_question(text) and f"<@{bot}>" not in text
        if is_new and not asks:
            return
        channel, tenant = event["channel"], self.desk.workspace().tenant
        noun = await self.desk.record.noun_at(channel, message["thread_ts"])
        if noun is None:
            raise NotStored
        if asking.is_about_an_example(noun):
            asked = Asked(Identity(PLATFORM, tenant, message["user"]), f"{channel}:{message['ts']}", asks)
            once = f"{PLATFORM}:{once_of(body)}"
            await self.desk.record.write(lambda session: self._hear(session, once, noun, asked))

    def _hear(self, session: Session, once: str, noun: str, asked: Asked) -> None:
        now = self.desk.now()
        if inbox.hear_once(session, [once], {}, now):
            asking.hear(session, noun, asked, now)


def _written(event: Event) -> tuple[Event, bool]:
    """The message that an event is about, and whether it is new (docs.slack.dev/reference/events/message)."""
    match event.get("subtype"):
        case "message_changed":
            return event["message"], False
        case "message_deleted":
            return event.get("previous_message", {}), False
    return event, True


def _is_under_ours(message: Event, bot: str) -> bool:
    """It stands in a thread that we may have begun."""
    root = message.get("thread_ts")
    return bool(root) and root != message["ts"] and message.get("parent_user_id", bot) == bot
