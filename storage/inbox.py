"""An inbox entry: one thing heard from a platform, unique by its key.

heard → done | failed
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session


class InboxState(StrEnum):
    """What became of it."""

    HEARD = "heard"
    DONE = "done"
    FAILED = "failed"


class InboxEntry(Base):
    """What was heard, whole, so that it can be resumed."""

    __tablename__ = "inbox"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    key: Mapped[str] = mapped_column(unique=True)
    payload: Mapped[dict[str, Any]]
    heard_at: Mapped[datetime]
    state: Mapped[InboxState] = mapped_column(default=InboxState.HEARD)

    def done(self) -> None:
        """Its effect is in this transaction."""
        self.state = InboxState.DONE


def hear(session: Session, key: str, payload: dict[str, Any], now: datetime) -> InboxEntry | None:
    """Note something heard. None when the same thing was heard before: it must have no second effect."""
    if session.scalar(select(InboxEntry.id).filter_by(key=key)) is not None:
        return None
    entry = InboxEntry(key=key, payload=payload, heard_at=now)
    session.add(entry)
    return entry
