"""The ledger: what was delivered and what is to be sent next, made durable for several lanes by one commit."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from digests.courier.parcels import Parcel
from storage import cards, delivery
from storage.database import Database, Session
from storage.delivery import Fault, Postponed
from storage.outbox import OutboxKind


@dataclass(frozen=True)
class Done:
    """What became of a parcel: its receipt, the fault, or when it is to be tried at all."""

    parcel: Parcel
    receipt: str = ""
    fault: Fault | None = None
    later: Postponed | None = None


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
        turns: list[_Turn] = []
        try:
            with self._database.transaction() as session:
                turns = self._take_waiting()  # also who came while others were writing
                _mark(session, [turn.done for turn in turns if turn.done])
                intents = [(turn.parcel.number, turn.parcel.token) for turn in turns if turn.parcel]
                ours = delivery.intend(session, intents, self._now()) if intents else set()
        except Exception as broken:
            ours, turns = set(), turns or self._take_waiting()
            for turn in turns:
                turn.broken = broken
        for turn in turns:
            turn.ours = turn.parcel is not None and turn.parcel.number in ours
            turn.settled = True

    def _take_waiting(self) -> list[_Turn]:
        with self._door:
            turns, self._waiting = self._waiting, []
            return turns


def _mark(session: Session, done: list[Done]) -> None:
    sent = [one for one in done if one.fault is None and one.later is None]
    letters = [one for one in sent if one.parcel.kind is not OutboxKind.CARD]
    if letters:
        delivery.mark_sent(session, [_receipt(one) for one in letters])
    for card in (one for one in sent if one.parcel.kind is OutboxKind.CARD):
        if delivery.mark_sent(session, [_receipt(card)]) and card.parcel.room is not None:
            cards.posted(session, card.parcel.room, card.parcel.topic, card.receipt)
    for one in done:
        if one.fault is not None:
            delivery.mark_fault(session, one.parcel.number, one.parcel.token, one.fault)
        if one.later is not None:
            delivery.postpone(session, one.parcel.number, one.parcel.token, one.later)


def _receipt(done: Done) -> tuple[int, str, str]:
    return done.parcel.number, done.parcel.token, done.receipt
