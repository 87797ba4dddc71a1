"""The check-up of Slack: what it answers to tokens, scopes and channels is told with its cure."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pydantic import SecretStr

from chatops import checkup as whole_checkup
from chatops.platforms.slack import checkup
from chatops.platforms.slack.manifest import NEEDED, scopes
from config.settings import Settings, SlackSettings
from config.texts import texts_in
from living import free_port
from storage.database import Database
from storage.groups import bind_room, group_called
from storage.rooms import RoomStage, room_at

BOT, APP = "xoxb-not-to-be-shown", "xapp-not-to-be-shown"
CHANNEL = {"id": "C1", "name": "grona", "is_member": True, "is_archived": False}


class Slack:
    """Slack's answers, by method; a text or a status instead of JSON stands for somebody else who answers."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[tuple[str, str]] = []
        self.scopes: tuple[str, ...] | None = scopes(history=True)
        self.status, self.kind = 200, "application/json"
        self.answers: dict[str, Any] = {
            "auth.test": {"ok": True, "user_id": "U1"},
            "apps.connections.open": {"ok": True, "url": "wss://127.0.0.1/"},
            "conversations.info": {"ok": True, "channel": CHANNEL},
        }

    def refuse(self, method: str, error: str) -> None:
        self.answers[method] = {"ok": False, "error": error}

    def found(self, channels: list[str], mode: str = "socket") -> tuple[list[str], list[str]]:
        """What the check-up finds, in Swedish."""
        settings = SlackSettings(
            bot_token=SecretStr(BOT),
            app_token=SecretStr(APP),
            signing_secret=SecretStr("s"),
            mode=mode,
            api_url=self.url,
        )
        return asyncio.run(checkup.look(settings, channels, texts_in("sv")))

    def problem(self, *channels: str) -> str:
        """The only thing that is wrong."""
        _, (problem,) = self.found([*channels])
        assert "not-to-be-shown" not in problem
        return problem


@pytest.fixture
def slack() -> Iterator[Slack]:
    """Somebody who answers as Slack does, on loopback."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            method = self.path.partition("?")[0].rpartition("/")[2]
            slack.asked.append((method, self.headers["Authorization"]))
            body = json.dumps(slack.answers[method]).encode()
            self.send_response(slack.status)
            self.send_header("Content-Type", slack.kind)
            if slack.scopes is not None:
                self.send_header("X-OAuth-Scopes", ",".join(slack.scopes))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST  # noqa: N815 -- the library's name

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        slack = Slack(f"http://127.0.0.1:{server.server_port}/api/")
        serving = threading.Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        yield slack
        server.shutdown()
        serving.join()


def test_when_all_is_well_nothing_is_said(slack: Slack) -> None:
    assert slack.found(["C1"]) == ([], [])
    assert slack.asked == [
        ("auth.test", f"Bearer {BOT}"),
        ("conversations.info", f"Bearer {BOT}"),
        ("apps.connections.open", f"Bearer {APP}"),
    ]


def test_over_http_the_app_token_is_not_asked_about(slack: Slack) -> None:
    assert slack.found([], "http") == ([], [])
    assert [method for method, _ in slack.asked] == ["auth.test"]


@pytest.mark.parametrize("error", ["invalid_auth", "token_revoked", "account_inactive"])
@pytest.mark.parametrize(
    ("method", "name"), [("auth.test", "slack.bot_token"), ("apps.connections.open", "slack.app_token")]
)
def test_a_token_that_slack_does_not_take_is_named(slack: Slack, method: str, name: str, error: str) -> None:
    slack.refuse(method, error)
    assert f"{name} ({error})" in slack.problem()


def test_both_tokens_are_told_at_once(slack: Slack) -> None:
    slack.refuse("auth.test", "invalid_auth")
    slack.refuse("apps.connections.open", "invalid_auth")
    assert len(slack.found(["C1"])[1]) == 2


@pytest.mark.parametrize("scope", NEEDED)
def test_a_scope_that_is_missing_is_told_with_what_it_is_for(slack: Slack, scope: str) -> None:
    slack.scopes = tuple(each for each in scopes(history=True) if each != scope)
    assert f" {scope} " in slack.problem()
    assert "installera appen igen" in slack.problem()


def test_the_smaller_app_is_no_problem_but_good_to_know(slack: Slack) -> None:
    slack.scopes = scopes(history=False)
    (note, of_pictures), problems = slack.found([])
    assert problems == []
    assert "channels:history och groups:history" in note
    assert "files:read och files:write" in of_pictures


def test_where_slack_tells_no_scopes_none_is_missed(slack: Slack) -> None:
    slack.scopes = None
    assert slack.found([]) == ([], [])


@pytest.mark.parametrize(
    ("changes", "told"), [({"is_archived": True}, "#grona är arkiverad"), ({"is_member": False}, "/invite @Tuva")]
)
def test_a_channel_that_cannot_be_used_is_told(slack: Slack, changes: dict[str, bool], told: str) -> None:
    slack.answers["conversations.info"] = {"ok": True, "channel": CHANNEL | changes}
    assert told in slack.problem("C1")


@pytest.mark.parametrize(("error", "told"), [("channel_not_found", "Slack-kanalen C1"), ("ratelimited", "ratelimited")])
def test_a_channel_that_slack_refuses_is_named(slack: Slack, error: str, told: str) -> None:
    slack.refuse("conversations.info", error)
    assert told in slack.problem("C1")
    assert "C1" in slack.problem("C1")


def test_a_missing_scope_is_not_told_again_for_every_channel(slack: Slack) -> None:
    slack.scopes = tuple(each for each in scopes(history=True) if each != "channels:read")
    slack.refuse("conversations.info", "missing_scope")
    assert "channels:read" in slack.problem("C1", "C2")


def test_slack_that_is_not_there_is_told_once() -> None:
    slack = Slack(f"http://127.0.0.1:{free_port()}/api/")
    assert slack.url in slack.problem("C1")


def test_slack_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "PATIENCE_SECONDS", 0.05)
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        slack = Slack(f"http://127.0.0.1:{silent.getsockname()[1]}/api/")
        began = time.monotonic()
        assert "TimeoutError" in slack.problem()
        assert time.monotonic() - began < 10


@pytest.mark.parametrize("status", [200, 502])
@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/json"])
def test_somebody_else_who_answers_is_told_once(slack: Slack, status: int, kind: str) -> None:
    slack.answers["auth.test"] = "a page of the proxy"
    slack.status, slack.kind = status, kind
    assert slack.url in slack.problem("C1")


def test_the_whole_check_up_asks_slack_about_the_rooms_that_are_open(
    slack: Slack, settings: Settings, database: Database
) -> None:
    with database.transaction() as session:
        for address in ("C1", "C2"):
            bind_room(session, group_called(session, "grona"), "slack", address)
        closed = room_at(session, "slack", "C2")
        assert closed is not None
        closed.stage = RoomStage.ARCHIVED
    slack.refuse("conversations.info", "channel_not_found")
    slack.scopes = scopes(history=False)
    here = SlackSettings(bot_token=SecretStr(BOT), app_token=SecretStr(APP), api_url=slack.url)
    found = whole_checkup.look(settings.model_copy(update={"slack": here}), texts_in("sv"))
    assert [problem for problem in found.problems if "Slack" in problem] == [
        texts_in("sv").say("check-slack-channel-unknown", channel="C1")
    ]
    assert found.notes[-2].startswith("Att veta: appen får inte läsa tillbaka i Slack")
