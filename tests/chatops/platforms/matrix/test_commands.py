"""Commands on Matrix: written after an exclamation mark or a name, answered by a sign and in a thread."""

from collections.abc import Iterator

import pytest

from config.settings import Settings
from on_matrix import answer, card, running, settle, signs
from people import ANA, BO
from running import Running
from storage.database import Database
from town import Town


@pytest.fixture
def tuva(settings: Settings, database: Database, town: Town) -> Iterator[Running]:
    """Tuva in the town."""
    settle(database, town)
    with running(settings, town) as tuva:
        yield tuva


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
