"""Slack over HTTP: signed, the same listeners, and nothing that a stranger sends is an error of ours."""

import hashlib
import hmac
import json
import random
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import httpx
import pytest

from config.settings import Settings
from living import until
from on_slack import CHANNEL, Card, Running, U, answered, bind, running
from people import BO
from slackland import Slack
from storage.database import Database


@pytest.fixture
def tuva(settings: Settings, database: Database, slack: Slack) -> Iterator[Running]:
    """Tuva behind a request URL."""
    bind(database)
    with running(settings, slack, mode="http", app_token="") as tuva:
        until(lambda: ready(tuva))
        assert slack.use_http(f"{tuva.base}/slack/events")
        yield tuva


def ready(tuva: Running) -> bool:
    """Slack has said where we are."""
    return bool(httpx.get(f"{tuva.base}/readyz").json()["slack"]["ok"])


def signed(secret: str, body: bytes, at: float | None = None) -> dict[str, str]:
    """The headers that Slack would send (docs.slack.dev/authentication/verifying-requests-from-slack)."""
    timestamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
    kind = "application/json" if body.startswith(b"{") else "application/x-www-form-urlencoded"
    return {"X-Slack-Signature": f"v0={digest}", "X-Slack-Request-Timestamp": timestamp, "Content-Type": kind}


def command(text: str = "Solceller") -> bytes:
    """The body of a slash command."""
    facts = {"command": "/propose", "text": text, "user_id": U[BO], "team_id": "T1", "channel_id": CHANNEL}
    return urlencode({**facts, "trigger_id": f"1.2.{text}", "response_url": "http://127.0.0.1:9/x"}).encode()


def post(tuva: Running, body: bytes, headers: dict[str, str]) -> httpx.Response:
    """One request to the door."""
    return httpx.post(f"{tuva.base}/slack/events", content=body, headers=headers, timeout=10)


def test_commands_buttons_and_events_come_over_http_too(slack: Slack, tuva: Running, card: Card) -> None:
    assert "Förslag 1" in answered(slack.command("/propose", "Solceller", by=U[BO], channel=CHANNEL))
    slack.press(U[BO], CHANNEL, card("Förslag 1").ts, "support")
    slack.mention(U[BO], CHANNEL, "förslag lista")
    assert until(lambda: any("Stöd: 1" in said.words for said in slack.ephemerals(U[BO])))


def test_a_signature_of_ours_is_accepted_and_its_replay_has_no_second_effect(
    slack: Slack, tuva: Running, card: Card
) -> None:
    body = command()
    headers = signed(slack.signing_secret, body)
    answers = [post(tuva, body, headers) for _ in range(10)]
    assert {answer.status_code for answer in answers} == {200}
    card("Förslag 1")
    assert len(slack.messages(CHANNEL)) == 1


TAMPERED = {
    "another secret": lambda headers, body: (signed("wrong", body), body),
    "another body": lambda headers, body: (headers, body + b"&x=1"),
    "too old": lambda headers, body: (headers | {"X-Slack-Request-Timestamp": str(int(time.time()) - 301)}, body),
    "from the future": lambda headers, body: (
        headers | {"X-Slack-Request-Timestamp": str(int(time.time()) + 301)},
        body,
    ),
    "no signature": lambda headers, body: ({"X-Slack-Request-Timestamp": headers["X-Slack-Request-Timestamp"]}, body),
    "no timestamp": lambda headers, body: ({"X-Slack-Signature": headers["X-Slack-Signature"]}, body),
    "words for a timestamp": lambda headers, body: (headers | {"X-Slack-Request-Timestamp": "abc"}, body),
    "an empty timestamp": lambda headers, body: (headers | {"X-Slack-Request-Timestamp": ""}, body),
    "a long timestamp": lambda headers, body: (headers | {"X-Slack-Request-Timestamp": "9" * 5_000}, body),
    "a negative timestamp": lambda headers, body: (headers | {"X-Slack-Request-Timestamp": "-1"}, body),
    "an empty signature": lambda headers, body: (headers | {"X-Slack-Signature": ""}, body),
    "another version": lambda headers, body: (
        headers | {"X-Slack-Signature": "v1" + headers["X-Slack-Signature"][2:]},
        body,
    ),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_what_slack_did_not_sign_is_answered_with_401(how: str, slack: Slack, tuva: Running) -> None:
    body = command()
    headers, body = TAMPERED[how](signed(slack.signing_secret, body), body)
    assert post(tuva, body, headers).status_code == 401
    assert slack.messages(CHANNEL) == []


def test_a_signature_outside_ascii_is_answered_with_401(slack: Slack, tuva: Running) -> None:
    body = command()
    headers = {name: value.encode() for name, value in signed(slack.signing_secret, body).items()}
    headers["X-Slack-Signature"] = "v0=åäö".encode("latin-1")
    assert httpx.post(f"{tuva.base}/slack/events", content=body, headers=headers).status_code == 401


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe", b"payload=%FF", b"payload=%7B", b"payload=[]", b"payload=1", b"{", b"{}", b"", b"[1]", b"null"],
)
def test_a_signed_body_that_cannot_be_read_is_no_error_of_ours(body: bytes, slack: Slack, tuva: Running) -> None:
    assert post(tuva, body, signed(slack.signing_secret, body)).status_code < 500


def test_a_body_that_is_too_large_is_refused(slack: Slack, tuva: Running) -> None:
    body = b"x" * (1024 * 1024 + 1)
    assert post(tuva, body, signed(slack.signing_secret, body)).status_code == 400


@pytest.mark.parametrize("requests", [200, pytest.param(10_000, marks=pytest.mark.soak)])
def test_nothing_that_anybody_sends_is_answered_with_500(requests: int, slack: Slack, tuva: Running) -> None:
    chance = random.Random(4)
    names = (
        "type",
        "event",
        "payload",
        "command",
        "text",
        "user",
        "actions",
        "view",
        "team_id",
        "challenge",
        "message",
    )
    with httpx.Client(base_url=tuva.base, timeout=10) as client:
        for _ in range(requests):
            value = chance.choice([None, "x", 1, [], {}, {"type": "reaction_added"}, [{"action_id": "x"}], {"id": "y"}])
            facts = {chance.choice(names): value for _ in range(chance.randrange(5))}
            body = (
                json.dumps(facts).encode()
                if chance.random() < 0.5
                else urlencode({"payload": json.dumps(facts)}).encode()
            )
            headers = signed(slack.signing_secret, body) if chance.random() < 0.8 else {}
            assert client.post("/slack/events", content=body, headers=headers).status_code < 500, facts


def test_other_ways_to_ask_are_refused(tuva: Running) -> None:
    assert httpx.get(f"{tuva.base}/slack/events").status_code == 405
    assert httpx.post(f"{tuva.base}/slack/install").status_code == 404


def test_without_http_mode_there_is_no_such_door(settings: Settings, database: Database, slack: Slack) -> None:
    with running(settings, slack) as tuva:
        assert httpx.post(f"{tuva.base}/slack/events").status_code == 404
