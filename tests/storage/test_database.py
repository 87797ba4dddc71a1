"""The database: nothing written is lost, and nobody writes beside anybody else."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import StatementError

from people import MONDAY
from storage import installation, schema
from storage.database import Database, DatabaseFault, Session, UtcDateTime
from storage.locks import FileLock
from storage.organisations import Organisation, organisation_named

ROUNDS = 200
# What each of the processes that write side by side does.
COUNTING = f"""
import sys
from storage import schema
from storage.database import Database
from storage.organisations import Organisation

database = Database(sys.argv[1])
for _ in range({ROUNDS}):
    with database.transaction() as session:
        counter = session.get(Organisation, 1)
        counter.name = str(int(counter.name) + 1)
database.close()
"""
# The same, and every so often what has been written goes from the journal into the file, beside the other's writing.
CHECKPOINTING = f"""
import os, sys
from storage import schema
from storage.database import Database
from storage.organisations import Organisation

database = Database(sys.argv[1])
for number in range({ROUNDS}):
    with database.transaction() as session:
        counter = session.get(Organisation, 1)
        counter.name = str(int(counter.name) + 1)
        session.add(Organisation(name=str(os.getpid()) + "x" * 5000 + str(number)))
    if number % 10 == 0:
        with database.written_alone() as engine:
            connection = engine.raw_connection()
            connection.driver_connection.execute("PRAGMA wal_checkpoint(RESTART)")
            connection.close()
database.close()
"""
HOLDING = """
import sys
from storage.database import Database

database = Database(sys.argv[1])
with database.reading() as session:
    database.answers()
    print("open", flush=True)
    sys.stdin.read()
database.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a folder" / "tuva.db"


@pytest.fixture
def empty(path: Path) -> Iterator[Database]:
    """A migrated database with nobody in it."""
    database = Database(f"sqlite:///{path}")
    schema.migrate(database, MONDAY)
    yield database
    database.close()


def process(code: str, path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-c", code, f"sqlite:///{path}"]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Organisation.name).order_by(Organisation.id)))


def pragma(session: Session, name: str) -> object:
    return session.scalar(text(f"PRAGMA {name}"))


def other_connection(path: Path) -> sqlite3.Connection:
    """A program that knows nothing of our file lock."""
    return sqlite3.connect(path, timeout=0, isolation_level=None)


def test_two_processes_that_write_lose_nothing(empty: Database, path: Path) -> None:
    with empty.transaction() as session:
        session.add(Organisation(name="0"))
    processes = [process(COUNTING, path) for _ in range(2)]
    for started in processes:
        started.communicate(timeout=120)
    assert [started.returncode for started in processes] == [0, 0]
    assert names(empty) == [str(2 * ROUNDS)]


def test_two_processes_that_write_and_checkpoint_spoil_nothing(empty: Database, path: Path) -> None:
    with empty.transaction() as session:
        session.add(Organisation(name="0"))
    processes = [process(CHECKPOINTING, path) for _ in range(2)]
    for started in processes:
        started.communicate(timeout=120)
    assert [started.returncode for started in processes] == [0, 0]
    with empty.reading() as session:
        assert pragma(session, "integrity_check") == "ok"
    assert (names(empty)[0], len(names(empty))) == (str(2 * ROUNDS), 1 + 2 * ROUNDS)


def test_closing_works_while_another_process_has_it_open(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    schema.migrate(database, MONDAY)
    other = process(HOLDING, path)
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    database.close()
    other.communicate(timeout=60)
    assert other.returncode == 0


def test_a_transaction_that_has_only_read_has_the_file_to_itself(empty: Database, path: Path) -> None:
    other = other_connection(path)
    with empty.transaction() as session:
        session.scalar(select(Organisation.id))
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()


def test_a_transaction_holds_the_file_lock_until_it_is_over(empty: Database, path: Path) -> None:
    lock = FileLock(path.with_name("tuva.db-lock"))
    with empty.transaction():
        assert not lock.take_alone()
    assert lock.take_alone()
    lock.close()


def test_a_transaction_that_failed_lets_the_next_one_begin(empty: Database) -> None:
    def fail() -> None:
        with empty.transaction() as session:
            session.add(Organisation(name="x"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert names(empty) == []
    with empty.transaction() as session:
        session.add(Organisation(name="y"))
    assert names(empty) == ["y"]


def test_a_reader_goes_on_while_somebody_writes(empty: Database) -> None:
    with empty.transaction() as session:
        session.add(Organisation(name="x"))
        session.flush()
        assert names(empty) == []
    assert names(empty) == ["x"]


def test_a_reader_sees_one_state_of_the_record(empty: Database) -> None:
    with empty.reading() as reading:
        before = list(reading.scalars(select(Organisation.name)))
        with empty.transaction() as session:
            organisation_named(session, "x")
        assert list(reading.scalars(select(Organisation.name))) == before == []


def test_a_reader_cannot_write(empty: Database) -> None:
    with empty.reading() as session:
        session.add(Organisation(name="x"))
        with pytest.raises(DatabaseFault, match="readonly"):
            session.flush()
        session.rollback()
    assert names(empty) == []


def engines(database: Database) -> Iterator[tuple[Session, str]]:
    with database.transaction() as session:
        yield session, "writer"
    with database.reading() as session:
        yield session, "reader"


def test_every_commit_is_on_the_disk(empty: Database) -> None:
    assert {who: pragma(session, "synchronous") for session, who in engines(empty)} == {"writer": 2, "reader": 2}


def test_the_journal_is_written_ahead(empty: Database) -> None:
    assert {pragma(session, "journal_mode") for session, _ in engines(empty)} == {"wal"}


def test_foreign_keys_are_checked(empty: Database) -> None:
    assert {pragma(session, "foreign_keys") for session, _ in engines(empty)} == {1}


def test_a_locked_file_is_waited_for(empty: Database) -> None:
    assert {pragma(session, "busy_timeout") for session, _ in engines(empty)} == {5000}


def test_there_is_one_writing_connection(empty: Database) -> None:
    with empty.written_alone() as writer:
        assert isinstance(writer, Engine)
        assert (writer.pool.size(), writer.pool._max_overflow) == (1, 0)


def test_a_moment_without_a_zone_is_refused(empty: Database) -> None:
    naive = datetime(2027, 1, 11, 8, 0)  # noqa: DTZ001 -- the mistake itself
    with empty.transaction() as session:
        session.add(installation.Installation(id=1, latest_time=naive))
        with pytest.raises(StatementError, match="without a time zone"):
            session.flush()
        session.rollback()


@pytest.mark.parametrize("zone", [UTC, ZoneInfo("Europe/Stockholm"), timezone(timedelta(hours=-5))])
def test_a_moment_comes_back_as_the_same_instant_in_utc(empty: Database, zone) -> None:
    with empty.transaction() as session:
        installation.moved_time(session, MONDAY.astimezone(zone))
    with empty.reading() as session:
        read = installation.latest_time(session)
    assert (read, read.utcoffset()) == (MONDAY, timedelta(0))


def test_a_moment_may_be_missing() -> None:
    assert UtcDateTime().process_bind_param(None, None) is UtcDateTime().process_result_value(None, None) is None


def test_a_database_answers(empty: Database) -> None:
    assert empty.answers()


def test_what_is_no_database_is_a_database_fault(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("This is no database, whatever its name says.\n" * 99)
    database = Database(f"sqlite:///{tmp_path}/x.db")
    assert not database.answers()
    with pytest.raises(DatabaseFault):
        schema.state_of(database)
    database.close()
