"""The stand-in makes channels, furnishes them and lets people in and out as Slack does, refusals included."""

from collections.abc import Iterator
from typing import Any

import pytest

from slackland import Slack
from slackside.calling import call, error, refusal


@pytest.fixture(scope="module")
def world() -> Iterator[Slack]:
    with Slack() as slack:
        slack.add_person("U1", "asa", "asa@example.org")
        slack.add_person("U2", "bo", "bo@example.org")
        slack.add_person("U3", "disa", "disa@example.org", deleted=True)
        slack.add_person("U4", "ebbe", "ebbe@example.org", ultra_restricted=True)
        slack.add_person("U9", "cai", "cai@example.com", team="T9")
        slack.add_channel("C0LOUNGE", ["U4"], name="lounge", bot=False)
        slack.add_channel("G0SECRET", ["U1"], name="secret", private=True, bot=False)
        yield slack


@pytest.fixture
def slack(world: Slack) -> Slack:
    """The same workspace, without what a test has asked to go wrong."""
    world.clear_faults()
    return world


def made(slack: Slack, name: str, **more: Any) -> str:
    return str(call(slack, "conversations_create", name=name, **more)["channel"]["id"])


def test_who_makes_a_channel_is_in_it(slack: Slack) -> None:
    about = call(slack, "conversations_create", name="cykel_2", is_private=True)["channel"]
    assert (about["creator"], about["is_member"], about["is_private"]) == (slack.bot_user, True, True)
    assert slack.channel_called("cykel_2")["members"] == [slack.bot_user]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "invalid_name_required"),
        ("a" * 81, "invalid_name_maxlength"),
        ("Cykel", "invalid_name_specials"),
        ("cykel ställ", "invalid_name_specials"),
        ("cykel.", "invalid_name_specials"),
        ("--", "invalid_name_punctuation"),
        ("secret", "name_taken"),
    ],
)
def test_a_name_keeps_to_the_rules_and_is_free(slack: Slack, name: str, why: str) -> None:
    assert error(slack, "conversations_create", name=name) == why


def test_what_is_archived_keeps_its_name_and_what_is_deleted_does_not(slack: Slack) -> None:
    channel = made(slack, "gammal")
    call(slack, "conversations_archive", channel=channel)
    assert error(slack, "conversations_create", name="gammal") == "name_taken"
    slack.delete_channel(channel)
    assert made(slack, "gammal") != channel


def test_the_channels_that_the_app_is_in_are_listed_a_page_at_a_time(slack: Slack) -> None:
    made(slack, "privat", is_private=True)
    found, cursor = [], ""
    while cursor or not found:
        kinds = "public_channel,private_channel"
        page = call(slack, "users_conversations", types=kinds, limit=2, cursor=cursor)
        found += [channel["name"] for channel in page["channels"]] or [""]
        cursor = page["response_metadata"]["next_cursor"]
    assert "privat" in found
    assert not {"lounge", "secret"} & set(found)


@pytest.mark.parametrize("method", ["conversations_setTopic", "conversations_setPurpose"])
def test_what_stands_above_is_at_most_250_characters_as_slack_keeps_them(slack: Slack, method: str) -> None:
    word, channel = method[17:].lower(), made(slack, f"ovan-{method[17:].lower()}")
    call(slack, method, channel=channel, **{word: "<&>"})
    assert slack.channel_called(f"ovan-{word}")[word] == "&lt;&amp;&gt;"
    assert error(slack, method, channel=channel, **{word: "&" * 51}) == "too_long"


def test_invitations_are_refused_as_the_page_says(slack: Slack) -> None:
    channel = made(slack, "inbjudan")
    call(slack, "conversations_invite", channel=channel, users="U1")
    wanted = {"U1": "already_in_channel", "U3": "cant_invite", "U4": "ura_max_channels", "U7": "user_not_found"}
    wanted |= {"U9": "no_external_invite_permission", slack.bot_user: "cant_invite_self"}
    assert {user: error(slack, "conversations_invite", channel=channel, users=user) for user in wanted} == wanted
    assert error(slack, "conversations_invite", channel="C0LOUNGE", users="U1") == "not_in_channel"
    assert error(slack, "conversations_invite", channel="G0SECRET", users="U2") == "channel_not_found"
    assert [join for join in slack.joins() if join[0] == channel][1:] == [(channel, "U1")]


def test_who_is_put_out_is_out_once(slack: Slack) -> None:
    channel = made(slack, "ut")
    call(slack, "conversations_invite", channel=channel, users="U1")
    call(slack, "conversations_kick", channel=channel, user="U1")
    assert error(slack, "conversations_kick", channel=channel, user="U1") == "not_in_channel"
    assert error(slack, "conversations_kick", channel=channel, user=slack.bot_user) == "cant_kick_self"


def test_an_archived_channel_takes_nothing_more(slack: Slack) -> None:
    channel = made(slack, "arkiv")
    call(slack, "conversations_archive", channel=channel)
    assert error(slack, "conversations_archive", channel=channel) == "already_archived"
    assert error(slack, "conversations_setTopic", channel=channel, topic="x") == "is_archived"
    assert error(slack, "conversations_invite", channel=channel, users="U1") == "is_archived"


def test_a_message_is_pinned_once(slack: Slack) -> None:
    channel = made(slack, "nal")
    ts = call(slack, "chat_postMessage", channel=channel, text="hej")["ts"]
    call(slack, "pins_add", channel=channel, timestamp=ts)
    assert slack.channel_called("nal")["pins"] == [ts]
    assert error(slack, "pins_add", channel=channel, timestamp=ts) == "already_pinned"
    assert error(slack, "pins_add", channel=channel, timestamp="1.0") == "message_not_found"


@pytest.mark.parametrize(
    ("scope", "method", "asked"),
    [
        ("channels:manage", "conversations_create", {"name": "x"}),
        ("groups:write", "conversations_create", {"name": "x", "is_private": True}),
        ("channels:manage", "conversations_archive", {"channel": "C0LOUNGE"}),
        ("pins:write", "pins_add", {"channel": "C0LOUNGE", "timestamp": "1.0"}),
        ("groups:read", "users_conversations", {"types": "private_channel"}),
    ],
)
def test_each_method_has_its_scope(slack: Slack, scope: str, method: str, asked: dict[str, Any]) -> None:
    slack.take_scope(scope)
    told = refusal(slack, method, **asked)
    slack.give_scope(scope)
    assert (told["error"], told["needed"]) == ("missing_scope", scope)


def test_the_settings_of_a_workspace_may_keep_apps_from_making_channels(slack: Slack) -> None:
    slack.restrict("conversations.create")
    assert error(slack, "conversations_create", name="x") == "restricted_action"
    slack.restrict("conversations.create", on=False)
