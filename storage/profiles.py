"""A profile: what a platform vouches for about somebody who speaks there, and how the record recognises them by it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage import prose
from storage.database import Session
from storage.groups import Group
from storage.memberships import Membership, Role
from storage.people import Person, person_known_as, person_with_mail
from storage.roster import enter


@dataclass(frozen=True)
class Profile:
    """What a platform says of an account.

    `email` is one that it has verified, or empty. `language` and `timezone` are those the account is set to. A guest is
    of another organisation, or was let in to some rooms only.
    """

    name: str
    email: str = ""
    language: str | None = None
    timezone: str | None = None
    is_guest: bool = False


@dataclass(frozen=True)
class Stranger:
    """An account that nobody knows yet, and who it is to the platform."""

    platform: str
    tenant: str
    identifier: str
    profile: Profile


def recognise(
    session: Session, stranger: Stranger, group: Group | None, caretakers: frozenset[str], now: datetime
) -> Person | None:
    """Whose account it is, known from now on; None when nobody may be taken for its owner.

    Found by the roster, where it names the account or the verified address; among the `caretakers`, by address. Whoever
    is a guest of the platform is a guest of the `group` in whose room they speak.
    """
    person = _named(session, stranger) or _caretaker(session, stranger, caretakers)
    if person is None and group is not None and stranger.profile.is_guest:
        person = _new(session, stranger.profile, email=None)
    if person is None:
        return None
    person.known_as(stranger.platform, stranger.identifier, stranger.tenant)
    person.language = person.language or stranger.profile.language
    person.timezone = person.timezone or stranger.profile.timezone
    if group is not None and stranger.profile.is_guest and not _has_been_in(session, person, group):
        enter(session, group, person, Role.GUEST, now)
    session.flush()
    return person


def _named(session: Session, stranger: Stranger) -> Person | None:
    """By the account as it stands; by the one that a roster names, which knows no tenants; or by the address."""
    platform, identifier = stranger.platform, stranger.identifier
    by_account = (person_known_as(session, platform, identifier, tenant) for tenant in (stranger.tenant, ""))
    by_address = person_with_mail(session, stranger.profile.email) if stranger.profile.email else None
    return next(filter(None, by_account), by_address)


def _caretaker(session: Session, stranger: Stranger, caretakers: frozenset[str]) -> Person | None:
    """An operator of the installation, or whom an operator named to set up a group."""
    address = stranger.profile.email.lower()
    is_named = address and session.scalar(select(Group.id).where(Group.setup_by == address).limit(1)) is not None
    return _new(session, stranger.profile, address) if is_named or address in caretakers else None


def _new(session: Session, profile: Profile, email: str | None) -> Person:
    person = Person(name=prose.name(profile.name[: prose.TITLE_LIMIT]) or "?", email=email)
    session.add(person)
    session.flush()
    return person


def _has_been_in(session: Session, person: Person, group: Group) -> bool:
    """Also who has left: nobody comes back by speaking."""
    return session.scalar(select(Membership.id).filter_by(person_id=person.id, group_id=group.id)) is not None
