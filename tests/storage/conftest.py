"""What tests of the record may ask for: one open transaction, and the place of anybody of the cast."""

from collections.abc import Callable, Iterator

import pytest

from storage.database import Database, Session
from storage.groups import Group, group_called
from storage.memberships import Membership, membership_of
from storage.people import person_with_mail


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
