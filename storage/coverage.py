"""Coverage: which units of the group will be represented at a meeting."""

from dataclasses import dataclass

from storage.answers import Position
from storage.database import Session
from storage.meetings import Meeting
from storage.memberships import MEMBERS, Membership, members_of
from storage.organisations import Unit


@dataclass(frozen=True)
class Coverage:
    """The units from which somebody comes, from which nobody has answered yet, and from which nobody comes."""

    coming: tuple[Unit, ...] = ()
    unsure: tuple[Unit, ...] = ()
    missing: tuple[Unit, ...] = ()


def coverage(session: Session, meeting: Meeting) -> Coverage:
    """How the units of the group stand. A substitute represents also the unit of whoever sends them."""
    places = [place for place in members_of(session, meeting.group) if place.role in MEMBERS]
    found: dict[bool | None, list[Unit]] = {True: [], None: [], False: []}
    for unit in meeting.group.units:
        found[_is_represented(meeting, [place for place in places if place.unit is unit])].append(unit)
    return Coverage(tuple(found[True]), tuple(found[None]), tuple(found[False]))


def people_of(session: Session, meeting: Meeting, unit: Unit) -> list[Membership]:
    """Who may represent a unit."""
    return [place for place in members_of(session, meeting.group) if place.unit is unit and place.role in MEMBERS]


def _is_represented(meeting: Meeting, places: list[Membership]) -> bool | None:
    """None while somebody has not answered. A unit that nobody is from is not represented."""
    positions = {_comes(meeting, place) for place in places}
    return True if True in positions else None if None in positions else False


def _comes(meeting: Meeting, place: Membership) -> bool | None:
    answer = meeting.answer_of(place.person)
    if answer and answer.substitute:
        answer = meeting.answer_of(answer.substitute)
    return None if answer is None else answer.position is Position.COMING
