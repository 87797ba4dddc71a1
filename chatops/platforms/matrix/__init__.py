"""Matrix: the second face. Built on matrix-nio's transport, with a sync loop of our own."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from chatops.conversation import House
from chatops.platforms import Answer, Health
from chatops.platforms.coalescing import Coalescing
from chatops.platforms.matrix.cards import Cards
from chatops.platforms.matrix.carrier import MatrixCarrier
from chatops.platforms.matrix.concerns import Concerns
from chatops.platforms.matrix.direct import DirectRooms
from chatops.platforms.matrix.effects import Effects
from chatops.platforms.matrix.gestures import Gestures
from chatops.platforms.matrix.heard import PLATFORM
from chatops.platforms.matrix.homeserver import Homeserver
from chatops.platforms.matrix.housing import Housing
from chatops.platforms.matrix.making import Making
from chatops.platforms.matrix.media import Gallery, Media
from chatops.platforms.matrix.messages import Messages
from chatops.platforms.matrix.nouns import Nouns
from chatops.platforms.matrix.past import REMEMBERED_FOR
from chatops.platforms.matrix.questions import Questions
from chatops.platforms.matrix.quoting import Quotes
from chatops.platforms.matrix.record import MatrixRecord
from chatops.platforms.matrix.rooms import Rooms
from chatops.platforms.matrix.spaces import Spaces
from chatops.platforms.matrix.stream import Stream
from chatops.platforms.matrix.words import Names, server_of
from chatops.platforms.matrix.written import Writings
from chatops.platforms.pictures import Copies
from chatops.verbs import Command
from config.settings import MatrixSettings
from digests.courier.parcels import NotDelivered, NotYet, Parcel
from storage.database import Database, DatabaseFault, DiskFull

LOG = structlog.get_logger()
# An answer without news comes after half a minute; a connection that is dead shows at the next.
MAY_BE_SILENT_SECONDS = 90.0
FINISH_WITHIN_SECONDS = 5.0
SETTLE_WITHIN_SECONDS = 10.0


@dataclass(frozen=True)
class Patience:
    """Between two changes of a card (seconds), and how long a homeserver surely knows what it was sent."""

    between: float = 10.0
    remembered_for: timedelta = REMEMBERED_FOR


class Matrix:
    """The platform. Made on the event loop it lives on."""

    def __init__(
        self,
        settings: MatrixSettings,
        database: Database,
        commands: Sequence[Command],
        house: House,
        now: Callable[[], datetime],
        patience: Patience | None = None,
    ) -> None:
        patience = patience or Patience()
        self._server = Homeserver(settings)
        self._names = Names(settings.user_id)
        self._record = MatrixRecord(database, settings.user_id, Concerns(self._names, commands, now), now)
        self._commands, self._house, self._now = commands, house, now
        allowed = frozenset(settings.allowed_servers or (server_of(settings.user_id),))
        making = Making(self._server)
        self._direct = DirectRooms(self._server, self._record, making)
        self._rooms = Rooms(self._server, self._record, self._direct, house, allowed, now)
        media, tenant = Media(self._server), server_of(settings.user_id)
        gallery = Gallery(media, Copies(self._record, PLATFORM, lambda: tenant))
        cards = Cards(self._server, self._record, commands, Coalescing(patience.between), gallery)
        spaces = Spaces(self._server, self._record, making)
        housing = Housing(self._server, self._record, making, spaces, now)
        speaks = (self._server, self._record, cards, self._direct, media, housing)
        self._carrier = MatrixCarrier(*speaks, commands, now, patience.remembered_for)
        self._stream = Stream(self._server, self._record)
        self._is_settled = False
        self._tasks: list[asyncio.Task[None]] = []

    def listen(self, answer: Answer) -> None:
        """Hand everything that is said to Tuva to `answer`."""
        writings = Writings(self._server, self._names, self._commands)
        nouns = Nouns(self._server, self._record)
        quotes = Quotes(self._record, writings, nouns, self._commands)
        reads = (self._server, self._record, quotes)
        messages = Messages(*reads, answer, self._names, self._commands, self._house, self._now)
        questions = Questions(self._record, nouns, writings, self._now)
        gestures = Gestures(self._record, nouns, writings, questions, answer, messages, self._now)
        self._effects = Effects(self._record, messages, gestures, self._rooms)
        self._stream.heard = self._effects.wake

    async def prepare(self) -> None:
        """Who we are is a setting."""

    async def carry(self, parcel: Parcel) -> str:
        """Do what the outbox wishes for. Returns where it stands; raises NotDelivered or NotYet."""
        return await self._carrier.carry(parcel)

    async def open(self, heard_again: Callable[[], None]) -> None:
        """Begin to hear. While the homeserver does not answer it is asked again."""
        self._stream.heard_again = heard_again
        works = (self._settle(), self._stream.run(), self._stream.keep_hold(), self._effects.run())
        self._tasks = [asyncio.create_task(work) for work in works]

    async def close(self) -> None:
        """Let go of the homeserver. The device stays: logging out would end it."""
        await self._server.close()

    async def stop(self) -> None:
        """Hear nothing more, and finish what is in hand. Another may read at once."""
        for task in self._tasks:
            task.cancel()
        await asyncio.wait(self._tasks, timeout=FINISH_WITHIN_SECONDS)
        with contextlib.suppress(DatabaseFault, DiskFull):
            await self._record.let_go()

    def health(self) -> Health:
        """Whether the homeserver is heard, and how many seconds ago it last gave a sign."""
        age = self._stream.age()
        is_heard = self._is_settled and not self._stream.fault
        return Health(is_heard and age <= MAY_BE_SILENT_SECONDS, age, self._stream.fault)

    def doors(self) -> Mapping[str, Any]:
        """The homeserver is asked; it does not come to us."""
        return {}

    async def _settle(self) -> None:
        """Whoever is told that we hear may speak: by then we are in the rooms that wait for us."""
        await self._stream.settled.wait()
        await self._learn_name()
        deadline = time.monotonic() + SETTLE_WITHIN_SECONDS
        while time.monotonic() < deadline and not await self._record.is_idle():
            await asyncio.sleep(0.1)
        self._is_settled = True

    async def _learn_name(self) -> None:
        """By which name people know us; until then, by our account."""
        with contextlib.suppress(NotDelivered, NotYet):
            profile = await self._server.ask("profile", self._names.account, "displayname")
            self._names.shown = str(profile.get("displayname", ""))
