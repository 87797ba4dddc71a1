"""Slack over HTTP: bolt's own door, behind which nothing that a stranger sends becomes an error of ours.

A signature that cannot even be read is a wrong one: bolt's check raises over it, and would answer 500
(docs.slack.dev/authentication/verifying-requests-from-slack).
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import structlog
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp

LOG = structlog.get_logger()
PATH = "/slack/events"
LARGEST_BODY = 1024 * 1024
SIGNED = (b"x-slack-signature", b"x-slack-request-timestamp")
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class HttpDoor:
    """An ASGI application for `POST /slack/events`: 401 to what Slack did not sign, 400 to what is too large."""

    def __init__(self, app: AsyncApp) -> None:
        self._inside = AsyncSlackRequestHandler(app, path=PATH)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if not _is_signed(scope):
            await _refuse(send, 401)
            return
        try:
            body = await _body(receive)
            body.decode("utf-8")
        except ValueError:
            await _refuse(send, 400)
            return
        try:
            await self._inside(scope, _given(body), _without_faults(send))
        except Exception as fault:  # bolt takes a signed body for a whole one
            LOG.warning("slack.unreadable", fault=type(fault).__name__)
            await _refuse(send, 400)


def _is_signed(scope: Scope) -> bool:
    """The headers are there, each once, and can be read: decimal seconds, and a signature in ASCII."""
    headers = [(name, value) for name, value in scope["headers"] if name in SIGNED]
    found = dict(headers)
    if len(headers) != len(SIGNED) or len(found) != len(SIGNED):
        return False
    signature, timestamp = (found[name] for name in SIGNED)
    return signature.isascii() and timestamp.isdigit() and len(timestamp) <= 12 and scope["method"] == "POST"


async def _body(receive: Receive) -> bytes:
    """The whole body. Raises ValueError when it is too large, or the sender has gone."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY or message["type"] != "http.request":
            raise ValueError
        if not message.get("more_body"):
            return bytes(body)


def _given(body: bytes) -> Receive:
    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _without_faults(send: Send) -> Send:
    """What bolt calls a fault of the server was not stored, so that Slack delivers it again: any refusal says so."""

    async def refusing(message: MutableMapping[str, Any]) -> None:
        is_fault = message["type"] == "http.response.start" and message["status"] >= 500
        await send({**message, "status": 400} if is_fault else message)

    return refusing


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})
