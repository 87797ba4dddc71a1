"""Commands on Matrix: written after an exclamation mark or a name, answered by a sign and in a thread."""

import re

import pytest

from chatops.commands import COMMANDS
from chatops.platforms.matrix.content import posts
from chatops.platforms.matrix.typed import typed
from config.texts import texts_in
from on_matrix import answer, card, said_by, signs
from people import ANA, BO
from storage.messages import Action, Message
from town import Town


@pytest.mark.usefixtures("tuva")
def test_a_proposal_becomes_a_card_and_is_answered_in_a_thread(town: Town) -> None:
    said = town[ANA].say(town.room, "!föreslå Cykelställ vid skolan\nMed tak.")
    assert "Cykelställ vid skolan" in answer(town, said)
    shown = card(town, "Med tak.")
    assert signs(town[BO].timeline(town.room), said, town.tuva.user_id) == ["✅"]
    assert town[BO].until(town.room, lambda events: len(signs(events, shown["event_id"], town.tuva.user_id)) == 2)


@pytest.mark.usefixtures("tuva")
def test_a_sign_under_a_card_is_a_stand(town: Town) -> None:
    town[ANA].say(town.room, "!föreslå Cykelställ")
    shown = card(town, "Cykelställ")
    town[BO].react(town.room, shown["event_id"], "👍🏽")
    assert "Stöd: 1" in card(town, "Stöd: 1")["content"]["body"]


@pytest.mark.usefixtures("tuva")
def test_who_objects_by_a_sign_is_asked_why_by_name(town: Town) -> None:
    town[ANA].say(town.room, "!föreslå Cykelställ")
    shown = card(town, "Cykelställ")
    town[BO].react(town.room, shown["event_id"], "👎")
    assert answer(town, shown["event_id"]).startswith("Bo Bark: Vad invänder du mot")
    asked = said_by(town[BO].timeline(town.room), town.tuva.user_id)[-1]["content"]
    assert asked["m.mentions"] == {"user_ids": [town[BO].user_id]}


def test_actions_are_typed_in_the_words_of_the_reader() -> None:
    thank = Action("Tack", "example 12 thank")
    assert typed(thank, COMMANDS, texts_in("sv")) == "!exempel 12 tacka"
    assert typed(thank, COMMANDS, texts_in("en")) == "!example 12 thank"


def test_blocks_stay_apart_where_a_client_leaves_the_tags_out() -> None:
    (content,) = posts(Message("Det här kan jag\n\n- föreslå\n- hjälpa"), texts_in("sv"), COMMANDS)
    without_tags = re.sub("<[^>]*>", "", content["formatted_body"])
    assert without_tags.split() == ["Det", "här", "kan", "jag", "föreslå", "hjälpa"]
