"""What somebody wrote in a room, asked for because another finds it good, or says something of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chatops.platforms.matrix import words
from chatops.platforms.matrix.batches import Json
from chatops.platforms.matrix.homeserver import Homeserver
from chatops.platforms.matrix.words import Names, Said
from chatops.verbs import Command
from digests.courier.parcels import NotDelivered, Outcome


@dataclass(frozen=True)
class Written:
    """A message of a person's, as it reads now. `event` is the first form of it, which may stand `under` another."""

    event: str
    author: str
    text: str
    under: str


@dataclass(frozen=True)
class Writings:
    """Reads them. What is said to Tuva, and what Tuva says, is none."""

    server: Homeserver
    names: Names
    commands: Sequence[Command]

    async def at(self, room: str, event: str) -> Written | None:
        """The message; None where there is none of a person's. Raises NotDelivered and NotYet."""
        try:
            told = await self.server.ask("rooms", room, "event", event)
        except NotDelivered as failure:
            if failure.outcome is not Outcome.REFUSED:
                raise
            return None
        said = _said(told, self.names)
        author = str(told.get("sender", ""))
        if said is None or author == self.server.user or self._is_to_us(said):
            return None
        return Written(event, author, said.text, said.under)

    def _is_to_us(self, said: Said) -> bool:
        return said.addressed is not None and words.is_meant_for_us(said.addressed, self.commands)


def _said(told: Json, names: Names) -> Said | None:
    """What an event says now: a homeserver tells with it what was last put in its place.

    spec.matrix.org client-server api, aggregations of relationships
    """
    content: Any = told.get("content")
    if not isinstance(content, dict) or words.replaces(content):
        return None
    return words.said({**content, **_renewed(told)}, names)


def _renewed(told: Json) -> Json:
    latest: Any = told
    for part in ("unsigned", "m.relations", "m.replace", "content", "m.new_content"):
        latest = latest.get(part) if isinstance(latest, dict) else None
    return {key: latest[key] for key in latest if key != "m.relates_to"} if isinstance(latest, dict) else {}
