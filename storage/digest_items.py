"""What a reader has been told as new, so that nobody is told it twice."""

from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session
from storage.people import Person


class DigestItem(Base):
    """One proposal or example that one person has been sent as new."""

    __tablename__ = "digest_items"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    noun: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]


def told(session: Session, person: Person, noun: str) -> set[int]:
    """The numbers of one noun that the person has been told."""
    return set(session.scalars(select(DigestItem.number).filter_by(person_id=person.id, noun=noun)))


def tell(session: Session, person: Person, noun: str, numbers: list[int], now: datetime) -> None:
    """The person has been told these."""
    session.add_all(DigestItem(person_id=person.id, noun=noun, number=number, told_at=now) for number in numbers)
