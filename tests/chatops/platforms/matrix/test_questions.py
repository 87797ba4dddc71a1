"""Questions under an example's card on Matrix: counted as long as they stand there, and not one word of them kept."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from homeserver import Synapse
from living import until
from on_matrix import card, settled_in
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


def shared(town: Town, title: str) -> str:
    """Ana shares a good example; the event of its card."""
    town[ANA].say(town.room, f"!exempel {title}")
    return str(card(town, title)["event_id"])


def asked(tuva: Running) -> list[str]:
    """The messages that count."""
    with closing(sqlite3.connect(tuva.service.database.path)) as connection:
        return [receipt for (receipt,) in connection.execute("SELECT receipt FROM thread_questions")]


def test_a_question_counts_in_the_thread_and_as_an_answer_as_long_as_it_stands(town: Town, tuva: Running) -> None:
    root = shared(town, "Cykelpool")
    in_thread = town[BO].say(town.room, "Vad kostade det? @room", root)
    reply = {"m.relates_to": {"m.in_reply_to": {"event_id": root}}}
    stranger = town.newcomer("eva")
    town[ANA].invite(town.room, stranger.user_id)
    stranger.join(town.room)
    answer = stranger.say(town.room, "Vem sköter dem?", **reply)
    assert until(lambda: sorted(asked(tuva)) == sorted((in_thread, answer)))
    assert "Frågor: 2" in card(town, "Frågor: 2")["content"]["body"]
    town[BO].edit(town.room, in_thread, "Det var billigt.")
    assert until(lambda: asked(tuva) == [answer])
    town[BO].edit(town.room, in_thread, "Var det billigt?")
    assert until(lambda: in_thread in asked(tuva))
    town[CHEN].edit(town.room, in_thread, "Inte alls.")
    stranger.redact(town.room, answer)
    assert until(lambda: asked(tuva) == [in_thread])
    town[BO].redact(town.room, in_thread)
    assert until(lambda: not asked(tuva))
    with closing(sqlite3.connect(tuva.service.database.path)) as connection:
        everything = "".join(connection.iterdump())
    assert [words for words in ("kostade", "Vem sköter", "billigt", "Inte alls") if words in everything] == []


def test_a_message_that_its_writer_turns_into_a_question_counts_as_long_as_it_is_one(town: Town, tuva: Running) -> None:
    root = shared(town, "Takmålning")
    said = town[BO].say(town.room, "Vad dyrt.", root)
    elsewhere = town[BO].say(town.room, "Vad dyrt.")
    town[CHEN].edit(town.room, said, "Vad kostade färgen?")
    town[BO].edit(town.room, elsewhere, "Vad kostade färgen?")
    last = town[BO].say(town.room, "Vem målade?", root)
    assert until(lambda: asked(tuva)) == [last]
    town[BO].redact(town.room, last)
    for text, counts in (("Vad kostade färgen?", True), ("Inte så dyrt.", False), ("Var det dyrt?", True)):
        town[BO].edit(town.room, said, text)
        assert until(lambda counts=counts: asked(tuva) == [said] * counts)
    town[CHEN].edit(town.room, said, "Inte alls.")
    last = town[BO].say(town.room, "Vem målade?", root)
    assert until(lambda: last in asked(tuva))
    assert said in asked(tuva)
    for event in (said, last):
        town[BO].redact(town.room, event)
    assert until(lambda: not asked(tuva))
    with closing(sqlite3.connect(tuva.service.database.path)) as connection:
        everything = "".join(connection.iterdump())
    assert [words for words in ("färgen", "dyrt", "Inte alls") if words in everything] == []


def test_what_asks_nobody_else_something_under_an_example_does_not_count(town: Town, tuva: Running) -> None:
    root = shared(town, "Lådcyklar")
    town[BO].say(town.room, "!föreslå Solceller")
    proposal = str(card(town, "Solceller")["event_id"])
    town[ANA].say(town.room, "Undrar någon något?", root)
    town[BO].say(town.room, "Bra! Se https://a.example/?q=1", root)
    town[BO].say(town.room, "!exempel 1?", root)
    town[BO].say(town.room, "Vad kostar de?", proposal)
    town[BO].say(town.room, "Vad kostar de?", town[CHEN].say(town.room, "Något annat"))
    town[BO].say(town.room, "Vad kostar de?")
    last = town[BO].say(town.room, "Var står de?", root)
    assert until(lambda: asked(tuva)) == [last]
    town[BO].redact(town.room, last)


def test_who_is_asked_something_there_answers_it(town: Town, tuva: Running) -> None:
    root = shared(town, "Hönshus")
    number = card(town, "Hönshus")["content"]["body"].partition(" ")[2].partition(":")[0]
    thread = town[BO].say(town.room, f"!exempel {number} återanvänd", root)
    until(lambda: "Vad gör ni" in str(town[BO].timeline(town.room)[-1]["content"]))
    town[BO].say(town.room, "Vi bygger ett i parken, visst?", root)
    assert "visst?" in card(town, "Gör likadant: 1")["content"]["body"]
    assert thread not in asked(tuva)
    assert asked(tuva) == []
