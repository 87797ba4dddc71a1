"""The roster of a group: written whole from a table, or not at all."""

from dataclasses import dataclass
from datetime import datetime

from storage.database import Session
from storage.groups import Group
from storage.memberships import Membership, Role, members_of, membership_of
from storage.people import Person, person_with_mail
from storage.roster_table import Entry, read_table
from storage.subscriptions import subscribe


@dataclass
class Changes:
    """What an import did."""

    added: int = 0
    updated: int = 0
    removed: int = 0


def import_roster(session: Session, group: Group, table: bytes, now: datetime, *, replace: bool) -> Changes:
    """Add and update the group's people by their mail address; with `replace`, end those who are not in the table.

    `table` is as `read_table` takes it. Raises RosterFaults with every fault.
    """
    entries = read_table(session, group, table)
    changes = Changes()
    for entry in entries:
        _enter(session, group, entry, now, changes)
    if replace:
        _end_others(session, group, {entry.email for entry in entries}, now, changes)
    return changes


def enter(session: Session, group: Group, person: Person, role: Role, now: datetime) -> Membership:
    """Make somebody one of the group, with a weekly letter from now on."""
    membership = Membership(person=person, group=group, role=role, since=now)
    session.add(membership)
    session.flush()
    subscribe(session, person, group, now).rejoin(now)
    return membership


def _enter(session: Session, group: Group, entry: Entry, now: datetime, changes: Changes) -> None:
    person = person_with_mail(session, entry.email)
    if person is None:
        person = Person(name=entry.name, email=entry.email)
        session.add(person)
        session.flush()
    membership = membership_of(session, person, group)
    if membership is None:
        membership = enter(session, group, person, entry.role, now)
        changes.added += 1
    elif _differs(person, membership, entry):
        changes.updated += 1
    person.name, person.language = entry.name, entry.language or person.language
    membership.unit, membership.role, membership.duties = entry.unit, entry.role, entry.duties
    for platform, identifier in entry.accounts.items():
        person.known_as(platform, identifier)
    session.flush()


def _differs(person: Person, membership: Membership, entry: Entry) -> bool:
    known = {account.platform: account.identifier for account in person.accounts}
    return (
        (person.name, membership.unit, membership.role, membership.duties)
        != (entry.name, entry.unit, entry.role, entry.duties)
        or entry.language not in (None, person.language)
        or not entry.accounts.items() <= known.items()
    )


def _end_others(session: Session, group: Group, kept: set[str | None], now: datetime, changes: Changes) -> None:
    for membership in members_of(session, group):
        if membership.person.email not in kept:
            membership.end(now)
            changes.removed += 1
