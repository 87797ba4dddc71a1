"""An audit entry: who did what to which noun, when, from where. No texts."""

from collections.abc import Collection
from datetime import datetime
from typing import cast

from sqlalchemy import ForeignKey, Table, func, insert, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session
from storage.groups import Group
from storage.people import Person


class AuditEntry(Base):
    """One act. `action` is `proposal.support`, `noun` is `proposal:12`."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime] = mapped_column(index=True)
    action: Mapped[str]
    noun: Mapped[str]
    platform: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))


NOTE = insert(cast(Table, AuditEntry.__table__))


def note(
    session: Session, *, at: datetime, action: str, noun: str, platform: str, person_id: int, group_id: int | None
) -> None:
    """Enter one act."""
    act = {"at": at, "action": action, "noun": noun, "platform": platform}
    session.execute(NOTE, {**act, "person_id": person_id, "group_id": group_id})


def acts_since(session: Session, group: Group, since: datetime, actions: Collection[str]) -> list[AuditEntry]:
    """What was done to the nouns of a group from a moment on, in order; acts that changed no noun are left out."""
    chosen = select(AuditEntry).where(AuditEntry.group_id == group.id, AuditEntry.at >= since)
    chosen = chosen.where(AuditEntry.action.in_(actions), AuditEntry.noun != "")
    return list(session.scalars(chosen.order_by(AuditEntry.id)))


def last_platform_of(session: Session, person: Person, among: Collection[str]) -> str | None:
    """Where somebody did something last, of those platforms."""
    chosen = select(AuditEntry.platform).where(AuditEntry.person_id == person.id, AuditEntry.platform.in_(among))
    return session.scalar(chosen.order_by(AuditEntry.id.desc()).limit(1))


def last_act_in(session: Session, group: Group, noun: str) -> datetime | None:
    """When somebody did something last, in a group or to a noun."""
    chosen = select(func.max(AuditEntry.at)).where(or_(AuditEntry.group_id == group.id, AuditEntry.noun == noun))
    return session.scalar(chosen)
