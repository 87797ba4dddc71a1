"""What the outbox has sent, found again."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from storage.database import Session
from storage.outbox import STUCK, OutboxEntry, OutboxState


def first_sent(session: Session, route: str, address: str, topics: Sequence[str]) -> str | None:
    """The key of the first entry about one of these topics that was sent to an address."""
    sent = select(OutboxEntry.key).filter_by(route=route, address=address, state=OutboxState.SENT)
    return session.scalar(sent.where(OutboxEntry.topic.in_(topics)).order_by(OutboxEntry.id).limit(1))


def last_ended_at(session: Session, route: str, addresses: Collection[str]) -> dict[str, OutboxEntry]:
    """To each of these addresses: the latest that was sent there, or that waits for a person."""
    there = select(func.max(OutboxEntry.id)).where(OutboxEntry.route == route, OutboxEntry.address.in_(addresses))
    last = there.where(OutboxEntry.state.in_((OutboxState.SENT, *STUCK))).group_by(OutboxEntry.address)
    return {entry.address: entry for entry in session.scalars(select(OutboxEntry).where(OutboxEntry.id.in_(last)))}
