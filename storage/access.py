"""The one way to a group's noun by its number: through the memberships of whoever asks."""

from typing import Any, TypeVar

from sqlalchemy import select

from storage.database import Session
from storage.memberships import Membership
from storage.people import Person

Noun = TypeVar("Noun", bound=Any)


def within_reach(session: Session, kind: type[Noun], person: Person, number: int) -> Noun | None:
    """The noun with that number if `person` is in its group; None alike for "not there" and "not yours"."""
    chosen = select(kind).join(Membership, Membership.group_id == kind.group_id)
    return session.scalar(
        chosen.where(kind.id == number, Membership.person_id == person.id, Membership.until.is_(None))
    )
