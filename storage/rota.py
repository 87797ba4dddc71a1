"""The rota: whose turn it is to chair. Fewest turns first; of two alike, whose last is longest ago."""

from datetime import datetime

from storage.database import Session
from storage.diary import meetings_of
from storage.groups import Group
from storage.meetings import Meeting
from storage.memberships import MEMBERS, Membership, Role, members_of, membership_of
from storage.people import Person
from storage.rules import RuleBroken


def chairs_of(session: Session, group: Group) -> list[Membership]:
    """The chairs, who was entered first first."""
    chairs = [place for place in members_of(session, group) if place.role is Role.CHAIR]
    return sorted(chairs, key=lambda place: place.id)


def assign(session: Session, group: Group, now: datetime) -> list[Meeting]:
    """Give every meeting ahead its chair; what somebody chose stays. Returns those whose chair is another now."""
    turns, changed = Turns(chairs_of(session, group)), []
    for meeting in meetings_of(session, group):
        if not (meeting.has_begun(now) or (meeting.turn_is_fixed and _still_in(session, meeting))):
            before = meeting.chair
            meeting.led_by(turns.next(meeting), is_fixed=False)
            changed += [meeting] if meeting.chair is not before else []
        turns.count(meeting)
    return changed


def turns_taken(session: Session, group: Group, now: datetime) -> list[tuple[Person, int]]:
    """How often each chair has chaired a meeting that has begun."""
    begun = [meeting for meeting in meetings_of(session, group) if meeting.has_begun(now)]
    chairs = [place.person for place in chairs_of(session, group)]
    return [(person, sum(one.chair is person for one in begun)) for person in chairs]


def skip(session: Session, meeting: Meeting, now: datetime) -> None:
    """Who was to chair cannot: the next in turn does. Raises RuleBroken where there is no other chair."""
    meeting.require_ahead(now)
    chairs = chairs_of(session, meeting.group)
    turns = Turns([place for place in chairs if place.person is not meeting.chair])
    if not turns.chairs:
        raise RuleBroken("rota-alone", number=str(meeting.id))
    for earlier in meetings_of(session, meeting.group):
        if earlier.starts_at < meeting.starts_at:
            turns.count(earlier)
    meeting.led_by(turns.next(meeting), is_fixed=True)
    assign(session, meeting.group, now)


def swap(session: Session, one: Meeting, other: Meeting, now: datetime) -> None:
    """Who was to chair one meeting chairs the other. Raises RuleBroken for meetings of two groups, or begun ones."""
    one.require_ahead(now)
    other.require_ahead(now)
    if one is other or one.group is not other.group:
        raise RuleBroken("rota-swap-what", number=str(one.id), other=str(other.id))
    first, second = one.chair, other.chair
    one.led_by(second, is_fixed=True)
    other.led_by(first, is_fixed=True)
    assign(session, one.group, now)


def stand_in(session: Session, meeting: Meeting, person: Person, now: datetime) -> None:
    """Somebody else of the group chairs. Raises RuleBroken for who may not: a guest, or somebody informed."""
    meeting.require_ahead(now)
    place = membership_of(session, person, meeting.group)
    if place is None or place.role not in MEMBERS:
        raise RuleBroken("rota-outsider", name=person.name, number=str(meeting.id))
    meeting.led_by(person, is_fixed=True)
    assign(session, meeting.group, now)


class Turns:
    """Counts the turns of the chairs, meeting by meeting."""

    def __init__(self, chairs: list[Membership]) -> None:
        self.chairs = chairs
        self._counted: dict[int, int] = {}
        self._last: dict[int, datetime] = {}

    def next(self, meeting: Meeting) -> Person | None:
        """Whose turn it is; None where there are no chairs. A newcomer begins where the others have fewest."""
        self._welcome(meeting)
        ranked = sorted(self.chairs, key=lambda place: (self._counted[place.person_id], self._rank(place)))
        return ranked[0].person if ranked else None

    def count(self, meeting: Meeting) -> None:
        """Somebody chairs, or has chaired, this meeting."""
        self._welcome(meeting)
        if meeting.chair is not None:
            self._counted[meeting.chair.id] = self._counted.get(meeting.chair.id, 0) + 1
            self._last[meeting.chair.id] = meeting.starts_at

    def _welcome(self, meeting: Meeting) -> None:
        known = [self._counted[place.person_id] for place in self.chairs if place.person_id in self._counted]
        for place in self.chairs:
            if place.since <= meeting.starts_at:
                self._counted.setdefault(place.person_id, min(known, default=0))

    def _rank(self, place: Membership) -> tuple[bool, float, int]:
        last = self._last.get(place.person_id)
        return last is not None, last.timestamp() if last else 0.0, place.id


def _still_in(session: Session, meeting: Meeting) -> bool:
    return meeting.chair is not None and membership_of(session, meeting.chair, meeting.group) is not None
