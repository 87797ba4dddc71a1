"""An installation that was told things: what it said at the console, what it logged, and the letter it sent."""

import asyncio
import csv
import io
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path

from sqlalchemy import select, update

from chatops import logs
from chatops.conversation import Invocation
from chatops.platforms.console_input import Typed
from chatops.terminal import Terminal
from config.settings import MailSettings, ServiceSettings, Settings
from hostile import read_letter
from living import place as place_of
from people import BO, MONDAY, settle_in
from storage import prose, schema
from storage.database import Database, Session
from storage.organisations import add_unit
from storage.people import person_with_mail
from storage.proposals import Proposal
from storage.roster import import_roster
from storage.subscriptions import Interval, Subscription
from storage.tokens import Tokens, live_tokens

BASE = "https://tuva.example.org"
LISTS = ("/proposal list all", "/example list", "/tuva members", "/tuva status", "/digest", "/digest preview")


@dataclass
class World:
    """An installation that was told everything."""

    settings: Settings
    said: list[str]
    logged: str
    raw: bytes
    tokens: Tokens

    @cached_property
    def letter(self) -> EmailMessage:
        """The one letter that went out."""
        return read_letter(self.raw)

    @cached_property
    def text(self) -> str:
        """Its first part."""
        return str(next(iter(self.letter.iter_parts())).get_content()).replace("\r\n", "\n")  # type: ignore[attr-defined]

    @cached_property
    def page(self) -> str:
        """Its second part."""
        return str(list(self.letter.iter_parts())[1].get_content())  # type: ignore[attr-defined]


def furnished(folder: Path, names: dict[str, str]) -> Settings:
    """An installation in a folder, with people of these names, of whom nobody gets letters; Bo does."""
    service = ServiceSettings(database=f"sqlite:///{folder}/tuva.db", public_url=BASE)
    settings = Settings(service=service, mail=MailSettings(url=f"maildir:{folder}/mail"))
    database = Database(settings.service.database)
    schema.migrate(database, MONDAY)
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(("name", "email", "unit"))
    with database.transaction() as session:
        group = settle_in(session).group
        for address, name in names.items():
            unit = prose.title(name)
            add_unit(session, group, unit, None)
            rows.writerow((name.encode("utf-8", "replace").decode(), address, unit))
        session.flush()
        import_roster(session, group, table.getvalue().encode(), MONDAY, replace=False)
        reader = place_of(session, BO).person_id
        session.execute(update(Subscription).where(Subscription.person_id != reader).values(interval=Interval.OFF))
    database.close()
    return settings


def told(folder: Path, names: dict[str, str]) -> World:
    """An installation where each of these people said their own name in every way; then a week went by."""
    settings = furnished(folder, names)
    said: list[str] = []
    log = io.StringIO()
    logs.configure("debug", log)

    async def tell() -> Tokens:
        terminal = Terminal(settings, None, BASE, said.append, lambda: MONDAY)
        await terminal.be_alone()
        for place, (address, text) in enumerate(names.items()):
            word = ("propose", "example share")[place % 2]
            words = Invocation("console", address, f"{word} {text}", MONDAY, address, body=text)
            await terminal.service.answer(words)
        with terminal.service.database.transaction() as session:
            object_to_each(session, names)
            tokens = live_tokens(session)
        for line in (*LISTS, *(f"/tuva help {text}" for text in [*names.values()][::3]), "time +7d", "letters"):
            await terminal.console.hear(Typed(line).line, "")
        terminal.service.close()
        return tokens

    tokens = asyncio.run(tell())
    logs.configure("error")
    [letter] = (folder / "mail" / "new").iterdir()
    return World(settings, said, log.getvalue(), letter.read_bytes(), tokens)


def object_to_each(session: Session, names: dict[str, str]) -> None:
    """Every text is somebody's reason against a proposal."""
    found = list(session.scalars(select(Proposal).order_by(Proposal.id)))
    for place, (address, text) in enumerate(names.items()):
        person = person_with_mail(session, address)
        assert person is not None
        found[place % len(found)].object(person, text, MONDAY)
