"""Backups: one moment of the record, whole, also while others write and when somebody pulls the plug."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from living import clean_environment
from people import MONDAY
from storage import backup, schema
from storage.database import Database
from storage.organisations import Organisation
from storage.rules import RuleBroken
from storage.schema import SchemaState

NEXT_REVISION = """
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{head}"


def upgrade() -> None:
    op.create_table("since", sa.Column("id", sa.Integer(), nullable=False))
"""
# Always writes a pair; says so once it has begun.
WRITING_PAIRS = """
import sys
from datetime import UTC, datetime
from storage import inbox, schema
from storage.database import Database
from storage.organisations import Organisation

database = Database(sys.argv[1])
number = 0
while True:
    number += 1
    with database.transaction() as session:
        session.add(Organisation(name=f"{sys.argv[2]}-{number}"))
        inbox.hear_once(session, [f"{sys.argv[2]}-{number}"], {}, datetime.now(UTC))
    if number == 1:
        print("writing", flush=True)
"""
# Begins backups (or restores) in children that have everything imported, and kills each a little later.
KILLING = """
import json, os, signal, sys, time
from pathlib import Path
from storage import backup, schema
from storage.database import Database
from datetime import UTC, datetime

what, folder, tries = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])

def work(name):
    if what == "backup":
        backup.write(Database(f"sqlite:///{folder}/tuva.db"), folder / name)
    else:
        with backup.restored(Database(f"sqlite:///{folder}/{name}"), folder / "whole", datetime.now(UTC)):
            pass

def in_a_child(name):
    child = os.fork()
    if child == 0:
        try:
            work(name)
        finally:
            os._exit(0)
    return child

work("first")
begun = time.monotonic()
os.waitpid(in_a_child("second"), 0)
takes = time.monotonic() - begun
killed = 0
for number in range(tries):
    child = in_a_child(f"try{number}")
    time.sleep(takes * number / tries)
    os.kill(child, signal.SIGKILL)
    killed += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
print(json.dumps(killed))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tuva.db"


@pytest.fixture
def kept(path: Path) -> Iterator[Database]:
    """A migrated database with one organisation in it."""
    database = Database(f"sqlite:///{path}")
    schema.migrate(database, MONDAY)
    with database.transaction() as session:
        session.add(Organisation(name="Trollhättan"))
    yield database
    database.close()


@pytest.fixture
def unmade(tmp_path: Path) -> Iterator[Database]:
    """A database that nobody has migrated."""
    database = Database(f"sqlite:///{tmp_path}/new/tuva.db")
    yield database
    database.close()


def asked(path: Path, *questions: str) -> list[Any]:
    """The first answer to each question, from a database that nobody has open."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        return [(connection.execute(question).fetchone() or (None,))[0] for question in questions]


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(text("SELECT name FROM organisations ORDER BY id")))


def restore(database: Database, file: Path) -> None:
    with backup.restored(database, file, MONDAY):
        pass


def refused(key: str):
    return pytest.raises(RuleBroken, match=f"^\\('{key}'")


# --- writing one ---


def test_a_backup_holds_what_was_committed_last(kept: Database, tmp_path: Path) -> None:
    backup.write(kept, tmp_path / "copy")
    assert asked(tmp_path / "copy", "SELECT name FROM organisations") == ["Trollhättan"]


def test_only_its_owner_may_read_a_backup(kept: Database, tmp_path: Path) -> None:
    backup.write(kept, tmp_path / "copy")
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600


def test_nothing_but_the_backup_is_left_in_its_folder(kept: Database, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    backup.write(kept, tmp_path / "kept" / "copy")
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["copy"]


def test_a_backup_is_taken_while_somebody_else_writes(kept: Database, tmp_path: Path) -> None:
    with kept.transaction() as session:
        session.add(Organisation(name="not yet"))
        session.flush()
        backup.write(kept, tmp_path / "copy")
    assert asked(tmp_path / "copy", "SELECT count(*) FROM organisations") == [1]


def test_a_file_that_is_there_is_not_written_over(kept: Database, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("mine")
    with refused("backup-exists"):
        backup.write(kept, tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "mine"


def test_the_database_is_not_its_own_backup(kept: Database, path: Path) -> None:
    with refused("backup-itself"):
        backup.write(kept, path)
    assert names(kept) == ["Trollhättan"]


def test_a_folder_that_is_not_there_is_refused(kept: Database, tmp_path: Path) -> None:
    with refused("backup-no-folder"):
        backup.write(kept, tmp_path / "nowhere" / "copy")


def test_a_folder_that_cannot_be_written_to_is_refused(kept: Database) -> None:
    with refused("backup-failed"):
        backup.write(kept, Path("/proc/self/copy"))


def test_a_database_that_is_not_migrated_has_nothing_to_keep(unmade: Database, tmp_path: Path) -> None:
    with refused("cli-database-empty"):
        backup.write(unmade, tmp_path / "copy")


def test_a_damaged_database_gives_no_backup(kept: Database, tmp_path: Path) -> None:
    backup.write(kept, tmp_path / "damaged.db")
    (page,) = asked(tmp_path / "damaged.db", "SELECT rootpage FROM sqlite_master WHERE name = 'organisations'")
    with (tmp_path / "damaged.db").open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    damaged = Database(f"sqlite:///{tmp_path}/damaged.db")
    with refused("backup-broken"):
        backup.write(damaged, tmp_path / "copy")
    damaged.close()
    assert not (tmp_path / "copy").exists()


# --- bringing one back ---


def test_what_was_kept_comes_back(kept: Database, unmade: Database, tmp_path: Path) -> None:
    backup.write(kept, tmp_path / "copy")
    restore(unmade, tmp_path / "copy")
    assert names(unmade) == ["Trollhättan"]
    assert schema.state_of(unmade) is SchemaState.CURRENT


def test_a_backup_of_an_older_version_is_migrated(
    kept: Database, unmade: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.write(kept, tmp_path / "copy")
    later = shutil.copytree(schema.MIGRATIONS, tmp_path / "migrations")
    (later / "versions" / "next_later.py").write_text(NEXT_REVISION.format(head=schema.HEAD))
    monkeypatch.setattr(schema, "MIGRATIONS", later)
    monkeypatch.setattr(schema, "HEAD", "next")
    restore(unmade, tmp_path / "copy")
    assert schema.state_of(unmade) is SchemaState.CURRENT
    assert names(unmade) == ["Trollhättan"]


def test_a_backup_of_a_newer_version_is_refused(kept: Database, unmade: Database, tmp_path: Path) -> None:
    with kept.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    backup.write(kept, tmp_path / "copy")
    with refused("cli-database-newer"):
        restore(unmade, tmp_path / "copy")
    assert schema.state_of(unmade) is SchemaState.EMPTY


def test_a_database_with_a_record_in_it_is_not_written_over(kept: Database, tmp_path: Path) -> None:
    backup.write(kept, tmp_path / "copy")
    with kept.transaction() as session:
        session.add(Organisation(name="since"))
    with refused("restore-not-empty"):
        restore(kept, tmp_path / "copy")
    assert names(kept) == ["Trollhättan", "since"]


def test_a_database_that_somebody_uses_is_left_alone(kept: Database, unmade: Database, tmp_path: Path) -> None:
    backup.write(kept, tmp_path / "copy")
    other = Database(f"sqlite:///{unmade.path}")
    assert other.in_use.share()
    with refused("restore-in-use"):
        restore(unmade, tmp_path / "copy")
    other.close()
    restore(unmade, tmp_path / "copy")


@pytest.mark.parametrize("content", [b"", b"no database at all " * 500, b"SQLite format 3\0" + b"x" * 8192])
def test_what_is_no_backup_is_refused(content: bytes, unmade: Database, tmp_path: Path) -> None:
    (tmp_path / "copy").write_bytes(content)
    with refused("restore-no-backup"):
        restore(unmade, tmp_path / "copy")
    assert schema.state_of(unmade) is SchemaState.EMPTY


def test_a_file_that_is_not_there_is_refused(unmade: Database, tmp_path: Path) -> None:
    with refused("cli-file-broken"):
        restore(unmade, tmp_path / "copy")


def test_a_backup_that_lost_its_end_is_refused(kept: Database, unmade: Database, tmp_path: Path) -> None:
    backup.write(kept, tmp_path / "copy")
    os.truncate(tmp_path / "copy", (tmp_path / "copy").stat().st_size - 3 * 4096)
    with refused("restore-no-backup"):
        restore(unmade, tmp_path / "copy")


def test_what_goes_wrong_before_it_is_in_place_changes_nothing(
    kept: Database, unmade: Database, tmp_path: Path
) -> None:
    backup.write(kept, tmp_path / "copy")
    with pytest.raises(ZeroDivisionError), backup.restored(unmade, tmp_path / "copy", MONDAY):
        raise ZeroDivisionError
    assert schema.state_of(unmade) is SchemaState.EMPTY
    assert not list(unmade.path.parent.glob(".*"))


def test_the_journal_of_a_lost_database_is_not_replayed(kept: Database, path: Path, tmp_path: Path) -> None:
    backup.write(kept, tmp_path / "copy")
    with kept.transaction() as session:
        session.add(Organisation(name="since"))
    shutil.copy(path.with_name("tuva.db-wal"), tmp_path / "lost.db-wal")
    lost = Database(f"sqlite:///{tmp_path}/lost.db")
    restore(lost, tmp_path / "copy")
    assert names(lost) == ["Trollhättan"]
    lost.close()


# --- while others write, and when it is killed ---


@pytest.mark.parametrize("times", [20, pytest.param(100, marks=pytest.mark.soak)])
def test_every_backup_under_load_restores_whole(times: int, kept: Database, path: Path, tmp_path: Path) -> None:
    counts = []
    with pairs_written(path):
        for number in range(times):
            backup.write(kept, tmp_path / f"copy{number}")
            fresh = Database(f"sqlite:///{tmp_path}/fresh{number}.db")
            restore(fresh, tmp_path / f"copy{number}")
            fresh.close()
            counts.append(pairs_in(tmp_path / f"fresh{number}.db"))
    assert counts == sorted(counts)
    assert counts[-1] > counts[0] + times


@contextmanager
def pairs_written(path: Path) -> Iterator[None]:
    """Two processes write pairs all the while."""
    with (
        process(WRITING_PAIRS, f"sqlite:///{path}", "a") as one,
        process(WRITING_PAIRS, f"sqlite:///{path}", "b") as two,
    ):
        try:
            for writer in (one, two):
                assert writer.stdout is not None
                assert writer.stdout.readline() == "writing\n"
            yield
        finally:
            one.kill()
            two.kill()


def pairs_in(path: Path) -> int:
    """How many pairs there are; every half has its other one, and everything is sound."""
    pairs, halves, sound, dangling = asked(
        path,
        "SELECT count(*) FROM organisations JOIN inbox ON key = name",
        "SELECT (SELECT count(*) - 1 FROM organisations) + (SELECT count(*) FROM inbox)",
        "PRAGMA integrity_check",
        "PRAGMA foreign_key_check",
    )
    assert (halves, sound, dangling) == (2 * pairs, "ok", None)
    return pairs


def test_a_backup_that_is_killed_leaves_nothing_half_under_its_name(kept: Database, tmp_path: Path) -> None:
    assert killed("backup", tmp_path, 20) > 0
    found = [tmp_path / f"try{number}" for number in range(20) if (tmp_path / f"try{number}").exists()]
    for copy in (tmp_path / "first", *found):
        assert asked(copy, "PRAGMA integrity_check", "SELECT name FROM organisations") == ["ok", "Trollhättan"]


def test_a_restore_that_is_killed_leaves_nothing_or_everything(kept: Database, tmp_path: Path) -> None:
    backup.write(kept, tmp_path / "whole")
    assert killed("restore", tmp_path, 20) > 0
    for number in range(20):
        database = Database(f"sqlite:///{tmp_path}/try{number}")
        if schema.state_of(database) is SchemaState.EMPTY:
            restore(database, tmp_path / "whole")
        assert names(database) == ["Trollhättan"]
        database.close()


def process(code: str, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-W", "error", "-c", code, *arguments]
    return subprocess.Popen(command, env=clean_environment(), stdout=subprocess.PIPE, text=True)


def killed(what: str, folder: Path, tries: int) -> int:
    """Begin it so often and kill it each time; returns how often it was killed before its end."""
    helper = process(KILLING, what, str(folder), str(tries))
    told, _ = helper.communicate(timeout=120)
    assert helper.returncode == 0
    return json.loads(told)
