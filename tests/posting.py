"""The mail route of the tests: the real outbox, courier and carrier, at a time that is moved by hand."""

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from config.settings import MailSettings
from digests.courier import Courier
from digests.courier.parcels import Parcel
from digests.courier.route import Trouble
from digests.links import PREFERENCES, Links
from digests.mail import Mail
from people import MONDAY
from storage import outbox
from storage.database import Database
from storage.outbox import OutboxEntry, OutboxKind
from storage.tokens import Tokens

LINKS = Links("https://tuva.example.org", Tokens((b"k" * 32,)))
PARTS = {
    "group": "grona",
    "stream": "digest",
    "sender": "Gröna gruppen",
    "subject": "Nytt: ett förslag",
    "text": f"Hej {PREFERENCES}\n",
    "html": f"<a href='{PREFERENCES}'>Hej</a>",
}
PERSONAL = {"person": "2", "subscription": "3"}


def parcel(address: str = "bo@example.org", **changes: Any) -> Parcel:
    """One letter as the carrier gets it."""
    facts: dict[str, Any] = {
        "number": 12,
        "key": "weekly:1:2027-01-11T08:00",
        "kind": OutboxKind.LETTER,
        "address": address,
        "topic": "",
        "content": 1,
        "parts": PARTS,
        "personal": PERSONAL,
        "created_at": MONDAY,
        "receipt": "",
        "room": None,
        "token": "t",
    }
    return Parcel(**facts | changes)


class Post:
    """A courier with the mail carrier that the settings ask for."""

    def __init__(self, database: Database, settings: MailSettings) -> None:
        self.database = database
        self.now = MONDAY
        self.mail = Mail(settings, LINKS)
        self.courier = Courier(database, {"mail": self.mail}, lambda: self.now)

    @property
    def trouble(self) -> Trouble | None:
        """Why nothing goes out."""
        return self.courier.trouble_on("mail")

    def letter_to(self, *addresses: str, **rest: Any) -> None:
        """Wish for one letter to each."""
        facts = {"route": "mail", "kind": OutboxKind.LETTER, "parts": PARTS, "personal": PERSONAL, "now": self.now}
        with self.database.transaction() as session:
            for address in addresses:
                outbox.put(session, key=address, address=address, **facts | rest)

    def drain(self, **later: float) -> None:
        """Carry what is due, some time later."""
        self.now += timedelta(**later)
        asyncio.run(self.courier.drain())

    def row(self, address: str) -> OutboxEntry:
        """What became of the letter to an address."""
        with self.database.reading() as session:
            return session.scalars(select(OutboxEntry).filter_by(address=address)).one()

    def states(self) -> dict[str, str]:
        """The state of every letter, by address."""
        with self.database.reading() as session:
            return {entry.address: entry.state.value for entry in session.scalars(select(OutboxEntry))}
