"""What nobody should send, and some do: strange invitations, words in clear where everything is encrypted, and words
that cannot be read."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chatops.commands import COMMANDS
from chatops.platforms.matrix.concerns import Concerns
from chatops.platforms.matrix.heard import Heard
from chatops.platforms.matrix.words import Names
from digests.clock import real_time
from living import until
from matrix_person import Json, Person
from on_matrix import answer, answered_to, card, said_by, signs
from people import ANA, BO
from running import Running
from storage import inbox
from storage.database import Database
from storage.groups import bind_room, group_called
from storage.outbox import OutboxEntry
from storage.proposals import Proposal
from storage.rooms import is_encrypted
from town import Town

ENCRYPTION = {"algorithm": "m.megolm.v1.aes-sha2"}


def count(tuva: Running, noun: type[Proposal]) -> int:
    """How many there are in the record."""
    with tuva.service.database.reading() as session:
        return session.query(noun).count()


# --- encrypted rooms ---


def encrypt(town: Town) -> None:
    """The room is encrypted from now on, and Tuva has said what it has to say to that."""
    town[ANA].set_state(town.room, "m.room.encryption", ENCRYPTION)
    card(town, "krypterade")


def test_what_is_said_in_clear_in_an_encrypted_room_is_not_obeyed(town: Town, tuva: Running) -> None:
    other = town.gather("Öppet")
    with tuva.service.database.transaction() as session:
        bind_room(session, group_called(session, "grona"), "matrix", other)
    until(lambda: other in town.tuva.rooms())
    town[ANA].say(town.room, "!föreslå Cykelställ")
    shown = card(town, "Cykelställ")["event_id"]
    encrypt(town)
    before = len(said_by(town[ANA].timeline(town.room), town.tuva.user_id))
    for line in ("!förslag 1 stöd", "!föreslå Smuggel", "!hjälp"):
        town[BO].say(town.room, line)
    town[BO].react(town.room, shown, "👍")
    town[BO].listen()
    asked = town[BO].say(other, "!föreslå Tak")
    answered_to(town, town[BO], asked, asked)
    card(town, "Tak", other)
    assert count(tuva, Proposal) == 2
    assert "Stöd: 0" in card(town, "Cykelställ")["content"]["body"]
    assert len(said_by(town[ANA].timeline(town.room), town.tuva.user_id)) == before


def test_words_that_come_with_the_encryption_are_not_obeyed_either(town: Town, tuva: Running) -> None:
    town[ANA].set_state(town.room, "m.room.encryption", ENCRYPTION)
    said = [town[ANA].say(town.room, f"!föreslå Smuggel {number}") for number in range(5)]
    town[ANA].until(town.room, lambda events: said_by(events, town.tuva.user_id))
    with tuva.service.database.reading() as session:
        assert is_encrypted(session, "matrix", town.room)
    assert count(tuva, Proposal) == 0
    assert [sign for event in said for sign in signs(town[ANA].timeline(town.room), event, town.tuva.user_id)] == []


@pytest.mark.usefixtures("tuva")
def test_nobodys_room_that_is_encrypted_is_left(town: Town) -> None:
    room = town.gather("Ingens")
    until(lambda: room in town.tuva.rooms())
    town[ANA].set_state(room, "m.room.encryption", ENCRYPTION)
    until(lambda: room not in town.tuva.rooms())


# --- words that cannot be read ---


@pytest.mark.usefixtures("tuva")
@pytest.mark.parametrize("html", ["<![foo[", "<![ "])
def test_what_is_no_html_keeps_nobody_from_being_heard(html: str, town: Town) -> None:
    town[BO].say(town.room, "Hej", format="org.matrix.custom.html", formatted_body=html)
    said = town[ANA].say(town.room, "!hjälp", format="org.matrix.custom.html", formatted_body=html)
    assert answer(town, said)


def test_one_event_that_cannot_be_read_keeps_nothing_else_back(database: Database) -> None:
    thread = {"rel_type": "m.thread", "event_id": "\ud800"}
    said = [{"msgtype": "m.text", "body": "Hej", "m.relates_to": thread}, {"msgtype": "m.text", "body": "!hjälp"}]
    event: Json = {"type": "m.room.message", "sender": "@bo:hem.example"}
    heard = [Heard.of_event("!rum", {**event, "event_id": f"${n}", "content": words}) for n, words in enumerate(said)]
    concerns = Concerns(Names("@tuva:hem.example"), COMMANDS, real_time)
    with database.reading() as session:
        assert concerns.among(session, heard) == heard[1:]


def test_signs_under_what_was_not_said_to_tuva_are_not_kept(town: Town, tuva: Running) -> None:
    chat = town[ANA].say(town.room, "Ses vi i morgon?")
    signs = [town[who].react(town.room, chat, "👍") for who in (ANA, BO)]
    answer(town, town[ANA].say(town.room, "!hjälp"))
    with tuva.service.database.reading() as session:
        assert [inbox.heard_as(session, f"matrix:{sign}") for sign in signs] == [None, None]


# --- invitations ---


def invited(eve: Person, town: Town, number: int) -> str:
    """A room of Eve's, to which Tuva is invited as cunningly as she can."""
    name = ("Gröna gruppen", "Gröna gruppеn", "Tuva")[number % 3]
    return eve.create_room(name, [town.tuva.user_id], is_direct=number % 2 == 0)


@pytest.mark.parametrize("rooms", [20, pytest.param(1_000, marks=pytest.mark.soak)])
@pytest.mark.usefixtures("tuva")
def test_strange_invitations_lead_nowhere(rooms: int, town: Town) -> None:
    eve = town.newcomer("eve", "Ana Ask")
    with ThreadPoolExecutor(4) as people:
        trap = set(people.map(lambda number: invited(eve, town, number), range(rooms)))
    wanted = town[ANA].create_room(invite=[town.tuva.user_id])
    until(lambda: wanted in town.tuva.rooms() and not trap & {*town.tuva.invitations()}, 30 + rooms)
    assert not trap & {*town.tuva.rooms()}


def test_of_very_many_strange_invitations_none_is_followed(town: Town, tuva: Running) -> None:
    """As the homeserver tells them in one answer; one of a member's is among them."""
    senders = [*(f"@bo{number}:hem.example" for number in range(300)), town[BO].user_id]
    told = [Heard.of_invitation(f"!room{number}", shown(town, sender), "") for number, sender in enumerate(senders)]
    with tuva.service.database.transaction() as session:
        inbox.hear(session, [(heard.key, heard.payload) for heard in told], tuva.now())
    town[ANA].say(town.room, "!hjälp")
    until(lambda: len(wished(tuva, "leave")) == 300)
    assert wished(tuva, "enter") == ["!room300"]


def shown(town: Town, sender: str) -> list[Json]:
    """What a room shows of itself to Tuva, whom somebody invites."""
    content = {"membership": "invite", "displayname": "Bo Bark"}
    return [{"type": "m.room.member", "state_key": town.tuva.user_id, "sender": sender, "content": content}]


def wished(tuva: Running, what: str) -> list[str]:
    """The rooms which Tuva wishes to `enter`, or to `leave`."""
    with tuva.service.database.reading() as session:
        wishes = session.query(OutboxEntry).filter(OutboxEntry.key.startswith(f"matrix:{what}:invitation:!room"))
        return [entry.address for entry in wishes]
