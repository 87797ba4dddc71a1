"""Pictures on Matrix: one that somebody sent is read, one of ours is given to the homeserver.

spec.matrix.org/latest/client-server-api/#content-repository
"""

import re
from dataclasses import dataclass
from urllib.parse import quote

from chatops.platforms.matrix.content import Content
from chatops.platforms.matrix.homeserver import Homeserver
from chatops.platforms.pictures import Copies
from digests.courier.parcels import Blame, NotDelivered, Outcome
from storage.messages import Illustration
from storage.rules import RuleBroken

DOWNLOAD = "/_matrix/client/v1/media/download"
UPLOAD = "/_matrix/media/v3/upload"
MXC = re.compile(r"mxc://([^/?#\s]+)/([A-Za-z0-9_-]+)")
JPEG = "image/jpeg"
NAME = "tuva.jpg"


@dataclass(frozen=True)
class Media:
    """The homeserver's content repository."""

    server: Homeserver

    async def read(self, address: str) -> bytes:
        """What an `mxc:` address leads to. Raises NotDelivered and NotYet; RuleBroken when it cannot be had."""
        found = MXC.fullmatch(address)
        if found is None:
            raise RuleBroken("picture-gone")
        try:
            return await self.server.download("/".join((DOWNLOAD, *(quote(part, safe="") for part in found.groups()))))
        except NotDelivered as failure:
            if failure.outcome is Outcome.REFUSED:
                raise RuleBroken("picture-gone") from None
            raise

    async def give(self, jpeg: bytes) -> str:
        """The homeserver has it: its `mxc:` address. Raises NotDelivered and NotYet. Twice is seen by nobody."""
        try:
            return str((await self.server.upload(f"{UPLOAD}?filename={NAME}", jpeg, JPEG))["content_uri"])
        except NotDelivered as failure:
            if failure.outcome is Outcome.AMBIGUOUS:
                raise NotDelivered(Outcome.NOT_SENT, failure.reason, Blame.WAY) from None
            raise


@dataclass(frozen=True)
class Gallery:
    """The record's pictures, as events."""

    media: Media
    copies: Copies

    async def shown(self, illustration: Illustration) -> Content | None:
        """The picture, its words beside it (spec: #mimage); None when it is gone, or the homeserver takes none.

        Raises NotDelivered and NotYet.
        """
        address = await self.copies.of(illustration.number, self.media.give)
        if not address:
            return None
        about = {"w": illustration.width, "h": illustration.height, "mimetype": JPEG}
        named = {"body": illustration.alt, "filename": NAME, "url": address, "info": about}
        return {"msgtype": "m.image", **named, "m.mentions": {}}
