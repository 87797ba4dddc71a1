"""What a reader has been told as new, so that nobody is told it twice."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import ForeignKey, Table, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session
from storage.people import Person
from storage.subscriptions import Subscription


class DigestItem(Base):
    """One thing that one person has been sent as new, or that passed them by as they chose.

    `noun` is `proposal` or `example`; `change` is an entry of the audit, and what begins with `sub-` was counted among
    the news of a subgroup. `letter` is the number of the occurrence at which it was told; None for what passed by.
    """

    __tablename__ = "digest_items"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    noun: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]
    letter: Mapped[int | None] = mapped_column(default=None)


def told(session: Session, person: Person) -> set[str]:
    """What the person has been told: `proposal:12`."""
    items = session.execute(select(DigestItem.noun, DigestItem.number).filter_by(person_id=person.id))
    return {f"{noun}:{number}" for noun, number in items}


def told_in(session: Session, person: Person, letter: int) -> list[str]:
    """What the person was told in one letter."""
    items = session.execute(
        select(DigestItem.noun, DigestItem.number)
        .filter_by(person_id=person.id, letter=letter)
        .order_by(DigestItem.noun, DigestItem.number)
    )
    return [f"{noun}:{number}" for noun, number in items]


def tell(session: Session, person: Person, nouns: Sequence[str], now: datetime, letter: int | None = None) -> None:
    """The person has been told these."""
    items = (noun.split(":") for noun in nouns)
    same = {"person_id": person.id, "told_at": now, "letter": letter}
    rows = [{**same, "noun": noun, "number": int(number)} for noun, number in items]
    if rows:
        session.connection().execute(insert(cast(Table, DigestItem.__table__)), rows)


def untell(session: Session, person_id: int, letter: int) -> None:
    """A letter never came: what it told is news again, in the next one."""
    session.execute(delete(DigestItem).filter_by(person_id=person_id, letter=letter))
    chosen = update(Subscription).where(Subscription.person_id == person_id)
    session.execute(chosen.values(watermark=Subscription.joined_at))
