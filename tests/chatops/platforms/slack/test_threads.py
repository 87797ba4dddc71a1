"""Questions in the thread of an example's card on Slack; all else that is said in channels is let go."""

import sqlite3
from contextlib import closing

import pytest

from chatops.platforms.slack.record import SlackRecord
from living import until
from on_slack import CHANNEL, EVE, Card, Running, U
from people import ANA, BO, CHEN
from slackland import Slack
from storage.database import Database


def counted(database: Database) -> int:
    with closing(sqlite3.connect(f"file:{database.path}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM thread_questions").fetchone()[0])


def noted(database: Database) -> int:
    """How many cards there are of which Tuva knows where they stand: what is said under another is heard again."""
    with closing(sqlite3.connect(f"file:{database.path}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM outbox WHERE state = 'sent'").fetchone()[0])


def shared(slack: Slack, card: Card) -> str:
    """Ana shares a good example; the message of its card."""
    slack.command("/example", "Cykelpool", by=U[ANA], channel=CHANNEL)
    return card("Exempel 1: Cykelpool").ts


def test_a_question_counts_once_and_follows_its_message(
    slack: Slack, tuva: Running, card: Card, database: Database
) -> None:
    root = shared(slack, card)
    asked = slack.say(U[BO], "Vad kostade det? <!channel>", channel=CHANNEL, thread=root)
    assert until(lambda: "Frågor: 1" in card("Exempel 1").words)
    slack.again(asked.event_ids, times=3)
    slack.add_person(EVE, "Eva", "eva@example.org")
    said = slack.say(EVE, "Bra", channel=CHANNEL, thread=root)
    for text in ("Bra?", "Bra!", "Bra? Eller?"):
        slack.edit(EVE, CHANNEL, str(said.ts), text)
        slack.settle()
        assert counted(database) == (1 if text == "Bra!" else 2)
    for ts in (asked.ts, said.ts):
        about = {"ts": "1.2", "channel": CHANNEL, "channel_type": "channel", "deleted_ts": ts}
        previous = {"type": "message", "user": U[BO], "ts": ts, "text": "Va?", "thread_ts": root}
        event = {"type": "message", "subtype": "message_deleted", **about, "previous_message": previous}
        assert slack.happen(event, CHANNEL).error is None
    assert counted(database) == 0
    with closing(sqlite3.connect(f"file:{database.path}?mode=ro", uri=True)) as connection:
        assert "Vad kostade" not in "".join(connection.iterdump())


def test_what_is_no_question_to_the_sharer_under_an_example_does_not_count(
    slack: Slack, tuva: Running, card: Card, database: Database
) -> None:
    root = shared(slack, card)
    slack.command("/propose", "Solceller", by=U[BO], channel=CHANNEL)
    proposal = card("Förslag 1").ts
    until(lambda: noted(database) == 2)
    other = str(slack.say(U[CHEN], "Något annat", channel=CHANNEL).ts)
    slack.say(U[ANA], "Undrar någon något?", channel=CHANNEL, thread=root)
    slack.mention(U[BO], CHANNEL, "exempel 1?", thread=root)
    for thread in (proposal, other, None):
        slack.say(U[BO], "Vad kostade det?", channel=CHANNEL, thread=thread)
    bot = {"type": "message", "subtype": "bot_message", "bot_id": "B1", "text": "Va?", "ts": "1.3", "thread_ts": root}
    slack.happen(bot | {"channel": CHANNEL, "channel_type": "channel"}, CHANNEL)
    slack.settle()
    assert all(event["acknowledged"] for event in slack.events())
    assert counted(database) == 0


def test_what_stands_in_no_thread_or_under_anothers_words_is_let_go_without_a_look_at_the_record(
    slack: Slack, tuva: Running, card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = str(slack.say(U[CHEN], "Något annat?", channel=CHANNEL).ts)
    looked: list[str] = []
    monkeypatch.setattr(SlackRecord, "read", lambda self, work: looked.append("read"))
    monkeypatch.setattr(SlackRecord, "write", lambda self, work: looked.append("write"))
    slack.say(U[BO], "Vad kostade det?", channel=CHANNEL)
    slack.say(U[BO], "Vad kostade det?", channel=CHANNEL, thread=other)
    slack.edit(U[CHEN], CHANNEL, other, "Något helt annat?")
    slack.settle()
    assert all(event["acknowledged"] for event in slack.events())
    assert looked == []
