"""/p and /do of a meeting: answered from a letter, by whom it was written to, and no longer once it has begun."""

from collections.abc import Iterator

import pytest

from agendas import STARTS, changing, planned
from browser import chromium
from config.settings import Settings
from living import LATER, Door, open_door, propose
from people import ANA, BO, CHEN, INA
from storage.database import Database

SEND, SKIP = "Skicka dagordningen nu", "Hoppa över: be om förslag"


@pytest.fixture
def door(settings: Settings, database: Database) -> Iterator[Door]:
    planned(database)
    with open_door(settings) as door:
        yield door


@pytest.mark.parametrize("noun", ["meeting:1", "meeting:1:agenda", "meeting:1:call"])
def test_every_card_about_a_meeting_can_be_read_and_answered(noun: str, door: Door) -> None:
    page = door.get(door.items_link("p", BO, noun))
    assert page.status_code == 200
    assert "Stadshuset" in page.text
    assert door.items_link("do", BO, "meeting 1 coming") in page.text


def test_a_pressed_answer_shows_with_the_name_of_whose_it_is(door: Door) -> None:
    link = door.items_link("do", CHEN, "meeting 1 absent")
    assert "<strong>Your answer, Chen Cho:</strong> none yet" in door.get(link).text
    page = door.post(link).text
    assert "<strong>Your answer, Chen Cho:</strong> not coming" in page
    assert "Coming: 0 · Not coming: 1" in page


@pytest.mark.parametrize("over", ["begun", "cancelled"])
def test_what_is_over_cannot_be_answered(over: str, settings: Settings, database: Database) -> None:
    number = planned(database)
    if over == "cancelled":
        with changing(database, number) as meeting:
            meeting.cancel(LATER)
    with open_door(settings, STARTS if over == "begun" else LATER) as door:
        link = door.items_link("do", BO, "meeting 1 coming")
        page = door.get(link)
        assert "går inte att svara" in page.text
        assert "<button>" not in page.text
        assert door.post(link).status_code == 200


def test_who_only_reads_is_not_asked_whether_they_come(door: Door) -> None:
    page = door.get(door.items_link("p", INA, "meeting:1")).text
    assert "Jag kommer" not in page
    assert "Ina Is" not in page


def test_the_chair_sends_the_agenda_from_a_letter(door: Door) -> None:
    assert SEND not in door.get(door.items_link("p", BO, "meeting:1:agenda")).text
    assert SKIP in door.get(door.items_link("p", ANA, "meeting:1:agenda")).text
    link = door.items_link("do", ANA, "agenda 1 send")
    page = door.post(link).text
    assert "Dagordning till möte 1" in page
    assert SEND not in page
    assert "dagordningen är redan skickad" in door.get(link).text


def test_once_the_agenda_was_sent_the_meeting_is_read_with_it(door: Door) -> None:
    link = door.items_link("p", BO, "meeting:1")
    assert "Dagordning" not in door.get(link).text
    door.post(door.items_link("do", ANA, "agenda 1 send"))
    assert "Dagordning till möte 1" in door.get(link).text
    assert "Dagordning" not in door.get(door.items_link("do", BO, "meeting 1 coming")).text


def test_a_meetings_page_is_whole_on_a_narrow_screen(door: Door, database: Database) -> None:
    propose(database, ANA, "Solceller" * 33)
    with changing(database, 1) as meeting:
        meeting.change({"title": "Vårmöte" * 42, "place": "Stadshuset" * 20}, LATER)
    page = door.get(door.items_link("do", BO, "meeting 1 coming")).text
    with chromium() as browser:
        sheet = browser.new_page(viewport={"width": 360, "height": 700})
        sheet.set_content(page)
        assert sheet.evaluate("document.documentElement.scrollWidth") <= 360
