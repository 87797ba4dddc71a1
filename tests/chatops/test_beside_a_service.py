"""One database, many at work: a service, `tuva` commands and other writers beside it, and nobody is turned away."""

import json
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from living import Installation, clean_environment, place, until
from people import BO
from storage import outbox
from storage.organisations import Organisation
from storage.outbox import OutboxKind

WRITERS = 4
# Counts in one row, and tells what did not go and how long each transaction took, in milliseconds.
COUNTING = """
import json, sys, time
from storage import schema
from storage.database import Database
from storage.organisations import Organisation

database = Database(sys.argv[1])
faults, took = [], []
for _ in range(int(sys.argv[2])):
    begun = time.perf_counter()
    try:
        with database.transaction() as session:
            counter = session.get(Organisation, 1)
            counter.name = str(int(counter.name) + 1)
    except Exception as fault:
        faults.append(str(fault))
    took.append((time.perf_counter() - begun) * 1000)
database.close()
print(json.dumps([faults, took]))
"""


@pytest.fixture
def house(tmp_path: Path) -> Installation:
    """A settled installation with a counter, and fifty letters that want to be sent."""
    house = Installation(tmp_path)
    now = datetime.now(UTC)
    house.settle_in(now - timedelta(weeks=2))
    with house.database() as database, database.transaction() as session:
        session.execute(text("DELETE FROM organisations"))
        session.add(Organisation(name="0"))
        for number in range(50):
            parts = {"subject": "Hej", "text": "Hej", "html": "<p>Hej</p>", "sender": "Gröna", "group": "grona"}
            facts = {"route": "mail", "kind": OutboxKind.LETTER, "address": f"r{number}@example.org", "parts": parts}
            personal = {"person": str(place(session, BO).person.id), "subscription": "1"}
            outbox.put(session, key=f"letter-{number}", now=now, personal=personal, **facts)
    return house


def writer(house: Installation, number: int, rounds: int) -> "subprocess.Popen[bytes]":
    """A process that counts; what it tells is a file, for a pipe that nobody reads yet would stop it."""
    command = [sys.executable, "-W", "error", "-c", COUNTING, house.settings.service.database, str(rounds)]
    with (house.folder / f"writer-{number}.json").open("wb") as told:
        return subprocess.Popen(command, env=clean_environment(), stdout=told)


def commands_until(house: Installation, writers: "list[subprocess.Popen[bytes]]") -> int:
    """`tuva unit add` again and again, while there are writers; how often."""
    number = 0
    while any(writer.poll() is None for writer in writers):
        done = house.tuva("unit", "add", "andra", f"Enhet {number}")
        assert (done.status, done.err) == (0, "")
        number += 1
    return number


@pytest.mark.parametrize("transactions", [2_000, pytest.param(20_000, marks=pytest.mark.soak)])
def test_nobody_is_locked_out_and_nothing_is_lost(transactions: int, house: Installation) -> None:
    with house.running() as running, ExitStack() as ended:
        writers = [ended.enter_context(writer(house, number, transactions // WRITERS)) for number in range(WRITERS)]
        commands = commands_until(house, writers)
        told = [json.loads(file.read_bytes()) for file in house.folder.glob("writer-*.json")]
        until(lambda: len(house.letters()) == 50)
        assert httpx.get(f"{running.base}/readyz").status_code == 200
        assert running.stop() == 0
    assert [fault for faults, _ in told for fault in faults] == []
    assert not [line for line in running.log.read_text("utf-8").splitlines() if '"exception"' in line]
    with house.database() as database, database.reading() as session:
        assert session.get_one(Organisation, 1).name == str(transactions)
        assert session.scalar(text("SELECT count(*) FROM units WHERE name LIKE 'Enhet %'")) == commands > 0
        assert session.scalar(text("SELECT count(*) FROM outbox WHERE state = 'sent'")) == 50
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
    took = sorted(milliseconds for _, each in told for milliseconds in each)
    print(f"{commands} commands; p50 {took[len(took) // 2]:.1f} ms, p99 {took[len(took) * 99 // 100]:.1f} ms")
