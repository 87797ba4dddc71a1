"""One installation under the rig: its database, what the outside saw of it, and how often it has crashed."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from people import GUS, INA, MONDAY, settle_in
from rig import checker
from rig.checker import Verdict
from rig.inside import PATIENCE_SECONDS
from rig.life import CONNECTIONS, Ended, Run, wish
from rig.mail_server import MailServer, Taken
from rig.nursery import Nursery
from storage import schema
from storage.database import Database
from storage.rooms import Room
from storage.subscriptions import subscription_of

Step = tuple[str, Any]
# Three readers are enough for a walk: every letter makes it longer by a dozen runs.
SILENT = (GUS, INA)
FILES = ("tuva.db", "tuva.db-wal")


@dataclass(frozen=True)
class World:
    """What the houses of a test session share: the nursery, the mail server, and a database with the cast in it."""

    nursery: Nursery
    server: MailServer
    settled: Path

    @property
    def mail(self) -> str:
        """Where the mail server is."""
        return f"smtp://127.0.0.1:{self.server.port}"

    def house(self, folder: Path, seed: str = "") -> "House":
        """A fresh copy in a folder of its own."""
        folder.mkdir(parents=True)
        shutil.copy(self.settled, folder / "tuva.db")
        return House(self, folder, seed)


@contextmanager
def world(folder: Path, **environment: str) -> Iterator[World]:
    """Open one. `environment` is the nursery's."""
    settled = settle(folder / "settled.db")
    nursery, server = Nursery(settled, **environment), MailServer(folder)
    try:
        yield World(nursery, server, settled)
    finally:
        nursery.close()
        server.close()


def settle(path: Path) -> Path:
    """A database with the cast in it, and a console as the room of its group."""
    database = Database(f"sqlite:///{path}")
    schema.migrate(database, MONDAY)
    with database.transaction() as session:
        place = settle_in(session)
        place.group.rooms.append(Room(platform="console", address="console"))
        for address in SILENT:
            membership = place.memberships[address]
            subscription_of(session, membership.person, place.group).stop(MONDAY)
    database.close()
    return path


class House:
    """One copy of the settled database, from its first run to its verdict."""

    def __init__(self, world: World, folder: Path, seed: str) -> None:
        self.folder = folder
        self.crashes = 0
        self._world = world
        self._seed = seed
        self._place = world.server.place()
        self._taken_before: list[Taken] = []
        self._past: list[Taken] | None = None
        self._wished: set[str] = set()
        self._committed: set[str] = set()
        self._open_at_crash: set[str] = set()

    def run(self, *steps: Step, now: datetime = MONDAY, mail: str = "", judged: bool = True, **rest: Any) -> Ended:
        """One run of the program. A crash is counted, and, unless `judged` is not, what it left is remembered."""
        self._wished |= {key for kind, wishes in steps if kind == "wish" for key in wishes}
        mail = mail or self._world.mail
        ended = self._world.nursery.run(Run(str(self.folder), mail, list(steps), now.isoformat(), **rest))
        return self._noted(ended, judged=judged)

    def resume(self, paused: Ended) -> Ended:
        """What had stopped itself goes on."""
        return self._noted(self._world.nursery.resume(paused))

    def crashed(self) -> None:
        """The process was killed: once more, its file says what is committed."""
        self.crashes += 1
        with TemporaryDirectory() as copy:
            for name in FILES:
                if (self.folder / name).exists():
                    shutil.copy(self.folder / name, copy)
            books = checker.read(Path(copy, "tuva.db"))
        self._committed |= set(books.wishes)
        self._open_at_crash |= set(books.wishes) - checker.delivered(books, self.taken())

    def wish(self, name: str, addresses: Iterable[str], now: datetime = MONDAY) -> None:
        """Wish for a small letter to each, without a run."""
        database = Database(f"sqlite:///{self.folder}/tuva.db")
        with database.transaction() as session:
            for number, address in enumerate(addresses):
                self._wished.add(f"{name}:{number}")
                wish(session, f"{name}:{number}", address, now)
        database.close()

    def taken(self) -> list[Taken]:
        """What the mail server has taken from this house."""
        return self._taken_before + self._world.server.taken_since(self._place)

    def copied(self, folder: Path) -> "House":
        """Another house with the same past. From the first copy on, what is taken is the copies'."""
        if self._past is None:
            self._past = self.taken()
        folder.mkdir(parents=True)
        for name in (*FILES, "transcript"):
            if (self.folder / name).exists():
                shutil.copy(self.folder / name, folder)
        copy = House(self._world, folder, self._seed)
        copy.crashes, copy._wished, copy._committed = self.crashes, set(self._wished), set(self._committed)
        copy._open_at_crash, copy._taken_before = set(self._open_at_crash), self._past
        return copy

    def verdict(self) -> Verdict:
        """The sum so far. Call it when nothing runs here."""
        books, taken = checker.read(self.folder / "tuva.db"), self.taken()
        verdict = Verdict(self.crashes, CONNECTIONS, self._seed)
        verdict.recovered = len(self._open_at_crash & checker.delivered(books, taken))
        checker.judge(verdict, books, self._wished, self._committed, taken, self.transcript())
        return verdict

    def transcript(self) -> list[str]:
        """Every line the console has shown."""
        file = self.folder / "transcript"
        return file.read_text("utf-8").split("\n") if file.exists() else []

    def _noted(self, ended: Ended, *, judged: bool = True) -> Ended:
        told = (self.folder / "log").read_text("utf-8")[-3000:] if ended.status > 0 else ""
        assert ended.seconds < PATIENCE_SECONDS, "it hung"
        assert ended.status <= 0, told
        if ended.died and judged:
            self.crashed()
        return ended


def letters(name: str, count: int) -> Step:
    """The wish for so many small letters, in one transaction."""
    return "wish", {f"{name}:{n}": f"reader{n}@example.org" for n in range(count)}
