"""A settled installation's database: made once in each process of the tests, then copied, for migrating takes time."""

from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from config.settings import MailSettings, ServiceSettings, Settings
from people import MONDAY, settle_in
from storage import schema
from storage.database import Database


@cache
def settled(now: datetime) -> bytes:
    """The file of a migrated database with the cast in it since `now`. All copies share one key for tokens."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/tuva.db")
        schema.migrate(database, now)
        with database.transaction() as session:
            settle_in(session, now)
        database.close()
        return Path(folder, "tuva.db").read_bytes()


def installation(folder: Path, **service: Any) -> Settings:
    """An installation in a folder, with the cast in its record and a Maildir; for longer than one test."""
    (folder / "tuva.db").write_bytes(settled(MONDAY))
    told = ServiceSettings(database=f"sqlite:///{folder}/tuva.db", public_url="https://tuva.example.org", **service)
    return Settings(service=told, mail=MailSettings(url=f"maildir:{folder}/mail"))
