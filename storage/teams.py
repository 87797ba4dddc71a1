"""A team: the few of a group who take care of a question. It is a group of its own, and they are all of the larger."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage import roster
from storage.database import Session
from storage.groups import Group, GroupKind, GroupStage
from storage.memberships import Duty, Membership, Role, members_of, membership_of
from storage.people import Person
from storage.rooms import Room
from storage.rules import RuleBroken
from storage.slugs import free_slug, slug_of

NAME_WITHIN = 80
# Of what no letter of ours can be made.
NAMELESS = "undergrupp"


# Built once: it is asked for everybody who comes into a room.
TEAMS_ROOM = select(Room.id).join(Group, Group.id == Room.group_id).where(Group.kind == GroupKind.SUBGROUP)
TEAMS_ROOM = TEAMS_ROOM.filter(Room.platform == bindparam("platform"), Room.address == bindparam("address"))


def have_room(session: Session, platform: str, address: str) -> bool:
    """The room is a team's."""
    return session.scalar(TEAMS_ROOM, {"platform": platform, "address": address}) is not None


def form(session: Session, group: Group, question: str, now: datetime) -> Group:
    """A team named after its question. Raises RuleBroken for a question without words, and within a team."""
    if group.kind is GroupKind.SUBGROUP:
        raise RuleBroken("subgroup-within", group=group.name)
    if not any(sign.isalnum() for sign in question):
        raise RuleBroken("question-wordless", question=question)
    team = Group(
        slug=free_slug(session, slug_of(question) or NAMELESS),
        name=_short(question),
        language=group.language,
        timezone=group.timezone,
        created_at=now,
        kind=GroupKind.SUBGROUP,
        stage=GroupStage.FORMING,
        parent_id=group.id,
        organisations=list(group.organisations),
    )
    session.add(team)
    session.flush()
    session.refresh(group, ["inside"])
    return team


def enter(session: Session, team: Group, place: Membership, now: datetime) -> Membership:
    """Who has a `place` in the larger group is in the team from now on. Who is there already stays as they are."""
    found = membership_of(session, place.person, team)
    if found is None:
        role = place.role if place.role in (Role.GUEST, Role.INFORMED) else Role.MEMBER
        found = roster.enter(session, team, place.person, role, now)
        found.unit = place.unit
    return found


def lead(session: Session, place: Membership, before: Person | None, now: datetime) -> None:
    """Somebody of the team leads it, in place of who did `before`. Raises RuleBroken for who only reads along."""
    if place.role is Role.INFORMED:
        raise RuleBroken("lead-informed", name=place.person.name)
    other = membership_of(session, before, place.group) if before else None
    if other is not None:
        other.become(Role.MEMBER, now)
        other.duties = [duty for duty in other.duties if duty != Duty.LEAD]
    place.become(Role.CHAIR, now)
    place.duties = [*place.duties, Duty.LEAD]


def outsiders(session: Session, group: Group, team: Group) -> list[Membership]:
    """Who is in the team, and in the larger group no more."""
    return [place for place in members_of(session, team) if membership_of(session, place.person, group) is None]


def _short(question: str) -> str:
    """A name, as letters and lists show it. It stands within sentences, so that no question mark ends it."""
    name = question.rstrip(" ?!.")
    if len(name) <= NAME_WITHIN:
        return name
    return f"{name[:NAME_WITHIN].rsplit(' ', 1)[0].rstrip(' ,.:;-–')}…"
