"""The courier: everything wished for is carried, in order, and what fails is told."""

import asyncio
from datetime import timedelta

from carrying import Hands, carry, failing, recording, states, until, wish
from digests.courier import Courier
from digests.courier.parcels import Blame, Outcome, Parcel
from digests.courier.tries import TRIES_LIMIT, wait_after
from people import MONDAY
from storage import outbox
from storage.database import Database
from storage.outbox import OutboxState


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


def test_a_way_that_gives_a_sign_again_rests_no_longer(database: Database) -> None:
    wish(database, "a")
    courier = carry(database, failing(Outcome.NOT_SENT, Blame.WAY))
    wish(database, "b", "chen@example.org")
    asyncio.run(courier.drain())
    assert [reason for _, reason in states(database)] == ["because", ""]
    courier.resume("mail")
    asyncio.run(courier.drain())
    assert [reason for _, reason in states(database)] == ["because", "because"]
