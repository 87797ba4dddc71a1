"""The stand-in's Web API fails as it is asked to; the process ends with whoever started it."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from aiohttp import ServerDisconnectedError
from slack_sdk.errors import SlackApiError

from slackland import Slack
from slackside.calling import call

PIPES = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
SPEAKING = "from slackland import Slack; slack = Slack(); print(slack.api_url, flush=True); input()"


@pytest.fixture
def slack() -> Iterator[Slack]:
    with Slack() as slack:
        slack.add_channel("C", [])
        yield slack


def post(slack: Slack, text: str = "hej") -> None:
    call(slack, "chat_postMessage", channel="C", text=text)


def test_faults_come_when_asked_for_and_in_order(slack: Slack) -> None:
    slack.fault("chat.postMessage", "ratelimited", retry_after=7)
    slack.fault("chat.postMessage", "lose_reply")
    slack.fault("chat.postMessage", "cut")
    slack.fault("chat.postMessage", "garbage")
    slack.fault("chat.postMessage", "server_error")
    with pytest.raises(SlackApiError) as limited:
        post(slack, "1")
    assert (limited.value.response.status_code, limited.value.response.headers["Retry-After"]) == (429, "7")
    for text in ("2", "3"):
        with pytest.raises(ServerDisconnectedError):
            post(slack, text)
    for text in ("4", "5"):
        with pytest.raises(SlackApiError):
            post(slack, text)
    post(slack, "6")
    assert [each.text for each in slack.messages("C")] == ["2", "6"]
    faults = [each.fault for each in slack.calls("chat.postMessage")][-6:]
    assert faults == ["ratelimited", "lose_reply", "cut", "garbage", "server_error", None]


def test_a_late_call_has_its_effect_after_its_answer_was_lost(slack: Slack) -> None:
    slack.fault("chat.postMessage", "late")
    with pytest.raises(ServerDisconnectedError):
        post(slack)
    assert slack.messages("C") == []
    slack.arrive()
    assert len(slack.messages("C")) == 1


def answers(address: str) -> bool:
    try:
        return httpx.post(f"{address}auth.test").is_success
    except httpx.TransportError:
        return False


def test_it_ends_when_whoever_started_it_is_killed() -> None:
    starting = subprocess.Popen([sys.executable, "-c", SPEAKING], cwd=Path(__file__).parents[1], **PIPES)
    with starting:
        assert starting.stdout is not None
        address = starting.stdout.readline().decode().strip()
        assert answers(address)
        starting.kill()
    end = time.monotonic() + 5
    while answers(address) and time.monotonic() < end:
        time.sleep(0.02)
    assert not answers(address)
