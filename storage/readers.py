"""A reader: who reads a stream of events (`matrix:@tuva:example.org`), and how far it has been read.

Only one at a time reads a stream, by a lease; whoever has lost it to another can note nothing more.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session
from storage.rules import RuleBroken

LEASE = timedelta(seconds=45)


class Reader(Base):
    """One stream. `position` is the platform's own word for how far it was read; empty before the first time."""

    __tablename__ = "readers"

    stream: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[str] = mapped_column(default="")
    holder: Mapped[str] = mapped_column(default="")
    held_until: Mapped[datetime | None] = mapped_column(default=None)


def hold(session: Session, stream: str, holder: str, now: datetime) -> str | None:
    """Read the stream from now on, or go on reading it. Returns its position; None while another holds it."""
    reader = session.get(Reader, stream)
    if reader is None:
        reader = Reader(stream=stream)
        session.add(reader)
    if reader.holder not in ("", holder) and reader.held_until and reader.held_until > now:
        return None
    reader.holder, reader.held_until = holder, now + LEASE
    return reader.position


def advance(session: Session, stream: str, holder: str, position: str) -> None:
    """It was read up to here. Raises RuleBroken when another reads it now."""
    ours = update(Reader).where(Reader.stream == stream, Reader.holder == holder)
    if session.connection().execute(ours.values(position=position)).rowcount != 1:
        raise RuleBroken("reader-replaced", stream=stream)


def release(session: Session, holder: str | None = None) -> None:
    """Let others read, at once: what one holder held, or, where nobody else is at work, everything."""
    held = update(Reader) if holder is None else update(Reader).where(Reader.holder == holder)
    session.execute(held.values(holder="", held_until=None))


def position_of(session: Session, stream: str) -> str:
    """How far a stream was read."""
    return session.scalar(select(Reader.position).filter_by(stream=stream)) or ""


def forget(session: Session, stream: str) -> None:
    """Begin anew: the platform knows the position no more."""
    session.execute(delete(Reader).filter_by(stream=stream))
