"""Slack's Web API: one call at a time, its limits obeyed, its faults told in the courier's words.

Nothing is tried again here: a call whose answer was lost may have been done, and only who made it knows how to look.
"""

import logging
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from digests.courier.parcels import Blame, NotDelivered, NotYet, Outcome
from storage import crash_points

TIMEOUT_SECONDS = 30
# What only the operator can cure, for every call alike (docs.slack.dev/reference/methods/chat.postMessage#errors).
OPERATORS = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "token_revoked",
        "token_expired",
        "account_inactive",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "org_login_required",
        "ekm_access_denied",
        "team_access_not_granted",
        "access_denied",
    }
)
# Slack's own trouble: whether it did what was asked, it does not say.
TROUBLE = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
# What is no answer of Slack's. The library takes any JSON and any plain text for an object (AttributeError).
UNREADABLE = (ClientError, SlackClientError, TimeoutError, OSError, ValueError, AttributeError)
# What goes with every text: names and channels in it are not looked for, and links in it grow no previews.
LITERAL = {"parse": "none", "link_names": False}
WITHOUT_PREVIEWS = {"unfurl_links": False, "unfurl_media": False}
# The library would write message texts and the socket's ticket to the log.
SILENT = logging.getLogger("tuva.slack")
SILENT.setLevel(logging.CRITICAL)


class WebApi:
    """Calls methods with the bot's token. `url` ends with `/api/`."""

    def __init__(self, token: str, url: str) -> None:
        self.client = AsyncWebClient(token, base_url=url, timeout=TIMEOUT_SECONDS, retry_handlers=[], logger=SILENT)
        # What the app may do, as Slack told with its latest answer.
        self.scopes: frozenset[str] = frozenset()
        self._resting: dict[str, float] = {}

    async def call(self, method: str, *, repeatable: bool = False, **arguments: Any) -> Mapping[str, Any]:
        """Slack's answer to `method` (`chat_postMessage`). `repeatable`: doing it twice is as doing it once.

        Raises NotDelivered, whose reason is Slack's own word, and NotYet while Slack has asked us to wait with it.
        """
        self._require_turn(method)
        crash_points.reached("slack.call")
        act = getattr(self.client, method)
        try:
            answer = await act(**arguments)
        except SlackApiError as refusal:
            raise self._refused(method, refusal, repeatable=repeatable) from None
        except ClientConnectorError:
            raise NotDelivered(Outcome.NOT_SENT, "slack_unreachable", Blame.WAY) from None
        except UNREADABLE as fault:
            raise _lost(type(fault).__name__, repeatable=repeatable) from None
        crash_points.reached("slack.called")
        if not isinstance(answer.data, dict):
            raise _lost("unreadable", repeatable=repeatable)
        if granted := answer.headers.get("x-oauth-scopes"):
            self.scopes = frozenset(scope.strip() for scope in granted.split(","))
        return answer.data

    def _require_turn(self, method: str) -> None:
        """Slack limits each method by itself (docs.slack.dev/apis/web-api/rate-limits)."""
        if (rest := self._resting.get(method, 0.0) - time.monotonic()) > 0:
            raise NotYet(timedelta(seconds=rest))

    def _refused(self, method: str, refusal: SlackApiError, *, repeatable: bool) -> Exception:
        answer = refusal.response
        if not isinstance(answer, AsyncSlackResponse):  # what was to be JSON was none
            return _lost("unreadable", repeatable=repeatable)
        if answer.status_code == 429 or _error(answer) == "ratelimited":
            seconds = _seconds(answer.headers.get("Retry-After"))
            self._resting[method] = time.monotonic() + seconds
            return NotYet(timedelta(seconds=seconds))
        error = _error(answer)
        if error in OPERATORS:
            return NotDelivered(Outcome.NOT_SENT, error, Blame.OPERATOR)
        if error in TROUBLE or answer.status_code >= 500 or not error:
            return _lost(error or f"http_{answer.status_code}", repeatable=repeatable)
        return NotDelivered(Outcome.REFUSED, error)


def _error(answer: Any) -> str:
    return str(answer.data.get("error", "")) if isinstance(answer.data, dict) else ""


def _seconds(written: str | None) -> float:
    """What `Retry-After` says; without it, as long as Slack's slowest tier lets one wait."""
    return float(written) if written and written.isdecimal() else 60.0


def _lost(reason: str, *, repeatable: bool) -> NotDelivered:
    """Nobody knows whether it was done."""
    if repeatable:
        return NotDelivered(Outcome.NOT_SENT, reason, Blame.WAY)
    return NotDelivered(Outcome.AMBIGUOUS, reason)
