"""The homeserver: one call at a time over nio's transport, and its faults told in the courier's words.

nio would try again by itself, without end, and reads whole rooms out of every answer: here an answer is the JSON that
the homeserver sent, and whoever made a call decides what comes next (spec.matrix.org client-server api).
"""

import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from aiohttp import ClientConnectorError, ClientError, ClientResponse, ClientTimeout
from nio import AsyncClient, AsyncClientConfig

from chatops.platforms.matrix.batches import Json
from chatops.platforms.pictures import read_at_most
from config.settings import MatrixSettings
from digests.courier.parcels import Blame, NotDelivered, NotYet, Outcome
from storage import crash_points

TIMEOUT_SECONDS = 30.0
# How long a homeserver lets one wait that does not say how long.
REST_SECONDS = 5.0
LONGEST_REST_SECONDS = 3600.0
# A longer rest from inviting is about one person, whom others invite too (Synapse, rc_invites per_user).
REST_OF_ALL = timedelta(minutes=1)
API = "/_matrix/client/v3/"
# What only the operator can cure.
OPERATORS = frozenset(
    {
        "M_UNKNOWN_TOKEN",
        "M_MISSING_TOKEN",
        "M_USER_DEACTIVATED",
        "M_USER_LOCKED",
        "M_USER_SUSPENDED",
        "M_CONSENT_NOT_GIVEN",
    }
)
# What is no answer of a homeserver's.
UNREADABLE = (ClientError, TimeoutError, OSError, ValueError)
JSON = "application/json"
# Twenty megabytes over a slow line.
MEDIA_SECONDS = 60.0
Query = Mapping[str, str] | None
Told = TypeVar("Told")
Read = Callable[[ClientResponse], Awaitable[Told]]
logging.getLogger("nio").setLevel(logging.CRITICAL)


class Homeserver:
    """The homeserver, as the account of the settings. Close it when it is no longer needed."""

    def __init__(self, settings: MatrixSettings) -> None:
        config = AsyncClientConfig(encryption_enabled=False, max_timeouts=0, max_limit_exceeded=0)
        self.user = settings.user_id
        self._token = settings.access_token.get_secret_value()
        self._client = AsyncClient(settings.homeserver.rstrip("/"), self.user, settings.device_id, config=config)
        self._rests_until: dict[str, float] = {}

    async def ask(self, *path: str, query: Query = None, patience: float = TIMEOUT_SECONDS) -> Json:
        """GET, within `patience` seconds. Raises NotDelivered, whose reason is Matrix's own word for it, and NotYet."""
        return await self._call("GET", path_to(*path, query=query), None, patience)

    async def put(self, *path: str, content: Json) -> Json:
        """PUT: doing it twice is as doing it once. Raises NotDelivered, and NotYet while we are asked to wait."""
        return await self._in_turn("PUT", path, content, None)

    async def post(self, *path: str, content: Json, query: Query = None) -> Json:
        """POST. Raises NotDelivered, and NotYet while we are asked to wait."""
        return await self._in_turn("POST", path, content, query)

    async def delete(self, *path: str) -> None:
        """DELETE. Raises NotDelivered and NotYet."""
        await self._call("DELETE", path_to(*path), None, TIMEOUT_SECONDS)

    async def send(self, room: str, kind: str, content: Json, once: str) -> str:
        """Send an event once, however often it is called with the same `once`. Returns its id.

        Homeservers remember that for a day, or less: spec.matrix.org client-server api, transaction identifiers.
        """
        answer = await self.put("rooms", room, "send", kind, once, content=content)
        return str(answer["event_id"])

    async def redact(self, room: str, event: str, once: str) -> None:
        """Take an event away."""
        await self.put("rooms", room, "redact", event, once, content={})

    async def state(self, room: str, kind: str, key: str = "") -> Json | None:
        """The content of a state event; None where there is none. Raises NotDelivered and NotYet."""
        try:
            return await self.ask("rooms", room, "state", kind, key)
        except NotDelivered as failure:
            if failure.reason != "M_NOT_FOUND":
                raise
            return None

    async def have(self, room: str, kind: str, content: Json, key: str = "") -> None:
        """A state event says this, as far as what is named goes; sent only where it does not. Raises as above."""
        before = await self.state(room, kind, key) or {}
        if not content.items() <= before.items():
            await self.put("rooms", room, "state", kind, key, content=content)

    async def download(self, path: str) -> bytes:
        """A content, no larger than a picture may be. Raises NotDelivered, NotYet, and RuleBroken when it is larger."""
        return bytes(await self._exchange("GET", path, None, MEDIA_SECONDS, JSON, _content))

    async def upload(self, path: str, content: bytes, kind: str) -> Json:
        """POST a content. Raises NotDelivered and NotYet."""
        return dict(await self._exchange("POST", path, content, MEDIA_SECONDS, kind, _read))

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close()

    async def _in_turn(self, method: str, path: Sequence[str], content: Json, query: Query) -> Json:
        """A homeserver limits what an account sends, in whatever room; and how often it joins, invites and creates."""
        limit = _limit_of(path)
        if (rest := self._rests_until.get(limit, 0.0) - time.monotonic()) > 0:
            raise NotYet(timedelta(seconds=rest))
        try:
            return await self._call(method, path_to(*path, query=query), content, TIMEOUT_SECONDS)
        except NotYet as pause:
            if limit != "invite" or pause.after <= REST_OF_ALL:
                self._rests_until[limit] = time.monotonic() + pause.after.total_seconds()
            raise

    async def _call(self, method: str, path: str, content: Json | None, seconds: float) -> Json:
        data = None if content is None else json.dumps(content, ensure_ascii=False).encode()
        return await self._exchange(method, path, data, seconds, JSON, _read)

    async def _exchange(
        self, method: str, path: str, data: bytes | None, seconds: float, kind: str, read: Read[Told]
    ) -> Told:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": kind}
        crash_points.reached("matrix.call")
        try:
            answer = await self._client.send(method, path, data, headers, timeout=ClientTimeout(total=seconds))
            if answer.status >= 400:
                raise self._refused(method, answer, await _read(answer))
            told = await read(answer)
        except ClientConnectorError:
            raise NotDelivered(Outcome.NOT_SENT, "homeserver_unreachable", Blame.WAY) from None
        except UNREADABLE as fault:
            raise _lost(method, type(fault).__name__, Blame.WAY) from None
        crash_points.reached("matrix.called")
        return told

    def _refused(self, method: str, answer: ClientResponse, told: Json) -> Exception:
        error = str(told.get("errcode") or f"http_{answer.status}")
        if answer.status == 429:
            seconds = _seconds(answer.headers.get("Retry-After"), told.get("retry_after_ms"))
            return NotYet(timedelta(seconds=seconds))
        if error in OPERATORS:
            return NotDelivered(Outcome.NOT_SENT, error, Blame.OPERATOR)
        if answer.status >= 500:  # a gateway speaks for a homeserver that is away
            return _lost(method, error, Blame.ENTRY if answer.status == 500 else Blame.WAY)
        return NotDelivered(Outcome.REFUSED, error)


def path_to(*parts: str, query: Query = None) -> str:
    """Where something is, each part quoted: ids hold any sign."""
    asked = f"?{urlencode(query)}" if query else ""
    return API + "/".join(quote(part, safe="") for part in parts).rstrip("/") + asked


def _limit_of(path: Sequence[str]) -> str:
    """What is counted together: `send`, in all rooms; `state`, `join`, `createRoom` each by itself."""
    return path[2] if path[0] == "rooms" else path[0]


async def _content(answer: ClientResponse) -> bytes:
    try:
        return await read_at_most(answer.content)
    finally:
        answer.close()


async def _read(answer: ClientResponse) -> Json:
    """Raises ValueError when it is no homeserver that answers."""
    told = json.loads(await answer.read())
    if not isinstance(told, dict):
        raise ValueError("not an object")
    return told


def _seconds(header: str | None, milliseconds: Any) -> float:
    """What `Retry-After` says, else the older `retry_after_ms`; an hour at most."""
    if header and header.isdecimal():
        return min(float(header), LONGEST_REST_SECONDS)
    return min(milliseconds / 1000, LONGEST_REST_SECONDS) if isinstance(milliseconds, int) else REST_SECONDS


def _lost(method: str, reason: str, blame: Blame) -> NotDelivered:
    """Nobody knows whether it was done. Asking does nothing, so then it was not."""
    if method == "GET":
        return NotDelivered(Outcome.NOT_SENT, reason, Blame.WAY)
    return NotDelivered(Outcome.AMBIGUOUS, reason, blame)
