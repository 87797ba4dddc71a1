"""A stand: where a person stands on a proposal. The last word wins, on whichever platform."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base
from storage.people import Person

if TYPE_CHECKING:
    from storage.proposals import Proposal


class Position(StrEnum):
    """For, against (with a reason), or neither."""

    SUPPORT = "support"
    OBJECT = "object"
    NEUTRAL = "neutral"


class Stand(Base):
    """One person's stand on one proposal. `reacted`: taken by a sign under the card, not by a word."""

    __tablename__ = "stands"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, init=False)
    position: Mapped[Position]
    reason: Mapped[str]
    taken_at: Mapped[datetime]
    person: Mapped[Person] = relationship(repr=False)
    proposal: Mapped["Proposal"] = relationship(back_populates="stands", init=False, repr=False)
    reacted: Mapped[bool] = mapped_column(default=False, server_default=false())

    def hear(self, other: "Stand") -> None:
        """Both are of the same person: the last word of the two wins. A reaction taken away takes no word away."""
        earlier, later = (self, other) if self.taken_at <= other.taken_at else (other, self)
        is_taken_away = later.reacted and later.position is Position.NEUTRAL
        last = earlier if is_taken_away and not earlier.reacted else later
        is_said = any(not stand.reacted and stand.position is last.position for stand in (earlier, later))
        self.position, self.reason, self.taken_at = last.position, last.reason, last.taken_at
        self.reacted = not is_said
