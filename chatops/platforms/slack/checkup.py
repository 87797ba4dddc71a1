"""What Slack answers to the app as it is set up: tokens, scopes and channels, each fault with its cure."""

from collections.abc import Awaitable, Iterator, Sequence

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from chatops.platforms.slack.files import READ, WRITE
from chatops.platforms.slack.manifest import NEEDED, reason, scopes
from config.settings import SlackSettings
from config.texts import Texts

PATIENCE_SECONDS = 5
ALL = scopes(history=True)
READING_BACK = ("channels:history", "groups:history")
# What Slack says to a token that is wrong, as its pages on auth.test and apps.connections.open list it.
TOKEN_FAULTS = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)


class Refused(Exception):
    """Slack said no. Its text is Slack's word for why."""


class Unreached(Exception):
    """Slack did not answer, or somebody else did. Its text tells what happened."""


async def look(settings: SlackSettings, channels: Sequence[str], texts: Texts) -> tuple[list[str], list[str]]:
    """What is good to know and what is wrong, each a sentence. `channels` are the ids of those that are bound.

    Changes nothing in Slack, so it may run beside the service.
    """
    client = AsyncWebClient(
        settings.bot_token.get_secret_value(),
        base_url=settings.api_url,
        timeout=PATIENCE_SECONDS,
        retry_handlers=[],
    )
    try:
        notes, problems = await _bot(client, channels, texts)
        if settings.mode == "socket":
            problems += await _app(client, settings.app_token.get_secret_value(), texts)
    except Unreached as fault:
        return [], [texts.say("check-slack-unreached", url=settings.api_url, fault=str(fault))]
    return notes, problems


async def _bot(client: AsyncWebClient, channels: Sequence[str], texts: Texts) -> tuple[list[str], list[str]]:
    try:
        granted = _granted(await _asked(client.auth_test()))
    except Refused as refused:
        return [], [_told(refused, "auth.test", "check-slack-bot-token", texts)]
    problems = [
        texts.say("check-slack-scope", scope=scope, reason=reason(scope, texts))
        for scope in NEEDED
        if scope not in granted
    ]
    for channel in channels:
        problems += await _channel(client, channel, texts)
    return [*_done_without(granted, texts)], problems


def _done_without(granted: set[str], texts: Texts) -> Iterator[str]:
    """What is off because the app may not do it, as it was perhaps meant."""
    for key, wanted in (("check-slack-history", READING_BACK), ("check-slack-pictures", (READ, WRITE))):
        if missing := [scope for scope in wanted if scope not in granted]:
            yield texts.say(key, scopes=texts.listed(missing))


async def _app(client: AsyncWebClient, token: str, texts: Texts) -> list[str]:
    try:
        await _asked(client.apps_connections_open(app_token=token))
    except Refused as refused:
        return [_told(refused, "apps.connections.open", "check-slack-app-token", texts)]
    return []


async def _channel(client: AsyncWebClient, channel: str, texts: Texts) -> list[str]:
    try:
        found = (await _asked(client.conversations_info(channel=channel)))["channel"]
    except Refused as refused:
        if str(refused) == "missing_scope":  # told with the scopes
            return []
        if str(refused) == "channel_not_found":
            return [texts.say("check-slack-channel-unknown", channel=channel)]
        return [texts.say("check-slack-error", method=f"conversations.info ({channel})", error=str(refused))]
    if found.get("is_archived"):
        return [texts.say("check-slack-channel-archived", channel=f"#{found['name']}")]
    if not found.get("is_member"):
        return [texts.say("check-slack-channel-not-joined", channel=f"#{found['name']}")]
    return []


async def _asked(answer: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    """What Slack answered. Raises Refused and Unreached."""
    try:
        return await answer
    except SlackApiError as fault:
        data = getattr(fault.response, "data", None)
        if isinstance(data, dict) and data.get("error"):
            raise Refused(data["error"]) from None
        raise Unreached(str(fault).partition("\n")[0]) from None
    except AttributeError:  # the library trips over an answer in plain text
        raise Unreached("text/plain") from None
    except (aiohttp.ClientError, OSError, ValueError) as fault:
        raise Unreached(str(fault) or type(fault).__name__) from None


def _granted(answer: AsyncSlackResponse) -> set[str]:
    """The scopes of the token. Where Slack does not tell, none is thought missing."""
    return {scope.strip() for scope in answer.headers.get("x-oauth-scopes", ",".join(ALL)).split(",")}


def _told(refused: Refused, method: str, token: str, texts: Texts) -> str:
    error = str(refused)
    if error in TOKEN_FAULTS:
        return texts.say(token, error=error)
    return texts.say("check-slack-error", method=method, error=error)
