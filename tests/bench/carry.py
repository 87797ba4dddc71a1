"""A process that carries one mailing and tells how much memory that took: DATABASE PORT. It may be killed."""

import asyncio
import sys

from bench.mailing import CONNECTIONS, WEEK, Memory
from chatops import logs
from config.settings import MailSettings
from digests.courier import Courier
from digests.links import Links
from digests.mail import Mail
from people import MONDAY
from storage import leases
from storage.database import Database
from storage.tokens import live_tokens


def main(path: str, port: str) -> None:
    """Take up what an earlier one left, and carry the rest."""
    logs.configure("error")
    database = Database(f"sqlite:///{path}")
    now = MONDAY + WEEK
    with database.transaction() as session:
        flagged = leases.recover(session, now, alone=True)
    with database.reading() as session:
        links = Links("https://tuva.example.org", live_tokens(session))
    mail = Mail(MailSettings(url=f"smtp://127.0.0.1:{port}", connections=CONNECTIONS), links)
    memory = Memory()
    asyncio.run(Courier(database, {"mail": mail}, lambda: now).drain())
    print(f"{flagged} {memory.grown():.0f}")
    database.close()


main(*sys.argv[1:])
