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
