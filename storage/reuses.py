"""A re-use: somebody does what a good example tells of, and later tells how it went."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, Session
from storage.organisations import Unit
from storage.people import Person

if TYPE_CHECKING:
    from storage.examples import Example


class Reuse(Base):
    """One person's re-use of one example: what they set out to do, and what came of it."""

    __tablename__ = "reuses"
    __table_args__ = (UniqueConstraint("example_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    example_id: Mapped[int] = mapped_column(ForeignKey("examples.id"), init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), init=False, index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), init=False)
    note: Mapped[str]
    at: Mapped[datetime]
    person: Mapped[Person] = relationship(repr=False)
    unit: Mapped[Unit | None] = relationship(repr=False)
    example: Mapped["Example"] = relationship(back_populates="reuses", init=False, repr=False)
    result: Mapped[str] = mapped_column(default="")

    def hear(self, older: "Reuse") -> None:
        """An older one of the same person's. How it went is kept where this one does not tell it."""
        if not self.result:
            self.result = older.result


def reuse_numbered(session: Session, number: int) -> Reuse | None:
    """The re-use with that internal number."""
    return session.get(Reuse, number)
