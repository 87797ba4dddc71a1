"""A workspace with the cast in it, and Tuva in it, for every test of the platform."""

from collections.abc import Iterator

import pytest

from config.settings import Settings
from living import until
from on_slack import CHANNEL, Card, Running, bind, running, workspace
from slack_outbox import Table
from slackland import Slack
from slackside.sight import Sighted
from storage.database import Database


@pytest.fixture
def slack() -> Iterator[Slack]:
    """The workspace."""
    with workspace() as slack:
        yield slack


@pytest.fixture
def tuva(settings: Settings, database: Database, slack: Slack) -> Iterator[Running]:
    """Tuva, connected, with the green group's channel bound."""
    bind(database)
    with running(settings, slack) as tuva:
        yield tuva


@pytest.fixture
def unbound(settings: Settings, database: Database, slack: Slack) -> Iterator[Running]:
    """Tuva, connected, with groups that have no channel."""
    with running(settings, slack) as tuva:
        yield tuva


@pytest.fixture
def card(slack: Slack) -> Card:
    """Wait for the message in the channel that holds these words."""

    def card(words: str) -> Sighted:
        return until(lambda: next((seen for seen in slack.messages(CHANNEL) if words in seen.words), None))

    return card


@pytest.fixture
def table(database: Database, slack: Slack) -> Iterator[Table]:
    """The outbox and what became of it, beside a workspace."""
    table = Table(database, slack)
    yield table
    table.close()
