"""The stand-in's files: who may fetch them, how the app gives one, and when a message may show it."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from jpegs import photo
from living import until
from slackland import Slack
from slackside.calling import call, error

JPEG = photo(9, 6)


@pytest.fixture(scope="module")
def slack() -> Iterator[Slack]:
    with Slack() as slack:
        slack.add_person("U1", "asa", "asa@example.org")
        slack.add_channel("C", ["U1"])
        yield slack


def given(slack: Slack, content: bytes = JPEG) -> str:
    """A file that the app gave to Slack; its id."""
    told = call(slack, "files_getUploadURLExternal", filename="a.jpg", length=len(content))
    httpx.post(told["upload_url"], content=content).raise_for_status()
    call(slack, "files_completeUploadExternal", files=[{"id": told["file_id"]}])
    return str(told["file_id"])


def shown(file: str) -> list[dict[str, Any]]:
    return [{"type": "image", "slack_file": {"id": file}, "alt_text": "Ställ"}]


def test_a_file_is_fetched_with_the_token_and_with_nothing_else(slack: Slack) -> None:
    file = call(slack, "files_info", file=slack.add_file("U1", JPEG))["file"]
    assert (file["mimetype"], file["size"]) == ("image/jpeg", len(JPEG))
    token = {"Authorization": f"Bearer {slack.bot_token}"}
    assert httpx.get(file["url_private"], headers=token).content == JPEG
    assert "Sign in" in httpx.get(file["url_private"]).text


def test_a_file_that_is_gone_is_not_found(slack: Slack) -> None:
    slack.change_file(file := slack.add_file("U1", JPEG), deleted=True)
    assert error(slack, "files_info", file=file) == "file_deleted"
    assert error(slack, "files_info", file="F000000000") == "file_not_found"


def test_a_message_shows_a_file_only_when_slack_has_looked_at_it(slack: Slack) -> None:
    file = given(slack)
    assert error(slack, "chat_postMessage", channel="C", text="a", blocks=shown(file)) == "invalid_blocks"
    until(lambda: call(slack, "files_info", file=file)["file"]["mimetype"])
    assert call(slack, "chat_postMessage", channel="C", text="a", blocks=shown(file))["ok"]


def test_a_file_is_looked_at_for_as_long_as_the_test_says(slack: Slack) -> None:
    slack.switches(looks_for=3600.0)
    file = given(slack)
    assert call(slack, "files_info", file=file)["file"]["mimetype"] == ""
    assert error(slack, "chat_postMessage", channel="C", text="a", blocks=shown(file)) == "invalid_blocks"
    slack.look_at_files()
    assert call(slack, "chat_postMessage", channel="C", text="a", blocks=shown(file))["ok"]
    slack.switches(looks_for=0.3)


def test_a_message_shows_no_file_that_is_no_picture_or_is_not_there(slack: Slack) -> None:
    page = slack.add_file("U1", b"<html>", mimetype="text/html")
    for file in (page, "F000000000", "f1"):
        assert error(slack, "chat_postMessage", channel="C", text="a", blocks=shown(file)) == "invalid_blocks"


def test_another_length_than_was_told_is_no_upload(slack: Slack) -> None:
    told = call(slack, "files_getUploadURLExternal", filename="a.jpg", length=5)
    assert httpx.post(told["upload_url"], content=JPEG).status_code == 400
    assert error(slack, "files_completeUploadExternal", files=[{"id": told["file_id"]}]) == "file_not_found"


@pytest.mark.parametrize(
    ("scope", "method", "asked"),
    [
        ("files:read", "files_info", {"file": "F1"}),
        ("files:write", "files_getUploadURLExternal", {"filename": "a", "length": 1}),
    ],
)
def test_files_have_scopes_of_their_own(slack: Slack, scope: str, method: str, asked: dict[str, Any]) -> None:
    slack.take_scope(scope)
    assert error(slack, method, **asked) == "missing_scope"
    slack.give_scope(scope)


def test_a_message_with_a_file_is_told_as_one(slack: Slack) -> None:
    outcome = slack.say("U1", "hej", files=[slack.add_file("U1", JPEG)])
    told = [event["body"]["event"] for event in slack.events() if event["body"]["event_id"] in outcome.event_ids]
    assert [(event["subtype"], event["files"][0]["name"]) for event in told] == [("file_share", "bild.jpg")]
