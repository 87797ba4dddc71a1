"""A good example: what somebody did and what came of it.

shared → retired
Where a group has editors:  waiting → approved | left out  (of what goes out; its card stands in the rooms all the same)
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage import prose
from storage.access import within_reach
from storage.database import Base, Session
from storage.goals import GoalTag
from storage.groups import Group
from storage.memberships import Membership
from storage.organisations import Unit
from storage.people import Person
from storage.pictures import Picture
from storage.reuses import Reuse
from storage.rules import RuleBroken
from storage.thanks import Thanks
from storage.thread_questions import ThreadQuestion


class ExampleStage(StrEnum):
    """How far it has come."""

    SHARED = "shared"
    RETIRED = "retired"


class Review(StrEnum):
    """What an editor said of it."""

    APPROVED = "approved"
    LEFT_OUT = "left_out"


class Example(Base):
    """A good example from one of the units. `revision` counts what its cards show.

    `body` is what was done; `words` is all its text as it is searched. `reviewed_at`: when an editor let
    it through, or left it out.
    """

    __tablename__ = "examples"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), init=False, index=True)
    sharer_id: Mapped[int] = mapped_column(ForeignKey("people.id"), init=False)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), init=False)
    title: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[datetime]
    group: Mapped[Group] = relationship(repr=False)
    sharer: Mapped[Person] = relationship(repr=False)
    stage: Mapped[ExampleStage] = mapped_column(default=ExampleStage.SHARED)
    revision: Mapped[int] = mapped_column(default=1)
    unit: Mapped[Unit | None] = relationship(default=None, repr=False)
    effect: Mapped[str] = mapped_column(default="", server_default=text("''"))
    contact: Mapped[str] = mapped_column(default="", server_default=text("''"))
    links: Mapped[list[str]] = mapped_column(default_factory=list, server_default=text("'[]'"))
    review: Mapped[Review | None] = mapped_column(default=None)
    reviewed_at: Mapped[datetime | None] = mapped_column(default=None)
    words: Mapped[str] = mapped_column(default="", server_default=text("''"), repr=False)
    goal_tags: Mapped[list[GoalTag]] = relationship(
        order_by=GoalTag.id, cascade="all, delete-orphan", default_factory=list, repr=False
    )
    thanks: Mapped[list[Thanks]] = relationship(cascade="all, delete-orphan", default_factory=list, repr=False)
    pictures: Mapped[list[Picture]] = relationship(
        back_populates="example", order_by=Picture.id, cascade="all, delete-orphan", default_factory=list, repr=False
    )
    reuses: Mapped[list[Reuse]] = relationship(
        back_populates="example", order_by=Reuse.id, cascade="all, delete-orphan", default_factory=list, repr=False
    )
    questions: Mapped[list[ThreadQuestion]] = relationship(
        cascade="all, delete-orphan", default_factory=list, repr=False
    )

    def describe(self, told: Mapping[str, Any]) -> None:
        """Say any of `title`, `body`, `effect`, `contact`, `links`, `unit` and `goals`; what is left out stays.

        Raises RuleBroken for a missing title, too long a text, and what is no link.
        """
        for name, read in READ.items():
            if name in told:
                setattr(self, name, read(told[name]))
        if "unit" in told:
            self.unit = told["unit"]
        if "goals" in told:
            self.goal_tags = [GoalTag(goal=goal) for goal in told["goals"]]
        unit = self.unit.name if self.unit else ""
        self.words = prose.folded(" ".join((self.title, self.body, self.effect, self.contact, unit)))

    def edit(self, told: Mapping[str, Any]) -> None:
        """Its sharer, the chair or an editor changes what `told` names. Raises RuleBroken as `describe` does."""
        self._require_current()
        self.describe(told)
        self.revision += 1

    def retire(self) -> None:
        """It no longer holds: it can still be read, but is no longer found or told. Raises RuleBroken when it was."""
        self._require_current()
        self.stage = ExampleStage.RETIRED
        self.revision += 1

    def clear(self, review: Review, now: datetime) -> None:
        """An editor lets it go out, or leaves it out. What had not gone out before is news from then on."""
        self._require_current()
        if review is not self.review and not self._goes_out:
            self.reviewed_at = now
        self.review = review

    def thank(self, person: Person, now: datetime, *, reacted: bool = False) -> None:
        """Somebody says thanks. Once more changes nothing. Raises RuleBroken for one's own example."""
        self._require_current()
        if person is self.sharer:
            raise RuleBroken("thanks-to-oneself", number=str(self.id))
        given = self.thanks_of(person)
        if given is None:
            self.thanks.append(Thanks(person=person, given_at=now, reacted=reacted))
            self.revision += 1
        elif not reacted:
            given.reacted = False

    def retract(self, person: Person, *, reacted: bool = False) -> None:
        """Somebody takes their thanks back. A reaction taken away changes nothing where they also said it in words."""
        given = self.thanks_of(person)
        if given and (given.reacted or not reacted):
            self.thanks.remove(given)
            self.revision += 1

    def thanks_of(self, person: Person) -> Thanks | None:
        """The thanks that somebody gave."""
        return next((thanks for thanks in self.thanks if thanks.person is person), None)

    def hear(self, question: ThreadQuestion, *, asks: bool) -> None:
        """A message in the thread of its card counts once, as long as it `asks` something."""
        known = next((one for one in self.questions if one.names == question.names), None)
        if asks and not known and self.is_current:
            self.questions.append(question)
        elif known and not asks:
            self.questions.remove(known)
        else:
            return
        self.revision += 1

    def reuse(self, membership: Membership, note: str, now: datetime) -> Reuse:
        """Somebody does the same; once more, they say it in other words.

        Raises RuleBroken without a note, and for one's own.
        """
        self._require_current()
        if membership.person is self.sharer:
            raise RuleBroken("reuse-own", number=str(self.id))
        note = prose.body(note)
        if not note:
            raise RuleBroken("reuse-note-missing", number=str(self.id))
        reuse = self.reuse_of(membership.person)
        if reuse is None:
            reuse = Reuse(person=membership.person, unit=membership.unit, note=note, at=now)
            self.reuses.append(reuse)
        reuse.note = note
        self.revision += 1
        return reuse

    def tell_result(self, person: Person, result: str) -> Reuse:
        """Who re-used it tells how it went. Raises RuleBroken when they did not, and without a word."""
        reuse = self.reuse_of(person)
        if reuse is None:
            raise RuleBroken("result-without-reuse", number=str(self.id))
        reuse.result = prose.body(result)
        if not reuse.result:
            raise RuleBroken("result-missing", number=str(self.id))
        self.revision += 1
        return reuse

    def reuse_of(self, person: Person) -> Reuse | None:
        """What somebody made of it."""
        return next((reuse for reuse in self.reuses if reuse.person is person), None)

    @property
    def author(self) -> Person:
        """Whose it is."""
        return self.sharer

    @property
    def noun(self) -> str:
        """How the record and the cards name it: `example:3`."""
        return f"example:{self.id}"

    @property
    def goals(self) -> list[str]:
        """The keys of its goals, in the order they were named."""
        return [tag.goal for tag in self.goal_tags]

    @property
    def is_current(self) -> bool:
        """It has not been retired."""
        return self.stage is ExampleStage.SHARED

    @property
    def _goes_out(self) -> bool:
        since = self.group.editors_since
        return self.review is Review.APPROVED or (self.review is None and (since is None or self.created_at < since))

    def _require_current(self) -> None:
        if not self.is_current:
            raise RuleBroken("example-retired", number=str(self.id))


# How what is told of an example is read.
READ: Mapping[str, Any] = {
    "title": lambda text: prose.title(text, "example-title-missing"),
    "body": prose.body,
    "effect": prose.body,
    "contact": prose.name,
    "links": prose.links,
}


def share(
    session: Session, membership: Membership, title: str, body: str, goals: list[str], now: datetime, **rest: Any
) -> Example:
    """Share it with the member's group, as their unit's if no other; `rest` and RuleBroken are as in `describe`."""
    example = Example(title=title, body=body, created_at=now, group=membership.group, sharer=membership.person)
    unit = {"unit": rest.get("unit") or membership.unit}
    example.describe({"title": title, "body": body, "goals": goals} | rest | unit)
    session.add(example)
    session.flush()
    return example


def example_for(session: Session, person: Person, number: int) -> Example:
    """Example `number`, if `person` is in its group. "No such number" and "not yours" raise the same RuleBroken."""
    example = within_reach(session, Example, person, number)
    if example is None:
        raise RuleBroken("example-unknown", number=str(number))
    return example
