"""A membership: who a person is in a group, from when until when."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, bindparam, case, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, Session
from storage.groups import Group, GroupKind, GroupStage
from storage.organisations import Unit
from storage.people import Person


class Role(StrEnum):
    """Who somebody is in a group. Informed reads only."""

    CHAIR = "chair"
    MEMBER = "member"
    SUBSTITUTE = "substitute"
    GUEST = "guest"
    INFORMED = "informed"


class Duty(StrEnum):
    """What somebody does beside the role."""

    SECRETARY = "secretary"
    COMMUNICATIONS = "communications"
    APPROVER = "approver"
    LEAD = "lead"


MEMBERS = frozenset({Role.CHAIR, Role.MEMBER, Role.SUBSTITUTE})


class Membership(Base):
    """A person in a group. It ends by its `until`; the row stays.

    `chair_since` is since when they chair, for who did not from the beginning.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "one_place_at_a_time",
            "person_id",
            "group_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), init=False, index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), init=False, index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), init=False)
    role: Mapped[Role]
    since: Mapped[datetime]
    person: Mapped[Person] = relationship(repr=False, lazy="joined", innerjoin=True)
    group: Mapped[Group] = relationship(repr=False, lazy="joined", innerjoin=True)
    until: Mapped[datetime | None] = mapped_column(default=None)
    chair_since: Mapped[datetime | None] = mapped_column(default=None)
    duties: Mapped[list[str]] = mapped_column(default_factory=list)
    unit: Mapped[Unit | None] = relationship(default=None, repr=False, lazy="joined")

    def end(self, now: datetime) -> None:
        """The person leaves the group."""
        self.until = now

    def become(self, role: Role, now: datetime) -> None:
        """The person has this role from now on."""
        if role is Role.CHAIR and self.role is not Role.CHAIR:
            self.chair_since = now
        self.role = role

    def hear(self, other: "Membership", now: datetime) -> None:
        """Both are of the same person in the same group: the stronger role stays, with the duties of both."""
        ranks = list(Role)
        stays, ends = (self, other) if ranks.index(self.role) <= ranks.index(other.role) else (other, self)
        stays.unit = stays.unit or ends.unit
        stays.duties = list(dict.fromkeys([*stays.duties, *ends.duties]))
        ends.end(now)

    @property
    def takes_stands(self) -> bool:
        """Chair, member and substitute may support and object; a guest and the informed may not."""
        return self.role in MEMBERS


PLACES = (
    select(Membership)
    .join(Group)
    .where(Membership.person_id == bindparam("person"), Membership.until.is_(None), Group.stage != GroupStage.CLOSED)
    .order_by(Membership.group_id)
)


def membership_of(session: Session, person: Person, group: Group) -> Membership | None:
    """The person's place in the group today."""
    return session.scalar(
        select(Membership).filter_by(person_id=person.id, group_id=group.id).where(Membership.until.is_(None))
    )


def memberships_of(session: Session, person: Person) -> list[Membership]:
    """The person's places in all groups that are not closed."""
    return list(session.scalars(PLACES, {"person": person.id}))


def own_groups(places: list[Membership]) -> list[Membership]:
    """Where somebody is beside the subgroups that they take part in; those where they are in nothing else."""
    return [place for place in places if place.group.kind is not GroupKind.SUBGROUP] or places


def members_of(session: Session, group: Group) -> list[Membership]:
    """Everybody in the group: chairs first, then by role, then by name."""
    chosen = select(Membership).join(Person).filter(Membership.group_id == group.id, Membership.until.is_(None))
    places = case({role: place for place, role in enumerate(Role)}, value=Membership.role)
    return list(session.scalars(chosen.order_by(places, Person.name)))


def editors_of(session: Session, group: Group) -> list[Membership]:
    """Who has the duty of communications; where nobody has, the chairs."""
    places = members_of(session, group)
    appointed = [place for place in places if Duty.COMMUNICATIONS in place.duties]
    return appointed or [place for place in places if place.role is Role.CHAIR]


def first_chair(session: Session, group: Group) -> Person | None:
    """Who of the chairs was entered first."""
    chosen = select(Membership).filter_by(group_id=group.id, role=Role.CHAIR, until=None).order_by(Membership.id)
    membership = session.scalars(chosen).first()
    return membership.person if membership else None
