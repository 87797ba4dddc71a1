"""What a reader has been told as new, so that nobody is told it twice."""

from datetime import datetime
from typing import cast

from sqlalchemy import ForeignKey, Table, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session
from storage.people import Person
from storage.subscriptions import Subscription


class DigestItem(Base):
    """One proposal or example that one person has been sent as new."""

    __tablename__ = "digest_items"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    noun: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]


def told(session: Session, person: Person) -> set[str]:
    """What the person has been told: `proposal:12`."""
    items = session.execute(select(DigestItem.noun, DigestItem.number).filter_by(person_id=person.id))
    return {f"{noun}:{number}" for noun, number in items}


def tell(session: Session, person: Person, nouns: list[str], now: datetime) -> None:
    """The person has been told these."""
    items = (noun.split(":") for noun in nouns)
    rows = [{"person_id": person.id, "noun": noun, "number": int(number), "told_at": now} for noun, number in items]
    session.connection().execute(insert(cast(Table, DigestItem.__table__)), rows)


def untell(session: Session, person_id: int, subscription_id: int, told_at: datetime) -> None:
    """A letter never came: what it told is news again, in the next one."""
    session.execute(delete(DigestItem).filter_by(person_id=person_id, told_at=told_at))
    chosen = update(Subscription).where(Subscription.id == subscription_id)
    session.execute(chosen.values(watermark=Subscription.joined_at))
