"""Two homeservers that federate: a stranger from the one takes part in a room of the other."""

import pytest

from abroad import Abroad
from living import until
from matrix_person import Person
from people import ANA, BO
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
