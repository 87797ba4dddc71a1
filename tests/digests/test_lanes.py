"""The lanes of a route: how many go at once, how fast, and what a fault, a crash or a stop leaves behind."""

import asyncio
import sqlite3
import threading
import time

import pytest

from carrying import Hands, carry, failing, recording, states, until, wish, wish_many
from digests.courier import Courier
from digests.courier.pace import Pace
from digests.courier.parcels import Blame, Outcome, Parcel
from digests.courier.tries import TRIES_LIMIT, wait_after
from people import MONDAY
from storage import crash_points, delivery, leases, outbox
from storage.database import Database, DiskFull
from storage.outbox import OutboxKind, OutboxState

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


def test_a_claim_that_finds_the_disk_full_loses_no_mark(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    full = threading.Event()

    def fill(parcel: Parcel) -> str:
        full.set()
        return "ok"

    def find_no_room(point: str) -> None:
        if point == "database.commit" and full.is_set():
            full.clear()
            raise DiskFull(database.path)

    monkeypatch.setattr(crash_points, "_watchers", [find_no_room])
    wish(database, "a")
    wish(database, "b")  # due, and kept back by the first: there is something to claim
    carry(database, Hands(fill))
    with database.reading() as session:
        assert outbox.entry_numbered(session, 1).state is OutboxState.SENT


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
        leases.recover(session, MONDAY, alone=True)


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
    began = time.monotonic()
    carry(database, Hands(timing, lanes=3, per_minute=600))
    assert [moment - began >= place * 0.1 for place, moment in enumerate(sorted(at))] == [True] * 4


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
