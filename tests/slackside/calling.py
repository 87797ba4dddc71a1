"""Calls of the Web API by the real AsyncWebClient, for tests that want one answer."""

import asyncio
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from slackside.land import Land


def call(slack: Land, method: str, *, token: str | None = None, **arguments: Any) -> Any:
    """What a method answers, such as chat_postMessage; SlackApiError when it is refused. Nothing is tried twice."""
    client = AsyncWebClient(slack.bot_token if token is None else token, base_url=slack.api_url, retry_handlers=[])
    return asyncio.run(getattr(client, method)(**arguments)).data


def refusal(slack: Land, method: str, **arguments: Any) -> Any:
    """The whole answer of a call that is refused."""
    try:
        answer = call(slack, method, **arguments)
    except SlackApiError as refused:
        return refused.response.data
    raise AssertionError(f"{method} was not refused: {answer}")


def error(slack: Land, method: str, **arguments: Any) -> str:
    """The error of a call that is refused."""
    return str(refusal(slack, method, **arguments)["error"])
