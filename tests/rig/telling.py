"""Notes and pictures under the rig: what somebody is to hear alone, and what the record knows of pictures."""

import sqlite3
from contextlib import closing
from pathlib import Path

from digests import notes
from digests.clock import real_time
from digests.notes import Note
from jpegs import photo
from living import place
from people import INA
from storage.database import Database
from storage.messages import Action, Message

PHOTO = photo(90, 60)
NO_PICTURE = b"<html>"
BUTTON = Action("Dela som exempel", "example share tip:7 group:grona")
PICTURES = """
SELECT e.id, e.title, count(p.width), (SELECT count(*) FROM picture_copies c JOIN pictures q ON q.id = c.picture_id
WHERE q.example_id = e.id) FROM examples e LEFT JOIN pictures p ON p.example_id = e.id AND p.width > 0 GROUP BY e.id
"""


def leave(folder: Path, key: str, words: str, account: tuple[str, str, str]) -> None:
    """Wish that Ina hears something by herself, where this account (platform, name, tenant) has become hers."""
    with closing(Database(f"sqlite:///{folder}/tuva.db")) as database, database.transaction() as session:
        ina = place(session, INA)
        ina.person.known_as(*account)
        note = Note(key, Message(words, greeting(key), (BUTTON,)))
        notes.leave(session, ina.person, ina.group, lambda _: note, real_time())


def greeting(key: str) -> str:
    """How a note begins that is left under a key."""
    return f"Hej {key}."


def about(number: int) -> str:
    """The outbox keys of the note, the picture and the card of that number."""
    return rf"^(note:{number}:|picture:{number}$|card:example:{number}:)"


def pictures(folder: Path) -> list[tuple[int, str, int, int]]:
    """Number and title of each example, and how many pictures and copies of them the record has."""
    with closing(sqlite3.connect(f"file:{folder}/tuva.db?mode=ro", uri=True)) as connection:
        return connection.execute(PICTURES).fetchall()
