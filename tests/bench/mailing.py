"""A mailing: letters per second to many readers, beside the same finished bytes blasted by the same client."""

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bench.figures import Figure, figure
from config.settings import MailSettings
from digests.clock import Clock
from digests.courier import Courier
from digests.courier.parcels import Parcel
from digests.links import Links
from digests.mail import Mail
from digests.mail.mime import Letter
from digests.mail.smtp import Smtp
from living import place, propose
from people import ANA, MONDAY
from settled import settled
from storage import outbox
from storage.database import Database
from storage.memberships import Membership, Role
from storage.people import Person
from storage.subscriptions import Channel, Interval, Subscription
from storage.tokens import live_tokens

WEEK = timedelta(weeks=1)
ROUNDS = 3
READERS = 10_000
CONNECTIONS = 5
ITEMS = 5
BODY = "Taket ligger i **söder** och ska ändå läggas om i vår. [Utredningen](https://example.org/tak) är klar.\n\n" * 3
# As many finished letters as memory holds without a thought; the floor sends them over and over.
FINISHED = 1_000


class Mailing:
    """One group with many readers, and the server that takes their letters."""

    def __init__(self, folder: Path, readers: int) -> None:
        path = folder / f"mailing-{readers}.db"
        path.write_bytes(settled(MONDAY))
        self.readers = readers
        self.database = Database(f"sqlite:///{path}")
        self.now = MONDAY
        with self.database.transaction() as session:
            crowd(session, place(session, ANA).group_id, readers - 5)
        with self.database.reading() as session:
            self._links = Links("https://tuva.example.org", live_tokens(session))

    def write(self) -> float:
        """A week passes, with news. Returns how many letters a second were written into the outbox."""
        for number in range(ITEMS):
            propose(self.database, ANA, f"Solceller {number}", BODY, self.now + timedelta(hours=1))
        self.now += WEEK
        began = time.perf_counter()
        Clock(self.database, lambda: self.now, lambda: None).tick()
        return self.readers / (time.perf_counter() - began)

    def send(self, settings: MailSettings) -> float:
        """Carry them all. Returns how many letters a second were sent and durably marked."""
        courier = Courier(self.database, {"mail": Mail(settings, self._links)}, lambda: self.now)
        began = time.perf_counter()
        asyncio.run(courier.drain())
        return self.readers / (time.perf_counter() - began)

    def finished(self, settings: MailSettings) -> list[Letter]:
        """Some of the letters as they stood on the wire."""
        mail = Mail(settings, self._links)
        with self.database.reading() as session:
            newest = max(entry.id for entry in outbox.unfinished(session))
            entries = [outbox.entry_numbered(session, number) for number in range(newest - FINISHED + 1, newest + 1)]
            return [mail.written(_parcel(entry)) for entry in entries]


def measure(folder: Path) -> list[Figure]:
    """Letters per second for ten thousand readers."""
    mailing, written, ours, floor = Mailing(folder, READERS), [], [], []
    for _ in range(ROUNDS):
        with sink() as (settings, _):
            written.append(mailing.write())
            letters = mailing.finished(settings)
            ours.append(mailing.send(settings))
            floor.append(blast(settings, letters, READERS))
    mailing.database.close()
    print(f"letters written into the outbox per second: {min(written):,.0f} to {max(written):,.0f}")
    return [figure(f"letters to {READERS:,} readers", "per s", ours, floor, 0.7)]


def blast(settings: MailSettings, letters: list[Letter], count: int) -> float:
    """The floor: finished bytes, the same client, as many connections, nothing noted."""
    smtp = Smtp(settings)

    def lane(number: int) -> None:
        with smtp.line() as line:
            for place in range(number, count, CONNECTIONS):
                line.deliver(letters[place % len(letters)])

    threads = [threading.Thread(target=lane, args=(number,)) for number in range(CONNECTIONS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return count / (time.perf_counter() - began)


@contextmanager
def sink() -> Iterator[tuple[MailSettings, Any]]:
    """A mail server in a process of its own; the second value tells how many letters it has taken."""
    program = Path(__file__).with_name("sink.py")
    with subprocess.Popen(
        [sys.executable, "-P", str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin
        assert server.stdout
        to, back = server.stdin, server.stdout
        settings = MailSettings(url=f"smtp://127.0.0.1:{int(back.readline())}", connections=CONNECTIONS)

        def taken() -> int:
            to.write("\n")
            to.flush()
            return int(back.readline())

        yield settings, taken
        server.terminate()


def crowd(session: Any, group: int, count: int) -> None:
    """So many invented people in the group, straight into the record: a roster of that size is not the point here."""
    first = session.query(Person.id).count() + 1
    numbers = range(first, first + count)
    people = [{"id": n, "name": f"Läsare {n}", "email": f"lasare{n}@example.org"} for n in numbers]
    places = [{"person_id": n, "group_id": group, "role": Role.MEMBER, "since": MONDAY, "duties": []} for n in numbers]
    session.execute(insert(Person), people)
    session.execute(insert(Membership), places)
    session.execute(insert(Subscription), [_subscription(n, group, MONDAY) for n in numbers])


class Memory:
    """How much more memory this process has held since now, in MiB (proc(5); getrusage begins with our parent's)."""

    def __init__(self) -> None:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
        self._before = _of_this_process("VmRSS")

    def grown(self) -> float:
        """At its most."""
        return _of_this_process("VmHWM") - self._before


def _of_this_process(what: str) -> float:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line for line in lines if line.startswith(what)).split()[1]) / 1024


def _subscription(person: int, group: int, at: datetime) -> dict[str, Any]:
    chosen = {"interval": Interval.WEEKLY, "weekday": 0, "hour": "08:00", "channel": Channel.MAIL, "titles_only": False}
    return chosen | {"person_id": person, "group_id": group, "joined_at": at, "chosen_at": at, "watermark": at}


def _parcel(entry: outbox.OutboxEntry) -> Parcel:
    return Parcel(
        number=entry.id,
        key=entry.key,
        kind=entry.kind,
        address=entry.address,
        topic="",
        content=entry.content_id,
        parts=entry.content.parts,
        personal=entry.personal,
        created_at=entry.created_at,
        receipt="",
        room=None,
        token="",
    )
