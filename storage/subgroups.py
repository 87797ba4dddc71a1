"""A subgroup: a question that a few of a group take care of, and answer by a day.

forming → active → closed
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKey, and_, select
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from storage import prose, teams
from storage.access import within_reach
from storage.database import Base, Session
from storage.groups import Group, GroupStage
from storage.memberships import Membership, membership_of
from storage.people import Person
from storage.proposals import Proposal
from storage.rules import RuleBroken


class Subgroup(Base):
    """A question, and those who take care of it. `revision` counts what its cards show.

    The `group` asks; the `team` is the group of the few, with rooms, proposals and meetings of its own, and its stage
    is the subgroup's. `mandate` says what is asked of them, `due` by which day on the group's calendar. `proposal` is
    what it came from, or by which its answer goes on an agenda. `announced_at` is since when the group knows of it, and
    `outcome` what came of it, once it is closed.
    """

    __tablename__ = "subgroups"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), init=False, index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), init=False, unique=True)
    starter_id: Mapped[int] = mapped_column(ForeignKey("people.id"), init=False)
    lead_id: Mapped[int] = mapped_column(ForeignKey("people.id"), init=False)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"), init=False, unique=True)
    question: Mapped[str]
    mandate: Mapped[str]
    due: Mapped[date]
    created_at: Mapped[datetime]
    group: Mapped[Group] = relationship(foreign_keys=[group_id], repr=False)
    team: Mapped[Group] = relationship(foreign_keys=[team_id], back_populates="task", repr=False)
    starter: Mapped[Person] = relationship(foreign_keys=[starter_id], repr=False)
    lead: Mapped[Person] = relationship(foreign_keys=[lead_id], repr=False)
    proposal: Mapped[Proposal | None] = relationship(back_populates="subgroup", default=None, repr=False)
    places: Mapped[list[Membership]] = relationship(
        primaryjoin=lambda: and_(Subgroup.team_id == foreign(Membership.group_id), Membership.until.is_(None)),
        order_by=Membership.id,
        viewonly=True,
        init=False,
        repr=False,
    )
    is_public: Mapped[bool] = mapped_column(default=False)
    announced_at: Mapped[datetime | None] = mapped_column(default=None)
    revision: Mapped[int] = mapped_column(default=1)
    report: Mapped[str] = mapped_column(default="")
    reported_at: Mapped[datetime | None] = mapped_column(default=None)
    outcome: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None] = mapped_column(default=None)

    def activate(self, now: datetime) -> None:
        """All its rooms are there."""
        self.team.stage, self.announced_at = GroupStage.ACTIVE, self.announced_at or now
        self.revision += 1

    def extend(self, due: date) -> None:
        """It has time until another day, also for one more answer. Raises RuleBroken when it is closed."""
        self.require_open()
        self.due, self.reported_at = due, None
        self.revision += 1

    def hand_to(self, session: Session, place: Membership, now: datetime) -> None:
        """Somebody of the team leads it from now on. Raises RuleBroken when it is closed, and for who only reads."""
        self.require_open()
        teams.lead(session, place, self.lead, now)
        self.lead = place.person
        self.revision += 1

    def answer(self, report: str, now: datetime) -> None:
        """The team has answered; the last report counts. Raises RuleBroken without words, and when it is closed."""
        self.require_open()
        report = prose.body(report)
        if not report:
            raise RuleBroken("report-missing", number=str(self.id))
        self.report, self.reported_at = report, now
        self.revision += 1

    def close(self, outcome: str, now: datetime) -> None:
        """It has done its work, and this came of it. Raises RuleBroken without words, and when it is closed already."""
        self.require_open()
        outcome = prose.body(outcome)
        if not outcome:
            raise RuleBroken("outcome-missing", number=str(self.id))
        self.outcome, self.closed_at = outcome, now
        self.team.stage = GroupStage.CLOSED
        self.revision += 1

    def require_open(self) -> None:
        """Raises RuleBroken when it is closed."""
        if self.is_closed:
            raise RuleBroken("subgroup-closed", number=str(self.id))

    @property
    def name(self) -> str:
        """What it is called where its question is too long."""
        return self.team.name

    @property
    def comes_from(self) -> Proposal | None:
        """What it came from; what was made of its question, to take up its answer, is younger."""
        return self.proposal if self.proposal and self.proposal.created_at <= self.created_at else None

    @property
    def members(self) -> list[Person]:
        """Who takes care of it, the lead among them, in the order in which they came."""
        return [place.person for place in self.places]

    @property
    def concerned(self) -> list[Person]:
        """Who takes care of it, who started it, and who proposed and supported what it came from; each once."""
        asked = [self.proposal.proposer, *self.proposal.supporters] if self.proposal else []
        return list({person.id: person for person in (*asked, self.starter, *self.members)}.values())

    @property
    def noun(self) -> str:
        """How the record and the cards name it: `subgroup:3`."""
        return f"subgroup:{self.id}"

    @property
    def stage(self) -> GroupStage:
        """How far it has come."""
        return self.team.stage

    @property
    def is_closed(self) -> bool:
        """It is over; all of it stays readable."""
        return self.stage is GroupStage.CLOSED


@dataclass(frozen=True)
class Mandate:
    """What is asked of a subgroup: a question, what to do about it, and by which day. `is_public`: who is in the
    workspace, and not in the group, may find its channel.
    """

    question: str
    text: str
    due: date
    is_public: bool = False


def start(
    session: Session, by: Membership, mandate: Mandate, lead: Membership, proposal: Proposal | None, now: datetime
) -> Subgroup:
    """Form one in the group of `by`, with its lead. Raises RuleBroken for a question that no room can be named after,
    and when the proposal has a subgroup, or is decided.
    """
    question = prose.title(mandate.question, "question-missing")
    team = teams.form(session, by.group, question, now)
    if proposal is not None and proposal.subgroup is not None:
        raise RuleBroken("subgroup-of-proposal", number=str(proposal.id), subgroup=str(proposal.subgroup.id))
    subgroup = Subgroup(
        group=by.group,
        team=team,
        starter=by.person,
        lead=lead.person,
        question=question,
        mandate=prose.body(mandate.text),
        due=mandate.due,
        created_at=now,
        proposal=proposal,
        is_public=mandate.is_public,
    )
    session.add(subgroup)
    teams.lead(session, teams.enter(session, team, lead, now), None, now)
    session.flush()
    return subgroup


def subgroup_for(session: Session, person: Person, number: int) -> Subgroup:
    """Subgroup `number`, if `person` is in the group it is of. "No such number" and "not yours" raise the same."""
    subgroup = within_reach(session, Subgroup, person, number)
    if subgroup is None:
        raise RuleBroken("subgroup-unknown", number=str(number))
    return subgroup


def join(session: Session, subgroup: Subgroup, place: Membership, now: datetime) -> Membership:
    """Who has a `place` in its group takes care of it, too. Raises RuleBroken when it is closed."""
    subgroup.require_open()
    found = teams.enter(session, subgroup.team, place, now)
    _look_again(session, subgroup)
    return found


def place_in(session: Session, subgroup: Subgroup, person: Person) -> Membership:
    """Somebody's place in its team. Raises RuleBroken for who is not in it."""
    place = membership_of(session, person, subgroup.team)
    if place is None:
        raise RuleBroken("subgroup-not-in", number=str(subgroup.id))
    return place


def leave(session: Session, subgroup: Subgroup, person: Person, now: datetime) -> None:
    """Somebody takes care of it no more. Raises RuleBroken when it is closed, for who does not, and for its lead."""
    subgroup.require_open()
    place = place_in(session, subgroup, person)
    if subgroup.lead is person:
        raise RuleBroken("subgroup-lead-leaves", number=str(subgroup.id))
    place.end(now)
    _look_again(session, subgroup)


def _look_again(session: Session, subgroup: Subgroup) -> None:
    """Who takes care of it is another."""
    session.flush()
    session.expire(subgroup, ["places"])
    subgroup.revision += 1


def subgroup_numbered(session: Session, number: int) -> Subgroup | None:
    """The subgroup with that number."""
    return session.get(Subgroup, number)


def subgroups_of(session: Session, group: Group) -> list[Subgroup]:
    """The subgroups of a group, the oldest first."""
    return list(session.scalars(select(Subgroup).filter_by(group_id=group.id).order_by(Subgroup.id)))


def open_subgroups(session: Session, group: Group) -> list[Subgroup]:
    """Those that are at work, or being formed."""
    return [one for one in subgroups_of(session, group) if not one.is_closed]


def teams_with(session: Session, person: Person) -> list[tuple[Subgroup, Membership]]:
    """The subgroups somebody is in, each with their place in its team."""
    chosen = select(Subgroup, Membership).join(Membership, Membership.group_id == Subgroup.team_id)
    found = session.execute(chosen.where(Membership.person_id == person.id, Membership.until.is_(None)))
    return [(subgroup, place) for subgroup, place in found if not subgroup.is_closed]
