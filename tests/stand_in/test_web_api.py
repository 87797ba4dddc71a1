"""The stand-in's Web API answers the real slack_sdk as Slack does, refusals included."""

from collections.abc import Iterator

import httpx
import pytest

from slackland import Slack
from slackside.calling import call, error, refusal

METADATA = {"event_type": "tuva_card", "event_payload": {"k": "1"}}
SECTION = {"type": "section", "text": {"type": "plain_text", "text": "Cykelställ"}}


@pytest.fixture(scope="module")
def world() -> Iterator[Slack]:
    with Slack() as slack:
        slack.add_person("U1", "asa", "asa@example.org")
        slack.add_person("U2", "bo", "bo@example.org", locale="en-GB", zone="Europe/London")
        slack.add_person("U9", "cai", "cai@example.com", team="T9")
        yield slack


@pytest.fixture
def slack(world: Slack) -> Slack:
    """The same workspace with a new channel C."""
    world.add_channel("C", ["U1", "U2"])
    world.clear_faults()
    return world


def post(slack: Slack, text: str = "hej", channel: str = "C", **more: object) -> str:
    return str(call(slack, "chat_postMessage", channel=channel, text=text, **more)["ts"])


def test_the_app_learns_who_it_is_and_what_it_may(slack: Slack) -> None:
    told = call(slack, "auth_test")
    assert (told["user_id"], told["team_id"], told["bot_id"]) == (slack.bot_user, slack.team, slack.bot)
    headers = httpx.post(f"{slack.api_url}auth.test", headers={"Authorization": f"Bearer {slack.bot_token}"}).headers
    assert headers["x-oauth-scopes"].split(",") == slack.scopes


@pytest.mark.parametrize(("token", "why"), [("", "not_authed"), ("xoxb-other", "invalid_auth")])
def test_a_token_that_is_not_good_is_refused(slack: Slack, token: str, why: str) -> None:
    assert error(slack, "auth_test", token=token) == why


def test_a_socket_is_opened_with_the_app_token_only(slack: Slack) -> None:
    assert call(slack, "apps_connections_open", app_token=slack.app_token)["url"].startswith("ws://127.0.0.1:")
    assert error(slack, "apps_connections_open", app_token=slack.bot_token) == "not_allowed_token_type"


def test_a_revoked_token_is_refused_until_it_is_restored(slack: Slack) -> None:
    slack.revoke_token("account_inactive")
    assert error(slack, "auth_test") == "account_inactive"
    slack.restore_token()
    assert call(slack, "auth_test")["ok"]


def test_a_missing_scope_is_named(slack: Slack) -> None:
    slack.take_scope("chat:write")
    told = refusal(slack, "chat_postMessage", channel="C", text="hej")
    slack.give_scope("chat:write")
    assert (told["error"], told["needed"]) == ("missing_scope", "chat:write")
    assert "chat:write" not in told["provided"].split(",")


def test_a_scope_goes_with_the_kind_of_channel(slack: Slack) -> None:
    slack.add_channel("G", ["U1"], private=True)
    slack.take_scope("groups:history")
    assert call(slack, "conversations_history", channel="C")["ok"]
    assert error(slack, "conversations_history", channel="G") == "missing_scope"
    slack.give_scope("groups:history")


def test_an_unknown_method_is_refused(slack: Slack) -> None:
    assert error(slack, "api_call", api_method="chat.sing") == "unknown_method"


def test_where_the_bot_is_not_it_cannot_post(slack: Slack) -> None:
    slack.add_channel("C2", ["U1"], bot=False)
    slack.add_channel("G2", ["U1"], bot=False, private=True)
    found = [error(slack, "chat_postMessage", channel=each, text="hej") for each in ("C2", "G2", "C3")]
    assert found == ["not_in_channel", "channel_not_found", "channel_not_found"]
    call(slack, "conversations_join", channel="C2")
    assert post(slack, channel="C2")


def test_an_archived_channel_takes_nothing(slack: Slack) -> None:
    ts = post(slack)
    slack.archive("C")
    assert error(slack, "chat_postMessage", channel="C", text="hej") == "is_archived"
    assert error(slack, "chat_update", channel="C", ts=ts, text="hej") == "is_inactive"


def test_a_post_needs_text_or_blocks_that_are_right(slack: Slack) -> None:
    assert error(slack, "api_call", api_method="chat.postMessage", json={"channel": "C"}) == "no_text"
    assert error(slack, "chat_postMessage", channel="C", text="x", blocks="[{") == "invalid_blocks_format"
    told = refusal(slack, "chat_postMessage", channel="C", text="x", blocks=[{"type": "header"}])
    assert told["response_metadata"]["messages"] == ["[ERROR] missing required field: text [json-pointer:/blocks/0]"]


def test_a_long_text_comes_out_as_several_messages(slack: Slack) -> None:
    post(slack, "x" * 4001)
    assert [len(each.text) for each in slack.messages("C")] == [4000, 1]


def test_a_very_long_text_is_cut(slack: Slack) -> None:
    post(slack, "x" * 40_001)
    assert sum(len(each.text) for each in slack.messages("C")) == 40_000


def test_an_update_changes_what_stands_and_keeps_its_metadata(slack: Slack) -> None:
    ts = post(slack, blocks=[SECTION], metadata=METADATA)
    call(slack, "chat_update", channel="C", ts=ts, text="nytt")
    (message,) = slack.messages("C")
    assert (message.words, message.blocks, message.metadata, message.edited) == ("nytt", [], METADATA, 1)


def test_an_update_has_its_refusals(slack: Slack) -> None:
    ts = post(slack)
    other = slack.say("U1", "hej", channel="C").ts
    assert error(slack, "chat_update", channel="C", ts=ts, text="x" * 4001) == "msg_too_long"
    assert error(slack, "chat_update", channel="C", ts=other, text="x") == "cant_update_message"
    assert error(slack, "chat_update", channel="C", ts="1.000001", text="x") == "message_not_found"


def test_a_deleted_message_is_gone_but_was_seen(slack: Slack) -> None:
    place = len(slack.seen())
    call(slack, "chat_delete", channel="C", ts=post(slack))
    assert slack.messages("C") == []
    assert [each["what"] for each in slack.seen(place)] == ["posted", "deleted"]


def test_a_whisper_reaches_only_who_is_there(slack: Slack) -> None:
    call(slack, "chat_postEphemeral", channel="C", user="U1", text="psst")
    assert [each.words for each in slack.ephemerals("U1")][-1] == "psst"
    assert slack.messages("C") == []
    assert error(slack, "chat_postEphemeral", channel="C", user="U9", text="x") == "user_not_in_channel"


def test_metadata_has_a_limit_and_a_form(slack: Slack) -> None:
    large = METADATA | {"event_payload": {"k": "x" * 8000}}
    assert error(slack, "chat_postMessage", channel="C", text="x", metadata=large) == "metadata_too_large"
    assert error(slack, "chat_postMessage", channel="C", text="x", metadata={"a": 1}) == "invalid_metadata_format"


def test_history_is_newest_first_in_pages_with_metadata_when_asked_for(slack: Slack) -> None:
    first, second, third = post(slack, "1", metadata=METADATA), post(slack, "2"), post(slack, "3")
    page = call(slack, "conversations_history", channel="C", limit=2)
    rest = call(slack, "conversations_history", channel="C", cursor=page["response_metadata"]["next_cursor"])
    assert [each["ts"] for each in page["messages"] + rest["messages"]] == [third, second, first]
    assert (page["has_more"], rest["has_more"], rest["messages"][0].get("metadata")) == (True, False, None)
    whole = call(slack, "conversations_history", channel="C", latest=second, include_all_metadata=True)
    assert [each["metadata"] for each in whole["messages"]] == [METADATA]
    newer = call(slack, "conversations_history", channel="C", oldest=second, inclusive=True)
    assert [each["ts"] for each in newer["messages"]] == [third, second]


def test_a_thread_is_read_by_its_first_message_and_is_not_in_the_history(slack: Slack) -> None:
    ts = post(slack)
    reply = post(slack, "svar", thread_ts=ts)
    read = call(slack, "conversations_replies", channel="C", ts=ts)["messages"]
    assert ([each["ts"] for each in read], read[0]["reply_count"]) == ([ts, reply], 1)
    assert [each["ts"] for each in call(slack, "conversations_history", channel="C")["messages"]] == [ts]
    assert error(slack, "conversations_replies", channel="C", ts="1.000001") == "thread_not_found"
    assert [each.words for each in slack.thread("C", ts)] == ["hej", "svar"]


def test_a_reply_to_what_is_gone_lands_in_the_channel(slack: Slack) -> None:
    ts = post(slack)
    call(slack, "chat_delete", channel="C", ts=ts)
    told = call(slack, "chat_postMessage", channel="C", text="svar", thread_ts=ts)["message"]
    assert ("thread_ts" in told, slack.messages("C")[0].thread_ts) == (False, None)


def test_people_are_told_with_zone_language_and_address_as_scopes_allow(slack: Slack) -> None:
    told = call(slack, "users_info", user="U2", include_locale=True)["user"]
    assert (told["locale"], told["tz"], told["profile"]["email"]) == ("en-GB", "Europe/London", "bo@example.org")
    slack.take_scope("users:read.email")
    assert "email" not in call(slack, "users_info", user="U2")["user"]["profile"]
    slack.give_scope("users:read.email")


def test_a_stranger_is_known_by_their_team_and_found_by_no_address(slack: Slack) -> None:
    told = call(slack, "users_info", user="U9")["user"]
    assert (told["is_stranger"], told["team_id"], told["profile"].get("email")) == (True, "T9", None)
    assert error(slack, "users_lookupByEmail", email="cai@example.com") == "users_not_found"
    assert call(slack, "users_lookupByEmail", email="asa@example.org")["user"]["id"] == "U1"


def test_a_direct_channel_is_opened_and_can_be_read(slack: Slack) -> None:
    channel = call(slack, "conversations_open", users="U1")["channel"]["id"]
    post(slack, "bara du", channel=channel)
    assert [each.words for each in slack.direct("U1")] == ["bara du"]
    assert error(slack, "conversations_open", users="U7") == "user_not_found"


def test_reactions_are_read_with_who_gave_them(slack: Slack) -> None:
    ts = post(slack)
    slack.react("U1", "C", ts, "+1::skin-tone-2")
    call(slack, "reactions_add", channel="C", timestamp=ts, name="bulb")
    told = call(slack, "reactions_get", channel="C", timestamp=ts, full=True)["message"]["reactions"]
    assert {each["name"]: each["users"] for each in told} == {"+1::skin-tone-2": ["U1"], "bulb": [slack.bot_user]}
    assert error(slack, "reactions_add", channel="C", timestamp=ts, name="bulb") == "already_reacted"
