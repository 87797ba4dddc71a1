"""Pictures on Matrix: a picture's caption or a reply to it is the command; it stands first in the card's thread."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from homeserver import Synapse
from jpegs import looked_at, photo, tells_nothing
from living import until
from matrix_person import Json
from on_matrix import answer, card, privately, running, said_by, settle, thread_of
from people import ANA, BO
from settled import installation
from storage.database import Database
from storage.examples import Example
from town import Town

PHOTO = photo(900, 600)


@pytest.fixture(scope="module")
def town(homeserver: Synapse) -> Town:
    return Town(homeserver)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory, town: Town) -> Iterator[Database]:
    """The record of Tuva, which lives in the town for all of these tests."""
    settings = installation(tmp_path_factory.mktemp("tuva"))
    database = Database(settings.service.database)
    settle(database, town)
    with running(settings, town):
        yield database
    database.close()


def number(database: Database, title: str) -> int:
    with database.reading() as session:
        return session.scalars(select(Example.id).where(Example.title == title)).one()


def shown(town: Town, under: str) -> list[Json]:
    """The pictures that stand in the thread of a card."""
    said = said_by(town[BO].timeline(town.room), town.tuva.user_id)
    replies = [event["content"] for event in said if thread_of(event) == under]
    return [content for content in replies if content["msgtype"] == "m.image"]


def replying(event: str) -> Json:
    return {"m.relates_to": {"m.in_reply_to": {"event_id": event}}}


def test_the_caption_of_a_picture_makes_an_example_with_it(town: Town, record: Database) -> None:
    town[ANA].show(town.room, PHOTO, "!exempel Cykelställ vid skolan\nMed tak.")
    under = card(town, "Med tak.")["event_id"]
    [picture] = until(lambda: shown(town, under))
    content = town[BO].fetch(picture["url"])
    assert looked_at(content).size == (picture["info"]["w"], picture["info"]["h"]) == (600, 900)
    assert tells_nothing(content)
    assert picture["body"] == "Cykelställ vid skolan"


def test_a_reply_to_a_picture_gives_it_another_replaces_it_and_a_word_takes_it_away(
    town: Town, record: Database
) -> None:
    town[ANA].say(town.room, "!exempel Laddstolpar")
    under = card(town, "Laddstolpar")["event_id"]
    line = f"!exempel {number(record, 'Laddstolpar')} bild"
    for size in ((8, 6), (10, 4)):
        said = town[ANA].say(town.room, line, **replying(town[BO].show(town.room, photo(*size))))
        assert "hämtas" in answer(town, said)
        until(lambda size=size: [(it["info"]["h"], it["info"]["w"]) for it in shown(town, under)] == [size])
    town[ANA].say(town.room, f"{line} bort")
    until(lambda: shown(town, under) == [])


def test_what_is_no_picture_is_told_to_its_sender_alone_and_the_example_stands(town: Town, record: Database) -> None:
    town[ANA].show(town.room, b"<html><script>alert(1)</script>", "!exempel Vindskydd")
    under = card(town, "Vindskydd")["event_id"]
    assert "ingen bild som Tuva kan visa" in until(privately(town, town[ANA]))
    assert shown(town, under) == []


def test_a_picture_of_forty_megabytes_is_refused_at_once(town: Town, record: Database) -> None:
    said = town[ANA].show(town.room, PHOTO, "!exempel Solceller", size=40 * 1024**2)
    assert "högst 20 MB" in answer(town, said)
    with record.reading() as session:
        assert session.get_one(Example, number(record, "Solceller")).pictures == []


def test_a_reply_that_leads_to_no_picture_is_told_how(town: Town, record: Database) -> None:
    town[ANA].say(town.room, "!exempel Bänkar")
    card(town, "Bänkar")
    words = replying(town[BO].say(town.room, "Vi byggde en bänk"))
    said = town[ANA].say(town.room, f"!exempel {number(record, 'Bänkar')} bild", **words)
    assert "svarar du på bilden" in answer(town, said)
