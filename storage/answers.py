"""An answer: whether somebody comes to a meeting. The last word wins, on whichever platform."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base
from storage.people import Person

if TYPE_CHECKING:
    from storage.meetings import Meeting


class Position(StrEnum):
    """Whether they come."""

    COMING = "coming"
    ABSENT = "absent"


class Answer(Base):
    """One person's answer, by a word or by a reaction. `substitute` is whom they have asked to come in their place."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), init=False, index=True)
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), init=False)
    position: Mapped[Position]
    answered_at: Mapped[datetime]
    reacted: Mapped[bool]
    person: Mapped[Person] = relationship(foreign_keys=[person_id], repr=False)
    meeting: Mapped["Meeting"] = relationship(back_populates="answers", init=False, repr=False)
    substitute: Mapped[Person | None] = relationship(foreign_keys=[substitute_id], default=None, repr=False)
