"""A reader: who reads a stream of events (`matrix:@tuva:example.org`), and how far it has been read.

Only one at a time reads a stream, by a lease; whoever has lost it to another can note nothing more.
"""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, update
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


ADVANCE = (
    update(Reader)
    .where(Reader.stream == bindparam("read"), Reader.holder == bindparam("reader"))
    .values(position=bindparam("up_to"))
)


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
    noted = session.connection().execute(ADVANCE, {"read": stream, "reader": holder, "up_to": position})
    if noted.rowcount != 1:
        raise RuleBroken("reader-replaced", stream=stream)


def release(session: Session, holder: str | None = None) -> None:
    """Let others read, at once: what one holder held, or, where nobody else is at work, everything."""
    held = update(Reader) if holder is None else update(Reader).where(Reader.holder == holder)
    session.execute(held.values(holder="", held_until=None))
