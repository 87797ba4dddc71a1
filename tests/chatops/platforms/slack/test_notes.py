"""A note to one person on Slack: said in their direct conversation, once, whatever is lost on the way."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from chatops.platforms.slack.carrier import GRACE
from digests import notes
from digests.clock import real_time
from digests.notes import Note
from living import place
from on_slack import U, workspace
from people import BO
from slack_outbox import LONG, Table
from slackland import Slack
from slackside.sight import Sighted
from storage import leases
from storage.database import Database
from storage.messages import Action, Message
from storage.outbox import OutboxEntry, OutboxKind, OutboxState

AFTER_GRACE = GRACE.total_seconds() + 1
BUTTON = Action("Dela som exempel", "example share tip:7 group:grona")


@pytest.fixture(scope="module")
def slack() -> Iterator[Slack]:
    with workspace(pace=0.002) as slack:
        yield slack


def leave(database: Database, key: str, account: str = U[BO]) -> None:
    """Wish that Bo hears of something, at such length that it goes on in the thread."""
    with database.transaction() as session:
        bo = place(session, BO)
        bo.person.known_as("slack", account, "T1")
        message = Message(LONG, f"Hej {key} <!channel>", (BUTTON,))
        notes.leave(session, bo.person, bo.group, lambda _: Note(key, message), real_time())


def said(slack: Slack, key: str) -> list[Sighted]:
    """The note, and what of it stands in its thread."""
    seen = slack.direct(U[BO])
    roots = [one.ts for one in seen if key in one.words]
    return [one for one in seen if {one.ts, one.thread_ts} & {*roots}]


def is_said_once(slack: Slack, key: str) -> bool:
    words = "\n".join(one.words for one in said(slack, key))
    once = [words.count(f"Stycke {number}.") == 1 for number in range(10)]
    return all(once) and words.count(f"Hej {key}") == 1 and words.count("Dela som exempel") == 1


@pytest.mark.parametrize("after", range(3))
@pytest.mark.parametrize(
    ("method", "kind"),
    [("conversations.open", "cut"), *(("chat.postMessage", kind) for kind in ("cut", "lose_reply", "ratelimited"))],
)
def test_a_lost_call_loses_and_doubles_nothing(
    method: str, kind: str, after: int, slack: Slack, table: Table, database: Database
) -> None:
    key = f"{method}-{kind}-{after}"
    leave(database, key)
    for _ in range(after):
        slack.fault(method, "delay", seconds=0)
    slack.fault(method, kind)
    for _ in range(4):
        table.drain(seconds=AFTER_GRACE)
        table.rested()
    slack.clear_faults()
    table.drain(seconds=AFTER_GRACE)
    assert is_said_once(slack, key)
    assert not [live for seen in said(slack, key) for live in seen.live]


def test_who_dies_after_saying_it_says_it_no_more(slack: Slack, table: Table, database: Database) -> None:
    leave(database, "död")
    table.drain()
    assert is_said_once(slack, "död")
    with database.transaction() as session:
        died(session)
        leases.recover(session, table.now(), alone=True)
    for _ in range(3):
        table.drain(seconds=AFTER_GRACE)
    assert is_said_once(slack, "död")


def died(session: Any) -> None:
    """Nothing was noted of it but that somebody set out to say it."""
    entry = session.scalar(select(OutboxEntry).filter_by(kind=OutboxKind.NOTE))
    entry.state, entry.receipt, entry.token = OutboxState.SENDING, "", "somebody"
    entry.intent_at = entry.lease_until = real_time()


def test_whom_slack_does_not_know_any_more_reads_it_by_mail(slack: Slack, table: Table, database: Database) -> None:
    leave(database, "borta", account="U0GONE")
    table.drain()
    with database.reading() as session:
        letter = session.scalars(select(OutboxEntry).filter_by(route="mail")).one()
        assert (letter.address, letter.content.parts["subject"]) == (BO, "Hej borta <!channel>")
        assert "Stycke 9." in letter.content.parts["html"]
