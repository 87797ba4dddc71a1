"""Events and gestures as signed POSTs: docs.slack.dev/authentication/verifying-requests-from-slack."""

import asyncio
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from slackside.delivery import Answer, Retry
from slackside.workspace import Json

CHALLENGE = "3eZbrw1aBm2rZgRNFdxV2595E9CY"
FORM = "application/x-www-form-urlencoded"


class HttpDelivery:
    """The route to a request URL."""

    def __init__(self, url: str, signing_secret: str, ack_seconds: float) -> None:
        self.url = url
        self.secret = signing_secret
        self.ack_seconds = ack_seconds
        self.opened = asyncio.Event()
        self.opened.set()
        self.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ack_seconds))

    async def send(self, kind: str, payload: Json, retry: Retry) -> Answer:
        """One POST, and what came back within three seconds."""
        headers = {"Content-Type": "application/json" if kind == "events_api" else FORM}
        if retry.attempt:
            headers |= {"X-Slack-Retry-Num": str(retry.attempt), "X-Slack-Retry-Reason": retry.reason}
        body = _body(kind, payload)
        try:
            async with self.session.post(self.url, data=body, headers=headers | self._signed(body)) as response:
                return await _answer(response)
        except TimeoutError:
            return Answer(error="operation_timeout", reason="http_timeout")
        except aiohttp.ClientError:
            return Answer(error="dispatch_failed", reason="connection_failed")

    async def verify(self, token: str) -> bool:
        """url_verification: whether the challenge came back."""
        body = json.dumps({"type": "url_verification", "token": token, "challenge": CHALLENGE})
        headers = {"Content-Type": "application/json"} | self._signed(body.encode())
        try:
            async with self.session.post(self.url, data=body.encode(), headers=headers) as response:
                return CHALLENGE in await response.text()
        except (aiohttp.ClientError, TimeoutError):
            return False

    def _signed(self, body: bytes) -> dict[str, str]:
        now = str(int(time.time()))
        digest = hmac.new(self.secret.encode(), f"v0:{now}:".encode() + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": f"v0={digest}", "User-Agent": "Slackbot 1.0"}


def _body(kind: str, payload: Json) -> bytes:
    if kind == "events_api":
        return json.dumps(payload).encode()
    return urlencode(payload if kind == "slash_commands" else {"payload": json.dumps(payload)}).encode()


async def _answer(response: aiohttp.ClientResponse) -> Answer:
    text = await response.text()
    if not 200 <= response.status < 300:
        final = response.headers.get("X-Slack-No-Retry") == "1"
        return Answer(error="dispatch_failed", reason="http_error", is_final=final)
    if response.content_type == "application/json":
        return Answer(json.loads(text or "null"))
    return Answer({"text": text} if text else None)
