"""An inbox entry: one thing heard from a platform, unique by its key.

heard → done | failed
heard → asked → done | failed
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import Index, Table, bindparam, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session


class InboxState(StrEnum):
    """What became of it. Failed is what was refused; asked, what its speaker is to say once more."""

    HEARD = "heard"
    ASKED = "asked"
    DONE = "done"
    FAILED = "failed"


class InboxEntry(Base):
    """What was heard, whole, so that it can be resumed."""

    __tablename__ = "inbox"

    __table_args__ = (Index("inbox_waiting", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    key: Mapped[str] = mapped_column(unique=True)
    payload: Mapped[dict[str, Any]]
    heard_at: Mapped[datetime]
    state: Mapped[InboxState] = mapped_column(default=InboxState.HEARD)


@dataclass(frozen=True)
class Heard:
    """What was heard, and what has become of it so far."""

    key: str
    payload: dict[str, Any]
    heard_at: datetime
    state: InboxState


# The table, not the class: an entry is written for every gesture, and none is needed as an object. Built once.
INBOX = cast(Table, InboxEntry.__table__)
HEARD = select(INBOX.c.state).where(INBOX.c.key.in_(bindparam("keys", expanding=True)))
KNOWN = select(INBOX.c.key).where(INBOX.c.key.in_(bindparam("keys", expanding=True)))
HEAR = insert(INBOX)
END = update(INBOX).where(INBOX.c.key.in_(bindparam("keys", expanding=True))).values(state=bindparam("became"))
ENTRIES = select(INBOX.c.key, INBOX.c.payload, INBOX.c.heard_at, INBOX.c.state)
CALLED = ENTRIES.where(INBOX.c.key == bindparam("called"))
WAITING = (
    ENTRIES.where(INBOX.c.state == InboxState.HEARD, INBOX.c.key.like(bindparam("begins")))
    .order_by(INBOX.c.id)
    .limit(bindparam("most"))
)
OPEN = (InboxState.HEARD, InboxState.ASKED)


def hear_once(session: Session, keys: Sequence[str], payload: dict[str, Any], now: datetime) -> bool:
    """Note that the effect of something heard is in this transaction, by all the names it may be delivered under.

    False when that was so before, by any of them: it must have no second effect. What was put down by `hear` is known,
    and done from now on.
    """
    states = session.scalars(HEARD, {"keys": keys}).all()
    if any(state not in OPEN for state in states):
        return False
    if states:
        end(session, keys, InboxState.DONE)
    else:
        heard = {"payload": payload, "heard_at": now, "state": InboxState.DONE}
        session.execute(HEAR, [{"key": key, **heard} for key in keys])
    return True


def hear(session: Session, heard: Sequence[tuple[str, dict[str, Any]]], now: datetime) -> None:
    """Put down what was heard (key, payload), for its effect to come. What is known already stays as it is."""
    seen = set(session.scalars(KNOWN, {"keys": [key for key, _ in heard]})) if heard else set()
    for key, payload in dict(heard).items():
        if key not in seen:
            session.execute(HEAR, {"key": key, "payload": payload, "heard_at": now, "state": InboxState.HEARD})


def end(session: Session, keys: Sequence[str], state: InboxState) -> None:
    """Note what became of something heard."""
    session.execute(END, {"keys": list(keys), "became": state})


def waiting(session: Session, platform: str, limit: int) -> list[Heard]:
    """What waits for its effect, in the order in which it was heard."""
    return [Heard(*row) for row in session.execute(WAITING, {"begins": f"{platform}:%", "most": limit})]


def heard_as(session: Session, key: str) -> Heard | None:
    """What was heard under a key."""
    row = session.execute(CALLED, {"called": key}).one_or_none()
    return Heard(*row) if row else None
