"""Which units will be represented at a meeting."""

from collections.abc import Callable

from people import ANA, BO, CHEN, GUS, MONDAY
from storage.answers import Position
from storage.coverage import coverage, people_of
from storage.database import Session
from storage.meetings import Meeting
from storage.memberships import Membership, Role

Meet = Callable[..., Meeting]
Member = Callable[..., Membership]
COMING, ABSENT = Position.COMING, Position.ABSENT


def units(session: Session, meeting: Meeting) -> tuple[list[str], list[str], list[str]]:
    """The units that come, that may, and that do not."""
    found = coverage(session, meeting)
    coming, unsure, missing = ([unit.name for unit in some] for some in (found.coming, found.unsure, found.missing))
    return coming, unsure, missing


def test_before_anybody_answers_only_the_unit_of_nobody_is_missing(session: Session, meet: Meet) -> None:
    assert units(session, meet()) == ([], ["Parken", "Skolan"], ["Torget"])


def test_one_of_a_unit_is_enough(session: Session, meet: Meet, member: Member) -> None:
    meeting = meet()
    meeting.answer(member(BO).person, COMING, MONDAY)
    meeting.answer(member(CHEN).person, ABSENT, MONDAY)
    assert units(session, meeting)[0] == ["Parken"]


def test_a_unit_is_missing_when_all_of_it_have_said_no(session: Session, meet: Meet, member: Member) -> None:
    meeting = meet()
    meeting.answer(member(BO).person, ABSENT, MONDAY)
    assert "Parken" in units(session, meeting)[1]
    meeting.answer(member(CHEN).person, ABSENT, MONDAY)
    assert "Parken" in units(session, meeting)[2]


def test_a_substitute_stands_for_the_unit_of_who_sends_them(session: Session, meet: Meet, member: Member) -> None:
    meeting, ana, bo = meet(), member(ANA).person, member(BO).person
    meeting.send_instead(ana, bo, MONDAY)
    assert "Skolan" in units(session, meeting)[1]
    meeting.answer(bo, COMING, MONDAY)
    assert units(session, meeting)[0] == ["Parken", "Skolan"]
    meeting.answer(bo, ABSENT, MONDAY)
    assert "Skolan" in units(session, meeting)[2]


def test_a_guest_stands_for_no_unit(session: Session, meet: Meet, member: Member) -> None:
    meeting, gus, bo = meet(), member(GUS), member(BO)
    gus.unit = bo.unit
    meeting.answer(gus.person, COMING, MONDAY)
    assert "Parken" not in units(session, meeting)[0]
    bo.become(Role.INFORMED, MONDAY)
    assert bo.unit is not None
    assert [place.person.name for place in people_of(session, meeting, bo.unit)] == ["Chen Cho"]
