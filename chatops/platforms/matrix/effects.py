"""Effects: what was put down is acted on, a room's things one after the other, also what a crash left behind."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog

from chatops.platforms.matrix.gestures import Gestures
from chatops.platforms.matrix.heard import DEPARTURE, GAP, INVITATION, QUESTION, Heard
from chatops.platforms.matrix.messages import Messages
from chatops.platforms.matrix.record import MatrixRecord
from chatops.platforms.matrix.rooms import Rooms
from digests.courier.parcels import NotDelivered, NotYet, Outcome
from storage.database import DatabaseAway, DiskFull
from storage.inbox import InboxState

LOG = structlog.get_logger()
Act = Callable[[Heard], Awaitable[None]]
# What waits for a homeserver or a database that does not answer.
REST_SECONDS = 2.0


class Effects:
    """Acts until cancelled."""

    def __init__(self, record: MatrixRecord, messages: Messages, gestures: Gestures, rooms: Rooms) -> None:
        self._record = record
        self._woken = asyncio.Event()
        self._fresh: list[Heard] = []
        self._is_idle = False
        self._acts: Mapping[str, Act] = {
            "m.room.message": messages.hear,
            "m.reaction": gestures.react,
            "m.room.redaction": gestures.redact,
            "m.room.encryption": rooms.encrypt,
            "m.room.encrypted": rooms.encrypt,
            "m.room.tombstone": rooms.move,
            "m.room.member": rooms.meet,
            INVITATION: rooms.invite,
            DEPARTURE: rooms.depart,
            GAP: rooms.miss,
            QUESTION: gestures.questions.hear,
        }

    def wake(self, heard: Sequence[Heard] = ()) -> None:
        """This was put down just now; or something else may wait."""
        self._fresh += heard
        self._woken.set()

    async def run(self) -> None:
        """Act on what waits, and on what comes."""
        while True:
            self._woken.clear()
            try:
                pause = await self.act()
            except Exception:
                LOG.exception("matrix.no_effects")
                pause = REST_SECONDS
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), pause)

    async def act(self) -> float | None:
        """Act on all that waits. Returns after how many seconds to look again; None when nothing is left.

        Where nothing older waits, what was put down just now need not be looked up.
        """
        waiting = self._fresh if self._is_idle else []
        self._fresh, self._is_idle = [], False
        while waiting := waiting or await self._record.waiting():
            in_rooms: dict[str, list[Heard]] = {}
            for heard in waiting:
                in_rooms.setdefault(heard.room, []).append(heard)
            found = await asyncio.gather(*(self._in_turn(room) for room in in_rooms.values()))
            if pauses := {pause for pause in found if pause}:
                return min(pauses)
            waiting = []
        self._is_idle = True
        return None

    async def _in_turn(self, in_room: list[Heard]) -> float:
        """What happened in one room. Returns how long to wait with what must wait, 0 when nothing must.

        What must wait keeps the rest of the room back: the last word wins, so none may be overtaken.
        """
        for heard in in_room:
            if pause := await self._act_on(heard):
                return pause
        return 0.0

    async def _act_on(self, heard: Heard) -> float:
        try:
            await self._acts[heard.kind](heard)
        except (NotDelivered, NotYet, DatabaseAway, DiskFull) as fault:
            LOG.warning("matrix.no_effect_yet", kind=heard.kind, reason=str(fault))
            if not _is_for_good(fault):
                return REST_SECONDS
            await self._record.done(heard, InboxState.FAILED)
        except Exception:
            LOG.exception("matrix.failed", kind=heard.kind)
            await self._record.done(heard, InboxState.FAILED)
        return 0.0


def _is_for_good(fault: Exception) -> bool:
    return isinstance(fault, NotDelivered) and fault.outcome is Outcome.REFUSED
