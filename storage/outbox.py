"""An outbox entry: one thing the outside world must still do.

ready → sending → sent | retry | held | parked
ready | retry → expired (too late, superseded or dropped);  held | parked → ready | sent | expired
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, exists, func, select, update
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from storage.contents import Content, content_of
from storage.database import Base, Session
from storage.rules import RuleBroken

LEASE = timedelta(seconds=60)
# After so many crashes in the middle of one entry the entry is taken for the cause (Mailman's shunt queue has three).
CRASHES_LIMIT = 3
LARGEST_NUMBER = 2**63 - 1


class OutboxState(StrEnum):
    """What became of the wish."""

    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    HELD = "held"
    PARKED = "parked"
    EXPIRED = "expired"


WAITING = (OutboxState.READY, OutboxState.RETRY)
UNDER_WAY = (*WAITING, OutboxState.SENDING)
UNFINISHED = (*UNDER_WAY, OutboxState.HELD, OutboxState.PARKED)


class OutboxKind(StrEnum):
    """What is wished for."""

    LETTER = "letter"
    CARD = "card"


class OutboxEntry(Base):
    """One wish, written in the transaction of its cause.

    `key` is made of its meaning, so that the same wish cannot stand here twice. `address` is of `route`: a mail
    address or a room. `topic` names what a newer entry replaces. `personal` fills the gaps of the
    shared content. `token` fences: only who claimed the entry may mark it.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_waiting", "state", "due_at"),
        Index("outbox_order", "route", "address", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    key: Mapped[str] = mapped_column(unique=True)
    route: Mapped[str]
    kind: Mapped[OutboxKind]
    address: Mapped[str]
    content_id: Mapped[int] = mapped_column(ForeignKey("contents.id"), init=False)
    content: Mapped[Content] = relationship(repr=False)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    not_after: Mapped[datetime | None] = mapped_column(default=None)
    topic: Mapped[str] = mapped_column(default="")
    personal: Mapped[dict[str, str]] = mapped_column(default_factory=dict, repr=False)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"), default=None)
    state: Mapped[OutboxState] = mapped_column(default=OutboxState.READY)
    attempts: Mapped[int] = mapped_column(default=0)
    crashes: Mapped[int] = mapped_column(default=0)
    intent_at: Mapped[datetime | None] = mapped_column(default=None)
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    token: Mapped[str] = mapped_column(default="")
    receipt: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    possible_duplicate: Mapped[bool] = mapped_column(default=False)

    def retry(self, now: datetime) -> None:
        """A person says: try again."""
        self._require_unfinished()
        self.state, self.due_at, self.attempts, self.crashes = OutboxState.READY, now, 0, 0

    def arrived(self) -> None:
        """A person says: it arrived."""
        self._require_unfinished()
        self.state = OutboxState.SENT

    def drop(self) -> None:
        """A person says: let it be."""
        self._require_unfinished()
        self.state, self.reason = OutboxState.EXPIRED, "dropped"

    def _require_unfinished(self) -> None:
        """Raises RuleBroken when it is under way or ended."""
        if self.state not in (*WAITING, OutboxState.HELD, OutboxState.PARKED):
            raise RuleBroken("outbox-entry-ended", number=str(self.id))


def put(
    session: Session,
    *,
    key: str,
    route: str,
    kind: OutboxKind,
    address: str,
    parts: dict[str, Any],
    now: datetime,
    **rest: Any,
) -> None:
    """Wish for something, once: a second wish with the same key changes nothing.

    With a `topic`, the entry replaces older ones of that topic and address that are still waiting.
    """
    if session.scalar(select(OutboxEntry.id).filter_by(key=key)) is not None:
        return
    if rest.get("topic"):
        _supersede(session, route, address, rest["topic"])
    content = content_of(session, parts)
    session.add(
        OutboxEntry(
            key=key, route=route, kind=kind, address=address, content=content, created_at=now, due_at=now, **rest
        )
    )


def claim(session: Session, routes: list[str], token: str, now: datetime, limit: int) -> list[OutboxEntry]:
    """Take what is due on these routes, at most one entry an address, and make the intent to send it durable."""
    older = aliased(OutboxEntry)
    waits_for_older = exists().where(
        older.route == OutboxEntry.route,
        older.address == OutboxEntry.address,
        older.id < OutboxEntry.id,
        older.state.in_(UNDER_WAY),
    )
    entries = session.scalars(
        select(OutboxEntry)
        .where(OutboxEntry.state.in_(WAITING), OutboxEntry.due_at <= now, OutboxEntry.route.in_(routes))
        .where(~waits_for_older)
        .order_by(OutboxEntry.due_at, OutboxEntry.id)
        .limit(limit)
    ).all()
    for entry in entries:
        entry.state, entry.token, entry.intent_at, entry.lease_until = OutboxState.SENDING, token, now, now + LEASE
        entry.attempts += 1
    return [entry for entry in entries if not _expire(entry, now)]


def mark(session: Session, number: int, token: str, state: OutboxState, **facts: Any) -> bool:
    """Note what became of a claimed entry. False when it is no longer ours: somebody else has claimed it since."""
    assert token, "an entry that nobody has claimed"
    ours = update(OutboxEntry).where(OutboxEntry.id == number, OutboxEntry.token == token)
    done = session.execute(ours.values(state=state, token="", lease_until=None, **facts).returning(OutboxEntry.id))
    return done.first() is not None


def recover(session: Session, now: datetime, *, alone: bool) -> int:
    """Take up what a crash left `sending`. Returns how many.

    Where nobody else is at work that is everything; else only what nobody has come back to before its lease ended.
    Whether such an entry arrived is not known: it is sent again, flagged. A crash counts against an entry only when
    it was alone in flight.
    """
    chosen = select(OutboxEntry).filter_by(state=OutboxState.SENDING)
    left = list(session.scalars(chosen if alone else chosen.where(OutboxEntry.lease_until <= now)))
    for entry in left:
        entry.crashes += len(left) == 1
        entry.possible_duplicate = True
        entry.token = ""
        parked = entry.crashes >= CRASHES_LIMIT
        entry.state = OutboxState.PARKED if parked else OutboxState.RETRY
        entry.reason, entry.due_at = "crashed", now
    return len(left)


def unfinished(session: Session) -> list[OutboxEntry]:
    """Everything not yet sent or ended, the oldest first."""
    return list(session.scalars(select(OutboxEntry).where(OutboxEntry.state.in_(UNFINISHED)).order_by(OutboxEntry.id)))


def entry_numbered(session: Session, number: int) -> OutboxEntry:
    """Entry `number`. Raises RuleBroken when there is none."""
    entry = session.get(OutboxEntry, number) if number <= LARGEST_NUMBER else None
    if entry is None:
        raise RuleBroken("outbox-entry-unknown", number=str(number))
    return entry


def oldest_due_at(session: Session) -> datetime | None:
    """Since when the longest waiting entry should have been sent."""
    return session.scalar(select(func.min(OutboxEntry.due_at)).where(OutboxEntry.state.in_(WAITING)))


def next_due_after(session: Session, now: datetime) -> datetime | None:
    """When an entry that waits for a later time is due."""
    waiting = select(func.min(OutboxEntry.due_at)).where(OutboxEntry.state.in_(WAITING))
    return session.scalar(waiting.where(OutboxEntry.due_at > now))


def _supersede(session: Session, route: str, address: str, topic: str) -> None:
    older = update(OutboxEntry).where(OutboxEntry.state.in_(WAITING), OutboxEntry.topic == topic)
    session.execute(
        older.where(OutboxEntry.route == route, OutboxEntry.address == address).values(
            state=OutboxState.EXPIRED, reason="superseded"
        )
    )


def _expire(entry: OutboxEntry, now: datetime) -> bool:
    if entry.not_after is None or now <= entry.not_after:
        return False
    entry.state, entry.reason, entry.token = OutboxState.EXPIRED, "too_late", ""
    return True
