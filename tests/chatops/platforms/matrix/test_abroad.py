"""Two homeservers that federate: a stranger from the one takes part in a room of the other."""

from collections.abc import Iterator

import pytest

from abroad import Abroad
from config.settings import Settings
from living import until
from matrix_person import Person
from on_matrix import answered_to, card, running, settle
from people import ANA, BO
from running import Running
from storage.database import Database
from town import Town


@pytest.fixture
def here(abroad: Abroad) -> Town:
    return Town(abroad.home)


@pytest.fixture
def stranger(abroad: Abroad, here: Town) -> Person:
    """Somebody from away, in the room of the town."""
    stranger = abroad.away.person(f"nils-{here.number}", "Nils Nord")
    here[ANA].invite(here.room, stranger.user_id)
    until(lambda: here.room in stranger.invitations())
    stranger.join(here.room, via=[abroad.home.name])
    return stranger


def test_a_stranger_is_heard_and_hears(here: Town, stranger: Person) -> None:
    asked = stranger.say(here.room, "Hej från oss")
    here[BO].until(here.room, lambda events: asked in [event["event_id"] for event in events])
    answered = here[BO].say(here.room, "Välkommen")
    stranger.until(here.room, lambda events: answered in [event["event_id"] for event in events])
    assert stranger.user_id in here[ANA].joined(here.room)


@pytest.fixture
def tuva(settings: Settings, database: Database, here: Town) -> Iterator[Running]:
    """Tuva in the town."""
    settle(database, here)
    with running(settings, here) as tuva:
        yield tuva


@pytest.mark.usefixtures("tuva")
def test_a_stranger_from_away_with_a_members_name_is_a_stranger_in_the_groups_room(abroad: Abroad, here: Town) -> None:
    here[ANA].say(here.room, "!föreslå Cykelställ")
    card(here, "Cykelställ")
    twin = abroad.away.person(here[BO].user_id[1:].partition(":")[0], "Bo Bark")
    here[ANA].invite(here.room, twin.user_id)
    until(lambda: here.room in twin.invitations())
    twin.join(here.room, via=[abroad.home.name])
    twin.listen()
    said = twin.say(here.room, "!förslag 1 stöd")
    assert "känner inte igen dig" in answered_to(here, twin, said, said)["content"]["body"]
    assert "Stöd: 0" in card(here, "Cykelställ")["content"]["body"]


@pytest.mark.usefixtures("tuva")
def test_an_invitation_from_away_is_declined(abroad: Abroad, here: Town) -> None:
    nils = abroad.away.person(f"nisse-{here.number}", "Ana Ask")
    room = nils.create_room(invite=[here.tuva.user_id])
    until(lambda: nils.state(room).get(("m.room.member", here.tuva.user_id), {}).get("membership") == "leave")
