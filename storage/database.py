"""The database: how it is opened, and how one transaction is held."""

import enum
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Engine, Enum, MetaData, create_engine, event, make_url, text
from sqlalchemy import Row as Row  # noqa: PLC0414
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass
from sqlalchemy.orm import Session as Session  # noqa: PLC0414 -- the one door to SQLAlchemy's type
from sqlalchemy.types import TypeDecorator

from storage import crash_points
from storage.locks import FileLock
from storage.rules import RuleBroken

BUSY_TIMEOUT_MS = 5_000
# How every SQLite file begins (https://sqlite.org/fileformat.html, 1.3).
SQLITE_HEADER = b"SQLite format 3\0"
# What a database raises that cannot be used.
DatabaseFault = DBAPIError
# The same, when it is the database itself that is not there, and not what was to be written that was wrong.
DatabaseAway = OperationalError
# A full disk says the first; a quota, a limit on files, or no room for the shared index the others.
NO_ROOM = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})
# What lies beside a database file: SQLite's journal and its index, and our locks.
SIDE_FILES = ("-wal", "-shm", "-lock", "-use")
# With less than this a next checkpoint, or a letter to everybody, may find no room.
LEAST_ROOM_BYTES = 1024 * 1024


class DiskFull(RuleBroken):
    """What was to be written found no room, so nothing of it is kept. Nobody broke a rule, but a sentence is owed."""

    def __init__(self, file: Path) -> None:
        super().__init__("disk-full", file=str(file))


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware when it is handed in and when it comes back, UTC in between."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To UTC; a moment without a zone is a fault of ours."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """SQLite gives no zone back."""
        return value and value.replace(tzinfo=UTC)


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """What every noun is built on. Constraints have names, so that a later migration can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 -- SQLAlchemy reads it from the class
        datetime: UtcDateTime(),
        enum.Enum: Enum(
            enum.Enum, native_enum=False, length=32, values_callable=lambda kinds: [k.value for k in kinds]
        ),
        list[str]: JSON(),
        dict[str, str]: JSON(),
        dict[str, Any]: JSON(),
    }


class Database:
    """One SQLite file with one writing connection, and as many reading ones as are asked for.

    Every writing transaction holds a file lock from BEGIN IMMEDIATE until after COMMIT and its checkpoint,
    because SQLite before 3.51.3 can spoil a file that two connections write and checkpoint at the same time
    (https://sqlite.org/releaselog/3_51_3.html).
    """

    def __init__(self, url: str) -> None:
        """Open `url` (`sqlite:///PATH`), making its folder where it is missing. Raises RuleBroken when that fails."""
        self.path = Path(make_url(url).database or "")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._writing = FileLock(self._beside("lock"))
            # Open as long as the database is: closing it would take away every lock that SQLite has on the file
            # (https://sqlite.org/howtocorrupt.html, 2.2).
            self._file = os.open(self.path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as fault:
            raise RuleBroken("database-broken", database=str(self.path), fault=fault.strerror or "") from None
        self.in_use = FileLock(self._beside("use"))
        self._one_writer = threading.Lock()
        self._was_full = False
        self._writer = _engine(url, "BEGIN IMMEDIATE", pool_size=1, max_overflow=0)
        self._reader = _engine(url, "BEGIN", pool_size=4)
        event.listen(self._reader, "connect", lambda connection, _: connection.execute("PRAGMA query_only=ON"))

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that writes: all of it is kept at the end, or nothing when something is raised.

        Raises DiskFull when there was no room for it.
        """
        try:
            with self.written_alone(), Session(self._writer, expire_on_commit=False) as session:
                with session.begin():
                    yield session
                    crash_points.reached("database.commit")
                crash_points.reached("database.committed")
        except DatabaseFault as fault:
            if not found_no_room(fault):
                raise
            self._was_full = True
            raise DiskFull(self.path) from fault

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads, and sees one state of the record."""
        with Session(self._reader, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def written_alone(self) -> Iterator[Engine]:
        """The writing engine, while nobody else writes, in this process or another."""
        with self._one_writer, self._writing.held():
            yield self._writer

    def answers(self) -> bool:
        """True when the database is one and can be read, and there is room to write.

        What is in memory could be read also from a lost file. After a write that found no room only a next one can
        tell that there is some again.
        """
        with self.reading() as session:
            readable = os.pread(self._file, len(SQLITE_HEADER), 0) == SQLITE_HEADER and bool(
                session.scalar(text("SELECT version_num FROM alembic_version"))
            )
        return readable and (self.keeps() if self._was_full else self._has_room())

    def keeps(self) -> bool:
        """Whether what is written now is kept: tried with what stands there already."""
        try:
            with self.transaction() as session:
                session.execute(text("UPDATE alembic_version SET version_num = version_num"))
        except DiskFull:
            return False
        self._was_full = False
        return self._has_room()

    def close(self) -> None:
        """Let go of the file. The last connection to close checkpoints, so this too is done alone."""
        with self.written_alone():
            self.let_go()
            os.close(self._file)
        self._writing.close()
        self.in_use.close()

    def let_go(self) -> None:
        """Close every connection; the next use opens whatever file stands there then. Only while written alone."""
        self._reader.dispose()
        self._writer.dispose()

    def _has_room(self) -> bool:
        return shutil.disk_usage(self.path.parent).free >= LEAST_ROOM_BYTES

    def _beside(self, what: str) -> Path:
        return self.path.with_name(f"{self.path.name}-{what}")


def found_no_room(fault: DatabaseFault) -> bool:
    """Whether a write failed for want of room."""
    return getattr(fault.orig, "sqlite_errorcode", None) in NO_ROOM


def _engine(url: str, begin: str, **pool: int) -> Engine:
    engine = create_engine(
        url, connect_args={"check_same_thread": False, "isolation_level": None}, hide_parameters=True, **pool
    )
    event.listen(engine, "connect", _prepare)
    # Python's driver would begin late and deferred: a read that turns into a write then fails at once, whatever
    # the busy timeout.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
