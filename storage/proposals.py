"""A proposal: something put before the group.

open ↔ scheduled → agreed | not taken up
open | scheduled | parked → subgroup → open
open | scheduled ↔ parked;  open | scheduled | parked → withdrawn
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage import prose
from storage.database import Base, Session
from storage.goals import GoalTag
from storage.groups import Group
from storage.memberships import Membership
from storage.organisations import Unit
from storage.people import Person
from storage.proposal_stages import UNDECIDED, ProposalKind, ProposalStage
from storage.rules import RuleBroken
from storage.stands import Position, Stand

if TYPE_CHECKING:
    from storage.agenda_items import AgendaItem
    from storage.subgroups import Subgroup


class Proposal(Base):
    """An item that a member wants the group to take up. `revision` counts what its cards show.

    `outcome` says what was agreed, or why it is not taken up; `parked_until` is a day on the group's calendar.
    `carried` is how many times it was put off, and `carry_reason` why the last time.
    """

    __tablename__ = "proposals"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), init=False, index=True)
    proposer_id: Mapped[int] = mapped_column(ForeignKey("people.id"), init=False)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), init=False)
    title: Mapped[str]
    body: Mapped[str]
    kind: Mapped[ProposalKind]
    created_at: Mapped[datetime]
    group: Mapped[Group] = relationship(repr=False)
    proposer: Mapped[Person] = relationship(repr=False)
    stage: Mapped[ProposalStage] = mapped_column(default=ProposalStage.OPEN)
    revision: Mapped[int] = mapped_column(default=1)
    outcome: Mapped[str] = mapped_column(default="", server_default=text("''"))
    parked_until: Mapped[date | None] = mapped_column(default=None)
    carried: Mapped[int] = mapped_column(default=0, server_default="0")
    carry_reason: Mapped[str] = mapped_column(default="", server_default=text("''"))
    unit: Mapped[Unit | None] = relationship(default=None, repr=False)
    goal_tags: Mapped[list[GoalTag]] = relationship(order_by=GoalTag.id, default_factory=list, repr=False)
    stands: Mapped[list[Stand]] = relationship(back_populates="proposal", default_factory=list, repr=False)
    items: Mapped[list["AgendaItem"]] = relationship(
        back_populates="proposal", order_by="AgendaItem.id", default_factory=list, repr=False
    )
    subgroup: Mapped["Subgroup | None"] = relationship(back_populates="proposal", init=False, repr=False)

    def support(self, person: Person, now: datetime, *, reacted: bool = False) -> None:
        """`person` is for it, by a word or by a reaction, which takes nothing from a word.

        Raises RuleBroken when it is no longer open.
        """
        stand = self.stand_of(person)
        has_said_so = stand is not None and stand.position is Position.SUPPORT and not stand.reacted
        self._take_stand(person, Position.SUPPORT, "", now, reacted=reacted and not has_said_so)

    def object(self, person: Person, reason: str, now: datetime) -> None:
        """`person` is against it, for `reason`. Raises RuleBroken without a reason, or when it is no longer open."""
        self._require_open()
        reason = prose.body(reason)
        if not reason:
            raise RuleBroken("objection-needs-reason", number=str(self.id))
        self._take_stand(person, Position.OBJECT, reason, now)

    def stay_neutral(self, person: Person, now: datetime) -> None:
        """`person` is neither for nor against it. Raises RuleBroken when it is no longer open."""
        self._take_stand(person, Position.NEUTRAL, "", now)

    def retract(self, person: Person, now: datetime, *, reacted: bool = False) -> None:
        """`person` takes their stand back. A reaction taken away changes nothing where a later word stands.

        Raises RuleBroken when it is no longer open.
        """
        self._require_open()
        stand = self.stand_of(person)
        if stand and stand.position is not Position.NEUTRAL and (stand.reacted or not reacted):
            self._take_stand(person, Position.NEUTRAL, "", now, reacted=reacted)

    def withdraw(self) -> None:
        """Its proposer, or the chair, takes it back. Raises RuleBroken when it is no longer open."""
        self._require_open()
        self._become(ProposalStage.WITHDRAWN)

    def schedule(self) -> None:
        """It is on an agenda. Raises RuleBroken when it is decided or withdrawn."""
        self._require_open()
        self._become(ProposalStage.SCHEDULED)

    def release(self) -> None:
        """It is on no agenda any more."""
        if self.stage is ProposalStage.SCHEDULED:
            self._become(ProposalStage.OPEN)

    def park(self, until: date) -> None:
        """It rests until a day. Raises RuleBroken when it is decided or withdrawn."""
        self._require_open()
        self._become(ProposalStage.PARKED)
        self.parked_until = until

    def wake(self) -> None:
        """It has rested."""
        if self.stage is ProposalStage.PARKED:
            self._become(ProposalStage.OPEN)

    def hand_over(self) -> None:
        """A subgroup takes care of it. Raises RuleBroken when it is decided or withdrawn."""
        self._require_open()
        self._become(ProposalStage.SUBGROUP)

    def hand_back(self) -> None:
        """The subgroup has answered, or is to."""
        if self.stage is ProposalStage.SUBGROUP:
            self._become(ProposalStage.OPEN)

    def agree(self, text: str) -> None:
        """The group has agreed on it; `text` says what. The last word wins. Raises RuleBroken when withdrawn."""
        self._decide(ProposalStage.AGREED, prose.body(text))

    def decline(self, reason: str) -> None:
        """It is not taken up. The last word wins. Raises RuleBroken without a reason, or when withdrawn."""
        reason = prose.body(reason)
        if not reason:
            raise RuleBroken("decline-needs-reason", number=str(self.id))
        self._decide(ProposalStage.NOT_TAKEN_UP, reason)

    def carry(self, reason: str) -> None:
        """It is put off once more. Raises RuleBroken when withdrawn."""
        self._require_not_withdrawn()
        reason = prose.body(reason)
        self._become(ProposalStage.OPEN)
        self.carried, self.carry_reason = self.carried + 1, reason

    def because(self, reason: str) -> None:
        """Why it was put off the last time."""
        self.carry_reason = prose.body(reason)
        self.revision += 1

    def stand_of(self, person: Person) -> Stand | None:
        """Where somebody stands."""
        return next((stand for stand in self.stands if stand.person is person), None)

    @property
    def author(self) -> Person:
        """Whose it is."""
        return self.proposer

    @property
    def noun(self) -> str:
        """How the record and the cards name it: `proposal:12`."""
        return f"proposal:{self.id}"

    @property
    def is_open(self) -> bool:
        """True while people may take stands."""
        return self.stage in UNDECIDED

    @property
    def goals(self) -> list[str]:
        """The keys of its goals, in the order they were named."""
        return [tag.goal for tag in self.goal_tags]

    @property
    def supporters(self) -> list[Person]:
        """Who is for it."""
        return [stand.person for stand in self.stands if stand.position is Position.SUPPORT]

    @property
    def objections(self) -> list[Stand]:
        """The stands against it, with their reasons."""
        return [stand for stand in self.stands if stand.position is Position.OBJECT]

    def awaits(self, person: Person) -> bool:
        """It is somebody else's, and the person has not said a word to it."""
        return self.proposer_id != person.id and all(stand.person_id != person.id for stand in self.stands)

    def _take_stand(
        self, person: Person, position: Position, reason: str, now: datetime, *, reacted: bool = False
    ) -> None:
        self._require_open()
        stand = self.stand_of(person)
        if stand is None:
            stand = Stand(person=person, position=position, reason=reason, taken_at=now)
            self.stands.append(stand)
        stand.position, stand.reason, stand.taken_at, stand.reacted = position, reason, now, reacted
        self.revision += 1

    def _become(self, stage: ProposalStage) -> None:
        """What held for another stage holds no more."""
        self.stage, self.outcome, self.parked_until = stage, "", None
        self.revision += 1

    def _decide(self, stage: ProposalStage, text: str) -> None:
        self._require_not_withdrawn()
        self._become(stage)
        self.outcome = text

    def _require_not_withdrawn(self) -> None:
        if self.stage is ProposalStage.WITHDRAWN:
            raise RuleBroken("proposal-withdrawn", number=str(self.id))

    def _require_open(self) -> None:
        if not self.is_open:
            raise RuleBroken("proposal-not-open", number=str(self.id))


def propose(
    session: Session,
    membership: Membership,
    title: str,
    body: str,
    kind: ProposalKind,
    goals: list[str],
    now: datetime,
) -> Proposal:
    """Put something before the member's group. Raises RuleBroken for a missing title or too long a text."""
    proposal = Proposal(
        group=membership.group,
        proposer=membership.person,
        unit=membership.unit,
        title=prose.title(title),
        body=prose.body(body),
        kind=kind,
        created_at=now,
        goal_tags=[GoalTag(goal=goal) for goal in goals],
        stands=[],
        items=[],
    )
    session.add(proposal)
    session.flush()
    return proposal
