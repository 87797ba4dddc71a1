"""A subgroup's page: what somebody reads there, and may press."""

from collections.abc import Iterator

import pytest

from config.settings import Settings
from living import LATER, Door, open_door, place
from people import ANA, BO, CHEN, ZOE
from storage import subgroups
from storage.database import Database
from storage.groups import bind_room, group_called
from storage.rooms import RoomStage
from storage.subgroups import Mandate, Subgroup


@pytest.fixture
def door(settings: Settings, database: Database) -> Iterator[Door]:
    """Bo leads a subgroup; Ana is the chair of its group."""
    with database.transaction() as session:
        bo = place(session, BO)
        made = subgroups.start(session, bo, Mandate("Var ska de stå?", "", LATER.date()), bo, None, LATER)
        made.activate(LATER)
    with open_door(settings) as door:
        yield door


@pytest.mark.parametrize(
    ("who", "buttons"),
    [
        (ANA, ["Gå med", "Avsluta undergruppen"]),
        (BO, ["Lämna svaret", "Avsluta undergruppen"]),
        (CHEN, ["Join"]),
    ],
)
def test_everybody_sees_what_they_may_press(who: str, buttons: list[str], door: Door) -> None:
    page = door.get(door.items_link("p", who, "subgroup:1")).text
    assert [
        label for label in ("Gå med", "Join", "Lämna svaret", "Gör nya rum", "Avsluta undergruppen") if label in page
    ] == buttons


def test_who_leads_may_have_a_room_made_that_is_missing(door: Door, database: Database) -> None:
    with database.transaction() as session:
        bind_room(session, place(session, BO).group, "slack", "C0GRONA")
    assert "Gör nya rum" in door.get(door.items_link("p", BO, "subgroup:1")).text
    assert "new rooms" not in door.get(door.items_link("p", CHEN, "subgroup:1")).text


def test_who_is_in_another_group_finds_no_page(door: Door) -> None:
    assert door.get(door.items_link("p", ZOE, "subgroup:1")).status_code == 404


def test_an_answer_is_handed_in_from_a_letter_once_it_has_words(door: Door, database: Database) -> None:
    link = door.items_link("do", BO, "subgroup 1 report")
    assert "Skriv vad ni har kommit fram till." in door.post(link).text
    assert "Vid stationen." in door.post(link, data={"words": "Vid stationen.\n- tre ställ"}).text
    with database.reading() as session:
        assert session.get_one(Subgroup, 1).report == "Vid stationen.\n- tre ställ"


def test_what_is_closed_can_be_read_and_not_pressed(door: Door, database: Database) -> None:
    door.post(door.items_link("do", BO, "subgroup 1 close"), data={"words": "Vi bygger tre."})
    page = door.get(door.items_link("do", BO, "subgroup 1 report")).text
    assert "Vi bygger tre." in page
    assert "Undergruppen är avslutad" in page


def test_who_presses_join_is_in_it_and_who_leads_may_have_rooms_made(door: Door, database: Database) -> None:
    with database.transaction() as session:
        bind_room(session, group_called(session, "grona"), "matrix", "!grona:example.org")
    assert door.post(door.items_link("do", CHEN, "subgroup 1 join")).status_code == 200
    assert door.post(door.items_link("do", BO, "subgroup 1 rooms")).status_code == 200
    with database.reading() as session:
        made = session.get_one(Subgroup, 1)
        assert [person.name for person in made.members] == ["Bo Bark", "Chen Cho"]
        assert [room.stage for room in made.team.rooms] == [RoomStage.OPENING]
