"""The body of an outbox entry, stored once per distinct content and shared by all who get it."""

import hashlib
import json
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session


class Content(Base):
    """What is said. `digest` is the SHA-256 of `parts`."""

    __tablename__ = "contents"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    digest: Mapped[str] = mapped_column(unique=True)
    parts: Mapped[dict[str, Any]]


# The table, not the class: one is written for every card, and none is needed as an object.
CONTENTS = cast(Table, Content.__table__)
WITH_DIGEST = select(CONTENTS.c.id).where(CONTENTS.c.digest == bindparam("seal"))
NEW = insert(CONTENTS)


def content_of(session: Session, parts: dict[str, Any]) -> int:
    """The number of the stored content that is equal to `parts`, made when it is new.

    The same `parts` again, in the same transaction, are not compared again: a mailing hands them in for each reader.
    """
    at_hand: dict[int, tuple[dict[str, Any], int]] = session.info.setdefault("contents", {})
    if id(parts) not in at_hand:
        at_hand[id(parts)] = parts, _content_of(session, parts)
    return at_hand[id(parts)][1]


def _content_of(session: Session, parts: dict[str, Any]) -> int:
    digest = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    number: int | None = session.scalar(WITH_DIGEST, {"seal": digest})
    if number is None:
        added = session.connection().execute(NEW, {"digest": digest, "parts": parts}).inserted_primary_key
        assert added is not None
        number = int(added[0])
    return number
