"""The courier: everything wished for is carried, in order, and what fails is told."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from digests.courier import Courier
from digests.courier.pace import Pace
from digests.courier.parcels import Blame, Carry, NotDelivered, Outcome, Parcel
from digests.courier.route import TRIES_LIMIT, wait_after
from people import MONDAY
from storage import delivery, outbox
from storage.database import Database
from storage.outbox import OutboxKind, OutboxState


class Hands:
    """A carrier that does the same with every parcel. `opened` counts the lanes that were opened."""

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
    for number in range(count):
        wish(database, str(number), f"reader-{number}@example.org")


def carry(database: Database, carrier: Hands, now: datetime = MONDAY) -> Courier:
    courier = Courier(database, {"mail": carrier}, lambda: now)
    asyncio.run(courier.drain())
    return courier


def states(database: Database) -> list[tuple[OutboxState, str]]:
    with database.reading() as session:
        return [(entry.state, entry.reason) for entry in outbox.unfinished(session)]


def recording(carried: list[str], lanes: int = 1, per_minute: int = 0) -> Hands:
    def carry(parcel: Parcel) -> str:
        carried.append(parcel.key)
        return "ok"

    return Hands(carry, lanes, per_minute)


def failing(outcome: Outcome, blame: Blame = Blame.ENTRY) -> Hands:
    def carry(parcel: Parcel) -> str:
        raise NotDelivered(outcome, "because", blame)

    return Hands(carry)


def test_what_is_wished_for_is_carried_once(database: Database) -> None:
    carried: list[str] = []
    wish(database, "a")
    carry(database, recording(carried))
    carry(database, recording(carried))
    assert carried == ["a"]
    assert states(database) == []


def test_one_address_gets_its_letters_in_order(database: Database) -> None:
    carried: list[str] = []
    for key in "abcdef":
        wish(database, key)
    carry(database, recording(carried))
    assert carried == list("abcdef")


def test_a_younger_letter_waits_for_an_older_one_to_the_same_address(database: Database) -> None:
    wish(database, "a")
    carry(database, failing(Outcome.NOT_SENT))
    wish(database, "b")
    wish(database, "c", "chen@example.org")
    carried: list[str] = []
    carry(database, recording(carried))
    assert carried == ["c"]


def test_what_could_not_be_sent_is_tried_again_later(database: Database) -> None:
    wish(database, "a")
    carry(database, failing(Outcome.NOT_SENT))
    assert states(database) == [(OutboxState.RETRY, "because")]
    carried: list[str] = []
    carry(database, recording(carried), MONDAY + timedelta(minutes=1))
    assert carried == ["a"]


def test_what_was_refused_is_parked_for_a_person_to_see(database: Database) -> None:
    wish(database, "a")
    carry(database, failing(Outcome.REFUSED))
    assert states(database) == [(OutboxState.PARKED, "because")]


def test_what_nobody_knows_is_tried_again_and_flagged(database: Database) -> None:
    wish(database, "a")
    carry(database, failing(Outcome.AMBIGUOUS))
    assert states(database) == [(OutboxState.RETRY, "because")]
    with database.reading() as session:
        assert outbox.entry_numbered(session, 1).possible_duplicate


def test_after_twelve_tries_it_is_parked(database: Database) -> None:
    wish(database, "a")
    now = MONDAY
    for tries in range(1, TRIES_LIMIT + 1):
        carry(database, failing(Outcome.NOT_SENT), now)
        now += wait_after(tries)
    assert states(database)[0][0] is OutboxState.PARKED


def test_waiting_doubles_up_to_four_hours() -> None:
    assert [wait_after(tries).total_seconds() / 60 for tries in (1, 2, 3, 8, 9, 12)] == [1, 2, 4, 128, 240, 240]


def test_what_is_too_late_is_not_sent(database: Database) -> None:
    carried: list[str] = []
    wish(database, "a", not_after=MONDAY)
    carry(database, recording(carried), MONDAY + timedelta(seconds=1))
    assert carried == []
    with database.reading() as session:
        assert outbox.entry_numbered(session, 1).reason == "too_late"


def test_a_carrier_that_breaks_stops_nobody_else(database: Database) -> None:
    def breaking(parcel: Parcel) -> str:
        if parcel.key == "a":
            raise ZeroDivisionError
        return "ok"

    wish(database, "a")
    wish(database, "b", "chen@example.org")
    carry(database, Hands(breaking))
    assert states(database) == [(OutboxState.PARKED, "ZeroDivisionError")]


def test_routes_without_a_carrier_wait(database: Database) -> None:
    wish(database, "a")
    asyncio.run(Courier(database, {}, lambda: MONDAY).drain())
    assert states(database) == [(OutboxState.READY, "")]


def test_a_running_courier_is_woken_and_stops_in_order(database: Database) -> None:
    carried: list[str] = []

    async def live() -> None:
        courier = Courier(database, {"mail": recording(carried)}, lambda: MONDAY)
        running = asyncio.create_task(courier.run())
        await asyncio.to_thread(wish, database, "a")
        courier.wake()
        await until(lambda: carried == ["a"])
        courier.stop()
        await asyncio.wait_for(running, 5)

    asyncio.run(live())


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.01)


# --- lanes ---


def test_as_many_go_at_once_as_the_carrier_takes(database: Database) -> None:
    together = threading.Barrier(3, timeout=10)

    def carry_together(parcel: Parcel) -> str:
        together.wait()
        return "ok"

    wish_many(database, 3)
    carry(database, Hands(carry_together, lanes=3))
    assert states(database) == []


def test_no_more_lanes_are_opened_than_there_are_parcels(database: Database) -> None:
    hands = recording([], lanes=5)
    wish_many(database, 2)
    carry(database, hands)
    assert (hands.opened, hands.closed) == (2, 2)


def test_without_anything_due_no_lane_is_opened(database: Database) -> None:
    hands = recording([])
    carry(database, hands)
    assert hands.opened == 0


def test_a_lane_stays_open_while_there_is_work(database: Database) -> None:
    hands = recording([])
    wish_many(database, 55)
    carry(database, hands)
    assert (hands.opened, states(database)) == (1, [])


def test_one_address_is_not_served_by_two_lanes_at_once(database: Database) -> None:
    carried: list[str] = []
    for key in "abcdef":
        wish(database, key)
    carry(database, recording(carried, lanes=5))
    assert carried == list("abcdef")


def test_the_intent_is_durable_before_the_carrier_is_asked(database: Database) -> None:
    seen: list[object] = []

    def looking(parcel: Parcel) -> str:
        with sqlite3.connect(f"file:{database.path}?mode=ro", uri=True) as other:
            seen.extend(other.execute("SELECT state, intent_at IS NOT NULL, attempts FROM outbox"))
        other.close()
        return "ok"

    wish(database, "a")
    carry(database, Hands(looking))
    assert seen == [("sending", 1, 1)]


def test_the_last_mark_is_durable_before_the_next_intent(database: Database) -> None:
    seen: list[list[str]] = []

    def looking(parcel: Parcel) -> str:
        with database.reading() as session:
            seen.append([outbox.entry_numbered(session, number).state for number in (1, 2)])
        return "ok"

    wish_many(database, 2)
    carry(database, Hands(looking))
    assert seen == [["sending", "sending"], ["sent", "sending"]]


def test_what_somebody_else_took_over_is_not_sent(database: Database) -> None:
    carried: list[str] = []

    def overtaking(parcel: Parcel) -> str:
        carried.append(parcel.key)
        with database.transaction() as session:
            outbox.entry_numbered(session, 2).token = "another's"
        return "ok"

    wish_many(database, 2)
    carry(database, Hands(overtaking))
    assert carried == ["0"]


def test_a_claim_that_fails_loses_no_mark(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.database.BUSY_TIMEOUT_MS", 20)
    monkeypatch.setattr("digests.courier.route.STORE_AGAIN_SECONDS", 0.05)
    impatient = Database(f"sqlite:///{database.path}")
    wish(database, "a")
    wish(database, "b")  # due, and kept back by the first: there is something to claim

    def locking(parcel: Parcel) -> str:
        other = sqlite3.connect(database.path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        threading.Timer(0.5, other.close).start()
        return "ok"

    carry(impatient, Hands(locking))
    impatient.close()
    with database.reading() as session:
        assert outbox.entry_numbered(session, 1).state is OutboxState.SENT
        assert outbox.entry_numbered(session, 2).state is not OutboxState.SENDING


# --- blame ---


@pytest.mark.parametrize("blame", [Blame.WAY, Blame.OPERATOR])
def test_a_fault_of_the_way_is_not_charged_to_what_was_carried(database: Database, blame: Blame) -> None:
    wish(database, "a")
    courier = carry(database, failing(Outcome.NOT_SENT, blame))
    with database.reading() as session:
        entry = outbox.entry_numbered(session, 1)
    assert (entry.state, entry.attempts, entry.due_at) == (OutboxState.RETRY, 0, MONDAY)
    trouble = courier.trouble_on("mail")
    assert trouble is not None
    assert (trouble.blame, trouble.reason, trouble.since) == (blame, "because", MONDAY)


def test_a_fault_of_one_entry_is_no_trouble_of_the_route(database: Database) -> None:
    wish(database, "a")
    assert carry(database, failing(Outcome.REFUSED)).trouble_on("mail") is None


def test_a_policy_holds_an_entry_after_twelve_tries(database: Database) -> None:
    wish(database, "a")
    now = MONDAY
    for tries in range(1, TRIES_LIMIT + 1):
        carry(database, failing(Outcome.NOT_SENT, Blame.POLICY), now)
        now += wait_after(tries)
    assert states(database) == [(OutboxState.HELD, "because")]


def test_a_blocked_route_stops_no_other(database: Database) -> None:
    carried: list[str] = []
    wish(database, "a")
    with database.transaction() as session:
        facts = {"kind": OutboxKind.LETTER, "parts": {}, "now": MONDAY}
        outbox.put(session, key="b", route="console", address="room", **facts)
    carriers = {"mail": failing(Outcome.NOT_SENT, Blame.WAY), "console": recording(carried)}
    asyncio.run(Courier(database, carriers, lambda: MONDAY).drain())
    assert carried == ["b"]


def test_nothing_is_taken_while_sending_is_forbidden(database: Database) -> None:
    wish(database, "a")
    asyncio.run(Courier(database, {"mail": recording([])}, lambda: MONDAY, may_send=lambda: False).drain())
    assert states(database) == [(OutboxState.READY, "")]


# --- after a crash ---


def crashed(database: Database, keys: str) -> None:
    """These were in flight when the process died."""
    for key in keys:
        wish(database, key, f"{key}@example.org")
    with database.transaction() as session:
        rows = delivery.claim(session, "mail", "t", MONDAY)
        delivery.intend(session, [(row.id, "t") for row in rows], MONDAY)
    with database.transaction() as session:
        delivery.recover(session, MONDAY, alone=True)


def test_what_was_in_flight_at_a_crash_travels_alone(database: Database) -> None:
    in_flight: list[int] = []
    crashed(database, "abc")

    def counting(parcel: Parcel) -> str:
        with database.reading() as session:
            in_flight.append(sum(entry.state is OutboxState.SENDING for entry in outbox.unfinished(session)))
        return "ok"

    carry(database, Hands(counting, lanes=5))
    assert (in_flight, states(database)) == ([1, 1, 1], [])


# --- pace ---


def test_a_pace_spaces_what_is_carried(database: Database) -> None:
    at: list[float] = []

    def timing(parcel: Parcel) -> str:
        at.append(time.monotonic())
        return "ok"

    wish_many(database, 4)
    carry(database, Hands(timing, lanes=3, per_minute=600))
    at.sort()
    assert [later - earlier > 0.09 for earlier, later in zip(at, at[1:], strict=False)] == [True] * 3


def test_what_was_delivered_is_marked_before_the_wait(database: Database) -> None:
    wish_many(database, 2)
    courier = Courier(database, {"mail": recording([], per_minute=1)}, lambda: MONDAY)

    async def live() -> None:
        draining = asyncio.create_task(courier.drain())
        await until(lambda: len(states(database)) == 1)
        courier.stop()
        await asyncio.wait_for(draining, 5)

    asyncio.run(live())


def test_told_to_stop_the_wait_ends_and_nothing_more_goes_out(database: Database) -> None:
    carried: list[str] = []
    wish_many(database, 5)
    courier = Courier(database, {"mail": recording(carried, lanes=3, per_minute=1)}, lambda: MONDAY)

    async def live() -> None:
        draining = asyncio.create_task(courier.drain())
        await until(lambda: len(carried) == 1)
        courier.stop()
        await asyncio.wait_for(draining, 5)

    asyncio.run(live())
    assert len(carried) == 1
    assert states(database) == [(OutboxState.READY, "")] * 4


def test_a_pace_of_none_waits_for_nobody() -> None:
    pace = Pace()
    assert [pace.wait_for_turn() for _ in range(3)] == [0, 0, 0]


def test_thirty_a_minute_is_one_every_two_seconds() -> None:
    pace = Pace(30)
    assert [round(pace.wait_for_turn()) for _ in range(4)] == [0, 2, 4, 6]
