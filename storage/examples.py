"""A good example: what somebody did and what came of it.

shared → nominated → published;  any → retired
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage import prose
from storage.access import within_reach
from storage.database import Base, Session
from storage.goals import GoalTag
from storage.groups import Group
from storage.memberships import Membership
from storage.organisations import Unit
from storage.people import Person
from storage.rules import RuleBroken


class ExampleStage(StrEnum):
    """How far it has come."""

    SHARED = "shared"


class Thanks(Base):
    """One person's thanks for one example. `reacted`: given by a sign under the card, not by a word."""

    __tablename__ = "thanks"

    example_id: Mapped[int] = mapped_column(ForeignKey("examples.id"), primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, init=False)
    given_at: Mapped[datetime]
    person: Mapped[Person] = relationship(repr=False)
    reacted: Mapped[bool] = mapped_column(default=False, server_default=false())


class Example(Base):
    """A good example from one of the units. `revision` counts what its cards show."""

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
    goal_tags: Mapped[list[GoalTag]] = relationship(order_by=GoalTag.id, default_factory=list, repr=False)
    thanks: Mapped[list[Thanks]] = relationship(cascade="all, delete-orphan", default_factory=list, repr=False)

    def thank(self, person: Person, now: datetime, *, reacted: bool = False) -> None:
        """Somebody says thanks. Once more changes nothing. Raises RuleBroken for one's own example."""
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


def share(session: Session, membership: Membership, title: str, body: str, goals: list[str], now: datetime) -> Example:
    """Share a good example with the member's group. Raises RuleBroken for a missing title or too long a text."""
    example = Example(
        group=membership.group,
        sharer=membership.person,
        unit=membership.unit,
        title=prose.title(title, "example-title-missing"),
        body=prose.body(body),
        created_at=now,
        goal_tags=[GoalTag(goal=goal) for goal in goals],
        thanks=[],
    )
    session.add(example)
    session.flush()
    return example


def example_for(session: Session, person: Person, number: int) -> Example:
    """Example `number`, if `person` is in its group. "No such number" and "not yours" raise the same RuleBroken."""
    example = within_reach(session, Example, person, number)
    if example is None:
        raise RuleBroken("example-unknown", number=str(number))
    return example


def examples_of(session: Session, group: Group, by: Person | None = None) -> list[Example]:
    """The group's good examples, the newest first; `by` keeps those of one sharer."""
    chosen = select(Example).where(Example.group_id == group.id).order_by(Example.id.desc())
    return list(session.scalars(chosen if by is None else chosen.where(Example.sharer_id == by.id)))


def examples_since(session: Session, group: Group, since: datetime) -> list[Example]:
    """What was shared with the group from a moment on, the oldest first."""
    chosen = select(Example).where(Example.group_id == group.id, Example.created_at >= since)
    return list(session.scalars(chosen.order_by(Example.id)))
