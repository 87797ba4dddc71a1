"""`!exempel` in answer to a message: one's own is shared, and who wrote another's is asked."""

from collections.abc import Iterator

import pytest

from homeserver import Synapse
from living import until
from matrix_person import Json
from on_matrix import answer, card, privately, said_by, settled_in, signs
from people import ANA, BO, CHEN
from running import Running
from town import Town


@pytest.fixture(scope="module")
def town(homeserver: Synapse) -> Town:
    return Town(homeserver)


@pytest.fixture(scope="module", autouse=True)
def tuva(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Tuva in the town, for all tests here."""
    with settled_in(town, tmp_path_factory.mktemp("tuva")) as tuva:
        yield tuva


def replying(event: str) -> Json:
    return {"m.relates_to": {"m.in_reply_to": {"event_id": event}}}


@pytest.mark.parametrize("line", ["!exempel", "!exempel dela #sdg11"])
def test_ones_own_message_is_shared_as_it_reads_now(line: str, town: Town) -> None:
    title = f"lista Cykelpool {len(line)}"
    said = town[BO].say(town.room, "Cykelpol")
    town[BO].edit(town.room, said, f"{title}\nTio cyklar <b>x</b> @room\nEffekt: färre bilar")
    town[BO].say(town.room, line, **replying(said))
    shown = card(town, title)["content"]
    assert shown["body"].startswith("Exempel")
    assert "Tio cyklar <b>x</b> @room" in shown["body"]
    assert "<b>x" not in shown["formatted_body"]
    assert "Effekt: färre bilar" in shown["body"]
    assert ("11 Hållbara städer" in shown["body"]) is ("#" in line)


def test_who_wrote_anothers_is_asked_also_in_its_thread_and_only_once(town: Town) -> None:
    said = town[BO].say(town.room, "Lådcyklar i hela stan")
    first = town[CHEN].say(town.room, "!exempel", **replying(said))
    town[ANA].say(town.room, "!exempel", said)
    question = until(lambda: (told := privately(town, town[BO])()) and "Lådcyklar" in told and told)
    assert question.startswith("Chen Cho tycker att det du skrev är ett gott exempel")
    assert until(lambda: "Jag frågar Bo Bark" in privately(town, town[ANA])())
    seen = town[ANA].timeline(town.room)
    assert signs(seen, first, town.tuva.user_id) == ["✅"]
    assert [event for event in said_by(seen, town.tuva.user_id) if "Lådcyklar" in event["content"]["body"]] == []


def test_what_a_stranger_wrote_is_shared_by_who_found_it(town: Town) -> None:
    stranger = town.newcomer("eva")
    town[ANA].invite(town.room, stranger.user_id)
    stranger.join(town.room)
    said = stranger.say(town.room, "Bin på taket")
    town[CHEN].say(town.room, "!exempel", **replying(said))
    assert "Delat av Chen Cho" in card(town, "Bin på taket")["content"]["body"]


def test_anybodys_message_becomes_a_proposal_and_a_title_is_taken_as_it_stands(town: Town) -> None:
    said = town[BO].say(town.room, "Solceller\nTaket i söder")
    town[CHEN].say(town.room, "!föreslå typ:fråga", **replying(said))
    assert "Fråga från Chen Cho" in card(town, "Taket i söder")["content"]["body"]
    town[CHEN].say(town.room, "!exempel Hönshus", **replying(said))
    assert "Taket" not in card(town, "Hönshus")["content"]["body"]


@pytest.mark.parametrize("line", ["!undergrupp starta", "!undergrupp starta Var ska bikuporna stå? @Bo"])
def test_what_somebody_wrote_becomes_the_mandate_of_a_subgroup(line: str, town: Town) -> None:
    said = town[BO].say(town.room, "Var ska bikuporna stå?\nTaken mot söder är varma.")
    started = town[CHEN].say(town.room, line, **replying(said))
    assert "Taken mot söder" in card(town, "bikuporna")["content"]["body"]
    assert ": Var ska bikuporna stå?" in answer(town, started)


def test_a_subgroup_started_at_the_card_of_a_proposal_is_about_it(town: Town) -> None:
    town[BO].say(town.room, "!föreslå Gröna tak")
    town[CHEN].say(town.room, "!undergrupp starta @Bo", thread=card(town, "Gröna tak")["event_id"])
    assert "Undergrupp" in card(town, "Kommer från Förslag")["content"]["body"]


def test_where_there_are_no_words_the_title_is_missing(town: Town) -> None:
    town[ANA].say(town.room, "!exempel Fjärilsholkar")
    asked = town[BO].say(town.room, "!exempel", **replying(card(town, "Fjärilsholkar")["event_id"]))
    assert "Rubriken saknas" in answer(town, asked)
