"""A channel: what we post there under names of ours, and how it is found again.

A name stands in the message's metadata (docs.slack.dev/messaging/message-metadata). Anybody may write one, so only what
we posted ourselves counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from chatops.platforms.slack.blocks import Post
from chatops.platforms.slack.web_api import LITERAL, WITHOUT_PREVIEWS, WebApi
from digests.courier.parcels import NotDelivered, Outcome

LOG = structlog.get_logger()
# What Slack's clock and ours may differ by.
CLOCKS_DIFFER = timedelta(minutes=1)
EVENT_TYPE = "tuva_outbox"
# What Slack says where we may not read.
UNSEEN = frozenset({"missing_scope", "not_allowed_token_type", "no_permission"})
PAGE = 100
Message = dict[str, Any]


@dataclass(frozen=True)
class Channel:
    """Channels as the carrier uses them. `bot` is our own account, once it is known.

    Every call may raise NotDelivered or NotYet.
    """

    api: WebApi
    bot: Callable[[], str]

    async def post(self, channel: str, post: Post, name: str, **thread: Any) -> Mapping[str, Any]:
        """Post under a name; a public channel that we are not in is joined."""
        try:
            return await self.api.call("chat_postMessage", channel=channel, **_dressed(post, name), **thread)
        except NotDelivered as failure:
            if failure.reason != "not_in_channel":
                raise
            await self._join(channel)
        return await self.api.call("chat_postMessage", channel=channel, **_dressed(post, name), **thread)

    async def update(self, channel: str, ts: str, post: Post, name: str) -> None:
        """Change a message of ours in place."""
        await self.api.call("chat_update", repeatable=True, channel=channel, ts=ts, **_dressed(post, name))

    async def delete(self, channel: str, ts: str) -> None:
        """Take a message of ours away; it may be gone already."""
        try:
            await self.api.call("chat_delete", repeatable=True, channel=channel, ts=ts)
        except NotDelivered as failure:
            if failure.reason != "message_not_found":
                raise

    async def pin(self, channel: str, ts: str) -> None:
        """Keep a message of ours where everybody finds it. What may not be pinned stands there all the same."""
        try:
            await self.api.call("pins_add", repeatable=True, channel=channel, timestamp=ts)
        except NotDelivered as failure:
            if failure.outcome is not Outcome.REFUSED and failure.reason not in UNSEEN:
                raise
            if failure.reason != "already_pinned":
                LOG.warning("slack.not_pinned", reason=failure.reason)

    async def direct(self, account: str) -> str:
        """The direct conversation with somebody (docs.slack.dev/reference/methods/conversations.open)."""
        answer = await self.api.call("conversations_open", repeatable=True, users=account)
        return str(answer["channel"]["id"])

    async def posted(self, channel: str, name: str, since: datetime) -> list[Message]:
        """Our messages of that name, the oldest first."""
        oldest = (since - CLOCKS_DIFFER).timestamp()
        messages = await self._messages("conversations_history", channel, oldest=f"{oldest:.6f}")
        ours = [message for message in messages if named(message) == name]
        return sorted(ours, key=lambda message: float(message["ts"]))

    async def thread(self, channel: str, ts: str) -> list[Message]:
        """Our messages under one of ours."""
        try:
            return await self._messages("conversations_replies", channel, ts=ts)
        except NotDelivered as failure:
            if failure.reason != "thread_not_found":
                raise
            return []

    async def _join(self, channel: str) -> None:
        """Into a public channel we may let ourselves in; into any other somebody must invite us."""
        try:
            await self.api.call("conversations_join", repeatable=True, channel=channel)
        except NotDelivered:
            raise NotDelivered(Outcome.REFUSED, "not_in_channel") from None

    async def _messages(self, method: str, channel: str, **where: str) -> list[Message]:
        asked: dict[str, Any] = {"channel": channel, "limit": PAGE, "include_all_metadata": True, **where}
        found: list[Message] = []
        cursor = None
        while cursor != "":
            answer = await self.api.call(method, repeatable=True, cursor=cursor, **asked)
            found += answer["messages"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
        bot = self.bot()
        return [message for message in found if not bot or message.get("user") == bot]


def named(message: Message) -> str:
    """The name of a message; empty when it has none of ours."""
    metadata = message.get("metadata") or {}
    return str(metadata.get("event_payload", {}).get("k", "")) if metadata.get("event_type") == EVENT_TYPE else ""


def _dressed(post: Post, name: str) -> dict[str, Any]:
    """All that goes with every message. What is left out of an update would be guessed by Slack."""
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"k": name}}
    return {"text": post.text, "blocks": post.blocks, "metadata": metadata, **LITERAL, **WITHOUT_PREVIEWS}
