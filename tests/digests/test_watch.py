"""The watch: small steps of the clock pass, a jump holds all sending until the clock is right again."""

import asyncio
import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from digests.clock import Clock
from digests.courier import Courier
from digests.courier.pace import Pace
from digests.courier.parcels import Carry, Parcel
from digests.watch import Watch
from living import propose
from people import ANA, MONDAY
from storage import delivery, outbox
from storage.database import Database
from storage.outbox import OutboxKind

MINUTE = timedelta(minutes=1)
WEEK = timedelta(weeks=1)


@dataclass
class Time:
    """A computer's two clocks: one that can be set, and one that only runs."""

    wall: datetime = MONDAY
    run: float = 0.0

    def passes(self, much: timedelta) -> None:
        self.wall += much
        self.run += much.total_seconds()

    def is_set(self, by: timedelta) -> None:
        self.wall += by

    def watch(self) -> Watch:
        return Watch(lambda: self.wall, lambda: self.run)


@pytest.fixture
def time() -> Time:
    return Time()


@dataclass
class Posted:
    """A carrier that only writes down what it was given."""

    lanes: int = 1
    batch: int = delivery.BATCH
    urgent: Sequence[OutboxKind] = ()
    pace: Pace = field(default_factory=Pace)
    keys: list[str] = field(default_factory=list)

    @contextlib.contextmanager
    def open(self) -> Iterator[Carry]:
        def carry(parcel: Parcel) -> str:
            self.keys.append(parcel.key)
            return "ok"

        yield carry


def test_time_that_passes_is_no_jump(time: Time) -> None:
    watch = time.watch()
    time.passes(timedelta(days=400))
    assert watch.is_steady()


@pytest.mark.parametrize("by", [10 * MINUTE, -10 * MINUTE])
def test_a_step_of_ten_minutes_is_no_jump(time: Time, by: timedelta) -> None:
    watch = time.watch()
    time.is_set(by)
    assert watch.is_steady()


@pytest.mark.parametrize("by", [11 * MINUTE, timedelta(days=365), -11 * MINUTE, timedelta(hours=-1)])
def test_a_longer_step_is_a_jump_in_either_direction(time: Time, by: timedelta) -> None:
    watch = time.watch()
    time.is_set(by)
    assert not watch.is_steady()
    assert watch.skew() == by


def test_many_small_steps_do_not_add_up(time: Time) -> None:
    watch = time.watch()
    for _ in range(100):
        time.is_set(MINUTE)
        assert watch.is_steady()


def test_a_jump_is_over_when_the_clock_is_right_again_and_not_before(time: Time) -> None:
    watch = time.watch()
    time.is_set(WEEK)
    assert not watch.is_steady()
    time.passes(timedelta(days=1))
    assert not watch.is_steady()
    time.is_set(-WEEK)
    assert watch.is_steady()


def test_after_a_restart_the_new_time_is_the_time(time: Time) -> None:
    time.watch()
    time.is_set(WEEK)
    assert time.watch().is_steady()


def test_while_the_clock_has_jumped_nothing_fires(database: Database, time: Time) -> None:
    propose(database, ANA)
    watch = time.watch()
    clock = Clock(database, lambda: time.wall, lambda: None, watch.is_steady)
    clock.tick()
    time.is_set(WEEK)
    clock.tick()
    with database.reading() as session:
        assert outbox.unfinished(session) == []
    time.is_set(-WEEK)
    time.passes(WEEK)
    clock.tick()
    with database.reading() as session:
        assert len(outbox.unfinished(session)) == 5


def test_while_the_clock_has_jumped_nothing_is_sent_and_nothing_expires(database: Database, time: Time) -> None:
    propose(database, ANA)
    Clock(database, lambda: MONDAY, lambda: None).tick()
    Clock(database, lambda: MONDAY + WEEK, lambda: None).tick()
    time.passes(WEEK)
    watch, posted = time.watch(), Posted()
    courier = Courier(database, {"mail": posted}, lambda: time.wall, watch.is_steady)
    time.is_set(WEEK)  # past the letters' `not_after`
    asyncio.run(courier.drain())
    assert posted.keys == []
    time.is_set(-WEEK)
    asyncio.run(courier.drain())
    assert len(posted.keys) == 5
