"""The page to pass on: what one letter told as new, without a personal link."""

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import unquote

import pytest

from config.settings import Settings
from digests.clock import Clock
from living import Door, open_door, place, subscription
from people import ANA, BO, GUS, MONDAY
from storage import examples
from storage.database import Database
from storage.outbox import unfinished

NEXT_MONDAY = MONDAY + timedelta(days=6, hours=23)


@pytest.fixture
def door(settings: Settings, database: Database) -> Iterator[Door]:
    with open_door(settings) as door:
        yield door


def shared(database: Database, title: str = "Cykelpool", **rest: object) -> None:
    with database.transaction() as session:
        examples.share(session, place(session, ANA), title, "Femton cyklar.", [], MONDAY, **rest)


def page(door: Door, database: Database, address: str = BO) -> str:
    """The page of the letter that came."""
    Clock(database, lambda: NEXT_MONDAY, lambda: None).tick()
    with database.reading() as session:
        [letter] = [entry for entry in unfinished(session) if entry.address == address]
        payload = f"{letter.personal['subscription']}:{letter.personal['letter']}"
    answer = door.get(f"/forward/{door.tokens.make('forward', payload)}")
    assert answer.status_code == 200
    return answer.text


def mailto(shown: str) -> str:
    [link] = re.findall(r'href="(mailto:[^"]*)"', shown)
    return str(link)


def test_it_tells_what_the_letter_told_and_is_addressed_to_the_unit(door: Door, database: Database) -> None:
    shared(database, effect="Färre resor", contact="Ana, tfn 123", links="https://example.org/pool")
    shown = page(door, database)
    assert "Till dig på Parken: nytt från Gröna gruppen" in shown
    for words in ("Cykelpool", "Femton cyklar.", "Färre resor", "Ana, tfn 123", "https://example.org/pool", "Skolan"):
        assert words in shown


def test_nothing_on_it_is_personal(door: Door, database: Database) -> None:
    shared(database)
    shown = page(door, database)
    assert re.findall(r'href="(?!mailto:)([^"]*)"', shown) == []
    assert "Ana Ask" not in shown


def test_who_has_no_unit_passes_it_on_to_colleagues(door: Door, database: Database) -> None:
    shared(database)
    assert "Till dina kollegor: nytt från Gröna gruppen" in page(door, database, GUS)


def test_its_mail_is_short_whatever_the_letter_told(door: Door, database: Database) -> None:
    for number in range(30):
        shared(database, f"{'Ö' * 40} {number}")
    link = mailto(page(door, database))
    assert len(link.replace("&amp;", "&")) <= 1500
    assert "ÖÖÖ" in unquote(link)
    assert "till." in unquote(link)


def test_what_no_longer_holds_is_not_passed_on(door: Door, database: Database) -> None:
    shared(database)
    page(door, database)
    with database.transaction() as session:
        examples.example_for(session, place(session, ANA).person, 1).retire()
    assert "Det finns inget kvar att skicka vidare" in page(door, database)


@pytest.mark.parametrize("payload", ["1:1:1", "999:1", "1:99999"])
def test_another_letters_number_shows_nothing_of_it(door: Door, database: Database, payload: str) -> None:
    shared(database)
    page(door, database)
    assert "Cykelpool" not in door.get(f"/forward/{door.tokens.make('forward', payload)}").text


def test_who_has_left_the_group_does_not_see_it(door: Door, database: Database) -> None:
    shared(database)
    page(door, database)
    with database.transaction() as session:
        place(session, BO).end(NEXT_MONDAY)
    number = 2
    assert door.get(f"/forward/{door.tokens.make('forward', f'{number}:')}").status_code == 404


def test_a_letter_that_was_only_looked_at_leads_to_what_is_new_now(door: Door, database: Database) -> None:
    shared(database)
    number = subscription(database, BO).id
    assert "Cykelpool" in door.get(f"/forward/{door.tokens.make('forward', f'{number}:')}").text
