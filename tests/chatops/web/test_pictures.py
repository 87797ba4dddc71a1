"""/picture: the picture of an example, for whoever holds the address that a letter or a page gave them."""

from collections.abc import Iterator

import pytest

from config.settings import Settings
from illustrating import SIZE, illustrate
from jpegs import looked_at
from living import LATER, Door, open_door, place
from people import ANA, BO
from storage.database import Database
from storage.examples import Example, share
from storage.pictures import take_away


@pytest.fixture
def door(settings: Settings, database: Database) -> Iterator[Door]:
    with database.transaction() as session:
        illustrate(session, share(session, place(session, ANA), "Cykelställ", "", [], LATER))
    with open_door(settings) as door:
        yield door


def address(door: Door, number: int = 1) -> str:
    return f"/picture/{door.tokens.make('picture', str(number))}"


def test_the_picture_is_shown_as_what_it_is_and_kept_by_who_asked_alone(door: Door) -> None:
    answer = door.get(address(door))
    assert looked_at(answer.content).size == SIZE
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"].startswith("private, max-age=")
    assert "set-cookie" not in answer.headers


def test_a_page_shows_it_in_its_place_with_its_words(door: Door) -> None:
    page = door.get(door.items_link("p", BO, "example:1")).text
    assert f'<img class="picture" src="{address(door)}" alt="Två ställ vid entrén" width="1120" height="840">' in page


def test_what_was_not_made_here_leads_nowhere(door: Door) -> None:
    true = address(door)
    other = f"/picture/{door.tokens.make('p', '1')}"
    for forged in (other, true[:-1], f"{true}x", "/picture/1", "/picture/.", "/picture/å.å", address(door, 2)):
        assert door.get(forged).status_code == 404


@pytest.mark.parametrize("ends", [Example.retire, take_away])
def test_it_is_gone_with_its_example(ends: object, door: Door, database: Database) -> None:
    with database.transaction() as session:
        ends(session.get_one(Example, 1))  # type: ignore[operator]
    assert door.get(address(door)).status_code == 404
