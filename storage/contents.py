"""The body of an outbox entry, stored once per distinct content and shared by all who get it."""

import hashlib
import json
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session


class Content(Base):
    """What is said. `digest` is the SHA-256 of `parts`."""

    __tablename__ = "contents"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    digest: Mapped[str] = mapped_column(unique=True)
    parts: Mapped[dict[str, Any]]


WITH_DIGEST = select(Content).filter_by(digest=bindparam("digest"))


def content_of(session: Session, parts: dict[str, Any]) -> Content:
    """The stored content that is equal to `parts`, made when it is new.

    The same `parts` again, in the same transaction, are not compared again: a mailing hands them in for each reader.
    """
    at_hand: dict[int, tuple[dict[str, Any], Content]] = session.info.setdefault("contents", {})
    if id(parts) not in at_hand:
        at_hand[id(parts)] = parts, _content_of(session, parts)
    return at_hand[id(parts)][1]


def _content_of(session: Session, parts: dict[str, Any]) -> Content:
    digest = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    content = session.scalar(WITH_DIGEST, {"digest": digest})
    if content is None:
        content = Content(digest=digest, parts=parts)
        session.add(content)
    return content
