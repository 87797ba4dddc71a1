"""An outbox entry: one thing the outside world must still do.

ready → sending → sent | retry | held | parked
ready | retry → expired (too late, superseded or dropped);  held | parked → ready | sent | expired
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import ForeignKey, Index, String, Table, bindparam, false, func, insert, select, update
from sqlalchemy import cast as cast_to
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.contents import Content, content_of
from storage.database import Base, Session
from storage.rules import RuleBroken

LARGEST_NUMBER = 2**63 - 1
# What waits longer than this beyond its time is late.
LATE_AFTER = timedelta(minutes=5)


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
# What waits for a person.
STUCK = (OutboxState.HELD, OutboxState.PARKED)
UNFINISHED = (*UNDER_WAY, *STUCK)


class OutboxKind(StrEnum):
    """What is wished for.

    A sweep looks once more whether something doubtful stands there twice. An answer says something to one person, a
    sign stands under a message, and an entrance is into a room, or out of it. A note is what one person is told without
    having asked, and a picture is fetched from where somebody sent it. A room is opened, furnished or closed; an
    invitation lets somebody in, and a removal takes them out.
    """

    LETTER = "letter"
    CARD = "card"
    NOTICE = "notice"
    SWEEP = "sweep"
    ANSWER = "answer"
    SIGN = "sign"
    ENTRANCE = "entrance"
    NOTE = "note"
    PICTURE = "picture"
    ROOM = "room"
    INVITATION = "invitation"
    REMOVAL = "removal"


class OutboxEntry(Base):
    """One wish, written in the transaction of its cause.

    `key` is made of its meaning, so that the same wish cannot stand here twice. `address` is of `route`: a mail
    address or a room. `topic` names what a newer entry replaces. `personal` fills the gaps of the
    shared content. `token` fences: only who claimed the entry may mark it. `intent_at` says that somebody set out
    to send it; `suspected`, that the process then died; `told_at`, when the chair was told that it is stuck.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_waiting", "route", "state", "due_at", "id"),
        Index("outbox_order", "route", "address", "state", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    key: Mapped[str] = mapped_column(unique=True)
    route: Mapped[str]
    kind: Mapped[OutboxKind]
    address: Mapped[str]
    content_id: Mapped[int] = mapped_column(ForeignKey("contents.id"))
    content: Mapped[Content] = relationship(init=False, repr=False)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    not_after: Mapped[datetime | None] = mapped_column(default=None)
    topic: Mapped[str] = mapped_column(default="")
    personal: Mapped[dict[str, str]] = mapped_column(default_factory=dict, repr=False)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"), default=None)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), default=None)
    state: Mapped[OutboxState] = mapped_column(default=OutboxState.READY)
    attempts: Mapped[int] = mapped_column(default=0)
    crashes: Mapped[int] = mapped_column(default=0)
    suspected: Mapped[bool] = mapped_column(default=False, server_default=false())
    intent_at: Mapped[datetime | None] = mapped_column(default=None)
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    token: Mapped[str] = mapped_column(default="")
    receipt: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    possible_duplicate: Mapped[bool] = mapped_column(default=False)
    told_at: Mapped[datetime | None] = mapped_column(default=None)

    def retry(self, now: datetime) -> None:
        """A person says: try again."""
        self._require_unfinished()
        self.state, self.due_at, self.attempts, self.crashes = OutboxState.READY, now, 0, 0
        self.told_at = None

    def arrived(self) -> None:
        """A person says: it arrived. Raises RuleBroken for a room, whose address only its platform can tell."""
        self._require_unfinished()
        if self.kind is OutboxKind.ROOM:
            raise RuleBroken("outbox-room-arrived", number=str(self.id))
        self.state = OutboxState.SENT

    def drop(self) -> None:
        """A person says: let it be."""
        self._require_unfinished()
        self.state, self.reason = OutboxState.EXPIRED, "dropped"

    def _require_unfinished(self) -> None:
        """Raises RuleBroken when it is under way or ended."""
        if self.state not in (*WAITING, *STUCK):
            raise RuleBroken("outbox-entry-ended", number=str(self.id))


# Built once, and of the table: they run for every wish.
OUTBOX = cast(Table, OutboxEntry.__table__)
WITH_KEY = select(OUTBOX.c.id).where(OUTBOX.c.key == bindparam("wished"))
# What may have arrived is not replaced: it must first be found, or the next one would stand beside it.
SUPERSEDE = (
    update(OUTBOX)
    .where(OUTBOX.c.state.in_(WAITING), OUTBOX.c.topic == bindparam("about"), ~OUTBOX.c.possible_duplicate)
    .where(OUTBOX.c.route == bindparam("way"), OUTBOX.c.address == bindparam("there"))
    .values(state=OutboxState.EXPIRED, reason="superseded")
)
WISH = insert(OUTBOX)


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
    if session.scalar(WITH_KEY, {"wished": key}) is not None:
        return
    if topic := rest.get("topic"):
        session.execute(SUPERSEDE, {"about": topic, "way": route, "there": address})
    wish = {"key": key, "route": route, "kind": kind, "address": address, "created_at": now, "due_at": now}
    session.execute(WISH, {**wish, "personal": {}, "content_id": content_of(session, parts), **rest})


def receipts_at(session: Session, route: str, address: str) -> list[str]:
    """What was sent to an address stands there under these names."""
    sent = select(OutboxEntry.receipt).filter_by(route=route, address=address, state=OutboxState.SENT)
    return list(session.scalars(sent.where(OutboxEntry.receipt != "")))


def unfinished(session: Session, group_id: int | None = None) -> list[OutboxEntry]:
    """Everything not yet sent or ended, the oldest first; of one group, or of all."""
    chosen = select(OutboxEntry).where(OutboxEntry.state.in_(UNFINISHED)).order_by(OutboxEntry.id)
    return list(session.scalars(chosen if group_id is None else chosen.where(OutboxEntry.group_id == group_id)))


def entry_numbered(session: Session, number: int) -> OutboxEntry:
    """Entry `number`. Raises RuleBroken when there is none."""
    entry = session.get(OutboxEntry, number) if number <= LARGEST_NUMBER else None
    if entry is None:
        raise RuleBroken("outbox-entry-unknown", number=str(number))
    return entry


def entries_with(session: Session, keys: Collection[str]) -> dict[str, OutboxEntry]:
    """The wishes with these keys, by key."""
    found = session.scalars(select(OutboxEntry).where(OutboxEntry.key.in_(keys)))
    return {entry.key: entry for entry in found}


def counted(session: Session) -> dict[tuple[str, str], int]:
    """How much is not ended, by state and route."""
    kinds = select(OutboxEntry.state, OutboxEntry.route, func.count()).where(OutboxEntry.state.in_(UNFINISHED))
    grouped = session.execute(kinds.group_by(OutboxEntry.state, OutboxEntry.route))
    return {(state.value, route): count for state, route, count in grouped}


def oldest_due_at(session: Session) -> datetime | None:
    """Since when the longest waiting entry should have been sent."""
    return session.scalar(select(func.min(OutboxEntry.due_at)).where(OutboxEntry.state.in_(WAITING)))


def is_under_way(session: Session, route: str, address: str) -> bool:
    """Whether something is on its way to an address, or may have arrived there and we shall soon know."""
    going = (OutboxEntry.state == OutboxState.SENDING) | OutboxEntry.possible_duplicate
    there = select(OutboxEntry.id).where(OutboxEntry.route == route, OutboxEntry.address == address)
    return session.scalar(there.where(OutboxEntry.state.in_(UNDER_WAY), going).limit(1)) is not None


def may_have_arrived(session: Session, route: str, address: str, kind: OutboxKind) -> bool:
    """Whether something of a kind may stand at an address of which the record does not know it yet."""
    there = select(OutboxEntry.state, OutboxEntry.possible_duplicate).filter_by(route=route, address=address, kind=kind)
    found = session.execute(there.where(OutboxEntry.state.in_(UNFINISHED)))
    return any(doubtful or state is OutboxState.SENDING for state, doubtful in found)


def is_waiting(session: Session, route: str, kind: OutboxKind) -> bool:
    """Whether something of a kind is still to be done on a route."""
    there = select(OutboxEntry.id).where(OutboxEntry.route == route, OutboxEntry.kind == kind)
    return session.scalar(there.where(OutboxEntry.state.in_(UNDER_WAY)).limit(1)) is not None


def next_due_after(session: Session, now: datetime) -> datetime | None:
    """When an entry that waits for a later time is due."""
    waiting = select(func.min(OutboxEntry.due_at)).where(OutboxEntry.state.in_(WAITING))
    return session.scalar(waiting.where(OutboxEntry.due_at > now))


def let_be(session: Session, beginnings: Collection[str]) -> None:
    """What waits under keys that begin so is of no use any more."""
    waiting = update(OutboxEntry).where(OutboxEntry.state.in_(WAITING))
    for beginning in beginnings:
        there = waiting.where(OutboxEntry.key.startswith(beginning, autoescape=True))
        session.execute(there.values(state=OutboxState.EXPIRED, reason="cancelled"))


def wish_anew(session: Session, beginning: str) -> None:
    """What was wished for under keys that begin so may be wished for once more."""
    there = update(OutboxEntry).where(OutboxEntry.key.startswith(beginning, autoescape=True))
    session.execute(there.values(key=OutboxEntry.key + "/" + cast_to(OutboxEntry.id, String)))


def readdress(session: Session, route: str, address: str, to: str) -> None:
    """What is not sent yet goes to another address."""
    there = update(OutboxEntry).where(OutboxEntry.route == route, OutboxEntry.address == address)
    session.execute(there.where(OutboxEntry.state.in_(UNFINISHED)).values(address=to))
