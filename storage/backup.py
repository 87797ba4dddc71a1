"""Backups: the whole record in one file, taken while others write; and how it comes back."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from storage import schema
from storage.database import NO_ROOM, SIDE_FILES, Database, DiskFull
from storage.rules import RuleBroken
from storage.schema import SchemaState

# The kind of fault stands in the lowest byte of SQLite's code.
DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def write(database: Database, to: Path) -> None:
    """Write the record, as it is at one moment, to a new file that only its owner may read.

    Raises RuleBroken when that cannot be done; then nothing stands under the name.
    """
    _require_free(database, to)
    if schema.state_of(database) is SchemaState.EMPTY:
        raise RuleBroken("cli-database-empty")
    with _told(to), _beside(to) as unfinished:
        if not _copy_whole(database.path, unfinished):
            raise RuleBroken("backup-broken", database=str(database.path))
        _put_in_place(unfinished, to)


@contextmanager
def restored(database: Database, file: Path, now: datetime) -> Iterator[Database]:
    """Bring a backup into an empty database: at the end of the block all of it is there, or nothing was changed.

    Within the block the record can be put right before anybody else sees it. Raises RuleBroken when the database is
    in use or not empty, or the file is no backup that this version can read.
    """
    if not database.in_use.take_alone():
        raise RuleBroken("restore-in-use")
    _require_empty(database)
    with _told(database.path), _beside(database.path) as unfinished:
        _fetch(file, unfinished)
        copy = Database(f"sqlite:///{unfinished}")
        try:
            schema.migrate(copy, now)
            yield copy
        finally:
            copy.close()
        if _journal_of(unfinished).exists():
            raise DiskFull(database.path)
        with database.written_alone():
            _require_empty(database)
            database.let_go()
            _journal_of(database.path).unlink(missing_ok=True)
            _put_in_place(unfinished, database.path)


def _require_free(database: Database, to: Path) -> None:
    if to.exists() and to.samefile(database.path):
        raise RuleBroken("backup-itself", file=str(to))
    if to.exists() or to.is_symlink():
        raise RuleBroken("backup-exists", file=str(to))
    if not to.parent.is_dir():
        raise RuleBroken("backup-no-folder", folder=str(to.parent))


def _require_empty(database: Database) -> None:
    if schema.state_of(database) is not SchemaState.EMPTY:
        raise RuleBroken("restore-not-empty", database=str(database.path))


def _fetch(file: Path, to: Path) -> None:
    """Copy a backup, and make sure that it is one."""
    try:
        file.open("rb").close()
    except OSError:
        raise RuleBroken("cli-file-broken", file=str(file)) from None
    if not _copy_whole(file, to):
        raise RuleBroken("restore-no-backup", file=str(file))


def _copy_whole(database: Path, to: Path) -> bool:
    """False when it, or its copy, is damaged or not Tuva's."""
    try:
        _copy(database, to)
        return _is_whole(to)
    except sqlite3.DatabaseError as fault:
        if fault.sqlite_errorcode & 0xFF not in DAMAGED:
            raise
        return False


def _copy(database: Path, to: Path) -> None:
    """One moment of a database, while others write: SQLite's own copying is the only one that sees the journal too.

    A connection that cannot write does not checkpoint, so it needs no lock.
    """
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)) as source:
        source.execute("VACUUM INTO ?", [str(to)])


def _is_whole(copy: Path) -> bool:
    """Whether it is sound, and Tuva's."""
    with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        ours = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        return sound and ours is not None


@contextmanager
def _beside(to: Path) -> Iterator[Path]:
    """A file of another name in the same folder, gone afterwards unless it was given its name."""
    handle, name = tempfile.mkstemp(dir=to.parent, prefix=f".{to.name}-", suffix=".part")
    os.close(handle)
    unfinished = Path(name)
    try:
        yield unfinished
    finally:
        for side in ("", *SIDE_FILES):
            unfinished.with_name(f"{unfinished.name}{side}").unlink(missing_ok=True)


def _journal_of(database: Path) -> Path:
    """What was written and did not find its way into the file itself, as on a full disk."""
    return database.with_name(f"{database.name}-wal")


@contextmanager
def _told(to: Path) -> Iterator[None]:
    """What the disk refuses, in a sentence."""
    try:
        yield
    except sqlite3.Error as fault:
        if fault.sqlite_errorcode in NO_ROOM:
            raise DiskFull(to) from None
        raise RuleBroken("backup-failed", file=str(to), fault=str(fault)) from None
    except OSError as fault:
        raise RuleBroken("backup-failed", file=str(to), fault=fault.strerror or str(fault)) from None


def _put_in_place(finished: Path, to: Path) -> None:
    """Give a file its name, on the disk too: whoever looks finds all of it or nothing."""
    _sync(finished)
    finished.replace(to)
    _sync(to.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
