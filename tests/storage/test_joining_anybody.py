"""Two people of any history become one, also with the nouns that there will be."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import UniqueConstraint

from living import LATER, place
from people import ANA, MONDAY
from storage import digest_items, examples, proposals
from storage.database import Database, Session
from storage.groups import group_called
from storage.joining import join_people, names_a_person
from storage.memberships import Membership, Role, memberships_of
from storage.people import Person
from storage.proposal_stages import ProposalKind
from storage.roster import enter
from storage.stands import Position, Stand

HOUR = timedelta(hours=1)


def test_where_a_person_may_stand_once_somebody_has_thought_of_joining_two() -> None:
    """A new table in which a person is part of something unique needs its own rule in `joining`."""
    once = {
        column.table.name
        for column in names_a_person()
        if column.primary_key
        or any(isinstance(rule, UniqueConstraint) and column.name in rule.columns for rule in column.table.constraints)
        or any(index.unique and column.name in index.columns for index in column.table.indexes)
    }
    assert once == {"stands", "thanks", "memberships", "subscriptions", "digest_items", "reuses", "answers"}


WORDS = st.tuples(
    st.sampled_from(["bo", "eve"]),
    st.integers(0, 2),
    st.sampled_from([*Position, "react", "unreact", "thank", "told", "reuse"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(WORDS, max_size=12),
    roles=st.tuples(*[st.sampled_from([None, *Role])] * 4),
    left=st.sets(st.integers(0, 3)),
)
def test_two_people_of_any_history_become_one_without_loss(
    words: list[tuple[str, int, str]], roles: tuple[Role | None, ...], left: set[int], database: Database
) -> None:
    with database.transaction() as session:
        stays, goes = Person(name="Bo", email="b@example.org"), Person(name="Eve", email=None)
        session.add_all([stays, goes])
        session.flush()
        _settle(session, [stays, goes], roles, left)
        last, gone = _say(session, [stays, goes], words), goes.id
        places = [(place.group_id, place.role) for who in (stays, goes) for place in memberships_of(session, who)]
        join_people(session, stays, goes, LATER)
        now = [(place.group_id, place.role) for place in memberships_of(session, stays)]
        assert sorted(now) == sorted(_strongest(places))
        assert {s.proposal_id: s.position for s in session.query(Stand).filter_by(person_id=stays.id)} == last
        assert [
            str(column) for column in names_a_person() if session.query(column).filter(column == gone).first()
        ] == []
        session.rollback()


def _settle(session: Session, two: list[Person], roles: tuple[Role | None, ...], left: set[int]) -> None:
    for number, role in enumerate(roles):
        if role is not None:
            group = group_called(session, ("grona", "andra")[number % 2])
            membership = enter(session, group, two[number // 2], role, MONDAY)
            if number in left:
                membership.end(MONDAY)
    session.flush()


def _say(session: Session, two: list[Person], words: list[tuple[str, int, str]]) -> dict[int, Position]:
    """Say it all, an hour after one another, and tell where each proposal ends: nobody takes a reaction away here."""
    ana = place(session, ANA)
    items = [proposals.propose(session, ana, "Solceller", "", ProposalKind.IDEA, [], MONDAY) for _ in range(3)]
    shared = [examples.share(session, ana, "Cykelpool", "", [], MONDAY) for _ in range(3)]
    last: dict[int, Position] = {}
    for hour, (who, number, word) in enumerate(words):
        person, now, item = two[who == "eve"], MONDAY + hour * HOUR, items[number]
        if word == "told":
            if item.noun not in digest_items.told(session, person):
                digest_items.tell(session, person, [item.noun], now)
        elif word == "reuse":
            shared[number].reuse(
                Membership(role=Role.MEMBER, since=now, person=person, group=shared[number].group), "Vi med", now
            )
        elif word in ("thank", "unreact"):
            shared[number].thank(person, now, reacted=word == "unreact")
        elif word == "object":
            item.object(person, "Dyrt", now)
        elif word == "neutral":
            item.stay_neutral(person, now)
        else:
            item.support(person, now, reacted=word == "react")
        if word in (*Position, "react"):
            last[item.id] = Position.SUPPORT if word == "react" else Position(word)
    return last


def _strongest(places: list[tuple[int, Role]]) -> list[tuple[int, Role]]:
    ranks = list(Role)
    return list(dict(sorted(places, key=lambda place: -ranks.index(place[1]))).items())
