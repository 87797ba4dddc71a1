"""What Slack delivers again has one effect, and what is not stored is not acknowledged."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from sqlalchemy import select

from chatops.dispatch import Dispatcher
from chatops.platforms.slack import hearing, people
from config.settings import Settings
from digests import cards
from digests.clock import real_time
from living import place
from on_slack import CHANNEL, Running, U, answered, bind, running, slack_settings, until, workspace
from people import BO, MONDAY
from slackland import Slack
from storage.database import Database, DiskFull
from storage.outbox import OutboxEntry, OutboxState
from storage.proposal_stages import ProposalKind
from storage.proposals import propose


def proposals(database: Database) -> list[str]:
    """The titles of all of them, as they stand in the file."""
    with closing(sqlite3.connect(f"file:{database.path}?mode=ro", uri=True)) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM proposals ORDER BY title")]


def is_heard_later(slack: Slack) -> bool:
    """The first event was not acknowledged at first, and is now."""
    first, *later = [each["error"] for each in slack.events()[0]["tries"]]
    return first == "operation_timeout" and None in later


def twins(number: int) -> list[tuple[str, dict[str, Any]]]:
    """One message as two events that differ in all but what its writer's client called it."""
    about = {"user": U[BO], "channel": CHANNEL, "ts": f"{1_700_000_000 + number}.000100", "team": "T1"}
    said = about | {"text": f"<@U0TUVA> propose Nummer {number:05}", "client_msg_id": f"uuid-{number}"}
    elsewhere = said | {"ts": f"{1_700_000_000 + number}.000200"}
    return [("happen", {"event": {"type": "app_mention", **each}, "channel": CHANNEL}) for each in (said, elsewhere)]


@pytest.mark.parametrize("count", [50, pytest.param(2_500, marks=pytest.mark.soak)])
def test_a_storm_of_repetitions_has_one_effect_each(
    count: int, settings: Settings, database: Database, slack: Slack
) -> None:
    bind(database)
    slack.switches(at_random=True)
    with running(settings, slack):
        for number in range(0, count, 25):
            slack.at_once([gesture for each in range(number, min(number + 25, count)) for gesture in twins(each)])
        slack.settle(60)
        heard = [event["body"]["event_id"] for event in slack.events() if "propose" in str(event["body"])]
        for first in range(0, len(heard), 50):
            slack.again(heard[first : first + 50], times=3, shuffle=True)
        assert len(heard) == 2 * count
        until(lambda: len(slack.messages(CHANNEL)) == count, 60 + count)
    assert proposals(database) == [f"Nummer {number:05}" for number in range(count)]


def waiting(database: Database) -> OutboxEntry:
    """What goes out first."""
    with database.reading() as session:
        return session.scalars(select(OutboxEntry)).one()


def test_what_waits_at_the_start_goes_out_when_slack_has_said_who_we_are(
    slack: Slack, settings: Settings, database: Database
) -> None:
    bind(database)
    with database.transaction() as session:
        proposal = propose(session, place(session, BO), "Solceller", "", ProposalKind.IDEA, [], MONDAY)
        cards.show(session, proposal, real_time())
    slack.fault("auth.test", "delay", seconds=1)
    tuva = Running(settings.model_copy(update={"slack": slack_settings(slack)}))
    try:
        until(lambda: waiting(database).state is OutboxState.SENDING)
        time.sleep(0.2)
        assert waiting(database).intent_at is None  # a death just now counts against no card
        until(lambda: slack.messages(CHANNEL))
    finally:
        tuva.stop()
    [told], [posted] = slack.calls("auth.test"), slack.calls("chat.postMessage")
    assert told.applied is not None
    assert posted.at > told.applied


def test_a_mention_and_the_same_words_in_the_channel_are_one_gesture(
    slack: Slack, tuva: Running, database: Database
) -> None:
    slack.subscribe("app_mention message.channels message.im")
    outcome = slack.mention(U[BO], CHANNEL, "propose Solceller")
    assert len(outcome.event_ids) == 2
    slack.settle()
    assert proposals(database) == ["Solceller"]
    assert len(slack.ephemerals(U[BO])) <= 1


def test_a_lost_acknowledgement_brings_the_event_again_and_nothing_else(
    slack: Slack, tuva: Running, database: Database
) -> None:
    slack.switches(pace=0.0)
    slack.lose_acks(1)
    slack.say(U[BO], "föreslå Solceller")
    slack.settle()
    assert is_heard_later(slack)
    assert proposals(database) == ["Solceller"]
    assert len(slack.direct(U[BO])) == 2


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slack]:
    """A workspace that waits for a second and a half, and a Tuva that waits for less."""
    monkeypatch.setattr(hearing, "ANSWER_WITHIN_SECONDS", 0.5)
    with workspace(ack_seconds=1.5, pace=0.001) as slack:
        yield slack


@pytest.fixture
def live(settings: Settings, database: Database, impatient: Slack) -> Iterator[Running]:
    bind(database)
    with running(settings, impatient) as tuva:
        yield tuva


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Somebody else writes, and goes on writing."""
    with database.written_alone():
        yield


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """What is stored next breaks with each of these."""
    breaks: list[Exception] = []
    carried_out = Dispatcher._carried_out

    def breaking(self: Dispatcher, *told: Any) -> Any:
        if breaks:
            raise breaks.pop()
        return carried_out(self, *told)

    monkeypatch.setattr(Dispatcher, "_carried_out", breaking)
    return breaks


@pytest.mark.parametrize("fault", [RuntimeError("no"), sqlite3.OperationalError("locked"), DiskFull("/disk")])
def test_an_event_that_could_not_be_stored_is_not_acknowledged_and_has_its_effect_later(
    fault: Exception, impatient: Slack, live: Running, database: Database, broken: list[Exception]
) -> None:
    broken.append(fault)
    impatient.say(U[BO], "föreslå Solceller")
    impatient.settle()
    assert is_heard_later(impatient)
    assert proposals(database) == ["Solceller"]


@pytest.mark.parametrize("fault", [RuntimeError("no"), DiskFull("/disk")])
def test_a_command_that_could_not_be_stored_is_told_so(
    fault: Exception, impatient: Slack, live: Running, database: Database, broken: list[Exception]
) -> None:
    broken.append(fault)
    outcome = impatient.command("/propose", "Solceller", by=U[BO], channel=CHANNEL)
    assert "ngenting ändrades" in answered(outcome)
    assert proposals(database) == []


def test_while_the_database_is_locked_a_command_is_told_so_and_later_what_came_of_it(
    impatient: Slack, live: Running, database: Database
) -> None:
    with locked(database):
        outcome = impatient.command("/propose", "Solceller", by=U[BO], channel=CHANNEL)
        assert "inte sparat ännu" in answered(outcome).lower()
        assert outcome.seconds < 1.5
        assert impatient.ephemerals(U[BO])[-1].words == answered(outcome)
    assert until(lambda: "Förslag 1: Solceller" in impatient.ephemerals(U[BO])[-1].words)
    assert proposals(database) == ["Solceller"]


def test_while_the_database_is_locked_everybody_is_told_so_however_many_they_are(
    impatient: Slack, live: Running, database: Database
) -> None:
    many = [("command", {"command": "/propose", "text": f"Nr {n}", "by": U[BO], "channel": CHANNEL}) for n in range(40)]
    with locked(database):
        told = [answered(outcome) for outcome in impatient.at_once(many)]
    assert all("inte sparat ännu" in words for words in told)
    assert until(lambda: len(proposals(database)) == len(many))


def test_while_the_database_is_locked_no_event_is_acknowledged_and_none_has_two_effects(
    impatient: Slack, live: Running, database: Database
) -> None:
    impatient.switches(pace=0.01)
    with locked(database):
        said = impatient.say(U[BO], "föreslå Solceller")
        assert said.error == "operation_timeout"
    impatient.settle()
    assert impatient.events()[0]["acknowledged"]
    assert proposals(database) == ["Solceller"]


@pytest.mark.parametrize("kind", ["server_error", "ratelimited", "delay"])
def test_whose_name_slack_does_not_tell_just_now_is_heard_when_it_does(
    kind: str, impatient: Slack, live: Running, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "ASK_WITHIN_SECONDS", 0.1)
    impatient.fault("users.info", kind, retry_after=0, seconds=0.3)
    impatient.say(U[BO], "föreslå Solceller")
    impatient.settle()
    assert is_heard_later(impatient)
    assert proposals(database) == ["Solceller"]


def test_a_command_is_told_when_slack_does_not_say_who_gave_it(impatient: Slack, live: Running) -> None:
    impatient.fault("users.info", "server_error")
    outcome = impatient.command("/propose", "Solceller", by=U[BO], channel=CHANNEL)
    assert "Slack svarar inte just nu" in answered(outcome)


def test_a_mentioned_person_of_whom_slack_says_nothing_holds_up_no_answer(slack: Slack, tuva: Running) -> None:
    slack.fault("users.info", "delay", times=None, seconds=5)
    outcome = slack.command("/tuva", "help <@U0CHEN|chen>", by=U[BO], channel=CHANNEL)
    slack.clear_faults()
    assert outcome.error is None
