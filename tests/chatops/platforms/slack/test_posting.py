"""One card for each wish, whatever becomes of the call that posts it."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from chatops.platforms import PlatformCarrier
from chatops.platforms.slack.carrier import GRACE
from chatops.platforms.slack.record import SWEEP_AFTER
from digests.courier.parcels import NotDelivered, Outcome
from on_slack import workspace
from slack_outbox import LONG, Table
from slackland import Slack
from storage import outbox
from storage.database import Database

# What may become of a call, and whether it was done all the same.
LOST: dict[str, dict[str, Any]] = {
    "reply lost": {"kind": "lose_reply"},
    "cut": {"kind": "cut"},
    "503": {"kind": "server_error"},
    "a page": {"kind": "garbage", "what": "page"},
    "a list": {"kind": "garbage", "what": "list"},
    "half an answer": {"kind": "garbage", "what": "half"},
    "plain words": {"kind": "garbage", "what": "words"},
    "late": {"kind": "late"},
}
AFTER_GRACE = GRACE.total_seconds() + 1
faults = pytest.mark.parametrize("fault", LOST.values(), ids=LOST.keys())


@pytest.fixture(scope="module")
def slack() -> Iterator[Slack]:
    with workspace() as slack:
        yield slack


@faults
def test_a_try_is_one_request(fault: dict[str, Any], slack: Slack, table: Table) -> None:
    slack.fault("chat.postMessage", **fault)
    table.propose()
    table.drain()
    assert table.posts() == 1
    assert [state for state, _ in table.rows()] == ["retry"]


@faults
def test_whatever_became_of_the_post_one_card_stands_after_the_grace(
    fault: dict[str, Any], slack: Slack, table: Table
) -> None:
    slack.fault("chat.postMessage", **fault)
    table.propose()
    table.drain()
    slack.arrive()
    table.drain(seconds=AFTER_GRACE)
    table.drain(seconds=SWEEP_AFTER.total_seconds())
    assert len(table.shown()) == 1
    assert table.rows() == [("sent", "")]


@faults
def test_whatever_became_of_the_change_the_card_shows_it(fault: dict[str, Any], slack: Slack, table: Table) -> None:
    number = table.propose()
    table.drain()
    slack.fault("chat.update", **fault)
    table.support(number)
    table.drain(seconds=3)
    slack.arrive()
    table.drain(seconds=AFTER_GRACE)
    (card,) = table.shown()
    assert "Stöd: 1" in card.words


@faults
def test_whatever_became_of_a_reply_each_part_of_a_long_card_stands_once(
    fault: dict[str, Any], slack: Slack, table: Table
) -> None:
    table.propose(body=LONG)
    slack.fault("chat.postMessage", "delay", seconds=0.0)
    slack.fault("chat.postMessage", **fault)
    table.drain()
    slack.arrive()
    for _ in range(3):
        table.drain(seconds=AFTER_GRACE)
    assert_each_part_once(table)


def test_nothing_is_posted_again_while_it_may_still_appear(slack: Slack, table: Table) -> None:
    slack.fault("chat.postMessage", "lose_reply")
    slack.fault("conversations.history", "garbage")
    slack.fault("chat.postMessage", "late")
    table.propose()
    table.drain()
    for _ in range(5):
        table.drain(seconds=GRACE.total_seconds() / 6)
    assert table.posts() == 1


def test_after_a_crash_what_may_still_appear_is_waited_for(slack: Slack, table: Table, database: Database) -> None:
    slack.fault("chat.postMessage", "late")
    table.propose()
    table.drain()
    with database.transaction() as session:
        for entry in outbox.unfinished(session):
            entry.due_at = table.now()
    table.drain()
    assert table.posts() == 1
    slack.arrive()
    table.drain(seconds=AFTER_GRACE)
    assert (table.posts(), table.rows()) == (1, [("sent", "")])


def test_a_change_does_not_replace_a_post_that_may_have_arrived(slack: Slack, table: Table) -> None:
    slack.fault("chat.postMessage", "lose_reply")
    number = table.propose()
    table.drain()
    table.support(number)
    for _ in range(3):
        table.drain(seconds=AFTER_GRACE)
    (card,) = table.shown()
    assert "Stöd: 1" in card.words
    assert table.rows() == [("sent", ""), ("sent", "")]


@pytest.mark.parametrize("kind", ["ratelimited", "server_error"])
def test_a_limit_between_the_parts_of_a_card_posts_none_of_them_twice(kind: str, slack: Slack, table: Table) -> None:
    table.propose(body=LONG)
    slack.fault("chat.postMessage", "delay", seconds=0.0)
    slack.fault("chat.postMessage", kind, retry_after=0)
    table.drain()
    for _ in range(3):
        table.drain(seconds=AFTER_GRACE)
    assert_each_part_once(table)


def test_what_appears_after_the_grace_is_swept_away(slack: Slack, table: Table) -> None:
    slack.fault("chat.postMessage", "late")
    table.propose()
    table.drain()
    table.drain(seconds=AFTER_GRACE)
    slack.arrive()
    assert len(table.shown()) == 2
    first = table.shown()[0].ts
    table.drain(seconds=SWEEP_AFTER.total_seconds())
    assert [card.ts for card in table.shown()] == [first]


def test_a_late_twin_with_an_answer_is_left_to_people(slack: Slack, table: Table) -> None:
    slack.fault("chat.postMessage", "late")
    table.propose()
    table.drain()
    table.drain(seconds=AFTER_GRACE)
    slack.arrive()
    assert len(table.shown()) == 2
    slack.say("U0BO", "Bra!", channel=table.channel, thread=table.shown()[1].ts)
    table.drain(seconds=SWEEP_AFTER.total_seconds())
    assert len(table.shown()) == 2


def test_a_part_that_appears_after_the_grace_is_swept_away(slack: Slack, table: Table) -> None:
    table.propose(body=LONG)
    slack.fault("chat.postMessage", "delay", seconds=0.0)
    slack.fault("chat.postMessage", "late")
    table.drain()
    table.drain(seconds=AFTER_GRACE)
    slack.arrive()
    table.drain(seconds=SWEEP_AFTER.total_seconds())
    assert_each_part_once(table)


def test_a_card_that_somebody_deleted_is_posted_once_although_the_reply_was_lost(slack: Slack, table: Table) -> None:
    number = table.propose()
    table.drain()
    asyncio.run(table.api.call("chat_delete", channel=table.channel, ts=table.shown()[0].ts))
    slack.fault("chat.postMessage", "lose_reply")
    table.support(number)
    table.drain(seconds=3)
    table.drain(seconds=AFTER_GRACE)
    assert len(table.shown()) == 1


def test_what_was_still_on_its_way_when_tuva_stopped_may_have_arrived() -> None:
    class Stuck:
        def __init__(self) -> None:
            self.begun = asyncio.Event()

        async def prepare(self) -> None:
            pass

        async def carry(self, parcel: Any) -> str:
            self.begun.set()
            await asyncio.Event().wait()
            return ""

    def carried(carrier: PlatformCarrier) -> str:
        with carrier.open() as carry:
            return carry(None)  # type: ignore[arg-type]

    async def stop() -> Exception:
        stuck = Stuck()
        work = asyncio.create_task(asyncio.to_thread(carried, PlatformCarrier(stuck)))  # type: ignore[arg-type]
        await stuck.begun.wait()
        for task in asyncio.all_tasks() - {work, asyncio.current_task()}:
            task.cancel()
        (failure,) = await asyncio.gather(work, return_exceptions=True)
        return failure  # type: ignore[return-value]

    failure = asyncio.run(stop())
    assert isinstance(failure, NotDelivered)
    assert failure.outcome is Outcome.AMBIGUOUS


def assert_each_part_once(table: Table) -> None:
    told = [seen.words for seen in table.messages()]
    assert len(told) == len(set(told)) > 2
    assert all(sum(f"Stycke {number}." in words for words in told) == 1 for number in range(10))


def test_only_what_we_posted_ourselves_is_found_by_its_name(slack: Slack, table: Table) -> None:
    table.propose()
    table.drain()
    assert table.found(slack.bot_user) == [card.ts for card in table.shown()]
    assert table.found("U0EVE") == []
