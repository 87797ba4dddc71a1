"""What people do in the stand-in reaches a real slack-bolt app as Slack would tell it, and its answers are seen."""

from typing import Any

import pytest

from slackland import Slack
from slackside.calling import call
from slackside.examples import CARD, Json
from slackside.tiny import TinyApp, answering


def card(slack: Slack) -> str:
    return str(call(slack, "chat_postMessage", channel="C1", text="Förslag 1", blocks=CARD)["ts"])


def test_a_command_is_heard_and_its_answer_whispered(slack: Slack, app: TinyApp) -> None:
    app.does["command"] = answering("Tack!")
    done = slack.command("/propose", "Cykelställ", by="U1", channel="C1")
    ((kind, body),) = app.heard
    assert (kind, body["text"], body["user_id"], body["channel_id"]) == ("command", "Cykelställ", "U1", "C1")
    assert (done.error, done.payload, slack.ephemerals("U1")[-1].words) == (None, {"text": "Tack!"}, "Tack!")


def test_a_command_that_is_answered_with_what_cannot_be_shown_failed(slack: Slack, app: TinyApp) -> None:
    app.does["command"] = answering(text="x", blocks=[{"type": "header"}])
    assert "invalid_blocks" in str(slack.command("/propose", by="U1", channel="C1").error)


def test_a_stranger_has_no_command(slack: Slack, app: TinyApp) -> None:
    assert slack.command("/propose", by="U9", channel="C1").error == "not_a_valid_command"
    assert app.heard == []


def test_who_is_not_in_the_channel_does_nothing_in_it(slack: Slack) -> None:
    slack.add_channel("C5", ["U1"])
    with pytest.raises(AssertionError, match="U2 is not in C5"):
        slack.say("U2", "hej", channel="C5")


def test_a_button_is_pressed_as_it_stands(slack: Slack, app: TinyApp) -> None:
    ts = card(slack)
    assert slack.press("U2", "C1", ts, "support").error is None
    ((_, body),) = [each for each in app.heard if each[0] == "action"]
    assert (body["actions"][0]["value"], body["message"]["ts"], body["user"]["id"]) == ("t1", ts, "U2")
    with pytest.raises(AssertionError, match="there is no object"):
        slack.press("U2", "C1", ts, "object")


def test_a_button_can_be_pressed_as_it_stood(slack: Slack, app: TinyApp) -> None:
    ts = card(slack)
    call(slack, "chat_update", channel="C1", ts=ts, text="Avslutat")
    assert slack.press("U2", "C1", ts, "support", stale_blocks=CARD).error is None


def test_a_response_url_works_five_times(slack: Slack, app: TinyApp) -> None:
    async def deed(ack: Any, respond: Any, **_: Any) -> None:
        await ack()
        for number in range(6):
            await respond(f"{number}")

    app.does["action"] = deed
    slack.press("U2", "C1", card(slack), "support")
    assert [each.words for each in slack.ephemerals("U2")][-5:] == ["0", "1", "2", "3", "4"]
    assert slack.calls("response_url")[-1].error == "used_url"


def test_a_whispered_button_is_pressed_replaced_and_taken_away(slack: Slack, app: TinyApp) -> None:
    async def deed(ack: Any, respond: Any, body: Json, **_: Any) -> None:
        assert body["container"]["is_ephemeral"]
        await respond("Klart", replace_original=True)
        await ack()

    call(slack, "chat_postEphemeral", channel="C1", user="U1", text="x", blocks=CARD)
    app.does["action"] = deed
    assert slack.press_ephemeral("U1", "support").error is None
    assert slack.ephemerals("U1")[-1].words == "Klart"


def test_a_mention_has_a_twin_with_the_same_moment(slack: Slack, app: TinyApp) -> None:
    done = slack.mention("U1", "C1", "propose Cykelställ")
    slack.settle()
    bodies = [body for kind, body in app.heard if body["event"]["ts"] == done.ts]
    assert sorted(body["event"]["type"] for body in bodies) == ["app_mention", "message"]
    assert len({body["event_id"] for body in bodies}) == 2
    assert len({body["event"]["client_msg_id"] for body in bodies}) == 1


def test_a_direct_word_is_of_an_im(slack: Slack, app: TinyApp) -> None:
    slack.say("U1", "hjälp")
    assert (app.heard[-1][1]["event"]["channel_type"], slack.direct("U1")[-1].text) == ("im", "hjälp")


def test_an_edit_carries_both_texts(slack: Slack, app: TinyApp) -> None:
    slack.edit("U1", "C1", slack.say("U1", "förr", channel="C1").ts, "nu")
    event = app.heard[-1][1]["event"]
    told = (event["subtype"], event["previous_message"]["text"], event["message"]["text"])
    assert told == ("message_changed", "förr", "nu")


def test_an_archived_channel_is_told_of(slack: Slack, app: TinyApp) -> None:
    slack.archive("C1")
    slack.archive("C1", archived=False)
    assert app.kinds() == ["channel_archive", "channel_unarchive"]


def test_what_becomes_of_a_channel_is_told_to_whom_it_concerns(slack: Slack, app: TinyApp) -> None:
    slack.add_channel("G1", ["U1"], private=True)
    slack.enter("G1", "U2")
    slack.archive("G1")
    slack.add_channel("C9", ["U1"], bot=False)
    slack.enter("C9", "U2")
    slack.delete_channel("C9")
    assert app.kinds() == ["member_joined_channel", "group_archive", "channel_deleted"]


def test_a_revoked_token_is_told_of(slack: Slack, app: TinyApp) -> None:
    slack.revoke_token()
    slack.restore_token()
    assert app.kinds() == ["tokens_revoked"]


def test_reactions_come_and_go(slack: Slack, app: TinyApp) -> None:
    ts = card(slack)
    slack.react("U1", "C1", ts, "+1::skin-tone-2")
    slack.unreact("U1", "C1", ts, "+1::skin-tone-2")
    assert app.kinds()[-2:] == ["reaction_added", "reaction_removed"]
    assert app.heard[-1][1]["event"]["item"] == {"type": "message", "channel": "C1", "ts": ts}


def test_the_bot_hears_only_where_it_is_and_what_it_may(slack: Slack, app: TinyApp) -> None:
    slack.kick_bot("C1")
    assert slack.say("U1", "hej", channel="C1").event_ids == []
    slack.invite_bot("C1", by="U1")
    assert app.kinds() == ["channel_left", "member_joined_channel"]
    slack.take_scope("reactions:read")
    assert slack.react("U1", "C1", slack.say("U1", "x", channel="C1").ts, "+1").event_ids == []
    slack.give_scope("reactions:read")
