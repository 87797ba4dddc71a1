"""Voice: what Tuva says to one person on Slack. It is said at most once; what must arrive goes through the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackClientError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from chatops.conversation import Reply
from chatops.platforms.in_short import in_short, is_seen_elsewhere
from chatops.platforms.slack import words
from chatops.platforms.slack.blocks import Post, pointing, posts
from chatops.platforms.slack.web_api import LITERAL, SILENT, TIMEOUT_SECONDS, WITHOUT_PREVIEWS, WebApi
from chatops.verbs import Command
from config.texts import LANGUAGES, texts_in
from digests.courier.parcels import NotDelivered, NotYet
from storage import crash_points
from storage.messages import Action, Message

LOG = structlog.get_logger()
# docs.slack.dev/interactivity/handling-user-interaction#message_responses
RESPONSES_LIMIT = 5


@dataclass(frozen=True)
class Whereto:
    """How somebody can be answered: by the address that came with a gesture, in a channel for them alone, directly.

    An answer that fits `replaces` what they chose from, so that they can choose again.
    """

    response_url: str = ""
    channel: str = ""
    user: str = ""
    thread: str = ""
    is_direct: bool = False
    replaces: bool = False


class Voice:
    """Says things privately."""

    def __init__(self, api: WebApi, commands: Sequence[Command]) -> None:
        self._api = api
        self._commands = commands

    async def say(self, reply: Reply, to: Whereto) -> None:
        """Say a whole reply. A person who cannot be reached is not; the record stands all the same."""
        said = self.posts(reply)
        await self.say_posts(said, replace(to, replaces=to.replaces and len(said) == 1 and not reply.refused))

    def posts(self, reply: Reply) -> tuple[Post, ...]:
        """A reply as Slack shows it: one message with the acknowledgement, and as many behind as Slack takes."""
        message, texts = message_of(replace(reply, aside=self.typeable(reply.aside))), texts_in(reply.language)
        said = posts(message if reply.about else self._typeable(message), texts)
        if len(said) > RESPONSES_LIMIT + 1:
            return (*said[:RESPONSES_LIMIT], *posts(Message(texts.say("slack-too-long")), texts))
        return (*said[:-1], pointing(said[-1], reply.rooms, texts)) if is_seen_elsewhere(reply) else said

    def _typeable(self, message: Message) -> Message:
        subject, body, foot = map(self.typeable, (message.subject, message.body, message.foot))
        return replace(message, subject=subject, body=body, foot=foot)

    def typeable(self, words_of_ours: str) -> str:
        """Our own words, with every command as it can be typed here."""
        return words.typeable(words_of_ours, self._commands)

    async def say_words(self, sentence: str, to: Whereto) -> None:
        """Say one sentence of ours."""
        said = posts(self._typeable(Message(sentence)), texts_in(LANGUAGES[0]))
        await self.say_posts(said, replace(to, replaces=False))

    async def say_posts(self, said: tuple[Post, ...], to: Whereto) -> None:
        """Say these messages, one after the other."""
        try:
            for post in said:
                await self._say(post, to)
        except (NotDelivered, NotYet, SlackClientError, ClientError, OSError, TimeoutError) as failure:
            LOG.warning("slack.not_said", reason=getattr(failure, "reason", type(failure).__name__))

    async def _say(self, post: Post, to: Whereto) -> None:
        if to.response_url:
            await _respond(post, to)
            return
        said: dict[str, Any] = {"channel": to.channel, "text": post.text, "blocks": post.blocks, **LITERAL}
        if to.thread:
            said["thread_ts"] = to.thread
        if to.is_direct:
            await self._api.call("chat_postMessage", **said, **WITHOUT_PREVIEWS)
        else:
            await self._api.call("chat_postEphemeral", user=to.user, **said)


async def _respond(post: Post, to: Whereto) -> None:
    webhook = AsyncWebhookClient(to.response_url, timeout=TIMEOUT_SECONDS, retry_handlers=[], logger=SILENT)
    crash_points.reached("slack.respond")
    said: dict[str, Any] = {"text": post.text, "blocks": post.blocks, "response_type": "ephemeral"}
    answer = await webhook.send(**said, replace_original=to.replaces)
    crash_points.reached("slack.responded")
    if answer.status_code != HTTPStatus.OK:
        LOG.warning("slack.not_said", reason=f"http_{answer.status_code}")


def message_of(reply: Reply) -> Message:
    """What there is to say; a question has its button."""
    message = reply.message
    if reply.asks:
        verb, number = reply.asked
        texts = texts_in(reply.language)
        answer = Action(texts.say(f"button-{verb}"), reply.asks)
        return Message(texts.say(f"slack-why-{verb}", number=number), message.subject, (*message.actions, answer))
    return in_short(reply)
