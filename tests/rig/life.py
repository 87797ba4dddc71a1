"""The life of one run of the program, in a process forked for it: what it is told to do, and where it dies."""

import asyncio
import json
import os
import re
import signal
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from chatops import logs
from chatops.platforms import matrix
from chatops.platforms.console_input import Typed
from chatops.service import Service
from chatops.terminal import Terminal
from config.settings import MailSettings, MatrixSettings, ServiceSettings, Settings, SlackSettings
from rig import carried, planted
from rig.serving import serve
from storage import crash_points, outbox, schema
from storage.database import Session
from storage.outbox import OutboxKind

CONNECTIONS = 4
BASE = "https://tuva.example.org"


class Deliberate(Exception):
    """What is raised in the middle of a business transaction."""


@dataclass(frozen=True)
class Run:
    """One run of the program. It dies at the `die_at`th point of those `among` (a name, its first word, or "", which
    is all); at 0 never. With `carrying` only those points count that it reaches on a platform while it carries an entry
    whose key matches that.

    `steps`: ("type", line), ("wish", {key: address}), ("roll_back", {key: address}), ("migrate", "") or ("carry", "")
    – the last is a service's work without a console. `bugs` are those of `planted`. With the settings of a `slack` or
    a `matrix` it is the whole service, there, in real time, until its folder has a file `stop`; `remembered_for` is how
    many seconds the homeserver surely knows what it was sent.
    """

    folder: str
    mail: str
    steps: list[tuple[str, Any]]
    now: str
    connections: int = CONNECTIONS
    die_at: int = 0
    among: str = ""
    carrying: str = ""
    kill_after: float = 0.0
    bugs: list[str] = field(default_factory=list)
    slack: dict[str, str] = field(default_factory=dict)
    matrix: dict[str, str] = field(default_factory=dict)
    remembered_for: float = 1200.0


@dataclass(frozen=True)
class Ended:
    """What became of a run: `died` by SIGKILL, at which point, which points it came to, how long it took.

    `paused`: it stopped by itself and waits for `resume`; this is its process.
    """

    died: bool
    status: int
    point: str
    points: dict[str, int]
    seconds: float
    paused: int = 0


class Death:
    """The watcher of one run."""

    def __init__(self, run: Run, report: int) -> None:
        self._at, self._among, self._carrying, self._report = run.die_at, run.among, run.carrying, report
        self._one_at_a_time = threading.Lock()
        self.points: Counter[str] = Counter()

    def __call__(self, name: str) -> None:
        with self._one_at_a_time:
            self.points[name] += 1
            if self._at and self._counts(name):
                self._at -= 1
                if not self._at:
                    os.write(self._report, json.dumps({"point": name}).encode())
                    os.kill(os.getpid(), signal.SIGKILL)

    def _counts(self, name: str) -> bool:
        is_among = self._among in ("", name, name.partition(".")[0])
        return is_among and (not self._carrying or bool(re.search(self._carrying, carried.key())))


def settings_of(run: Run) -> Settings:
    """The installation in the run's folder."""
    service = ServiceSettings(database=f"sqlite:///{run.folder}/tuva.db", public_url=BASE)
    slack = SlackSettings(**run.slack) if run.slack else None
    account = MatrixSettings(**run.matrix) if run.matrix else None
    mail = MailSettings(url=run.mail, connections=run.connections)
    return Settings(service=service, mail=mail, slack=slack, matrix=account)


def wish(session: Session, key: str, address: str, now: datetime) -> None:
    """Wish for a small letter."""
    outbox.put(
        session,
        key=key,
        route="mail",
        kind=OutboxKind.LETTER,
        address=address,
        parts={"stream": "system", "group": "", "sender": "Tuva", "subject": key, "text": key, "html": key},
        now=now,
        personal={"person": "1", "subscription": "1"},
    )


def live(run: Run, report: int) -> None:
    """The whole life of a forked process."""
    out = os.open(f"{run.folder}/transcript", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    log = Path(run.folder, "log").open("a", encoding="utf-8")  # noqa: SIM115 -- until the end of the process
    os.dup2(log.fileno(), 1)
    os.dup2(log.fileno(), 2)
    logs.configure("warning", log)
    for bug in run.bugs:
        planted.BUGS[bug]()
    carried.note()
    death = Death(run, report)
    crash_points.watch(death)

    def end() -> None:
        os.write(report, json.dumps({"points": death.points}).encode())
        os._exit(0)

    now = datetime.fromisoformat(run.now)
    kinds = {kind for kind, _ in run.steps}
    if run.slack or run.matrix:
        asyncio.run(whole_service(run, end))
    elif "migrate" in kinds:
        _migrate(run, now)
    elif "carry" in kinds:
        asyncio.run(_carry(run, now))
    else:
        asyncio.run(converse(run, now, out))
    end()


async def whole_service(run: Run, end: Callable[[], None]) -> None:
    patience = matrix.Patience(between=0.1, remembered_for=timedelta(seconds=run.remembered_for))
    await serve(settings_of(run), Path(run.folder), end, patience)


def _migrate(run: Run, now: datetime) -> None:
    from storage.database import Database

    database = Database(settings_of(run).service.database)
    schema.migrate(database, now)
    database.close()


async def _carry(run: Run, now: datetime) -> None:
    """As a service beside others does: what was left behind, once its lease has ended, and everything that is due."""
    service = Service(settings_of(run), BASE, lambda: now, {})
    service.recover(alone=False)
    await service.courier.drain()
    service.close()


async def converse(run: Run, now: datetime, out: int) -> None:
    def write(line: str) -> None:
        os.write(out, f"{line}\n".encode())

    terminal = Terminal(settings_of(run), None, BASE, write, lambda: now)
    await terminal.converse(_typed(run, terminal), echo=True)
    await terminal.settle()
    terminal.service.close()


async def _typed(run: Run, terminal: Terminal) -> AsyncIterator[Typed]:
    for kind, what in run.steps:
        if kind == "type":
            line, _, body = what.partition("\n")
            yield Typed(line, body)
        elif kind == "wish":
            await asyncio.to_thread(_wish, terminal, what)
        else:
            await asyncio.to_thread(_roll_back, terminal, what)


def _wish(terminal: Terminal, wishes: dict[str, str]) -> None:
    with terminal.service.database.transaction() as session:
        for key, address in wishes.items():
            wish(session, key, address, terminal.time.now())


def _roll_back(terminal: Terminal, wishes: dict[str, str]) -> None:
    """Each in a business transaction that breaks after the wish."""
    for key, address in wishes.items():
        try:
            with terminal.service.database.transaction() as session:
                wish(session, key, address, terminal.time.now())
                session.flush()
                raise Deliberate
        except Deliberate:
            pass
