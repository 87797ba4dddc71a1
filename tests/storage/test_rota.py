"""Whose turn it is to chair: fair over any year, whatever people choose."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from living import place
from people import ANA, BO, CHEN, GUS, INA, MONDAY, ZOE
from storage import meetings, rota
from storage.database import Database, Session
from storage.groups import Group, group_called
from storage.meetings import Meeting
from storage.memberships import Membership, Role, membership_of
from storage.people import Person
from storage.roster import enter
from storage.rules import RuleBroken

Meet = Callable[..., Meeting]
Member = Callable[..., Membership]
WEEK = timedelta(weeks=1)


@pytest.fixture
def row(session: Session, group: Group, meet: Meet, member: Member) -> list[Meeting]:
    """Six meetings of a group with the chairs Ana, Bo and Chen."""
    for address in (BO, CHEN):
        member(address).role = Role.CHAIR
    made = [meet(weeks) for weeks in range(1, 7)]
    rota.assign(session, group, MONDAY)
    return made


def led(row: list[Meeting]) -> str:
    """The first letters of who leads."""
    return "".join(meeting.chair.name[0] if meeting.chair else "-" for meeting in row)


def test_chairs_take_turns_in_the_order_in_which_they_came(row: list[Meeting]) -> None:
    assert led(row) == "ABCABC"


def test_a_group_without_a_chair_has_meetings_all_the_same(
    session: Session, group: Group, meet: Meet, member: Member
) -> None:
    meeting = meet()
    member(ANA).role = Role.MEMBER
    assert rota.assign(session, group, MONDAY) == []
    assert meeting.chair is None


def test_turns_that_were_given_stay_as_they_are(session: Session, group: Group, row: list[Meeting]) -> None:
    assert rota.assign(session, group, MONDAY) == []
    assert led(row) == "ABCABC"


def test_a_meeting_between_gives_the_turns_after_it_to_others(
    session: Session, group: Group, row: list[Meeting], meet: Meet
) -> None:
    between = meet(1.5)
    changed = rota.assign(session, group, MONDAY)
    assert led([row[0], between, *row[1:]]) == "ABCABCA"
    assert len(changed) == 6


def test_whoever_leads_by_an_agenda_that_was_sent_goes_on_to(
    session: Session, group: Group, row: list[Meeting], meet: Meet
) -> None:
    row[1].call(MONDAY)
    meet(0.5)
    rota.assign(session, group, MONDAY)
    assert led(row[1:2]) == "B"


def test_a_cancelled_meeting_was_nobodys_turn(session: Session, group: Group, row: list[Meeting]) -> None:
    row[0].cancel(MONDAY)
    rota.assign(session, group, MONDAY)
    assert led(row[1:]) == "ABCAB"


def test_who_is_skipped_leads_the_next_time(session: Session, row: list[Meeting]) -> None:
    rota.skip(session, row[0], MONDAY)
    assert led(row) == "BACBAC"


def test_skipping_goes_on_to_the_third_and_back_to_the_first(session: Session, row: list[Meeting]) -> None:
    seen = []
    for _ in range(3):
        rota.skip(session, row[0], MONDAY)
        seen.append(led(row[:1]))
    assert seen == ["B", "C", "A"]


def test_an_only_chair_is_not_skipped(session: Session, group: Group, meet: Meet) -> None:
    meeting = meet()
    rota.assign(session, group, MONDAY)
    with pytest.raises(RuleBroken, match="rota-alone"):
        rota.skip(session, meeting, MONDAY)
    assert led([meeting]) == "A"


def test_two_meetings_change_their_chairs(session: Session, row: list[Meeting]) -> None:
    rota.swap(session, row[0], row[4], MONDAY)
    assert (led(row[:1]), led(row[4:5])) == ("B", "A")


def test_what_was_swapped_stays_while_other_turns_change(
    session: Session, group: Group, row: list[Meeting], meet: Meet
) -> None:
    rota.swap(session, row[0], row[4], MONDAY)
    meet(0.5)
    rota.assign(session, group, MONDAY)
    assert (led(row[:1]), led(row[4:5])) == ("B", "A")


def test_there_is_nothing_to_swap_with_itself_or_with_the_same_chair(session: Session, row: list[Meeting]) -> None:
    with pytest.raises(RuleBroken, match="rota-swap-what"):
        rota.swap(session, row[0], row[0], MONDAY)
    with pytest.raises(RuleBroken, match="rota-swap-same"):
        rota.swap(session, row[0], row[3], MONDAY)
    assert not row[0].turn_is_fixed


def test_meetings_of_two_groups_are_not_swapped(session: Session, row: list[Meeting]) -> None:
    other = meetings.plan(session, group_called(session, "andra"), MONDAY + WEEK, MONDAY, title="M")
    with pytest.raises(RuleBroken, match="rota-swap-what"):
        rota.swap(session, row[0], other, MONDAY)


def test_who_stands_in_has_had_a_turn(session: Session, row: list[Meeting], member: Member) -> None:
    rota.stand_in(session, row[0], member(CHEN).person, MONDAY)
    assert led(row) == "CABCAB"


@pytest.mark.parametrize("address", [GUS, INA])
def test_who_only_visits_or_reads_does_not_lead(
    address: str, session: Session, row: list[Meeting], member: Member
) -> None:
    with pytest.raises(RuleBroken, match="rota-outsider"):
        rota.stand_in(session, row[0], member(address).person, MONDAY)


def test_who_is_not_in_the_group_does_not_lead(session: Session, row: list[Meeting], member: Member) -> None:
    with pytest.raises(RuleBroken, match="rota-outsider"):
        rota.stand_in(session, row[0], member(ZOE, "andra").person, MONDAY)


@pytest.mark.parametrize("verb", [rota.skip, lambda *told: rota.stand_in(*told[:2], told[1].chair, told[2])])
def test_the_chair_of_what_has_begun_stays(
    verb: Callable[[Session, Meeting, datetime], None], session: Session, row: list[Meeting]
) -> None:
    with pytest.raises(RuleBroken, match="meeting-begun"):
        verb(session, row[0], row[0].starts_at)


def test_who_leaves_leads_no_meeting_ahead_but_has_led_what_was(
    session: Session, group: Group, row: list[Meeting], member: Member
) -> None:
    member(ANA).end(row[0].starts_at)
    rota.assign(session, group, row[0].starts_at)
    assert led(row) == "ABCBCB"


@pytest.mark.parametrize("role", [Role.GUEST, Role.INFORMED])
def test_a_stand_in_who_is_no_member_any_more_does_not_lead(
    role: Role, session: Session, group: Group, row: list[Meeting], member: Member
) -> None:
    rota.stand_in(session, row[0], member(CHEN).person, MONDAY)
    member(CHEN).become(role, MONDAY)
    rota.assign(session, group, MONDAY)
    assert "C" not in led(row)


def test_a_chair_who_becomes_a_member_leads_no_more(
    session: Session, group: Group, row: list[Meeting], member: Member
) -> None:
    row[0].call(MONDAY)
    member(ANA).become(Role.MEMBER, MONDAY)
    rota.assign(session, group, MONDAY)
    assert led(row) == "BCBCBC"


def test_a_member_of_long_standing_who_begins_to_chair_does_not_catch_up(
    session: Session, group: Group, meet: Meet, member: Member
) -> None:
    row = [meet(weeks) for weeks in range(1, 9)]
    rota.assign(session, group, MONDAY)
    now = row[3].starts_at
    member(BO).become(Role.CHAIR, now)
    rota.assign(session, group, now)
    assert led(row) == "AAAABABA"


def test_who_comes_back_does_not_catch_up(session: Session, group: Group, row: list[Meeting], member: Member) -> None:
    bo = member(BO)
    bo.end(MONDAY)
    rota.assign(session, group, MONDAY)
    session.flush()
    enter(session, group, bo.person, Role.CHAIR, row[3].starts_at)
    rota.assign(session, group, row[3].starts_at)
    assert led(row) == "ACACBA"


def test_turns_are_counted_from_what_has_begun(session: Session, group: Group, row: list[Meeting]) -> None:
    taken = rota.turns_taken(session, group, row[3].starts_at)
    assert [(person.name[0], count) for person, count in taken] == [("A", 2), ("B", 1), ("C", 1)]


# --- any year ---

CHOSEN = ("skip", "swap", "stand_in")
MOVES = st.lists(
    st.tuples(st.integers(0, 11), st.sampled_from(["join", "leave", *CHOSEN]), st.integers(0, 11), st.integers(0, 4)),
    max_size=10,
)


class Year:
    """Twelve meetings; some chairs stay the whole year, others come and go."""

    def __init__(self, session: Session) -> None:
        self.session, self.group, self.chosen = session, group_called(session, "grona"), 0
        self.people = [place(session, ANA).person, *(Person(name=name, email=None) for name in "PQRS")]
        session.add_all(self.people)
        session.flush()
        self.whole = self.people[:3]
        for person in self.whole[1:]:
            enter(session, self.group, person, Role.CHAIR, MONDAY)
        starts = [MONDAY + number * 4 * WEEK for number in range(1, 13)]
        self.meetings = [meetings.plan(session, self.group, at, MONDAY, title="M") for at in starts]
        self.joined: dict[int, int] = {}
        rota.assign(session, self.group, MONDAY)

    def move(self, begun: int, verb: str, number: int, who: int) -> None:
        now, meeting, person = self.now(begun), self.meetings[number], self.people[who]
        place = membership_of(self.session, person, self.group)
        match verb:
            case "join" if place is None:
                enter(self.session, self.group, person, Role.CHAIR, now)
                self.joined[who] = begun
            case "leave" if place and person not in self.whole:
                place.end(now)
                self.joined.pop(who, None)
            case "skip":
                self.choose(lambda: rota.skip(self.session, meeting, now))
            case "swap":
                self.choose(lambda: rota.swap(self.session, meeting, self.meetings[who], now))
            case "stand_in":
                self.choose(lambda: rota.stand_in(self.session, meeting, person, now))
        rota.assign(self.session, self.group, now)
        self.check(now)

    def choose(self, verb: Callable[[], None]) -> None:
        before = self.led()
        try:
            verb()
        except RuleBroken:
            assert self.led() == before
        else:
            self.chosen += 1

    def check(self, now: datetime) -> None:
        assert rota.assign(self.session, self.group, now) == []
        for meeting in self.meetings:
            assert meeting.chair is not None
            assert meeting.has_begun(now) or membership_of(self.session, meeting.chair, self.group)

    def led(self) -> list[Person | None]:
        return [meeting.chair for meeting in self.meetings]

    def now(self, begun: int) -> datetime:
        """When so many meetings have begun."""
        return MONDAY + begun * 4 * WEEK + timedelta(hours=1)

    def spread(self, who: list[Person], since: int = 0) -> int:
        """By how many turns these differ, from a meeting on."""
        counts = [self.led()[since:].count(person) for person in who]
        return max(counts) - min(counts)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_in_any_year_the_turns_are_as_even_as_people_choose(
    moves: list[tuple[int, str, int, int]], database: Database
) -> None:
    with database.transaction() as session:
        year = Year(session)
        for move in sorted(moves, key=lambda move: move[0]):
            year.move(*move)
        assert year.spread(year.whole) <= 1 + year.chosen
        if not year.chosen:
            for who, begun in year.joined.items():
                assert year.spread([*year.whole, year.people[who]], since=begun) <= 2
        session.rollback()
