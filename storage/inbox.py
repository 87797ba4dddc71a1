"""An inbox entry: one thing heard from a platform, unique by its key.

heard → done | failed
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select
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


# The table, not the class: an entry is written for every gesture, and none is needed as an object.
INBOX = cast(Table, InboxEntry.__table__)
HEARD = select(INBOX.c.id).where(INBOX.c.key.in_(bindparam("keys", expanding=True))).limit(1)
HEAR = insert(INBOX)


def hear_once(session: Session, keys: Sequence[str], payload: dict[str, Any], now: datetime) -> bool:
    """Note something heard, whose effect is in this transaction, by all the names it may be delivered under.

    False when it was heard before, by any of them: it must have no second effect.
    """
    if session.scalar(HEARD, {"keys": keys}) is not None:
        return False
    heard = {"payload": payload, "heard_at": now, "state": InboxState.DONE}
    session.execute(HEAR, [{"key": key, **heard} for key in keys])
    return True
