"""When Slack does not take it: nothing is lost, whoever can help is told, and it goes on by itself when it is cured."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import httpx
import pytest

from chatops.platforms import slack as platform
from config.settings import Settings
from digests import alarms
from living import until
from on_slack import CHANNEL, Card, Running, U, bind, running
from people import ANA, BO
from slackland import Slack
from storage import outbox
from storage.database import Database
from storage.outbox import OutboxEntry, OutboxState

OPERATOR = "op@example.org"


@pytest.fixture
def tuva(settings: Settings, database: Database, slack: Slack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """Tuva with an operator, who is told soon, and which soon asks again."""
    monkeypatch.setattr(alarms, "AFTER", timedelta(seconds=0.1))
    monkeypatch.setattr(platform, "ASK_AGAIN_SECONDS", 0.3)
    bind(database)
    service = settings.service.model_copy(update={"operators": (OPERATOR,)})
    with running(settings.model_copy(update={"service": service}), slack) as tuva:
        yield tuva


def stuck(database: Database) -> list[OutboxEntry]:
    """What waits for a person."""
    with database.reading() as session:
        return [entry for entry in outbox.unfinished(session) if entry.state in outbox.STUCK]


def letters(tmp_path: Path, address: str) -> list[str]:
    """The letters that somebody got."""
    found = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in tmp_path.glob("mail/new/*")]
    return [" ".join(one.get_body(("plain",)).get_content().split()) for one in found if address in str(one["To"])]


def slack_is_ok(tuva: Running) -> bool:
    """What /readyz says of Slack."""
    return bool(httpx.get(f"{tuva.base}/readyz").json()["slack"]["ok"])


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "invalid_auth"])
def test_a_revoked_token_is_told_to_the_operator_and_nothing_is_lost(
    error: str, slack: Slack, tuva: Running, tmp_path: Path, card: Card
) -> None:
    slack.command("/tuva", "hjälp", by=U[BO], channel=CHANNEL)
    slack.revoke_token(error)
    tuva.say("propose Solceller", BO)
    until(lambda: not slack_is_ok(tuva))

    def told() -> list[str]:
        tuva.service.clock.tick()
        return letters(tmp_path, OPERATOR)

    assert f"Orsak: {error}" in until(told)[0]
    slack.restore_token()
    card("Förslag 1: Solceller")
    until(lambda: slack_is_ok(tuva))
    tuva.service.clock.tick()
    assert len(letters(tmp_path, OPERATOR)) == 1


def test_a_missing_scope_is_the_operators_to_cure(slack: Slack, tuva: Running, card: Card) -> None:
    slack.take_scope("chat:write")
    slack.command("/propose", "Solceller", by=U[BO], channel=CHANNEL)
    until(lambda: not slack_is_ok(tuva))
    slack.give_scope("chat:write")
    card("Förslag 1: Solceller")


def test_a_public_channel_that_tuva_was_removed_from_is_joined_again(slack: Slack, tuva: Running, card: Card) -> None:
    slack.kick_bot(CHANNEL)
    slack.command("/propose", "Solceller", by=U[BO], channel=CHANNEL)
    card("Förslag 1: Solceller")


def test_of_a_private_channel_the_chair_is_told_and_an_invitation_cures_it(
    slack: Slack, tuva: Running, database: Database, tmp_path: Path
) -> None:
    slack.add_channel("G7", U.values(), private=True)
    bind(database, "G7")
    slack.kick_bot("G7")
    slack.command("/propose", "Solceller", by=U[BO], channel=CHANNEL)
    until(lambda: stuck(database))

    def told() -> list[str]:
        tuva.service.clock.tick()
        return letters(tmp_path, ANA)

    assert "Bjud in Tuva" in until(told)[0]
    slack.invite_bot("G7", by=U[ANA])
    assert until(lambda: slack.messages("G7"))
    assert until(lambda: not stuck(database))
    assert len(slack.messages(CHANNEL)) == 1


def test_what_waited_for_an_archived_channel_comes_when_it_is_open_again(
    slack: Slack, tuva: Running, database: Database, card: Card
) -> None:
    slack.archive(CHANNEL)
    tuva.say("propose Solceller", BO)
    until(lambda: stuck(database))
    slack.archive(CHANNEL, archived=False)
    card("Förslag 1: Solceller")


def test_a_channel_that_is_not_there_keeps_no_other_card_waiting(
    slack: Slack, tuva: Running, database: Database, card: Card
) -> None:
    bind(database, "C404")
    slack.command("/propose", "Solceller", by=U[BO], channel=CHANNEL)
    card("Förslag 1: Solceller")
    assert until(lambda: [entry.address for entry in stuck(database)]) == ["C404"]


def test_slack_away_for_a_while_loses_nothing(slack: Slack, tuva: Running, database: Database, card: Card) -> None:
    slack.fault("chat.postMessage", "server_error", times=1)
    slack.command("/propose", "Solceller", by=U[BO], channel=CHANNEL)
    until(lambda: slack.calls("chat.postMessage"))
    slack.command("/propose", "Vindkraft", by=U[BO], channel=CHANNEL)
    until(lambda: waiting(database))
    with database.transaction() as session:
        for entry in outbox.unfinished(session):
            entry.due_at = tuva.now()
    assert [card(f"Förslag {number}").words.partition("\n")[0] for number in (1, 2)] == [
        seen.words.partition("\n")[0] for seen in slack.messages(CHANNEL)
    ]


def waiting(database: Database) -> bool:
    """A card is to be tried again, later than any test lasts."""
    with database.reading() as session:
        return any(entry.state is OutboxState.RETRY for entry in outbox.unfinished(session))
