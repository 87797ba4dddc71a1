"""The stand-in knows what would be active in a message, wherever it stands in it."""

from collections.abc import Iterator
from typing import Any

import pytest

from slackland import Slack
from slackside.calling import call


@pytest.fixture(scope="module")
def slack() -> Iterator[Slack]:
    with Slack() as slack:
        slack.add_person("U1", "asa")
        slack.add_channel("C1", ["U1"], name="miljo")
        yield slack


def live(slack: Slack, text: str = "x", **more: Any) -> list[str]:
    call(slack, "chat_postMessage", channel="C1", text=text, **more)
    return slack.messages("C1")[-1].live


def updated(slack: Slack, text: str, **more: Any) -> list[str]:
    ts = call(slack, "chat_postMessage", channel="C1", text="x")["ts"]
    call(slack, "chat_update", channel="C1", ts=ts, text=text, **more)
    return slack.messages("C1")[-1].live


def rich(*nodes: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [*nodes]}]}]


@pytest.mark.parametrize(
    "token", ["<!channel>", "<!here|x>", "<@U1>", "<#C1|miljo>", "<https://x.example|x>", "<!date^1^x|y>"]
)
def test_what_slack_reads_in_angle_brackets_is_active(slack: Slack, token: str) -> None:
    assert live(slack, f"hej {token}!") == [token]
    assert live(slack, blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": token}}]) == [token]


@pytest.mark.parametrize("text", ["&lt;!channel&gt;", "a < b > c", "@here", "@asa #miljo", "asa@example.org"])
def test_what_is_escaped_or_only_looks_so_is_not(slack: Slack, text: str) -> None:
    assert live(slack, text) == []


def test_names_are_active_where_slack_is_asked_to_link_them(slack: Slack) -> None:
    text = "@here @asa #miljo @nobody"
    assert live(slack, text, link_names=True) == ["@here", "@asa", "#miljo"]
    assert live(slack, text, parse="full") == ["@here", "@asa", "#miljo"]
    assert live(slack, text, parse="none", link_names=False) == []


def test_an_update_reads_names_unless_it_is_told_not_to(slack: Slack) -> None:
    assert updated(slack, "@channel @asa") == ["@channel", "@asa"]
    assert updated(slack, "@channel @asa", parse="none") == []


def test_an_address_is_active_unless_nothing_is_to_be_read(slack: Slack) -> None:
    assert live(slack, "se https://x.example/a") == ["https://x.example/a"]
    assert live(slack, "se https://x.example/a", parse="none") == []


def test_verbatim_text_has_no_names_and_no_addresses(slack: Slack) -> None:
    said = {"type": "mrkdwn", "text": "@here https://x.example"}
    assert live(slack, blocks=[{"type": "section", "text": said}]) == ["https://x.example", "@here"]
    assert live(slack, blocks=[{"type": "section", "text": said | {"verbatim": True}}]) == []


def test_plain_and_rich_text_are_literal(slack: Slack) -> None:
    said = "<!channel> @here https://x.example"
    assert live(slack, blocks=[{"type": "header", "text": {"type": "plain_text", "text": said}}]) == []
    assert live(slack, blocks=rich({"type": "text", "text": said})) == []


def test_nodes_of_rich_text_are_active(slack: Slack) -> None:
    nodes: list[dict[str, Any]] = [
        {"type": "user", "user_id": "U1"},
        {"type": "channel", "channel_id": "C1"},
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "broadcast", "range": "here"},
        {"type": "link", "url": "https://x.example"},
    ]
    assert live(slack, blocks=rich(*nodes)) == ["<@U1>", "<#C1>", "<!subteam^S1>", "<!here>", "<https://x.example>"]


def test_a_view_has_its_active_parts_too(slack: Slack) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "<!here>"}}
    call(slack, "views_publish", user_id="U1", view={"type": "home", "blocks": [section]})
    home = slack.home("U1")
    assert home is not None
    assert home.live == slack.seen()[-1]["live"] == ["<!here>"]
