"""Who is in a group, or as what, is another: what follows for its meetings, its calendars and its subgroups."""

from datetime import datetime

from digests import agenda, invitations, subgroups
from storage.database import Session
from storage.groups import Group
from storage.memberships import Membership, memberships_of
from storage.people import Person


def came(session: Session, place: Membership, now: datetime) -> None:
    """Somebody is in a group from now on, or has another role or unit there."""
    invitations.invite_newcomer(session, place, now)
    changed(session, place.group, now)


def went(session: Session, place: Membership, now: datetime) -> None:
    """Somebody has left a group, or was taken out of a subgroup."""
    if subgroup := place.group.task:
        subgroups.left(session, subgroup, place, now)
    changed(session, place.group, now)


def changed(session: Session, group: Group, now: datetime) -> None:
    """People have come to a group, or left it."""
    agenda.people_changed(session, group, now)
    subgroups.people_changed(session, group, now)


def linked(session: Session, person: Person, now: datetime) -> None:
    """Somebody is known on one more platform; of two people one may have become."""
    for place in memberships_of(session, person):
        changed(session, place.group, now)
    subgroups.accounts_changed(session, person, now)
