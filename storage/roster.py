"""The roster of a group: written whole from a table, or not at all."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import prose
from storage.database import Session
from storage.groups import Group, GroupKind
from storage.memberships import Membership, Role, members_of, membership_of
from storage.organisations import unit_called
from storage.people import Person, person_with_mail
from storage.roster_table import Entry, address_typed, read_table
from storage.rules import RuleBroken
from storage.subscriptions import subscribe

# No name has more words.
NAME_WITHIN = 5


@dataclass
class Changes:
    """What an import did."""

    added: int = 0
    updated: int = 0
    removed: int = 0


def import_roster(session: Session, group: Group, table: bytes, now: datetime, *, replace: bool) -> Changes:
    """Add and update the group's people by their mail address; with `replace`, end those who are not in the table.

    `table` is as `read_table` takes it. Raises RosterFaults with every fault, and RuleBroken for a subgroup.
    """
    _require_roster(group)
    entries = read_table(session, group, table)
    changes = Changes()
    for entry in entries:
        _enter(session, group, entry, now, changes)
    if replace:
        _end_others(session, group, {entry.email for entry in entries}, now, changes)
    return changes


@dataclass(frozen=True)
class Newcomer:
    """Who is to be in the group. `email` is None for somebody who is reached in chat alone."""

    name: str
    email: str | None
    unit: str


def read_newcomer(words: str) -> Newcomer:
    """`NAME MAIL UNIT` as it is typed. Raises RuleBroken when name or address is missing."""
    parts = words.split()
    place = next((place for place, word in enumerate(parts) if "@" in word), len(parts))
    name, unit = " ".join(parts[:place]), " ".join(parts[place + 1 :])
    if not name or place == len(parts):
        raise RuleBroken("member-incomplete")
    return Newcomer(name, address_typed(parts[place]), unit)


def add_member(
    session: Session, group: Group, newcomer: Newcomer, role: Role | None, now: datetime, known: Person | None = None
) -> Membership:
    """Have somebody in the group, who may be `known`; again later, change their unit or role.

    Raises RuleBroken for an unknown unit, for a subgroup, and when the group's only chair would be none any more.
    """
    _require_roster(group)
    unit = unit_called(group, newcomer.unit) if newcomer.unit else None
    person = known or (person_with_mail(session, newcomer.email) if newcomer.email else None)
    if person is None:
        person = Person(name=prose.name(newcomer.name), email=newcomer.email)
        session.add(person)
        session.flush()
    membership = membership_of(session, person, group) or enter(session, group, person, role or Role.MEMBER, now)
    if role not in (None, Role.CHAIR):
        _require_another_chair(session, membership)
    membership.unit = unit or membership.unit
    membership.become(role or membership.role, now)
    return membership


def _require_roster(group: Group) -> None:
    """Who is in a subgroup is in the group that asks, and was invited."""
    if group.kind is GroupKind.SUBGROUP:
        raise RuleBroken("members-of-subgroup", group=group.name)


def member_called(session: Session, group: Group, words: str) -> Membership:
    """Whom in the group a mail address, a name or a unique first name means. Raises RuleBroken."""
    return _meant(members_of(session, group), words)


def member_called_first(places: Sequence[Membership], words: str) -> tuple[Membership, str]:
    """Whom of these the first words mean, and the words behind them. Raises RuleBroken as `member_called` does."""
    named, _, rest = words.partition("\n")
    parts = named.split()
    for count in range(min(len(parts), NAME_WITHIN), 1, -1):
        with contextlib.suppress(RuleBroken):
            found = _meant(places, " ".join(parts[:count]))
            return found, "\n".join((" ".join(parts[count:]), rest)).strip()
    found = _meant(places, " ".join(parts[:1]))
    return found, "\n".join((" ".join(parts[1:]), rest)).strip()


def _meant(places: Sequence[Membership], words: str) -> Membership:
    asked = " ".join(words.split()).casefold().removeprefix("@")
    if not asked:
        raise RuleBroken("member-which")
    found = [place for place in places if asked in _called(place.person)]
    if len(found) != 1:
        raise RuleBroken("member-unknown" if not found else "member-several", name=words)
    return found[0]


def end_member(session: Session, membership: Membership, now: datetime) -> None:
    """Somebody leaves the group. Raises RuleBroken for its only chair, and for the lead of a subgroup."""
    if membership.group.task is not None and membership.role is Role.CHAIR:
        raise RuleBroken("member-leads", name=membership.person.name, number=str(membership.group.task.id))
    _require_another_chair(session, membership)
    membership.end(now)


def _require_another_chair(session: Session, membership: Membership) -> None:
    chairs = [other for other in members_of(session, membership.group) if other.role is Role.CHAIR]
    if chairs == [membership]:
        raise RuleBroken("member-only-chair", name=membership.person.name)


def _called(person: Person) -> set[str]:
    names = {person.name.casefold(), person.name.casefold().split(" ")[0]}
    return names | ({person.email} if person.email else set())


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
    membership.unit, membership.duties = entry.unit, entry.duties
    membership.become(entry.role, now)
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
