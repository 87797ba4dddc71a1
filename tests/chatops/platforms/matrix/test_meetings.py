"""Meetings and agendas on Matrix: cards with signs under them, and what is too long in their threads."""

from datetime import timedelta

from agendas import plan
from chatops.commands import COMMANDS
from chatops.platforms.matrix.content import posts
from config.texts import texts_in
from digests import agenda
from living import place
from matrix_posts import squeezed
from on_matrix import answer, card, said_by, signs, thread_of
from people import ANA, BO, CHEN
from running import Running
from storage.agenda_items import take_in
from storage.database import Database
from storage.messages import Action, Message
from storage.proposal_stages import ProposalKind
from storage.proposals import propose
from town import Town

ITEMS = 25


def sent(database: Database, tuva: Running) -> None:
    """A meeting with a long agenda, which goes out."""
    with database.transaction() as session:
        meeting = plan(session, tuva.now() + timedelta(days=90), tuva.now())
        for number in range(ITEMS):
            title = f"Nummer {number} {'å' * 280}"
            proposal = propose(session, place(session, ANA), title, "", ProposalKind.IDEA, ["sdg:7"], tuva.now())
            take_in(session, meeting, proposal, tuva.now())
        agenda.send_now(session, meeting, tuva.now())
    tuva.service.courier.wake()


def test_a_long_agenda_has_its_signs_and_goes_on_in_its_thread(town: Town, tuva: Running, database: Database) -> None:
    sent(database, tuva)
    root = card(town, "Dagordning till möte 1")["event_id"]

    def whole(events: list[dict[str, object]]) -> str:
        shown = [said for said in said_by(events, town.tuva.user_id) if root in (said["event_id"], thread_of(said))]
        words = squeezed("".join(said["content"]["body"] for said in shown))
        return words if "ÖvrigtÖvrigafrågor." in words else ""

    words = town[BO].until(town.room, whole)
    assert all(words.count(f"Nummer{number}å") == 1 for number in range(ITEMS))
    assert signs(town[BO].timeline(town.room), root, town.tuva.user_id) == ["👍", "👎"]
    town[BO].react(town.room, root, "👍")
    sign = town[CHEN].react(town.room, card(town, "Möte 1: Vårmötet")["event_id"], "👎")
    assert card(town, "Kommer: 1 · Kommer inte: 1")
    town[CHEN].redact(town.room, sign)
    assert card(town, "Kommer: 1 · Kommer inte: 0")


def test_who_is_mentioned_is_asked_to_come_instead(town: Town, tuva: Running, database: Database) -> None:
    sent(database, tuva)
    said = town[BO].say(town.room, f"!möte 1 ersättare {town[CHEN].user_id}")
    assert "Jag frågar Chen Cho" in answer(town, said)
    assert card(town, "Bo Bark har bett Chen Cho komma i stället")


def test_of_many_alike_the_first_shows_how_it_is_typed() -> None:
    actions = [Action(f"Förslag {n}", f"agenda move {n} upp meeting:3", menu="Flytta upp") for n in range(2, 30)]
    [said] = posts(Message("", actions=tuple(actions)), texts_in("sv"), COMMANDS)
    assert said["body"] == "Flytta upp Förslag 2 · !dagordning flytta 2 upp möte:3"
