"""What somebody wrote in a channel, read back because a sign under it says that it is a good example."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chatops.platforms.slack.channel import UNSEEN
from chatops.platforms.slack.hearing import NotStored
from chatops.platforms.slack.web_api import WebApi
from digests.courier.parcels import NotDelivered, NotYet, Outcome

Event = Mapping[str, Any]
# Messages that somebody writes like any other: with a file, to the channel from a thread, as "/me".
WRITTEN = frozenset({"file_share", "thread_broadcast", "me_message"})


@dataclass(frozen=True)
class Written:
    """A person's message, in Slack's own signs; without its text where that may not be read back."""

    author: str
    text: str = ""


async def written(api: WebApi, channel: str, ts: str, author: str) -> Written | None:
    """The message `ts`, which Slack says is the `author`'s. None when it is gone, or no person's.

    Raises NotStored while Slack does not answer.
    """
    try:
        message = await _at(api, "conversations_history", channel, ts)
        message = message or await _at(api, "conversations_replies", channel, ts, thread_ts=ts)
    except NotYet:
        raise NotStored from None
    except NotDelivered as failure:
        if failure.reason in UNSEEN:
            return Written(author) if author else None
        if failure.outcome is not Outcome.REFUSED:
            raise NotStored from None
        return None
    return Written(message["user"], message.get("text", "")) if is_by_a_person(message) else None


def is_by_a_person(message: Event) -> bool:
    """Not by a program, and no word of Slack's own that somebody came or went."""
    return message.get("subtype") in (None, *WRITTEN) and "bot_id" not in message and "user" in message


def once_of(body: Event) -> str:
    """By what an event is known, however often it is delivered."""
    return f"{body.get('team_id', '')}:{body['event_id']}"


async def _at(api: WebApi, method: str, channel: str, ts: str, thread_ts: str = "") -> Event:
    """The message itself; empty where it is not. In a thread its own `ts` finds it.

    docs.slack.dev/reference/methods/conversations.history and conversations.replies
    """
    where = {"ts": thread_ts} if thread_ts else {}
    answer = await api.call(method, repeatable=True, channel=channel, latest=ts, inclusive=True, limit=1, **where)
    return next((message for message in answer["messages"] if message["ts"] == ts), {})
