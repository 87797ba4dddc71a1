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
    """Give every meeting ahead its chair. What somebody chose stays, and so does what an agenda that was sent says.

    Returns those whose chair is another now.
    """
    turns, changed = Turns(chairs_of(session, group)), []
    for meeting in meetings_of(session, group):
        if not (meeting.has_begun(now) or _stays(session, meeting)):
            before = meeting.chair
            meeting.led_by(turns.next(), is_fixed=False)
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
    turns = Turns(chairs_of(session, meeting.group))
    for earlier in meetings_of(session, meeting.group):
        if earlier.starts_at < meeting.starts_at:
            turns.count(earlier)
    meeting.led_by(_following(turns.in_turn(), meeting), is_fixed=True)
    assign(session, meeting.group, now)


def swap(session: Session, one: Meeting, other: Meeting, now: datetime) -> None:
    """Who was to chair one meeting chairs the other.

    Raises RuleBroken for meetings of two groups, of one chair, or begun ones.
    """
    one.require_ahead(now)
    other.require_ahead(now)
    if one is other or one.group is not other.group:
        raise RuleBroken("rota-swap-what", number=str(one.id), other=str(other.id))
    first, second = one.chair, other.chair
    if first is second:
        raise RuleBroken("rota-swap-same", number=str(one.id), other=str(other.id))
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
        self._taking_part: set[int] = set()

    def in_turn(self) -> list[Person]:
        """The chairs, whose turn it is first."""
        self._welcome(self.chairs)
        return [place.person for place in sorted(self.chairs, key=self._rank)]

    def next(self) -> Person | None:
        """Whose turn it is; None where there are no chairs."""
        return next(iter(self.in_turn()), None)

    def count(self, meeting: Meeting) -> None:
        """Somebody chairs, or has chaired, this meeting."""
        self._welcome([place for place in self.chairs if (place.chair_since or place.since) <= meeting.starts_at])
        if meeting.chair is not None:
            self._counted[meeting.chair.id] = self._counted.get(meeting.chair.id, 0) + 1
            self._last[meeting.chair.id] = meeting.starts_at

    def _welcome(self, places: list[Membership]) -> None:
        """Whoever begins, or comes back, begins where the others have fewest: nobody has to catch up."""
        fewest = min((self._counted[person] for person in self._taking_part), default=0)
        for person in (place.person_id for place in places if place.person_id not in self._taking_part):
            self._counted[person] = max(self._counted.get(person, 0), fewest)
            self._taking_part.add(person)

    def _rank(self, place: Membership) -> tuple[int, bool, float, int]:
        last = self._last.get(place.person_id)
        return self._counted[place.person_id], last is not None, last.timestamp() if last else 0.0, place.id


def _following(order: list[Person], meeting: Meeting) -> Person:
    """Who comes after the chair of the meeting; after the last the first."""
    if all(person is meeting.chair for person in order):
        raise RuleBroken("rota-alone", number=str(meeting.id))
    place = next((place for place, person in enumerate(order, start=1) if person is meeting.chair), 0)
    return order[place % len(order)]


def _stays(session: Session, meeting: Meeting) -> bool:
    place = membership_of(session, meeting.chair, meeting.group) if meeting.chair else None
    if meeting.turn_is_fixed:
        return place is not None and place.role in MEMBERS
    return place is not None and place.role is Role.CHAIR and meeting.called_at is not None
