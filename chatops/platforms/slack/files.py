"""Files on Slack: a picture that somebody sent is read, one of ours is given to Slack to show.

docs.slack.dev/messaging/working-with-files
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout
from yarl import URL

from chatops.conversation import Attachment
from chatops.platforms.pictures import read_at_most
from chatops.platforms.slack.web_api import TIMEOUT_SECONDS, WebApi
from digests.courier.parcels import Blame, NotDelivered, Outcome
from storage import crash_points
from storage.rules import RuleBroken

READ, WRITE = "files:read", "files:write"
# What Slack says where we may not.
FORBIDDEN = frozenset({"missing_scope", "not_allowed_token_type", "no_permission", "access_denied"})
GONE = frozenset({"file_not_found", "file_deleted"})
# Slack looks at a new file before it shows it (slackapi/node-slack-sdk#1865).
LOOKS_AT_MOST, BETWEEN_LOOKS_SECONDS = 12, 0.25
NAME = "tuva.jpg"
UNREACHED = (ClientError, TimeoutError, OSError)


def attachments_of(files: Sequence[Mapping[str, Any]]) -> tuple[Attachment, ...]:
    """The files of a message, as Slack tells of them: those first that claim to be pictures."""
    pictures_first = sorted(files, key=lambda file: not claims_to_be_a_picture(file))
    return tuple(
        Attachment(str(file["id"]), int(file.get("size") or 0), str(file.get("alt_txt") or ""))
        for file in pictures_first
        if "id" in file
    )


def claims_to_be_a_picture(file: Mapping[str, Any]) -> bool:
    """What Slack calls one by its name. What it is, its content tells."""
    return str(file.get("mimetype", "")).startswith("image/")


@dataclass(frozen=True)
class Files:
    """Files, with the bot's token."""

    api: WebApi

    async def read(self, file: str) -> bytes:
        """The content of a file. Raises NotDelivered and NotYet; RuleBroken when it cannot be had at all."""
        try:
            told = (await self.api.call("files_info", repeatable=True, file=file))["file"]
        except NotDelivered as failure:
            if failure.reason in FORBIDDEN:
                raise RuleBroken("picture-not-allowed") from None
            if failure.reason in GONE:
                raise RuleBroken("picture-gone") from None
            raise
        address = URL(str(told.get("url_private_download") or told.get("url_private") or ""))
        if not self._is_slacks(address):
            raise RuleBroken("picture-elsewhere")
        return await self._fetched(address)

    async def give(self, content: bytes, alt: str) -> str:
        """Slack has it: its id. In a message of ours everybody sees it who sees the message.

        Raises NotDelivered and NotYet. Once more makes one more file, which nobody sees.
        """
        try:
            return await self._given(content, alt)
        except NotDelivered as failure:
            if failure.reason in FORBIDDEN:  # for pictures alone, while all else goes on
                raise NotDelivered(Outcome.REFUSED, failure.reason) from None
            raise

    async def _given(self, content: bytes, alt: str) -> str:
        asked = {"filename": NAME, "length": len(content), "alt_txt": alt}
        told = await self.api.call("files_getUploadURLExternal", repeatable=True, **asked)
        async with self._asked("POST", URL(told["upload_url"]), data=content) as answer:
            if answer.status >= 400:
                raise _failed(answer.status)
        file = str(told["file_id"])
        await self.api.call("files_completeUploadExternal", repeatable=True, files=[{"id": file, "title": alt}])
        await self._looked_at(file)
        return file

    def _is_slacks(self, address: URL) -> bool:
        """Whom the token may be shown: Slack itself, where its Web API is."""
        home = URL(self.api.client.base_url)
        if address.scheme != home.scheme or not address.host:
            return False
        return address.origin() == home.origin() or address.host.endswith(f".{home.host}")

    async def _fetched(self, address: URL) -> bytes:
        """A redirection is not followed: it leads to where one signs in, or to somebody else."""
        token = {"Authorization": f"Bearer {self.api.client.token}"}
        async with self._asked("GET", address, headers=token) as answer:
            if answer.status in (401, 403) or 300 <= answer.status < 400:
                raise RuleBroken("picture-not-allowed")
            if answer.status in (404, 410):
                raise RuleBroken("picture-gone")
            if answer.status != 200:
                raise _failed(answer.status)
            return await read_at_most(answer.content)

    @asynccontextmanager
    async def _asked(self, method: str, address: URL, **more: Any) -> AsyncIterator[ClientResponse]:
        crash_points.reached("slack.transfer")
        session = ClientSession(timeout=ClientTimeout(total=TIMEOUT_SECONDS))
        try:
            async with (
                session,
                session.request(method, address, allow_redirects=False, proxy=self.api.client.proxy, **more) as answer,
            ):
                yield answer
            crash_points.reached("slack.transferred")
        except UNREACHED as fault:
            raise NotDelivered(Outcome.NOT_SENT, type(fault).__name__, Blame.WAY) from None

    async def _looked_at(self, file: str) -> None:
        """Slack has looked at it; or takes long, or does not tell us: then it is shown as soon as that goes."""
        for _ in range(LOOKS_AT_MOST):
            try:
                told: Mapping[str, Any] = await self.api.call("files_info", repeatable=True, file=file)
            except NotDelivered:
                return
            if told["file"].get("mimetype"):
                return
            await asyncio.sleep(BETWEEN_LOOKS_SECONDS)


def _failed(status: int) -> NotDelivered:
    return NotDelivered(Outcome.NOT_SENT, f"http_{status}", Blame.WAY)
