"""The stand-in's sockets and request URL lose, repeat and hang up as Slack does."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from slackland import Slack
from slackside.calling import call
from slackside.tiny import over_http, tiny

QUICK = {"pace": 0.001, "ack_seconds": 0.3}


@pytest.fixture
def slack() -> Iterator[Slack]:
    with Slack(**QUICK) as slack:
        slack.add_person("U1", "asa")
        slack.add_channel("C1", ["U1"])
        yield slack


def until(true: Callable[[], Any], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.01)


async def silent(**_: Any) -> None:
    """Acknowledge nothing."""


async def failing(**_: Any) -> None:
    """What bolt does not acknowledge either."""
    raise RuntimeError


def test_a_command_without_an_answer_timed_out_for_the_person(slack: Slack) -> None:
    with tiny(slack) as app:
        app.does["command"] = silent
        done = slack.command("/propose", by="U1", channel="C1")
        assert (done.error, app.kinds()) == ("operation_timeout", ["command"])
        assert done.seconds == pytest.approx(QUICK["ack_seconds"], abs=0.2)


def test_a_command_nobody_is_there_for_fails_at_once(slack: Slack) -> None:
    assert slack.command("/propose", by="U1", channel="C1").error == "dispatch_failed"


def test_an_event_is_repeated_three_times_with_one_id(slack: Slack) -> None:
    with tiny(slack) as app:
        app.does["message"] = failing
        slack.say("U1", "hej")
        slack.settle()
        assert (app.kinds(), len({body["event_id"] for _, body in app.heard})) == (["message"] * 4, 1)
        assert (slack.events()[-1]["given_up"], slack.events()[-1]["acknowledged"]) == (True, False)


def test_a_lost_acknowledgement_brings_the_event_again(slack: Slack) -> None:
    with tiny(slack) as app:
        slack.lose_acks(1)
        slack.say("U1", "hej")
        slack.settle()
        assert (app.kinds(), slack.events()[-1]["acknowledged"]) == (["message"] * 2, True)


def test_events_wait_for_a_connection_unless_they_are_dropped(slack: Slack) -> None:
    slack.say("U1", "väntar")
    slack.switches(drops_when_alone=True)
    slack.say("U1", "förlorad")
    with tiny(slack) as app:
        until(lambda: app.heard)
        slack.settle()
        assert [body["event"]["text"] for _, body in app.heard] == ["väntar"]


def test_every_connection_gets_its_share(slack: Slack) -> None:
    with tiny(slack, sockets=2):
        until(lambda: len(slack.connections()) == 2)
        for _ in range(4):
            slack.command("/propose", by="U1", channel="C1")
        numbers = [each["connection"] for each in slack.deliveries() if each["kind"] == "slash_commands"]
        assert sorted(numbers) == [1, 1, 2, 2]


def test_ten_connections_are_the_most(slack: Slack) -> None:
    with tiny(slack, sockets=10) as app:
        assert len(slack.connections()) == 10
        app.run(app.connect(slack, 1))
        assert len(slack.connections()) <= 10


def test_a_ticket_is_good_for_one_connection(slack: Slack) -> None:
    with tiny(slack) as app:
        used = str(app.handlers[0].client.wss_uri).replace("ws:", "http:")
        hello = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
        assert httpx.get(used, headers=hello | {"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="}).status_code == 408


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_a_connection_asked_to_go_comes_back_as_another(slack: Slack, reason: str) -> None:
    with tiny(slack):
        slack.disconnect(reason=reason)
        until(lambda: [each["number"] for each in slack.connections() if not each["leaving"]] == [2])
        assert slack.command("/propose", by="U1", channel="C1").error is None


def test_a_cut_wire_is_found_and_replaced(slack: Slack) -> None:
    with tiny(slack):
        slack.drop_sockets()
        until(lambda: [each["number"] for each in slack.connections()] == [2])


def test_a_half_open_connection_answers_nothing_until_the_app_notices(slack: Slack) -> None:
    with tiny(slack):
        slack.half_open()
        assert slack.command("/propose", by="U1", channel="C1").error == "operation_timeout"
        until(lambda: [each["number"] for each in slack.connections() if not each["half_open"]] == [2])
        until(lambda: slack.command("/propose", by="U1", channel="C1").error is None)


def test_refused_connections_are_let_in_again(slack: Slack) -> None:
    with tiny(slack):
        slack.refuse_sockets()
        slack.drop_sockets()
        until(lambda: not slack.connections())
        slack.refuse_sockets(False)
        until(slack.connections)


def test_a_storm_repeats_every_event_shuffled_under_its_own_id(slack: Slack) -> None:
    with tiny(slack, sockets=2) as app:
        for number in range(5):
            slack.say("U1", str(number))
        assert slack.again(times=3, shuffle=True) == [None] * 15
        ids = [body["event_id"] for _, body in app.heard]
        assert sorted(ids.count(each) for each in set(ids)) == [4] * 5


def test_many_gestures_at_once_are_all_answered(slack: Slack) -> None:
    asked = {"command": "/propose", "text": "x", "by": "U1", "channel": "C1"}
    with tiny(slack) as app:
        done = slack.at_once([("command", asked)] * 50)
        assert ({each.error for each in done}, len(app.heard)) == ({None}, 50)


def test_over_http_everything_is_signed_and_heard(slack: Slack) -> None:
    button = {"type": "button", "action_id": "support", "text": {"type": "plain_text", "text": "Stödjer"}}
    ts = call(slack, "chat_postMessage", channel="C1", text="x", blocks=[{"type": "actions", "elements": [button]}])[
        "ts"
    ]
    with over_http(slack) as app:
        assert slack.command("/propose", "åäö & <x>", by="U1", channel="C1").error is None
        assert slack.press("U1", "C1", ts, "support").error is None
        assert slack.shortcut("ask", by="U1").error is None
        slack.say("U1", "hej")
        assert app.kinds() == ["command", "action", "shortcut", "message"]
        assert app.heard[0][1]["text"] == "åäö & <x>"


def test_over_http_an_answer_in_the_response_is_seen(slack: Slack) -> None:
    async def answer(ack: Any, **_: Any) -> None:
        await ack("Tack!")

    with over_http(slack) as app:
        app.does["command"] = answer
        slack.command("/propose", by="U1", channel="C1")
        assert slack.ephemerals("U1")[-1].words == "Tack!"


def test_over_http_a_failing_event_is_repeated_with_its_reason(slack: Slack) -> None:
    with over_http(slack) as app:
        app.does["message"] = failing
        slack.say("U1", "hej")
        slack.settle()
        assert app.kinds() == ["message"] * 4
        assert {each["error"] for each in slack.events()[-1]["tries"]} == {"dispatch_failed"}
