"""Where Tuva may not look into the channel, a person decides about what may have arrived, and nothing is doubled."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chatops.platforms.slack.carrier import GRACE
from chatops.platforms.slack.record import SlackRecord
from config.settings import Settings
from digests.clock import Clock
from inside import Done
from living import tuva
from on_slack import workspace
from people import ANA
from slack_outbox import Table
from slackland import Slack
from storage import outbox
from storage.database import Database
from storage.outbox import OutboxKind

AFTER_GRACE = GRACE.total_seconds() + 1
Decide = Callable[[str], Done]
HELD = ("held", "arrived_unknown")


@pytest.fixture(scope="module")
def slack() -> Iterator[Slack]:
    """A workspace that lets nobody look."""
    with workspace() as slack:
        slack.take_scope("channels:history")
        yield slack


@pytest.fixture
def doubtful(table: Table, slack: Slack) -> int:
    """A proposal of whose card nobody knows whether it stands: it does."""
    slack.fault("chat.postMessage", "lose_reply")
    number = table.propose()
    table.drain()
    table.drain(seconds=AFTER_GRACE)
    return number


@pytest.fixture
def decide(settings: Settings, tmp_path: Path, table: Table) -> Decide:
    """`tuva outbox VERB NUMBER` for the first entry."""
    (tmp_path / "tuva.toml").write_text(f'[service]\ndatabase = "{settings.service.database}"\n', "utf-8")
    return lambda verb: tuva("outbox", verb, "1", folder=tmp_path)


def test_what_may_have_arrived_is_held_and_never_posted_again(table: Table, doubtful: int) -> None:
    for _ in range(5):
        table.drain(hours=1)
    assert table.rows() == [HELD]
    assert (table.posts(), len(table.shown())) == (1, 1)


def test_what_was_certainly_not_posted_is_posted_without_looking(table: Table, slack: Slack) -> None:
    slack.fault("chat.postMessage", "ratelimited", retry_after=0)
    table.propose()
    table.drain()
    table.drain(seconds=1)
    assert table.rows() == [("sent", "")]
    assert table.calls("conversations.history") == []


def test_the_chair_is_told_once_with_both_ways_out(table: Table, doubtful: int, database: Database) -> None:
    for _ in range(2):
        Clock(database, table.now, lambda: None).tick()
    with database.reading() as session:
        [notice] = [entry for entry in outbox.unfinished(session) if entry.kind is OutboxKind.NOTICE]
        parts = notice.content.parts
    text = " ".join(parts["text"].split())
    assert (notice.address, parts["subject"]) == (ANA, "Ett kort kom inte fram")
    assert "kanske redan syns i kanalen" in text
    assert "tuva outbox arrived 1" in text
    assert "tuva outbox retry 1" in text


def test_a_reaction_elsewhere_in_the_channel_is_acknowledged_meanwhile(
    table: Table, doubtful: int, database: Database
) -> None:
    record = SlackRecord(database, "sv", table.now)
    assert asyncio.run(record.noun_at(table.channels[0], "1700000000.000100")) == ""


def test_later_changes_of_the_card_wait_and_other_cards_do_not(table: Table, doubtful: int) -> None:
    table.support(doubtful)
    table.propose("Vindkraft")
    table.drain(seconds=3)
    assert table.rows() == [HELD, ("ready", ""), ("sent", "")]


def test_tried_again_it_is_posted_once_more_and_changed_there(table: Table, doubtful: int, decide: Decide) -> None:
    table.support(doubtful)
    decide("retry")
    table.drain()
    table.drain(seconds=3)
    assert table.rows() == [("sent", ""), ("sent", "")]
    assert [("Stöd: 1" in card.words) for card in table.shown()] == [False, True]
    assert table.posts() == 2


def test_tried_again_and_in_doubt_again_it_is_held_again(
    table: Table, doubtful: int, decide: Decide, slack: Slack
) -> None:
    decide("retry")
    slack.fault("chat.postMessage", "cut")
    table.drain()
    table.drain(seconds=AFTER_GRACE)
    assert table.rows() == [HELD]
    assert table.posts() == 2


def test_once_it_has_arrived_the_next_change_posts_the_card_anew(table: Table, doubtful: int, decide: Decide) -> None:
    table.support(doubtful)
    decide("arrived")
    table.drain()
    assert table.rows() == [("sent", "arrived_unknown"), ("sent", "")]
    assert "Stöd: 1" in table.shown()[-1].words
    assert len(table.shown()) == 2


def test_what_was_held_is_found_when_tuva_may_look_again(
    table: Table, doubtful: int, slack: Slack, decide: Decide
) -> None:
    table.support(doubtful)
    slack.give_scope("channels:history")
    decide("retry")
    table.drain()
    table.drain(seconds=3)
    slack.take_scope("channels:history")
    assert len(table.shown()) == 1
