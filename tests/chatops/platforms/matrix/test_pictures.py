"""Pictures on Matrix: a picture's caption or a reply to it is the command; it stands first in the card's thread."""

import pytest

from jpegs import looked_at, photo, tells_nothing
from living import until
from matrix_person import Json
from on_matrix import answer, card, privately, said_by, thread_of
from people import ANA, BO
from running import Running
from storage.database import Database
from storage.pictures import picture_numbered
from town import Town

PHOTO = photo(900, 600)


def shown(town: Town, under: str) -> list[Json]:
    """The pictures that stand in the thread of a card."""
    said = said_by(town[BO].timeline(town.room), town.tuva.user_id)
    return [
        event["content"] for event in said if thread_of(event) == under and event["content"]["msgtype"] == "m.image"
    ]


@pytest.mark.usefixtures("tuva")
def test_the_caption_of_a_picture_makes_an_example_with_it(town: Town) -> None:
    town[ANA].show(town.room, PHOTO, "!exempel Cykelställ vid skolan\nMed tak.")
    under = card(town, "Med tak.")["event_id"]
    [picture] = until(lambda: shown(town, under))
    content = town[BO].fetch(picture["url"])
    assert looked_at(content).size == (picture["info"]["w"], picture["info"]["h"]) == (600, 900)
    assert tells_nothing(content)
    assert picture["body"] == "Cykelställ vid skolan"


@pytest.mark.usefixtures("tuva")
def test_a_reply_to_a_picture_gives_it_to_an_example_another_replaces_it_and_a_word_takes_it_away(town: Town) -> None:
    town[ANA].say(town.room, "!exempel Cykelställ")
    under = card(town, "Cykelställ")["event_id"]
    for size in ((8, 6), (10, 4)):
        picture = town[BO].show(town.room, photo(*size))
        replied = {"m.relates_to": {"m.in_reply_to": {"event_id": picture}}}
        said = town[ANA].say(town.room, "!exempel 1 bild", **replied)
        assert "hämtas" in answer(town, said)
        until(lambda size=size: [(it["info"]["h"], it["info"]["w"]) for it in shown(town, under)] == [size])
    town[ANA].say(town.room, "!exempel 1 bild bort")
    until(lambda: shown(town, under) == [])


@pytest.mark.usefixtures("tuva")
def test_what_is_no_picture_is_told_to_its_sender_alone_and_the_example_stands(town: Town) -> None:
    town[ANA].show(town.room, b"<html><script>alert(1)</script>", "!exempel Cykelställ")
    under = card(town, "Cykelställ")["event_id"]
    assert "ingen bild som Tuva kan visa" in until(privately(town, town[ANA]))
    assert shown(town, under) == []


def test_a_picture_of_forty_megabytes_is_refused_at_once(town: Town, tuva: Running, database: Database) -> None:
    said = town[ANA].show(town.room, PHOTO, "!exempel Cykelställ", size=40 * 1024**2)
    assert "40 MB" in answer(town, said)
    with database.reading() as session:
        assert picture_numbered(session, 1) is None


@pytest.mark.usefixtures("tuva")
def test_a_reply_that_leads_to_no_picture_is_told_how(town: Town) -> None:
    words = town[BO].say(town.room, "Vi byggde ett cykelställ")
    town[ANA].say(town.room, "!exempel Cykelställ")
    card(town, "Cykelställ")
    said = town[ANA].say(town.room, "!exempel 1 bild", **{"m.relates_to": {"m.in_reply_to": {"event_id": words}}})
    assert "svarar du på bilden" in answer(town, said)
