"""What tests of the record may ask for: one open transaction, and the place of anybody of the cast."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from people import BO, MONDAY
from storage import meetings, proposals
from storage.database import Database, Session
from storage.groups import Group, group_called
from storage.meetings import Meeting
from storage.memberships import Membership, membership_of
from storage.people import person_with_mail
from storage.proposal_stages import ProposalKind
from storage.proposals import Proposal


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session that writes, open while the test runs."""
    with database.transaction() as session:
        yield session


@pytest.fixture
def group(session: Session) -> Group:
    """The group of everybody but Zoe."""
    return group_called(session, "grona")


@pytest.fixture
def member(session: Session) -> Callable[..., Membership]:
    """Somebody's place in a group, by mail address: in `grona` unless another is named."""

    def member(address: str, slug: str = "grona") -> Membership:
        person = person_with_mail(session, address)
        assert person is not None
        membership = membership_of(session, person, group_called(session, slug))
        assert membership is not None
        return membership

    return member


@pytest.fixture
def meet(session: Session, group: Group) -> Callable[..., Meeting]:
    """Plan a meeting of the group, so many weeks after Monday."""

    def meet(weeks: float = 4, **told: Any) -> Meeting:
        starts_at = MONDAY + timedelta(weeks=weeks)
        return meetings.plan(session, group, starts_at, MONDAY, **{"title": "Gruppens möte", **told})

    return meet


@pytest.fixture
def propose(session: Session, member: Callable[..., Membership]) -> Callable[..., Proposal]:
    """Put something before the group."""

    def propose(title: str = "Solceller", kind: ProposalKind = ProposalKind.IDEA, by: str = BO) -> Proposal:
        return proposals.propose(session, member(by), title, "", kind, [], MONDAY)

    return propose
