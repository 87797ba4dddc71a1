"""Carriers for tests of the courier, and the outbox they carry out."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from digests.courier import Courier
from digests.courier.pace import Pace
from digests.courier.parcels import Blame, Carry, NotDelivered, Outcome, Parcel
from people import MONDAY
from storage import delivery, outbox
from storage.database import Database
from storage.outbox import OutboxKind, OutboxState


class Hands:
    """A carrier that does the same with every parcel. `opened` counts the lanes that were opened."""

    batch = delivery.BATCH
    urgent: Sequence[OutboxKind] = ()

    def __init__(self, carry: Carry, lanes: int = 1, per_minute: int = 0) -> None:
        self._carry = carry
        self.lanes = lanes
        self.pace = Pace(per_minute)
        self.opened = self.closed = 0

    @contextmanager
    def open(self) -> Iterator[Carry]:
        """One lane."""
        self.opened += 1
        yield self._carry
        self.closed += 1


def wish(database: Database, key: str, address: str = "bo@example.org", not_after: datetime | None = None) -> None:
    """Wish for one letter."""
    with database.transaction() as session:
        outbox.put(
            session,
            key=key,
            route="mail",
            kind=OutboxKind.LETTER,
            address=address,
            parts={"text": key},
            now=MONDAY,
            not_after=not_after,
        )


def wish_many(database: Database, count: int) -> None:
    """Wish for one letter to each of so many readers."""
    for number in range(count):
        wish(database, str(number), f"reader-{number}@example.org")


def carry(database: Database, carrier: Hands, now: datetime = MONDAY) -> Courier:
    """Carry what is due on the route of mail."""
    courier = Courier(database, {"mail": carrier}, lambda: now)
    asyncio.run(courier.drain())
    return courier


def states(database: Database) -> list[tuple[OutboxState, str]]:
    """Everything not yet sent or ended: its state, and why."""
    with database.reading() as session:
        return [(entry.state, entry.reason) for entry in outbox.unfinished(session)]


def recording(carried: list[str], lanes: int = 1, per_minute: int = 0) -> Hands:
    """A carrier that notes the keys of what it carries."""

    def carry(parcel: Parcel) -> str:
        carried.append(parcel.key)
        return "ok"

    return Hands(carry, lanes, per_minute)


def failing(outcome: Outcome, blame: Blame = Blame.ENTRY) -> Hands:
    """A carrier that delivers nothing."""

    def carry(parcel: Parcel) -> str:
        raise NotDelivered(outcome, "because", blame)

    return Hands(carry)


async def until(true: Callable[[], bool]) -> None:
    """Wait for it, ten seconds at most."""
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.01)
