"""The ledger: what was delivered and what is to be sent next, made durable for several lanes by one commit."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from digests.courier.parcels import Parcel
from storage import cards, delivery
from storage.database import Database, Session
from storage.delivery import Fault
from storage.outbox import OutboxKind


@dataclass(frozen=True)
class Done:
    """What became of a parcel: its receipt, or the fault."""

    parcel: Parcel
    receipt: str = ""
    fault: Fault | None = None


@dataclass
class _Turn:
    """What one lane has to write."""

    done: Done | None
    parcel: Parcel | None
    ours: bool = False
    settled: bool = False
    broken: Exception | None = field(default=None, repr=False)


class Ledger:
    """Written by many, one sync to the disk for all who wait at that moment."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._waiting: list[_Turn] = []
        self._door = threading.Lock()
        self._writing = threading.Lock()

    def turn(self, done: Done | None, parcel: Parcel | None) -> bool:
        """Note what became of one parcel, and the intent to send the next. Returns when both are durable.

        True when the next parcel is still ours. Raises DatabaseFault: then neither is noted.
        """
        turn = _Turn(done, parcel)
        with self._door:
            self._waiting.append(turn)
        with self._writing:
            if not turn.settled:
                self._write_waiting()
        if turn.broken:
            raise turn.broken
        return turn.ours

    def _write_waiting(self) -> None:
        with self._door:
            turns, self._waiting = self._waiting, []
        try:
            with self._database.transaction() as session:
                _mark(session, [turn.done for turn in turns if turn.done])
                intents = [(turn.parcel.number, turn.parcel.token) for turn in turns if turn.parcel]
                ours = delivery.intend(session, intents, self._now()) if intents else set()
        except Exception as broken:
            ours = set()
            for turn in turns:
                turn.broken = broken
        for turn in turns:
            turn.ours = turn.parcel is not None and turn.parcel.number in ours
            turn.settled = True


def _mark(session: Session, done: list[Done]) -> None:
    sent = [one for one in done if one.fault is None]
    if sent:
        delivery.mark_sent(session, [(one.parcel.number, one.parcel.token, one.receipt) for one in sent])
    for one in done:
        if one.fault is not None:
            delivery.mark_fault(session, one.parcel.number, one.parcel.token, one.fault)
        elif one.parcel.kind is OutboxKind.CARD and one.parcel.room is not None:
            cards.posted(session, one.parcel.room, one.parcel.topic, one.receipt)
