"""What one person can do about a subgroup, where there is nothing to type."""

from collections.abc import Iterator

from config.texts import Texts
from digests.cards.words import actions
from digests.subgroups.telling import chairs_of
from digests.subgroups.troubles import may_be_mended
from storage.database import Session
from storage.messages import Action
from storage.people import Person
from storage.subgroups import Subgroup


def buttons(session: Session, subgroup: Subgroup, person: Person, texts: Texts) -> tuple[Action, ...]:
    """Who is not in it may join; who is in it may answer; and its lead and the chairs may close it, and have its rooms
    made where they are missing.
    """
    verbs = () if subgroup.is_closed else tuple(_verbs(session, subgroup, person))
    return actions(f"subgroup {subgroup.id}", verbs, texts)


def _verbs(session: Session, subgroup: Subgroup, person: Person) -> Iterator[str]:
    yield "report" if any(member is person for member in subgroup.members) else "join"
    if person is subgroup.lead or any(chair is person for chair in chairs_of(session, subgroup)):
        if may_be_mended(session, subgroup):
            yield "rooms"
        yield "close"
