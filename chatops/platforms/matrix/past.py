"""The past of a room: what we sent there is found again, where the homeserver may not remember that it has it."""

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from chatops.platforms.matrix.batches import Json
from chatops.platforms.matrix.homeserver import Homeserver
from digests.courier.parcels import Parcel

# The field of an event that holds the name by which we know it again.
NAME = "se.tuva.oid"
# Homeservers remember what they were sent for a day, for half an hour, or until they are started anew.
REMEMBERED_FOR = timedelta(minutes=20)
# What a homeserver's clock and ours may differ by.
CLOCKS_DIFFER = timedelta(minutes=5)
PAGE = "100"
# What a card itself is called, not what goes on in its thread.
CARD = re.compile(r"card:(\w+:\d+):.*:0")


@dataclass
class Sending:
    """All that one parcel sends, each event once.

    A homeserver knows an event again by the name it was sent under (spec.matrix.org client-server api, transaction
    identifiers); when it may have forgotten, we look for it ourselves. `has_begun`: something of it has been sent.
    """

    server: Homeserver
    parcel: Parcel
    is_old: bool
    has_begun: bool = False
    _found: dict[str, str] | None = None

    @classmethod
    def of(cls, server: Homeserver, parcel: Parcel, now: datetime, remembered_for: timedelta) -> "Sending":
        """How a parcel is sent `now`."""
        return cls(server, parcel, is_old=parcel.doubtful and now - parcel.created_at > remembered_for)

    async def send(self, room: str, kind: str, content: Json, part: str) -> str:
        """Send a part of it, unless it is there. Returns the event's id. Raises NotDelivered and NotYet."""
        name = self.name(part)
        if self.is_old:
            self._found = await named(self.server, room, self.parcel.created_at) if self._found is None else self._found
            if name in self._found:
                return self._found[name]
        event = await self.server.send(room, kind, {**content, NAME: name}, name)
        self.has_begun = True
        return event

    def name(self, part: str) -> str:
        """What a part of it is called, on this installation and no other."""
        return f"{self.parcel.key}:{self.parcel.created_at.timestamp():.6f}:{part}"


def noun_of(event: Json) -> str:
    """The noun whose card an event of ours is; empty when it is none."""
    is_edit = "m.new_content" in event.get("content", {})
    named = CARD.fullmatch(str(event.get("content", {}).get(NAME, "")))
    return named.group(1) if named and not is_edit else ""


async def named(server: Homeserver, room: str, since: datetime) -> dict[str, str]:
    """Our events in a room since a moment: their ids by their names. Raises NotDelivered and NotYet."""
    found: dict[str, str] = {}
    oldest = (since - CLOCKS_DIFFER).timestamp() * 1000
    query = {"dir": "b", "limit": PAGE, "filter": json.dumps({"senders": [server.user]})}
    while True:
        page = await server.ask("rooms", room, "messages", query=query)
        for event in page.get("chunk", []):
            found[str(event.get("content", {}).get(NAME, ""))] = event["event_id"]
        if "end" not in page or any(event["origin_server_ts"] < oldest for event in page["chunk"]):
            return found
        query["from"] = page["end"]
