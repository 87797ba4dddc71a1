"""A group: a body that meets.

forming → active → closed
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import Column, ForeignKey, Table, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage import prose
from storage.database import Base, Session
from storage.organisations import Organisation, Unit, organisation_named
from storage.people import Person
from storage.rooms import Room, require_address, room_at
from storage.rules import RuleBroken

if TYPE_CHECKING:
    from storage.subgroups import Subgroup

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


class GroupKind(StrEnum):
    """What kind of body it is."""

    WORKING = "working"
    MANAGERS = "managers"
    STEERING = "steering"
    COMMITTEE = "committee"
    SUBGROUP = "subgroup"


class GroupStage(StrEnum):
    """How far it has come."""

    FORMING = "forming"
    ACTIVE = "active"
    CLOSED = "closed"


group_organisations = Table(
    "group_organisations",
    Base.metadata,
    Column("group_id", ForeignKey("groups.id"), primary_key=True),
    Column("organisation_id", ForeignKey("organisations.id"), primary_key=True),
)


class Group(Base):
    """A body that meets; it may belong to several organisations.

    From `editors_since` on, what is shared goes out in digests only after somebody has read it; None: by itself.
    The `task` is what a team takes care of.
    """

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    language: Mapped[str]
    timezone: Mapped[str]
    created_at: Mapped[datetime]
    kind: Mapped[GroupKind] = mapped_column(default=GroupKind.WORKING)
    stage: Mapped[GroupStage] = mapped_column(default=GroupStage.ACTIVE)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), default=None)
    setup_by: Mapped[str | None] = mapped_column(default=None)
    editors_since: Mapped[datetime | None] = mapped_column(default=None)
    organisations: Mapped[list[Organisation]] = relationship(
        secondary=group_organisations, default_factory=list, repr=False
    )
    units: Mapped[list[Unit]] = relationship(
        back_populates="group", order_by=Unit.name, default_factory=list, repr=False
    )
    rooms: Mapped[list[Room]] = relationship(back_populates="group", default_factory=list, repr=False)
    inside: Mapped[list["Group"]] = relationship(order_by="Group.id", viewonly=True, init=False, repr=False)
    task: Mapped["Subgroup | None"] = relationship(
        back_populates="team", foreign_keys="Subgroup.team_id", init=False, repr=False
    )

    @property
    def subgroups(self) -> list["Group"]:
        """The groups inside it that are not closed, the oldest first."""
        return [group for group in self.inside if group.stage is not GroupStage.CLOSED]

    def local(self, now: datetime) -> datetime:
        """A moment on the group's clocks."""
        return now.astimezone(ZoneInfo(self.timezone))


@dataclass(frozen=True)
class GroupChoices:
    """What is said of a group; what is left out stays as it was. `rooms` are (platform, address)."""

    name: str | None = None
    kind: GroupKind | None = None
    parent: str | None = None
    language: str | None = None
    timezone: str | None = None
    setup_by: str | None = None
    organisations: tuple[str, ...] = ()
    rooms: tuple[tuple[str, str], ...] = ()


def save_group(
    session: Session, slug: str, choices: GroupChoices, language: str, timezone: str, now: datetime
) -> Group:
    """Add a group (`language` and `timezone` are those of the installation), or change what `choices` name.

    Raises RuleBroken for a slug or zone that cannot be, a new group without a name, a parent that is not there, what is
    no room, and a room that is another group's.
    """
    if choices.name is not None:
        choices = replace(choices, name=prose.name(choices.name))
    group = session.scalar(select(Group).where(Group.slug == slug))
    if group is None:
        group = _new_group(slug, choices, language, timezone, now)
        session.add(group)
    _check(slug, choices)
    for name in ("name", "kind", "language", "timezone", "setup_by"):
        if (value := getattr(choices, name)) is not None:
            setattr(group, name, value)
    if choices.parent:
        group.parent_id = group_called(session, choices.parent).id
    session.flush()
    for name in choices.organisations:
        organisation = organisation_named(session, name)
        if organisation not in group.organisations:
            group.organisations.append(organisation)
    for platform, address in choices.rooms:
        bind_room(session, group, platform, address)
    return group


def _check(slug: str, choices: GroupChoices) -> None:
    if choices.name is not None and not choices.name:
        raise RuleBroken("group-name-missing", slug=slug)
    if choices.parent == slug:
        raise RuleBroken("group-parent-itself", slug=slug)
    if choices.timezone and choices.timezone not in available_timezones():
        raise RuleBroken("timezone-unknown", zone=choices.timezone)
    for platform, address in choices.rooms:
        require_address(platform, address)


def bind_room(session: Session, group: Group, platform: str, address: str) -> None:
    """Make a channel or room the group's. Raises RuleBroken when it is another group's."""
    room = room_at(session, platform, address)
    if room is None:
        group.rooms.append(Room(platform=platform, address=address))
    elif room.group is not group:
        raise RuleBroken("group-room-taken", address=address, group=room.group.slug)


def named_to_set_up(session: Session, person: Person) -> bool:
    """Whether an operator named the person to set up a group."""
    return person.email is not None and session.scalar(select(Group.id).filter_by(setup_by=person.email)) is not None


def every_group(session: Session) -> list[Group]:
    """All groups, the oldest first."""
    return list(session.scalars(select(Group).order_by(Group.id)))


def group_numbered(session: Session, number: int) -> Group:
    """The group with that internal number."""
    return session.get_one(Group, number)


def group_called(session: Session, slug: str) -> Group:
    """The group with that short name. Raises RuleBroken when there is none."""
    group = session.scalar(select(Group).where(Group.slug == slug))
    if group is None:
        known = ", ".join(group.slug for group in every_group(session))
        raise RuleBroken("group-unknown", slug=slug, known=known or "–")
    return group


def _new_group(slug: str, choices: GroupChoices, language: str, timezone: str, now: datetime) -> Group:
    if not SLUG.fullmatch(slug):
        raise RuleBroken("group-slug-wrong", slug=slug)
    if not choices.name:
        raise RuleBroken("group-name-missing", slug=slug)
    return Group(slug=slug, name=choices.name, language=language, timezone=timezone, created_at=now)
