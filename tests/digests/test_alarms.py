"""A platform out of reach is told to the operators: once, by mail, when it does not cure itself."""

from datetime import timedelta

import pytest

from digests.alarms import AFTER, Alarms
from people import MONDAY
from storage import outbox
from storage.database import Database

OPERATORS = ("op@example.org", "other@example.org")


@pytest.fixture
def alarms(database: Database) -> Alarms:
    return Alarms(database, OPERATORS, "sv", "Europe/Stockholm")


def told(database: Database) -> list[tuple[str, str]]:
    """Who was told what."""
    with database.reading() as session:
        return [(entry.address, str(entry.content.parts["text"])) for entry in outbox.unfinished(session)]


def test_operators_hear_since_when_and_why(alarms: Alarms, database: Database) -> None:
    alarms.look({"slack": "token_revoked"}, MONDAY)
    assert alarms.look({"slack": "token_revoked"}, MONDAY + AFTER)
    assert [address for address, _ in told(database)] == [*OPERATORS]
    text = " ".join(told(database)[0][1].split())
    assert all(words in text for words in ("Slack", "måndag 11 januari 2027 kl. 09:00", "token_revoked", "tuva check"))


def test_what_cures_itself_is_not_told(alarms: Alarms, database: Database) -> None:
    alarms.look({"slack": "x"}, MONDAY)
    alarms.look({}, MONDAY + timedelta(minutes=1))
    alarms.look({"slack": "x"}, MONDAY + timedelta(minutes=2))
    assert told(database) == []


def test_one_trouble_is_told_once_and_the_next_again(alarms: Alarms, database: Database) -> None:
    for minute in range(10):
        alarms.look({"slack": "x"}, MONDAY + timedelta(minutes=minute))
    assert len(told(database)) == len(OPERATORS)
    alarms.look({}, MONDAY + timedelta(minutes=10))
    for minute in range(11, 20):
        alarms.look({"slack": "x"}, MONDAY + timedelta(minutes=minute))
    assert len(told(database)) == 2 * len(OPERATORS)
