"""Slack's limits are obeyed method by method, and through all of it each channel gets its cards in order, once."""

import asyncio
import random
from collections.abc import Iterator
from datetime import timedelta

import pytest

from chatops.platforms.slack.carrier import GRACE
from digests.courier.parcels import NotYet
from on_slack import CHANNEL as C1
from on_slack import Card, Running, U, until, workspace
from people import ANA, BO, CHEN
from slack_outbox import Table
from slackland import Slack
from slackside.sight import Call
from storage.database import Database

CHANNELS = 5
FAULTS = ("ratelimited", "server_error", "lose_reply", "cut", "garbage")


@pytest.fixture(scope="module")
def slack() -> Iterator[Slack]:
    with workspace() as slack:
        yield slack


@pytest.fixture
def table(database: Database, slack: Slack) -> Iterator[Table]:
    table = Table(database, slack, channels=CHANNELS)
    yield table
    table.close()


def too_early(calls: list[Call], seconds: float) -> list[Call]:
    """Those that came sooner after a refusal than was allowed; what was on its way together with it is none of them.

    To one channel nothing is on its way together.
    """
    refused = [call for call in calls if call.fault == "ratelimited"]
    return [
        call
        for call in calls
        for before in refused
        if (0 if call.args["channel"] == before.args["channel"] else seconds / 2) < call.at - before.at < seconds
    ]


@pytest.mark.parametrize("seconds", [1, pytest.param(3, marks=pytest.mark.soak)])
def test_nothing_is_asked_before_the_time_that_slack_has_named(seconds: int, slack: Slack, table: Table) -> None:
    slack.fault("chat.postMessage", "ratelimited", times=2 * CHANNELS, retry_after=seconds)
    for title in ("Solceller", "Vindkraft"):
        table.propose(title)
    until(lambda: table.drain() or [state for state, _ in table.rows()] == ["sent"] * 2 * CHANNELS, 30)
    assert too_early(table.calls("chat.postMessage"), seconds) == []
    assert [len(table.messages(channel)) for channel in table.channels] == [2] * CHANNELS


def test_a_limit_is_of_one_method_and_the_others_go_on(slack: Slack, table: Table) -> None:
    number = table.propose()
    table.drain()
    slack.fault("chat.update", "ratelimited", retry_after=60)
    table.support(number)
    table.propose("Vindkraft")
    table.drain(seconds=3)
    table.propose("Tjäle")
    table.drain(seconds=3)
    assert [len(table.messages(channel)) for channel in table.channels[1:]] == [3] * (CHANNELS - 1)
    with pytest.raises(NotYet) as told:
        asyncio.run(table.api.call("chat_update", channel="C", ts="1"))
    assert timedelta(seconds=50) < told.value.after <= timedelta(seconds=60)


@pytest.mark.parametrize(("seed", "count"), [(1, 15), pytest.param(2, 400, marks=pytest.mark.soak)])
def test_under_any_faults_each_channel_has_every_card_once_and_in_order(
    seed: int, count: int, slack: Slack, table: Table
) -> None:
    chance = random.Random(seed)
    for number in range(count):
        table.propose(f"Nummer {number:03}")
        method = chance.choice(["chat.postMessage", "chat.postMessage", "conversations.history"])
        slack.fault(method, chance.choice(FAULTS), times=chance.randint(1, 3), retry_after=0)
        table.drain(seconds=chance.choice([1, GRACE.total_seconds() + 1]))
    slack.clear_faults()
    until(lambda: table.drain(minutes=10) or all(state == "sent" for state, _ in table.rows()))
    table.drain(minutes=10)
    for channel in table.channels:
        titles = [seen.words.partition(": ")[2][:10] for seen in table.messages(channel)]
        assert titles == [f"Nummer {number:03}" for number in range(count)]


def test_no_message_is_lost_or_doubled_while_people_press_through_a_storm_of_limits(
    slack: Slack, tuva: Running, card: Card
) -> None:
    slack.command("/propose", "Solceller", by=U[ANA], channel=C1)
    shown = card("Solceller")
    before = len(slack.calls())
    slack.fault("chat.update", "ratelimited", times=2, retry_after=1)
    for address in (BO, CHEN, ANA):
        assert slack.press(U[address], C1, shown.ts, "support").error is None
    until(lambda: "Stöd: 3" in card("Solceller").words)
    assert too_early(slack.calls("chat.update", before), 1) == []
    assert len(slack.messages(C1)) == 1
