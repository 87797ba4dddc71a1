"""What was not delivered, and waits for a person."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select, update

from storage.contents import content_of
from storage.database import Session
from storage.occurrences import Occurrence, OccurrenceState
from storage.outbox import STUCK, UNFINISHED, OutboxEntry, OutboxKind, OutboxState
from storage.rooms import Room

# To tell of a notice would cause the next, and a note is for one person alone.
UNSPOKEN = (OutboxKind.NOTICE, OutboxKind.NOTE)


def untold(session: Session) -> list[OutboxEntry]:
    """That of which no chair has been told, and shall be. Where a moment named as its topic is to tell, that does."""
    chosen = select(OutboxEntry).where(OutboxEntry.state.in_(STUCK), OutboxEntry.told_at.is_(None))
    chosen = chosen.where(OutboxEntry.kind.not_in(UNSPOKEN), OutboxEntry.group_id.is_not(None))
    tells = exists().where(Occurrence.series == OutboxEntry.topic, Occurrence.state == OccurrenceState.DUE)
    return list(session.scalars(chosen.where(~tells).order_by(OutboxEntry.group_id, OutboxEntry.id)))


def last_told_at(session: Session, group_id: int) -> datetime | None:
    """When the group's chair was last told of something stuck."""
    return session.scalar(select(func.max(OutboxEntry.told_at)).filter_by(group_id=group_id))


def retry_at(session: Session, route: str, address: str, reasons: Collection[str], now: datetime) -> int:
    """What waits for a person for one of these reasons is tried again. Returns how much."""
    chosen = select(OutboxEntry).where(OutboxEntry.route == route, OutboxEntry.address == address)
    stuck = session.scalars(chosen.where(OutboxEntry.state.in_(STUCK), OutboxEntry.reason.in_(reasons))).all()
    for entry in stuck:
        entry.retry(now)
    return len(stuck)


def hold_everything(session: Session, reason: str) -> None:
    """Nobody knows what has become of it all: a person decides, entry by entry."""
    held = update(OutboxEntry).where(OutboxEntry.state.in_(UNFINISHED))
    unclaimed = {"token": "", "lease_until": None, "possible_duplicate": True}
    session.execute(held.values(state=OutboxState.HELD, reason=reason, **unclaimed))


def wishes_for(session: Session, room: Room, *kinds: OutboxKind) -> list[OutboxEntry]:
    """What of some kinds is still to be done to a room, the oldest first."""
    chosen = select(OutboxEntry).where(OutboxEntry.room_id == room.id, OutboxEntry.kind.in_(kinds))
    return list(session.scalars(chosen.where(OutboxEntry.state.in_(UNFINISHED)).order_by(OutboxEntry.id)))


def reword(session: Session, wish: OutboxEntry, parts: dict[str, Any]) -> None:
    """The same wish, as it is wanted now. What is being carried just now is carried as it was."""
    wish.content_id = content_of(session, parts)
    session.flush()
    session.expire(wish, ["content"])
