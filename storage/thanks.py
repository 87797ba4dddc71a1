"""Thanks for a good example."""

from datetime import datetime

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base
from storage.people import Person


class Thanks(Base):
    """One person's thanks for one example. `reacted`: given by a sign under the card, not by a word."""

    __tablename__ = "thanks"

    example_id: Mapped[int] = mapped_column(ForeignKey("examples.id"), primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, init=False)
    given_at: Mapped[datetime]
    person: Mapped[Person] = relationship(repr=False)
    reacted: Mapped[bool] = mapped_column(default=False, server_default=false())
