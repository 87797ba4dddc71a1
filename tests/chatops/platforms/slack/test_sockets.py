"""Connections come and go, and nothing said meanwhile is lost or done twice."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from config.settings import Settings
from on_slack import CHANNEL, Running, U, bind, slack_settings, until
from people import BO
from slackland import Slack
from slackside.sight import Outcome
from storage.database import Database
from storage.docket import proposals_of
from storage.groups import group_called

AT_ONCE = 3


def health(tuva: Running) -> dict[str, Any]:
    """What /readyz says of Slack."""
    return dict(httpx.get(f"{tuva.base}/readyz").json()["slack"])


def are_two(slack: Slack) -> bool:
    """Two connections, neither of which is about to go."""
    return len([each for each in slack.connections() if not each["leaving"] and not each["half_open"]]) == 2


class Talk:
    """Somebody who proposes without end, with events and with commands."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        self.said: list[str] = []
        self.commands: list[tuple[str, Outcome]] = []
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._go_on)
        self._thread.start()

    def _go_on(self) -> None:
        for first in itertools.count(1, AT_ONCE):
            marks = [f"{number:03}" for number in range(first, first + AT_ONCE)]
            events = [("say", {"by": U[BO], "text": f"föreslå Sagt {mark}"}) for mark in marks]
            typed = {"command": "/propose", "by": U[BO], "channel": CHANNEL}
            commands = [("command", typed | {"text": f"Kommando {mark}"}) for mark in marks]
            told = self.slack.at_once(events + commands)
            self.said += [f"Sagt {mark}" for mark in marks]
            self.commands += [(f"Kommando {mark}", each) for mark, each in zip(marks, told[AT_ONCE:], strict=True)]
            if self._enough.wait(0.02):
                return

    def stop(self) -> None:
        """Say no more."""
        self._enough.set()
        self._thread.join()


@contextmanager
def talking(slack: Slack) -> Iterator[Talk]:
    """Somebody talks meanwhile; afterwards everything that is on its way arrives."""
    talk = Talk(slack)
    try:
        yield talk
    finally:
        talk.stop()
    until(lambda: are_two(slack))
    slack.settle(20)


def titles(database: Database) -> list[str]:
    """The titles of everything that was proposed."""
    with database.reading() as session:
        found = proposals_of(session, group_called(session, "grona"), open_only=False)
        return sorted(item.title for item in found)


def assert_nothing_lost_or_doubled(talk: Talk, database: Database) -> None:
    found = titles(database)
    assert len(found) == len(set(found))
    assert set(talk.said) <= set(found)
    assert {title for title, told in talk.commands if told.error is None} <= set(found)
    assert talk.said


def every(seconds: float, times: int, act: Callable[[], None]) -> None:
    """Do it again and again."""
    for _ in range(times):
        act()
        time.sleep(seconds)


def one_of(slack: Slack, act: Callable[[int], None]) -> None:
    """Do it to the connection that is open longest."""
    if there := [each["number"] for each in slack.connections() if not each["leaving"]]:
        act(there[0])


@pytest.mark.parametrize("times", [10, pytest.param(300, marks=pytest.mark.soak)])
def test_while_one_connection_after_the_other_is_renewed_everything_is_heard_and_answered(
    times: int, slack: Slack, tuva: Running, database: Database
) -> None:
    with talking(slack) as talk:
        every(0.25, times, lambda: one_of(slack, lambda one: slack.disconnect(one, grace=1.0)))
    assert_nothing_lost_or_doubled(talk, database)
    assert [told.error for _, told in talk.commands if told.error] == []
    assert all(each["error"] is None for each in slack.deliveries())


def test_a_new_connection_is_there_before_the_old_one_goes(slack: Slack, tuva: Running) -> None:
    counts: list[int] = []
    slack.disconnect(grace=0.5)
    until(lambda: counts.append(len(slack.connections())) or counts[-1] == 4)
    until(lambda: are_two(slack) and len(slack.connections()) == 2)
    assert min(counts) >= 2


@pytest.mark.parametrize("what", ["drop_sockets", "half_open"])
def test_while_connections_break_nothing_is_lost_or_doubled(
    what: str, slack: Slack, tuva: Running, database: Database
) -> None:
    slack.switches(pace=0.002)
    with talking(slack) as talk:
        every(0.5, 3, lambda: one_of(slack, getattr(slack, what)))
    assert_nothing_lost_or_doubled(talk, database)


def test_a_command_whose_connection_breaks_is_answered_over_another(
    slack: Slack, tuva: Running, database: Database
) -> None:
    with ThreadPoolExecutor() as threads:
        with database.written_alone():
            asking = threads.submit(slack.command, "/propose", "Solceller", by=U[BO], channel=CHANNEL)
            time.sleep(0.3)
            slack.drop_sockets()
            until(lambda: are_two(slack))
        assert asking.result().error is None


def test_a_connection_that_says_nothing_any_more_is_replaced(slack: Slack, tuva: Running) -> None:
    before = {each["number"] for each in slack.connections()}
    slack.half_open()
    until(lambda: are_two(slack) and not before & {each["number"] for each in slack.connections()})
    assert health(tuva)["ok"]


def test_while_no_connection_is_let_in_health_says_so_and_what_was_said_is_heard_afterwards(
    slack: Slack, tuva: Running, database: Database
) -> None:
    slack.refuse_sockets()
    slack.drop_sockets()
    until(lambda: not health(tuva)["ok"])
    slack.do("say", by=U[BO], text="föreslå Solceller")
    until(lambda: health(tuva)["age_seconds"] > 0.5)
    slack.refuse_sockets(on=False)
    until(lambda: health(tuva)["ok"] and are_two(slack))
    slack.settle()
    assert titles(database) == ["Solceller"]


@pytest.mark.parametrize("kind", ["server_error", "garbage", "cut", "ratelimited"])
def test_a_ticket_that_is_not_given_is_asked_for_again(kind: str, slack: Slack, tuva: Running) -> None:
    slack.fault("apps.connections.open", kind, times=3, retry_after=1)
    slack.drop_sockets()
    until(lambda: are_two(slack) and health(tuva)["ok"])
    asked = [call.at for call in slack.calls("apps.connections.open") if call.fault]
    assert asked[-1] - asked[0] >= 0.4


def test_a_ticket_that_has_grown_old_is_not_tried_for_ever(slack: Slack, tuva: Running) -> None:
    slack.refuse_sockets()
    slack.drop_sockets()
    asked = len(slack.calls("apps.connections.open"))
    until(lambda: len(slack.calls("apps.connections.open")) >= asked + 4)
    slack.refuse_sockets(on=False)
    until(lambda: are_two(slack))


def test_too_many_connections_are_no_storm(slack: Slack, tuva: Running) -> None:
    before = len(slack.calls("apps.connections.open"))
    every(0.1, 5, lambda: slack.disconnect(reason="too_many_websockets"))
    until(lambda: are_two(slack))
    assert len(slack.calls("apps.connections.open")) - before <= 30


@pytest.mark.parametrize("fault", ["revoked", "down"])
def test_where_slack_cannot_be_had_at_the_start_it_is_heard_once_it_can(
    fault: str, slack: Slack, settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatops.platforms.slack.ASK_AGAIN_SECONDS", 0.1)
    bind(database)
    slack.revoke_token() if fault == "revoked" else slack.fault("*", "cut", times=None)
    tuva = Running(settings.model_copy(update={"slack": slack_settings(slack)}))
    try:
        until(lambda: not health(tuva)["ok"] and health(tuva)["age_seconds"] > 0.2)
        slack.restore_token()
        slack.clear_faults()
        until(lambda: health(tuva)["ok"] and are_two(slack))
        assert slack.command("/propose", "Solceller", by=U[BO], channel=CHANNEL).error is None
    finally:
        tuva.stop()


def test_what_is_in_hand_when_tuva_stops_is_stored_and_answered(
    slack: Slack, settings: Settings, database: Database
) -> None:
    bind(database)
    tuva = Running(settings.model_copy(update={"slack": slack_settings(slack)}))
    until(lambda: are_two(slack))
    with ThreadPoolExecutor() as threads:
        with database.written_alone():
            asking = threads.submit(slack.command, "/propose", "Solceller", by=U[BO], channel=CHANNEL)
            time.sleep(0.3)
            stopping = threads.submit(tuva.stop)
            time.sleep(0.3)
        assert asking.result().error is None
        stopping.result()
    assert titles(database) == ["Solceller"]
