"""A bulb under what somebody wrote on Matrix: they are asked whether they share it, once, and quietly."""

from collections.abc import Iterator

import pytest

from homeserver import Synapse
from living import until
from on_matrix import card, privately, said_by, settled_in, signs
from people import ANA, BO, CHEN, GUS, INA
from running import Running
from storage.inbox import InboxState, heard_as
from town import Town


@pytest.fixture(scope="module")
def town(homeserver: Synapse) -> Town:
    return Town(homeserver)


@pytest.fixture(scope="module", autouse=True)
def tuva(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Tuva in the town, for all tests here."""
    with settled_in(town, tmp_path_factory.mktemp("tuva")) as tuva:
        yield tuva


def told(town: Town, address: str, words: str) -> str:
    """What Tuva has just said to somebody in their direct room."""
    last = privately(town, town[address])
    return str(until(lambda: words in (said := last()) and said))


def is_through(tuva: Running, event: str) -> bool:
    """It has had its effect, or none."""
    with tuva.service.database.reading() as session:
        entry = heard_as(session, f"matrix:{event}")
    return entry is not None and entry.state is not InboxState.HEARD


def is_silent(town: Town, *events: str) -> bool:
    """Tuva has put no sign and no thread under these."""
    seen = town[ANA].timeline(town.room)
    own = [str(said["content"].get("m.relates_to")) for said in said_by(seen, town.tuva.user_id)]
    return not any(event in relation for event in events for relation in own) and not any(
        signs(seen, event, town.tuva.user_id) for event in events
    )


@pytest.mark.parametrize("sign", ["💡", "💡\ufe0f"])
def test_the_author_is_asked_and_shares_it_by_the_printed_line(sign: str, town: Town, tuva: Running) -> None:
    title = f"Cykelpool {len(sign)} <b>x</b>"
    said = town[BO].say(town.room, f"{title}\nTio cyklar =SUM(1) @room")
    town[CHEN].react(town.room, said, sign)
    question = told(town, BO, title)
    assert question.startswith("Chen Cho tycker att det du skrev är ett gott exempel")
    line, _, no = question.partition("Dela som exempel · ")[2].strip().partition("\n")
    assert "Nej tack · !exempel avböj tips:" in no
    assert line.startswith("!exempel dela tips:")
    direct = next(room for room in town[BO].rooms() if len(town[BO].joined(room)) == 2)
    town[BO].say(direct, line)
    shown = card(town, title)["content"]
    assert "Tio cyklar =SUM(1) @room" in shown["body"]
    assert "<b>" not in shown["formatted_body"]
    assert is_silent(town, said)


def test_two_ask_once_and_what_was_changed_is_taken_as_it_reads_now(town: Town, tuva: Running) -> None:
    said = town[BO].say(town.room, "Lådcyklar")
    town[BO].edit(town.room, said, "Lådcyklar i hela stan")
    reactions = [town[who].react(town.room, said, "💡") for who in (CHEN, GUS)]
    assert all(until(lambda event=event: is_through(tuva, event)) for event in reactions)
    town[GUS].redact(town.room, reactions[1])
    assert told(town, BO, "Lådcyklar i hela stan")
    direct = next(room for room in town[BO].rooms() if len(town[BO].joined(room)) == 2)
    asked = said_by(town[BO].timeline(direct), town.tuva.user_id)
    assert len([event for event in asked if "Lådcyklar" in event["content"]["body"]]) == 1
    assert is_silent(town, said)


def test_who_may_not_suggest_is_told_in_the_direct_room(town: Town) -> None:
    said = town[BO].say(town.room, "Bin på taket")
    town[INA].react(town.room, said, "💡")
    assert told(town, INA, "Det här får bara")
    assert is_silent(town, said)


def test_what_tuva_said_and_what_was_said_to_it_mean_nothing_nor_does_a_strangers_sign(
    town: Town, tuva: Running
) -> None:
    command = town[ANA].say(town.room, "!exempel Hönshus")
    shown = card(town, "Hönshus")
    notice = town[BO].send(town.room, "m.room.message", {"msgtype": "m.notice", "body": "Hönshus av en bot"})
    gone = town[BO].say(town.room, "Hönshus, eller inte")
    town[BO].redact(town.room, gone)
    signs = [town[CHEN].react(town.room, event, "💡") for event in (command, shown["event_id"], notice, gone)]
    stranger = town.newcomer("eva")
    town[ANA].invite(town.room, stranger.user_id)
    stranger.join(town.room)
    good = town[BO].say(town.room, "Hönshus i alla parker")
    signs.append(stranger.react(town.room, good, "💡"))
    assert all(until(lambda event=event: is_through(tuva, event)) for event in signs)
    assert is_silent(town, notice, gone, good)
    assert "Hönshus" not in privately(town, town[BO])()


def test_under_a_proposal_its_proposer_is_asked(town: Town) -> None:
    town[BO].say(town.room, "!föreslå Fjärrvärme\nRören")
    town[CHEN].react(town.room, card(town, "Fjärrvärme")["event_id"], "💡")
    assert "!exempel dela tips:" in told(town, BO, "Det gäller: Fjärrvärme")
