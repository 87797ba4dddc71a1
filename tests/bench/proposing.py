"""/propose per second in one process on SQLite, beside a bare insert and commit with the same care for the disk."""

import secrets
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from bench.figures import Figure, figure
from chatops.commands import COMMANDS
from chatops.conversation import House, Invocation
from chatops.dispatch import Dispatcher
from people import ANA, MONDAY
from settled import settled
from storage.database import Database

ROUNDS = 5
AT_A_TIME = 300


def measure(folder: Path) -> list[Figure]:
    """The one figure."""
    path = folder / "proposing.db"
    path.write_bytes(settled(MONDAY))
    database = Database(f"sqlite:///{path}")
    dispatcher = Dispatcher(database, COMMANDS, House("sv"), lambda: None)
    ours, floor = zip(*((_propose(dispatcher), _insert(folder / "bare.db")) for _ in range(ROUNDS)), strict=True)
    database.close()
    return [figure("/propose stored", "per s", ours, floor, 0.4)]


def _propose(dispatcher: Dispatcher) -> float:
    began = time.perf_counter()
    for number in range(AT_A_TIME):
        said = Invocation(
            platform="console",
            account=ANA,
            line=f"propose Solceller {number}",
            body="Taket ligger i söder.",
            at=MONDAY,
            once=secrets.token_hex(12),
            room="console",
        )
        assert not dispatcher.answer(said).refused
    return AT_A_TIME / (time.perf_counter() - began)


def _insert(path: Path) -> float:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS proposals (id INTEGER PRIMARY KEY, title, body)")
        began = time.perf_counter()
        for number in range(AT_A_TIME):
            connection.execute("BEGIN IMMEDIATE")
            row = (f"Solceller {number}", "Taket ligger i söder.")
            connection.execute("INSERT INTO proposals (title, body) VALUES (?, ?)", row)
            connection.execute("COMMIT")
        return AT_A_TIME / (time.perf_counter() - began)
