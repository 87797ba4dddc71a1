"""Tuva alive, for tests: its web door without a socket, and the program itself, inside or as a process of its own."""

import asyncio
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from chatops.service import Service
from chatops.web.app import Doors, web_app
from config.settings import MailSettings, ServiceSettings, Settings
from digests.links import Links
from inside import Done, run_inside
from people import MONDAY
from settled import settled
from storage import proposals
from storage.database import Database, Session
from storage.groups import group_called
from storage.memberships import Membership, membership_of
from storage.people import person_with_mail
from storage.proposal_stages import ProposalKind
from storage.subscriptions import Subscription, subscription_of
from storage.tokens import live_tokens

PATIENCE_SECONDS = 20.0
PROGRAM = [sys.executable, "-m", "chatops"]
GREETING = "Tuva listens on "
LATER = MONDAY + timedelta(hours=1)


# --- the record ---


def place(session: Session, address: str, slug: str = "grona") -> Membership:
    """Somebody's place in a group."""
    person = person_with_mail(session, address)
    assert person is not None
    membership = membership_of(session, person, group_called(session, slug))
    assert membership is not None
    return membership


def subscription(database: Database, address: str, slug: str = "grona") -> Subscription:
    """Somebody's subscription, as it is now."""
    with database.reading() as session:
        membership = place(session, address, slug)
        return subscription_of(session, membership.person, membership.group)


def propose(database: Database, address: str, title: str = "Solceller", body: str = "", now: datetime = MONDAY) -> int:
    """Put something before the green group; returns its number."""
    with database.transaction() as session:
        return proposals.propose(session, place(session, address), title, body, ProposalKind.IDEA, [], now).id


def record(database: Database) -> list[str]:
    """Everything in the database, as SQL: two equal records mean that nothing was changed."""
    with closing(sqlite3.connect(database.path)) as connection:
        return list(connection.iterdump())


# --- the web door ---


class Door:
    """The web door of a real service, at a time that stands still. Faults come back as answers, as over a socket."""

    def __init__(self, service: Service, now: datetime) -> None:
        self.database = service.database
        with self.database.reading() as session:
            self.tokens = live_tokens(session)
        links, answer = Links("https://tuva.example.org", self.tokens), service.answer
        sender = "Tuva <tuva@example.org>"
        doors = Doors(service.database, links, sender, answer, lambda: now, {}, bytes, "sv", {})
        transport = httpx.ASGITransport(web_app(doors), raise_app_exceptions=False)
        self._loop = asyncio.new_event_loop()
        self._client = httpx.AsyncClient(transport=transport, base_url="http://tuva.test")

    def letters_link(self, purpose: str, address: str) -> str:
        """What leads to `unsubscribe` or `preferences` in a letter to that address."""
        return f"/{purpose}/{self.tokens.make(purpose, str(subscription(self.database, address).id))}"

    def items_link(self, purpose: str, address: str, about: str) -> str:
        """What leads to a noun (`p`) or means a command (`do`) in a letter to that address."""
        with self.database.reading() as session:
            person = person_with_mail(session, address)
        assert person is not None
        return f"/{purpose}/{self.tokens.make(purpose, f'{person.id}:{about}')}"

    def ask(self, method: str, path: str, **rest: Any) -> httpx.Response:
        """One request and its answer; a redirect is an answer."""
        return self._loop.run_until_complete(self._client.request(method, path, **rest))

    def get(self, path: str, **rest: Any) -> httpx.Response:
        """GET."""
        return self.ask("GET", path, **rest)

    def post(self, path: str, **rest: Any) -> httpx.Response:
        """POST."""
        return self.ask("POST", path, **rest)

    def close(self) -> None:
        """Hang up."""
        self._loop.run_until_complete(self._client.aclose())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()


@contextmanager
def open_door(settings: Settings, now: datetime = LATER) -> Iterator[Door]:
    """The web door on an installation."""
    service = Service(settings, "https://tuva.example.org", lambda: now, {})
    door = Door(service, now)
    try:
        yield door
    finally:
        door.close()
        service.close()


# --- the program ---


def said(done: Done) -> str:
    """Standard output of what went well."""
    assert (done.status, done.err) == (0, "")
    return done.out


def refusal(done: Done) -> str:
    """Standard error of what was refused: sentences, status 1, and nothing on standard output."""
    assert (done.status, done.out) == (1, "")
    assert "Traceback" not in done.err
    assert done.err.strip()
    return done.err


@dataclass(frozen=True)
class Running:
    """One `tuva run`. `base` is where it listens; `out` and `log` are its standard output and error."""

    process: "subprocess.Popen[bytes]"
    base: str
    out: Path
    log: Path

    def stop(self) -> int:
        """SIGTERM, and the status it ends with. Raises TimeoutExpired when that takes too long."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_SECONDS)


class Installation:
    """A folder with a settings file, and Tuva to run in it."""

    def __init__(self, folder: Path, *, mail: str = "maildir:mail", level: str = "info") -> None:
        self.folder = folder
        self.settings = Settings(
            service=ServiceSettings(database=f"sqlite:///{folder}/tuva.db"),
            mail=MailSettings(url=f"maildir:{folder}/mail"),
        )
        (folder / "tuva.toml").write_text(
            f"""\
[service]
database = "sqlite:///tuva.db"
listen = "127.0.0.1:0"
log_level = "{level}"
[mail]
url = "{mail}"
""",
            "utf-8",
        )

    @contextmanager
    def database(self) -> Iterator[Database]:
        """Its database, while no test's service holds it."""
        database = Database(self.settings.service.database)
        try:
            yield database
        finally:
            database.close()

    def settle_in(self, now: datetime) -> None:
        """Migrate, with the cast in it from `now` on."""
        Path(self.settings.service.database.removeprefix("sqlite:///")).write_bytes(settled(now))

    def letters(self) -> list[Path]:
        """What lies in the Maildir."""
        return sorted(self.folder.glob("mail/new/*"))

    def tuva(self, *words: str, stdin: str = "", **environment: str) -> Done:
        """Run one command in the folder, to its end."""
        return tuva(*words, folder=self.folder, stdin=stdin, **environment)

    @contextmanager
    def running(self, name: str = "run", program: Sequence[str] = PROGRAM) -> Iterator[Running]:
        """`tuva run`, from its greeting on. It is ended on the way out, whatever happened."""
        out, log = self.folder / f"{name}.out", self.folder / f"{name}.err"
        with out.open("wb") as to_out, log.open("wb") as to_log:
            process = subprocess.Popen(
                [*program, "run"], cwd=self.folder, env=clean_environment(), stdout=to_out, stderr=to_log
            )
            with process:
                try:
                    until(lambda: "\n" in out.read_text("utf-8") or process.poll() is not None)
                    greeting = out.read_text("utf-8").partition("\n")[0]
                    assert greeting.startswith(GREETING), log.read_text("utf-8")
                    yield Running(process, greeting.removeprefix(GREETING), out, log)
                finally:
                    process.kill()


def tuva(*words: str, folder: Path, stdin: str = "", **environment: str) -> Done:
    """Run one command in a folder, to its end, inside this process."""
    return run_inside(words, folder, stdin, environment)


def process(*words: str, folder: Path, program: Sequence[str] = PROGRAM, stdin: str = "", **environment: str) -> Done:
    """The same as a process of its own: a second slower, for what only a process shows."""
    ran = subprocess.run(
        [*program, *words],
        cwd=folder,
        env=clean_environment() | environment,
        input=stdin.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Done(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def clean_environment() -> dict[str, str]:
    """The environment without settings of Tuva, and with this source to run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TUVA_")}
    return kept | {"PYTHONPATH": str(Path(__file__).parents[1])}


def until(found: Callable[[], Any], patience: float = PATIENCE_SECONDS) -> Any:
    """What `found` gives, as soon as it gives something. Fails when that takes too long."""
    deadline = time.monotonic() + patience
    while not (result := found()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
    return result


def free_port() -> int:
    """A port of the loopback on which nobody listens."""
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        return int(found.getsockname()[1])
