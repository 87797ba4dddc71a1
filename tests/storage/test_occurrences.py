"""An occurrence: one for every moment of a series, whatever happens."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from people import MONDAY
from storage import occurrences
from storage.database import Session
from storage.occurrences import Occurrence, OccurrenceState

WEEK = timedelta(weeks=1)
KEY, LATER = "2027-01-11T08:00", "2027-01-18T08:00"


def all_of(session: Session, series: str = "weekly:1") -> list[tuple[str, str]]:
    chosen = select(Occurrence).filter_by(series=series).order_by(Occurrence.id)
    return [(occurrence.key, occurrence.state) for occurrence in session.scalars(chosen)]


def test_a_moment_of_a_series_stands_once(session: Session) -> None:
    session.add_all(Occurrence(series="weekly:1", key=KEY, due_at=MONDAY) for _ in range(2))
    with pytest.raises(IntegrityError):
        session.flush()


def test_two_series_may_have_the_same_moment(session: Session) -> None:
    occurrences.plan(session, "weekly:1", KEY, MONDAY)
    occurrences.plan(session, "weekly:2", KEY, MONDAY)
    assert all_of(session, "weekly:1") == all_of(session, "weekly:2") == [(KEY, "due")]


def test_planning_twice_is_planning_once(session: Session) -> None:
    occurrences.plan(session, "weekly:1", KEY, MONDAY)
    occurrences.plan(session, "weekly:1", KEY, MONDAY)
    assert all_of(session) == [(KEY, "due")]


def test_planning_again_replaces_what_was_due(session: Session) -> None:
    occurrences.plan(session, "weekly:1", KEY, MONDAY)
    occurrences.plan(session, "weekly:1", LATER, MONDAY + WEEK)
    assert all_of(session) == [(LATER, "due")]


@pytest.mark.parametrize("state", [OccurrenceState.FIRED, OccurrenceState.SKIPPED])
def test_a_moment_that_has_passed_is_never_due_again(session: Session, state: OccurrenceState) -> None:
    session.add(Occurrence(series="weekly:1", key=KEY, due_at=MONDAY, state=state))
    occurrences.plan(session, "weekly:1", KEY, MONDAY)
    assert all_of(session) == [(KEY, state)]
    assert occurrences.due(session, MONDAY, 9) == []


def test_planning_leaves_other_series_alone(session: Session) -> None:
    occurrences.plan(session, "weekly:1", KEY, MONDAY)
    occurrences.plan(session, "weekly:11", LATER, MONDAY + WEEK)
    assert all_of(session) == [(KEY, "due")]


def test_cancelling_leaves_what_has_passed(session: Session) -> None:
    session.add(Occurrence(series="weekly:1", key=KEY, due_at=MONDAY, state=OccurrenceState.FIRED))
    occurrences.plan(session, "weekly:1", LATER, MONDAY + WEEK)
    occurrences.plan(session, "weekly:2", LATER, MONDAY + WEEK)
    occurrences.cancel(session, "weekly:1", MONDAY)
    assert all_of(session) == [(KEY, "fired")]
    assert all_of(session, "weekly:2") == [(LATER, "due")]


def test_nothing_is_due_before_its_moment(session: Session) -> None:
    occurrences.plan(session, "weekly:1", KEY, MONDAY)
    assert occurrences.due(session, MONDAY - timedelta(seconds=1), 9) == []
    assert occurrences.due(session, MONDAY, 1)[0].key == KEY


def test_the_longest_due_comes_first(session: Session) -> None:
    occurrences.plan(session, "weekly:1", LATER, MONDAY + WEEK)
    occurrences.plan(session, "weekly:2", KEY, MONDAY)
    assert occurrences.due(session, MONDAY + 2 * WEEK, 1)[0].series == "weekly:2"
    assert (occurrences.next_due_at(session), occurrences.last_due_at(session)) == (MONDAY, MONDAY + WEEK)


def test_what_has_fired_is_not_due(session: Session) -> None:
    occurrences.plan(session, "weekly:1", KEY, MONDAY)
    occurrences.due(session, MONDAY, 1)[0].fire()
    session.flush()
    assert occurrences.due(session, MONDAY, 9) == []
    assert occurrences.next_due_at(session) is None


def test_a_skip_has_its_reason(session: Session) -> None:
    occurrences.plan(session, "weekly:1", KEY, MONDAY)
    occurrences.due(session, MONDAY, 1)[0].skip("nothing_new")
    session.flush()
    last = occurrences.last_past(session, "weekly:1")
    assert (last.state, last.reason) == (OccurrenceState.SKIPPED, "nothing_new")


def test_the_last_past_moment_is_the_latest_of_its_own_series(session: Session) -> None:
    for series, key, at in (
        ("weekly:1", LATER, MONDAY + WEEK),
        ("weekly:1", KEY, MONDAY),
        ("w", "x", MONDAY + 9 * WEEK),
    ):
        session.add(Occurrence(series=series, key=key, due_at=at, state=OccurrenceState.FIRED))
    occurrences.plan(session, "weekly:1", "2027-01-25T08:00", MONDAY + 2 * WEEK)
    assert occurrences.last_past(session, "weekly:1").key == LATER


def test_what_is_due_by_now_stays_due_when_the_rest_is_cancelled(session: Session) -> None:
    occurrences.plan(session, "weekly:1", KEY, MONDAY)
    occurrences.cancel(session, "weekly:1", MONDAY + timedelta(seconds=5))
    assert all_of(session) == [(KEY, "due")]


def test_the_one_moment_of_a_series_moves_until_it_has_fired(session: Session) -> None:
    occurrences.plan_once(session, "weekly:1", KEY, MONDAY).skip("planned_late")
    occurrences.plan_once(session, "weekly:1", LATER, MONDAY + WEEK)
    assert all_of(session) == [(LATER, "due")]
    occurrences.plan_once(session, "weekly:1", LATER, MONDAY + WEEK).fire()
    occurrences.plan_once(session, "weekly:1", LATER, MONDAY + WEEK)
    assert all_of(session) == [(LATER, "fired")]
