"""A group's agenda clock, for tests: meetings that are planned and changed, and what came of each of their steps."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select, update

from digests import agenda
from digests.agenda.steps import series_of
from living import place
from people import ANA, MONDAY
from settled import settled
from simulated import clock_of
from storage import meetings, rota
from storage.bulletins import bulletin_of
from storage.database import Database, Session
from storage.groups import bind_room, every_group, group_called
from storage.meetings import Meeting, meeting_numbered
from storage.occurrences import Occurrence
from storage.outbox import OutboxEntry, OutboxKind
from storage.subscriptions import Interval, Subscription

# A Wednesday, 13:00 in Stockholm; and its steps, at 08:00 there.
STARTS = datetime(2027, 3, 10, 12, tzinfo=UTC)
CALL, REMINDER, CLOSING, SENT, EVE = (
    datetime(2027, month, day, 7, tzinfo=UTC) for month, day in ((2, 17), (2, 26), (3, 2), (3, 3), (3, 9))
)
ENDS, SETTLED = datetime(2027, 3, 10, 14, tzinfo=UTC), datetime(2027, 3, 12, 7, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


@cache
def quiet() -> bytes:
    """A settled installation in which nobody gets digests, so that years pass quickly; with a room on Matrix."""
    with TemporaryDirectory() as folder:
        Path(folder, "tuva.db").write_bytes(settled(MONDAY))
        database = Database(f"sqlite:///{folder}/tuva.db")
        with database.transaction() as session:
            session.execute(update(Subscription).values(interval=Interval.OFF))
            for group in every_group(session):
                bulletin_of(session, group).choose(MONDAY, interval=Interval.OFF)
            bind_room(session, group_called(session, "grona"), "matrix", "!grona:example.org")
        database.close()
        return Path(folder, "tuva.db").read_bytes()


def plan(session: Session, starts_at: datetime = STARTS, now: datetime = MONDAY, title: str = "Vårmötet") -> Meeting:
    """A meeting of the green group, planned as the command does it."""
    group = place(session, ANA).group
    meeting = meetings.plan(session, group, starts_at, now, title=title, place="Stadshuset")
    rota.assign(session, group, now)
    agenda.planned(session, [meeting], now)
    return meeting


def planned(database: Database, starts_at: datetime = STARTS, now: datetime = MONDAY, title: str = "Vårmötet") -> int:
    """The number of a new meeting of the green group."""
    with database.transaction() as session:
        return plan(session, starts_at, now, title).id


@contextmanager
def changing(database: Database, number: int) -> Iterator[Meeting]:
    """A meeting, to be changed in one transaction."""
    with database.transaction() as session:
        meeting = meeting_numbered(session, number)
        assert meeting is not None
        yield meeting


def session_of(meeting: Meeting) -> Session:
    """The session it was read in."""
    found = Session.object_session(meeting)
    assert found is not None
    return found


def moved(database: Database, number: int, to: datetime, now: datetime) -> None:
    """Move a meeting, as the command does it."""
    with changing(database, number) as meeting:
        meeting.move(to, now)
        agenda.changed(session_of(meeting), meeting, now)


def tick(database: Database, *times: datetime) -> None:
    """The clock ticks at each of the times."""
    for now in times:
        clock_of(database, lambda now=now: now).tick()


def fates(database: Database, number: int) -> dict[str, str]:
    """What came of each moment of a meeting: `due`, `fired`, or why it was skipped."""
    with database.reading() as session:
        prefix = f"agenda:{number}:"
        found = session.scalars(select(Occurrence).where(Occurrence.series.startswith(prefix)).order_by(Occurrence.id))
        return {one.series.removeprefix(prefix): one.reason or one.state.value for one in found}


def due_at(database: Database, number: int, name: str) -> datetime:
    """When a step of a meeting comes, or came."""
    with database.reading() as session:
        meeting = meeting_numbered(session, number)
        assert meeting is not None
        moments = session.scalars(select(Occurrence.due_at).filter_by(series=series_of(meeting, name)))
        return moments.one()


def wishes(database: Database, *kinds: OutboxKind, under: str = "") -> list[OutboxEntry]:
    """What was wished for, in order, with keys that begin so."""
    with database.reading() as session:
        chosen = select(OutboxEntry).where(OutboxEntry.key.startswith(under)).order_by(OutboxEntry.id)
        found = [entry for entry in session.scalars(chosen) if not kinds or entry.kind in kinds]
        for entry in found:
            entry.content  # noqa: B018 -- read while the session is open
        return found


def letters_to(database: Database, address: str, under: str = "agenda:") -> list[OutboxEntry]:
    """The letters about meetings to an address."""
    return [entry for entry in wishes(database, under=under) if entry.address == address]
