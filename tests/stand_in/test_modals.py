"""Modals and home tabs of the stand-in: opened by a real slack-bolt app, filled in as Slack lets people."""

from typing import Any

from slackland import Slack
from slackside.calling import call, error
from slackside.examples import CARD, MODAL, STEP, Json, plain
from slackside.tiny import Deed, TinyApp, answering


def opening(view: Json) -> Deed:
    async def deed(ack: Any, body: Json, client: Any, **_: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    return deed


def opened(slack: Slack, app: TinyApp) -> Json:
    app.does["command"] = opening(MODAL)
    assert slack.command("/propose", by="U1", channel="C1").error is None
    view = slack.view("U1")
    assert view is not None
    return {"title": view.title, "id": view.id, "hash": view.hash}


def test_a_modal_opens_by_its_trigger_once(slack: Slack, app: TinyApp) -> None:
    opened(slack, app)
    trigger = app.heard[-1][1]["trigger_id"]
    assert error(slack, "views_open", trigger_id=trigger, view=MODAL) == "exchanged_trigger_id"
    assert error(slack, "views_open", trigger_id="1.2.3", view=MODAL) == "invalid_trigger_id"
    bad = MODAL | {"title": plain("x" * 25)}
    assert error(slack, "views_update", view_id=slack.view("U1").id, view=bad) == "invalid_arguments"


def test_a_trigger_is_good_for_three_seconds(slack: Slack, app: TinyApp) -> None:
    slack.command("/propose", by="U1", channel="C1")
    trigger = app.heard[-1][1]["trigger_id"]
    slack.age_triggers(3.1)
    assert error(slack, "views_open", trigger_id=trigger, view=MODAL) == "expired_trigger_id"


def test_a_modal_is_filled_in_and_sent(slack: Slack, app: TinyApp) -> None:
    opened(slack, app)
    assert slack.submit("U1", {"title": "Cykelställ", "goals": ["idé"]}).error is None
    values = app.heard[-1][1]["view"]["state"]["values"]
    assert values["title"]["title-said"] == {"type": "plain_text_input", "value": "Cykelställ"}
    assert values["kind"]["kind-said"]["selected_option"]["value"] == "fråga"
    assert [each["value"] for each in values["goals"]["goals-said"]["selected_options"]] == ["idé"]
    assert (app.heard[-1][1]["view"]["private_metadata"], slack.view("U1")) == ("C1", None)


def test_what_slack_itself_refuses_is_not_sent(slack: Slack, app: TinyApp) -> None:
    opened(slack, app)
    assert slack.submit("U1", {"title": "x" * 11}).error == "not_sent"
    assert list(slack.view_errors("U1")) == ["title"]
    assert "view" not in app.kinds()


def test_errors_stand_in_the_modal_and_must_name_its_fields(slack: Slack, app: TinyApp) -> None:
    opened(slack, app)
    app.does["view"] = answering(response_action="errors", errors={"title": "Finns redan"})
    assert slack.submit("U1", {"title": "x"}).error is None
    assert slack.view_errors("U1") == {"title": "Finns redan"}
    app.does["view"] = answering(response_action="errors", errors={"body": "Finns redan"})
    assert slack.submit("U1", {"title": "x"}).error == "invalid_view_response"


def test_a_modal_goes_on_to_the_next_or_closes_them_all(slack: Slack, app: TinyApp) -> None:
    opened(slack, app)
    app.does["view"] = answering(response_action="push", view=STEP)
    slack.submit("U1", {"title": "x"})
    view = slack.view("U1")
    assert (view.depth, view.words.splitlines()[0]) == (2, "Steg 2")
    app.does["view"] = answering(response_action="update", view=MODAL)
    slack.submit("U1", {"title": "x"})
    assert (slack.view("U1").id, slack.view("U1").words.splitlines()[0]) == (view.id, "Föreslå")
    app.does["view"] = answering(response_action="clear")
    slack.submit("U1")
    assert slack.view("U1") is None


def test_a_closed_modal_is_told_of_and_cannot_be_changed(slack: Slack, app: TinyApp) -> None:
    number = opened(slack, app)["id"]
    slack.close_view("U1")
    assert app.kinds()[-1] == "closed"
    assert error(slack, "views_update", view_id=number, view=MODAL) == "not_found"


def test_an_old_hash_conflicts_and_what_was_typed_stays(slack: Slack, app: TinyApp) -> None:
    before = opened(slack, app)
    slack.fill("U1", {"title": "Cykel"})
    call(slack, "views_update", view_id=before["id"], hash=before["hash"], view=STEP)
    assert error(slack, "views_update", view_id=before["id"], hash=before["hash"], view=STEP) == "hash_conflict"
    slack.submit("U1")
    assert app.heard[-1][1]["view"]["state"]["values"]["title"]["title-said"]["value"] == "Cykel"


def test_shortcuts_open_modals_with_the_message_or_without(slack: Slack, app: TinyApp) -> None:
    app.does["shortcut"] = opening(MODAL)
    ts = slack.say("U2", "Fler cykelställ", channel="C1").ts
    assert slack.shortcut("ask", by="U1", channel="C1", ts=ts).error is None
    assert app.heard[-1][1]["message"]["text"] == "Fler cykelställ"
    assert slack.shortcut("ask", by="U1").error is None
    assert (app.heard[-1][1]["type"], slack.view("U1").callback_id) == ("shortcut", "propose")


def test_a_home_tab_is_published_and_pressed(slack: Slack, app: TinyApp) -> None:
    async def deed(ack: Any, body: Json, client: Any, **_: Any) -> None:
        await ack()
        await client.views_publish(user_id=body["event"]["user"], view={"type": "home", "blocks": CARD})

    app.does["app_home_opened"] = deed
    slack.open_home("U1")
    home = slack.home("U1")
    assert home is not None
    assert home.words == "Förslag 1: Cykelställ\n[Stödjer]"
    assert slack.press_home("U1", "support", value="t1").error is None
    assert app.heard[-1][1]["view"]["type"] == "home"
