"""An answer: whether somebody comes to a meeting. The last word wins, on whichever platform."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base
from storage.people import Person
from storage.rules import RuleBroken

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


class Answered:
    """What a meeting holds of the answers to it."""

    if TYPE_CHECKING:
        id: Mapped[int]
        answers: Mapped[list[Answer]]
        revision: Mapped[int]

        @property
        def is_cancelled(self) -> bool:
            """It does not take place."""

        def has_begun(self, now: datetime) -> bool:
            """Its time has come, or passed."""

    def answer(self, person: Person, position: Position, now: datetime, *, reacted: bool = False) -> None:
        """Somebody comes, or not. The last word wins. Raises RuleBroken when it has begun or is cancelled."""
        self._require_answerable(now)
        answer = self.answer_of(person)
        if answer is None:
            answer = Answer(person=person, position=position, answered_at=now, reacted=reacted)
            self.answers.append(answer)
        if position is not answer.position:
            answer.substitute = None
        answer.position, answer.answered_at, answer.reacted = position, now, reacted
        self.revision += 1

    def send_instead(self, person: Person, substitute: Person, now: datetime) -> None:
        """Somebody does not come, and `substitute` is to come in their place.

        Raises RuleBroken when it has begun or is cancelled, for who names themselves, and for a substitute who has
        said no.
        """
        if substitute is person:
            raise RuleBroken("substitute-oneself", number=str(self.id))
        if substitute in self.absent:
            raise RuleBroken("substitute-absent", name=substitute.name, number=str(self.id))
        self.answer(person, Position.ABSENT, now)
        answer = self.answer_of(person)
        assert answer is not None
        answer.substitute = substitute

    def retract(self, person: Person, now: datetime, *, reacted: bool = False) -> None:
        """Somebody takes their answer back. A reaction taken away changes nothing where a later word stands.

        Raises RuleBroken when it has begun or is cancelled.
        """
        self._require_answerable(now)
        answer = self.answer_of(person)
        if answer and (answer.reacted or not reacted):
            self.answers.remove(answer)
            self.revision += 1

    def forget(self, person: Person) -> None:
        """Somebody is not invited any more: their answer counts no longer, and they are nobody's substitute."""
        for answer in self.sent_instead(person):
            answer.substitute = None
        own = self.answer_of(person)
        if own is not None:
            self.answers.remove(own)
        self.revision += 1

    def sent_instead(self, substitute: Person) -> list[Answer]:
        """The answers of those who asked somebody to come in their place."""
        return [answer for answer in self.answers if answer.substitute is substitute]

    def answer_of(self, person: Person) -> Answer | None:
        """What somebody has answered."""
        return next((answer for answer in self.answers if answer.person is person), None)

    @property
    def coming(self) -> list[Person]:
        """Who has answered that they come."""
        return [answer.person for answer in self.answers if answer.position is Position.COMING]

    @property
    def absent(self) -> list[Person]:
        """Who has answered that they do not come."""
        return [answer.person for answer in self.answers if answer.position is Position.ABSENT]

    def _require_answerable(self, now: datetime) -> None:
        if self.is_cancelled:
            raise RuleBroken("answer-cancelled", number=str(self.id))
        if self.has_begun(now):
            raise RuleBroken("answer-late", number=str(self.id))
