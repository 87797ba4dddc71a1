"""Forms: what is typed empty is asked for, field by field, and a mistake is told where it was made."""

import pytest

from living import propose, until
from on_slack import CHANNEL, EVE, Card, Running, U, answered, whispered
from people import ANA, BO, CHEN, ZOE
from slackland import Slack
from slackside.sight import Shown
from storage.database import Database
from storage.groups import group_called
from storage.roster import import_roster


def opened(slack: Slack, address: str) -> Shown:
    """The form in front of somebody."""
    return until(lambda: slack.view(U[address]))


def fields(view: Shown) -> list[str]:
    """The names of a form's fields."""
    return [block["block_id"] for block in view.blocks if block["type"] == "input"]


@pytest.mark.parametrize("command", [("/propose", ""), ("/tuva", "föreslå"), ("/propose", "  ")])
def test_a_proposal_typed_empty_opens_a_form(command: tuple[str, str], slack: Slack, tuva: Running, card: Card) -> None:
    slack.command(*command, by=U[BO], channel=CHANNEL)
    assert fields(opened(slack, BO)) == ["title", "body", "kind", "goals"]
    slack.submit(U[BO], {"title": "Solceller", "body": "Taket", "kind": "kind:question", "goals": ["#sdg7"]})
    assert slack.view(U[BO]) is None
    shown = card("Förslag 1: Solceller").words
    assert all(words in shown for words in ("Fråga från Bo Bark", "Taket", "7 Hållbar energi för alla"))


def test_an_example_typed_empty_opens_a_form(slack: Slack, tuva: Running, card: Card) -> None:
    slack.command("/example", "", by=U[BO], channel=CHANNEL)
    told = ["title", "body", "effect", "contact", "unit", "links", "goals", "picture"]
    assert fields(opened(slack, BO)) == told
    slack.submit(U[BO], {"title": "lista Cykelpool"})
    assert card("Exempel 1: lista Cykelpool")


def test_a_form_speaks_its_readers_language(slack: Slack, tuva: Running) -> None:
    slack.command("/tuva", "help", by=U[CHEN], channel=CHANNEL)
    slack.command("/propose", "", by=U[CHEN], channel=CHANNEL)
    assert "Title" in opened(slack, CHEN).words


def test_a_mistake_stands_at_its_field_and_nothing_is_lost(slack: Slack, tuva: Running, card: Card) -> None:
    slack.command("/propose", "", by=U[BO], channel=CHANNEL)
    opened(slack, BO)
    slack.submit(U[BO], {"title": "Tjäle #sdg99", "body": "Taket"})
    assert "Det finns inget mål #sdg99" in slack.view_errors(U[BO])["title"]
    slack.submit(U[BO], {"title": "Tjäle #sdg9"})
    assert "Taket" in card("Förslag 1: Tjäle").words


def test_a_view_submitted_twice_has_one_effect(slack: Slack, tuva: Running, card: Card) -> None:
    slack.command("/propose", "", by=U[BO], channel=CHANNEL)
    opened(slack, BO)
    sent = slack.submit(U[BO], {"title": "Solceller"})
    again = slack.deliver("interactive", sent.sent)
    card("Förslag 1")
    assert again.error is None
    assert "Ett öppet förslag" in answered(slack.command("/proposal", "list", by=U[BO], channel=CHANNEL))


def test_the_object_button_asks_for_the_reason(slack: Slack, tuva: Running, card: Card) -> None:
    slack.command("/propose", "Solceller", by=U[ANA], channel=CHANNEL)
    slack.press(U[BO], CHANNEL, card("Förslag 1").ts, "object")
    assert fields(opened(slack, BO)) == ["reason"]
    slack.submit(U[BO], {"reason": "Vem sköter dem?"})
    assert until(lambda: "Vem sköter dem?" in slack.messages(CHANNEL)[0].words)
    assert "Invändningar: 1" in slack.messages(CHANNEL)[0].words


def test_the_question_after_a_thumb_down_has_a_button_to_the_same_form(slack: Slack, tuva: Running, card: Card) -> None:
    slack.command("/propose", "Solceller", by=U[ANA], channel=CHANNEL)
    slack.react(U[BO], CHANNEL, card("Förslag 1").ts, "-1")
    assert "Tryck på knappen" in whispered(slack, BO)
    slack.press_ephemeral(U[BO], "object")
    opened(slack, BO)
    slack.submit(U[BO], {"reason": "Vem sköter dem?"})
    assert until(lambda: "Invändningar: 1" in slack.messages(CHANNEL)[0].words)


@pytest.mark.parametrize("place", ["C9", "direct"])
def test_a_form_of_another_place_is_answered_to_its_sender_directly(place: str, slack: Slack, tuva: Running) -> None:
    slack.add_channel("C9", [U[BO]])
    slack.say(U[BO], "hjälp")
    slack.command("/propose", "", by=U[BO], channel=slack.direct_channel(U[BO]) if place == "direct" else place)
    opened(slack, BO)
    slack.submit(U[BO], {"title": "Solceller"})
    assert until(lambda: "Alla ser det i" in slack.direct(U[BO])[-1].words)


def test_an_objection_typed_without_a_reason_opens_the_form(slack: Slack, tuva: Running, database: Database) -> None:
    propose(database, ANA)
    slack.command("/proposal", "1 object", by=U[BO], channel=CHANNEL)
    assert fields(opened(slack, BO)) == ["reason"]


@pytest.mark.parametrize(("shortcut", "card_begins"), [("propose", "Förslag 1"), ("example", "Exempel 1")])
def test_somebodys_message_becomes_a_proposal_or_an_example(
    shortcut: str, card_begins: str, slack: Slack, tuva: Running, card: Card
) -> None:
    said = slack.say(U[CHEN], "Solceller på taket\nDet ligger <@U0BO|bo> i &lt;söder&gt;", channel=CHANNEL)
    slack.shortcut(shortcut, by=U[BO], channel=CHANNEL, ts=said.ts)
    opened(slack, BO)
    slack.submit(U[BO])
    shown = card(f"{card_begins}: Solceller på taket").words
    assert "Det ligger @Bo Bark i <söder>" in shown


def test_somebodys_message_becomes_the_mandate_of_a_subgroup(slack: Slack, tuva: Running, card: Card) -> None:
    said = slack.say(U[CHEN], "Var ska ställen stå?\nFråga &amp; mät.", channel=CHANNEL)
    slack.shortcut("subgroup", by=U[ANA], channel=CHANNEL, ts=said.ts)
    opened(slack, ANA)
    slack.submit(U[ANA], {"title": "Cykelställ", "members": ["bo@example.org"]})
    shown = card("Undergrupp 1: Cykelställ").words
    assert "Var ska ställen stå?\nFråga & mät." in shown
    assert "Bo Bark" in shown


def test_a_subgroup_made_of_a_proposals_card_or_in_its_thread_comes_from_that_proposal(
    slack: Slack, tuva: Running, card: Card
) -> None:
    slack.command("/propose", "Solceller", by=U[BO], channel=CHANNEL)
    shown = card("Förslag 1: Solceller")
    said = slack.say(U[CHEN], "Vem kan räkna på det?", channel=CHANNEL, thread=shown.ts)
    for address, ts, mandate in ((BO, said.ts, "Vem kan räkna på det?"), (ANA, shown.ts, "")):
        slack.shortcut("subgroup", by=U[address], channel=CHANNEL, ts=ts)
        title, body, *_ = (block["element"].get("initial_value", "") for block in opened(slack, address).blocks)
        assert (title, body) == ("Solceller", mandate)
    slack.submit(U[ANA])
    assert "Förslag 1: Solceller" in card("Undergrupp 1: Solceller").words


def test_a_subgroup_is_started_by_name_in_a_thread(slack: Slack, tuva: Running, card: Card) -> None:
    said = slack.say(U[CHEN], "Var ska ställen stå?", channel=CHANNEL)
    slack.mention(U[ANA], CHANNEL, f"undergrupp starta Cykelställ <@{U[BO]}> klart 2027-03-01", thread=said.ts)
    assert "Bo Bark" in card("Undergrupp 1: Cykelställ").words


def test_a_first_line_too_long_for_a_title_is_kept_whole_below(slack: Slack, tuva: Running) -> None:
    said = slack.say(U[CHEN], "ord " * 100, channel=CHANNEL)
    slack.shortcut("propose", by=U[BO], channel=CHANNEL, ts=said.ts)
    title, body, *_ = (block["element"].get("initial_value", "") for block in opened(slack, BO).blocks)
    assert title.endswith("ord…")
    assert len(title) <= 300
    assert body == "ord " * 99 + "ord"


def test_who_is_in_several_groups_chooses_one_outside_their_rooms(
    slack: Slack, tuva: Running, database: Database
) -> None:
    table = f"name,email,unit,role\nBo Bark,{BO},,ledamot\n".encode()
    with database.transaction() as session:
        import_roster(session, group_called(session, "andra"), table, tuva.now(), replace=False)
    slack.add_channel("C9", [U[BO]])
    slack.command("/propose", "", by=U[BO], channel="C9")
    assert "group" in fields(opened(slack, BO))
    slack.submit(U[BO], {"title": "Solceller", "group": "group:grona"})
    assert until(lambda: slack.messages(CHANNEL))


def test_a_form_that_does_not_open_in_time_is_told(slack: Slack, tuva: Running) -> None:
    slack.fault("views.open", "delay", seconds=3.2)
    slack.command("/propose", "", by=U[BO], channel=CHANNEL)
    assert "hann inte öppnas" in whispered(slack, BO)


def test_the_object_button_of_a_withdrawn_proposal_asks_for_no_reason(slack: Slack, tuva: Running, card: Card) -> None:
    slack.command("/propose", "Solceller", by=U[ANA], channel=CHANNEL)
    as_it_was = card("Förslag 1")
    slack.command("/proposal", "1 withdraw", by=U[ANA], channel=CHANNEL)
    slack.press(U[BO], CHANNEL, as_it_was.ts, "object", stale_blocks=as_it_was.blocks)
    assert "inte öppet längre" in whispered(slack, BO)


def test_a_stranger_hears_so_before_a_form_is_filled_in(slack: Slack, tuva: Running) -> None:
    slack.add_person(EVE, "Eva", "eva@example.org")
    slack.command("/propose", "", by=EVE, channel=CHANNEL)
    assert "känner inte igen dig" in until(lambda: slack.ephemerals(EVE))[0].words
    assert slack.view(EVE) is None


def test_what_is_another_groups_is_answered_like_what_is_not_there(slack: Slack, tuva: Running) -> None:
    slack.add_person(EVE, "Zoe", ZOE)
    slack.command("/propose", "Solceller", by=U[BO], channel=CHANNEL)
    for line in ("{}", "{} support", "{} object", "{} withdraw"):
        theirs, nobodys = (
            answered(slack.command("/proposal", line.format(number), by=EVE, channel=CHANNEL)) for number in (1, 7)
        )
        assert theirs == nobodys.replace("7", "1")


def test_what_is_typed_in_a_field_is_taken_as_it_stands(slack: Slack, tuva: Running, card: Card) -> None:
    title = "Skriv <b>fet</b> &lt; <@U0ANA>"
    slack.command("/propose", by=U[BO], channel=CHANNEL)
    until(lambda: slack.view(U[BO]))
    slack.submit(U[BO], {"title": title})
    assert card("Förslag 1").words.startswith(f"Förslag 1: {title}\n")


def test_a_reason_of_spaces_is_none_and_the_form_stays_until_there_is_one(
    slack: Slack, tuva: Running, card: Card
) -> None:
    slack.command("/propose", "Solceller", by=U[ANA], channel=CHANNEL)
    slack.press(U[BO], CHANNEL, card("Förslag 1").ts, "object")
    until(lambda: slack.view(U[BO]))
    slack.submit(U[BO], {"reason": "   "})
    assert "Skälet saknas" in slack.view_errors(U[BO])["reason"]
    slack.submit(U[BO], {"reason": "Vem sköter dem?"})
    assert until(lambda: "Vem sköter dem?" in slack.messages(CHANNEL)[0].words)
