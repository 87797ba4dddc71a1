"""An agenda: what comes on it, in which order, and what becomes of it; and any history of several."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from living import place
from people import BO, CHEN, MONDAY
from storage import agenda_items, meetings, outcomes, proposals
from storage.agenda_items import (
    AgendaItem,
    Outcome,
    Section,
    coming_in,
    current,
    item_ahead,
    item_on,
    take_in,
    take_out,
)
from storage.database import Database, Session
from storage.meetings import Meeting, MeetingStage
from storage.memberships import Membership
from storage.proposal_stages import ProposalKind, ProposalStage
from storage.proposals import Proposal
from storage.rules import RuleBroken

Meet = Callable[..., Meeting]
Propose = Callable[..., Proposal]
HOUR = timedelta(hours=1)


def listed(meeting: Meeting) -> list[str]:
    """The titles of the items, in their order."""
    return [item.proposal.title for item in current(meeting)]


def on(session: Session, meeting: Meeting, *found: Proposal) -> list[AgendaItem]:
    return [take_in(session, meeting, proposal, MONDAY) for proposal in found]


@pytest.mark.parametrize(
    ("kind", "section"),
    [
        (ProposalKind.SCAN, Section.SCAN),
        (ProposalKind.LEARNING, Section.LEARNING),
        (ProposalKind.INFORMATION, Section.ROUND),
        (ProposalKind.ACTIVITY, Section.DIALOGUE),
    ],
)
def test_a_proposal_stands_in_the_section_of_its_kind(
    kind: ProposalKind, section: Section, session: Session, meet: Meet, propose: Propose
) -> None:
    [item] = on(session, meet(), propose(kind=kind))
    assert item.section is section


def test_every_kind_has_its_section() -> None:
    assert set(agenda_items.SECTION_OF) == set(ProposalKind)


def test_what_is_open_comes_in_most_supported_first_then_the_oldest(
    session: Session, meet: Meet, propose: Propose, member: Callable[..., Membership]
) -> None:
    propose("A"), propose("B")
    propose("C").support(member(CHEN).person, MONDAY)
    meeting = meet()
    agenda_items.take_in_open(session, meeting, MONDAY)
    assert listed(meeting) == ["C", "A", "B"]


def test_what_rests_is_taken_back_or_decided_does_not_come_in(session: Session, meet: Meet, propose: Propose) -> None:
    propose("A").park(MONDAY.date()), propose("B").withdraw(), propose("C").agree("")
    assert coming_in(session, meet()) == []


def test_forty_open_proposals_all_come_in_once(session: Session, meet: Meet, propose: Propose) -> None:
    made = [propose(str(number)) for number in range(40)]
    meeting = meet()
    agenda_items.take_in_open(session, meeting, MONDAY)
    assert agenda_items.take_in_open(session, meeting, MONDAY) == []
    assert [item.proposal for item in current(meeting)] == made


def test_a_proposal_stands_on_one_agenda_at_a_time(session: Session, meet: Meet, propose: Propose) -> None:
    first, second, proposal = meet(2), meet(4), propose()
    on(session, first, proposal), on(session, second, proposal)
    assert (listed(first), listed(second)) == ([], ["Solceller"])


def test_what_is_taken_off_is_open_and_comes_back_only_by_hand(session: Session, meet: Meet, propose: Propose) -> None:
    meeting, proposal = meet(), propose()
    [item] = on(session, meeting, proposal)
    take_out(item)
    assert (proposal.stage, coming_in(session, meeting)) == (ProposalStage.OPEN, [])
    assert on(session, meeting, proposal) == [item]


def test_an_item_that_is_not_there_is_told(session: Session, meet: Meet, propose: Propose) -> None:
    meeting, proposal = meet(), propose()
    take_out(*on(session, meeting, proposal))
    with pytest.raises(RuleBroken, match="agenda-without"):
        item_on(meeting, proposal)


@pytest.mark.parametrize(
    ("place", "order"), [(1, "CAB"), (2, "ACB"), (3, "ABC"), (0, "CAB"), (-9, "CAB"), (999_999_999_999, "ABC")]
)
def test_an_item_goes_to_its_place_or_as_near_as_can_be(
    place: int, order: str, session: Session, meet: Meet, propose: Propose
) -> None:
    meeting = meet()
    *_, last = on(session, meeting, propose("A"), propose("B"), propose("C"))
    agenda_items.move(meeting, last, place)
    assert listed(meeting) == list(order)


def test_an_item_may_go_to_another_section(session: Session, meet: Meet, propose: Propose) -> None:
    meeting = meet()
    first, _ = on(session, meeting, propose("A"), propose("B"))
    agenda_items.move(meeting, first, 1, Section.OTHER)
    assert listed(meeting) == ["B", "A"]


def test_what_is_put_off_keeps_its_section_its_time_and_why(session: Session, meet: Meet, propose: Propose) -> None:
    first, second = meet(2), meet(4)
    [item] = on(session, first, propose())
    item.section, item.minutes = Section.OTHER, 15
    later = agenda_items.carry_over(session, item, "Hanns inte med", first.starts_at)
    assert later is not None
    assert (later.meeting, later.section, later.minutes) == (second, Section.OTHER, 15)
    assert (later.carried, later.carry_reason, item.outcome) == (1, "Hanns inte med", Outcome.CARRIED)


def test_what_is_put_off_goes_past_a_closed_list(session: Session, meet: Meet, propose: Propose) -> None:
    first, closed, open_ = meet(2), meet(4), meet(6)
    closed.close(MONDAY)
    [item] = on(session, first, propose())
    later = agenda_items.carry_over(session, item, "", MONDAY)
    assert later is not None
    assert later.meeting is open_


def test_where_no_meeting_is_planned_it_waits_as_an_open_proposal(
    session: Session, meet: Meet, propose: Propose
) -> None:
    [item] = on(session, meet(), propose())
    assert agenda_items.carry_over(session, item, "", MONDAY) is None
    assert (item.proposal.stage, item.proposal.carried) == (ProposalStage.OPEN, 1)


def test_what_is_put_off_for_too_long_a_reason_stays(session: Session, meet: Meet, propose: Propose) -> None:
    [item] = on(session, meet(), propose())
    with pytest.raises(RuleBroken, match="body-too-long"):
        agenda_items.carry_over(session, item, "x" * 2501, MONDAY)
    assert (item.is_waiting, item.proposal.stage, item.proposal.carried) == (True, ProposalStage.SCHEDULED, 0)


def test_the_items_of_a_cancelled_meeting_are_open_again(session: Session, meet: Meet, propose: Propose) -> None:
    meeting, next_one = meet(2), meet(4)
    on(session, meeting, proposal := propose())
    meeting.cancel(MONDAY)
    agenda_items.release_all(meeting)
    assert coming_in(session, next_one) == [proposal]


# --- any history ---

VERBS = ("take_in", "take_out", "move", "schedule", "carry", "agree", "decline", "park", "wake", "withdraw")
VERBS += ("close", "begin", "settle", "cancel")
ACTS = st.tuples(st.sampled_from(VERBS), st.integers(0, 2), st.integers(0, 4), st.integers(0, 6))


@dataclass
class Board:
    """Three meetings, five proposals, and how often each of them was put off."""

    session: Session
    now: datetime
    meetings: list[Meeting] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    put_off: dict[int, int] = field(default_factory=dict)

    def set_up(self) -> None:
        bo = place(self.session, BO)
        starts = [MONDAY + timedelta(weeks=weeks) for weeks in (2, 4, 6)]
        self.meetings = [meetings.plan(self.session, bo.group, at, MONDAY, title="M") for at in starts]
        kinds = list(ProposalKind)[:5]
        self.proposals = [proposals.propose(self.session, bo, kind, "", kind, [], MONDAY) for kind in kinds]
        self.put_off = {proposal.id: 0 for proposal in self.proposals}
        for proposal in self.proposals[:3]:
            take_in(self.session, self.meetings[0], proposal, MONDAY)

    def act(self, verb: str, meeting: Meeting, proposal: Proposal, number: int) -> None:
        waits = next((item for item in proposal.items if item.is_waiting), None)
        match verb:
            case "take_in" if waits is None or not waits.meeting.has_begun(self.now):
                take_in(self.session, meeting, proposal, self.now)
            case "take_out" if waits:
                take_out(waits)
            case "move" if waits:
                agenda_items.move(waits.meeting, waits, number, list(Section)[number])
            case "schedule":
                outcomes.schedule(self.session, proposal, meeting, self.now)
                self.put_off[proposal.id] += waits is not None and waits.meeting.has_begun(self.now)
            case "carry":
                self._carry(proposal, "Hanns inte med" if number else "x" * 2501)
            case _:
                self._settle(verb, proposal, number)
                self._meet(verb, meeting)

    def _carry(self, proposal: Proposal, reason: str) -> None:
        met, ahead = agenda_items.item_met(proposal, self.now), item_ahead(proposal)
        is_closed = ahead is not None and ahead.meeting.closed_at is not None
        gets_reason = met is not None and met.outcome is Outcome.CARRIED and not is_closed
        outcomes.carry(self.session, proposal, reason, self.now)
        self.put_off[proposal.id] += not gets_reason

    def _settle(self, verb: str, proposal: Proposal, number: int) -> None:
        match verb:
            case "agree":
                outcomes.agree(proposal, "Ja", self.now)
            case "decline":
                outcomes.decline(proposal, "Nej" if number else "", self.now)
            case "park":
                outcomes.park(proposal, MONDAY.date(), self.now)
            case "wake":
                proposal.wake()
            case "withdraw":
                outcomes.withdraw(proposal)

    def _meet(self, verb: str, meeting: Meeting) -> None:
        match verb:
            case "close" if not meeting.has_begun(self.now) and meeting.is_ahead:
                agenda_items.take_in_open(self.session, meeting, self.now)
                meeting.close(self.now)
            case "begin":
                to_come = [one.starts_at for one in self.meetings if not one.has_begun(self.now) and one.is_ahead]
                self.now = min(to_come, default=self.now)
            case "settle" if meeting.has_begun(self.now) and meeting.is_ahead:
                meeting.hold()
                for item in [item for item in current(meeting) if item.is_waiting]:
                    agenda_items.carry_over(self.session, item, "", self.now)
                    self.put_off[item.proposal_id] += 1
            case "cancel":
                meeting.cancel(self.now)
                agenda_items.release_all(meeting)

    def written(self) -> list[object]:
        """All that the verbs may change."""
        noted: list[object] = [
            (one.stage, one.carried, one.carry_reason, one.outcome, one.parked_until) for one in self.proposals
        ]
        noted += [
            (item.proposal_id, item.outcome, item.outcome_text, item.position, item.section)
            for meeting in self.meetings
            for item in sorted(meeting.items, key=lambda item: item.id)
        ]
        return [*noted, *(one.stage for one in self.meetings)]

    def check(self) -> None:
        for proposal in self.proposals:
            waiting = [item for item in proposal.items if item.is_waiting]
            assert len(waiting) == (proposal.stage is ProposalStage.SCHEDULED)
            assert all(item.meeting.stage is not MeetingStage.CANCELLED for item in waiting)
            assert proposal.carried == self.put_off[proposal.id]
        for meeting in self.meetings:
            positions = [item.position for item in meeting.items]
            assert len(set(positions)) == len(positions)
            assert len({item.proposal_id for item in meeting.items}) == len(positions)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=15, max_size=40))
def test_whatever_is_done_a_proposal_waits_on_one_agenda_or_none_and_nothing_is_lost(
    acts: list[tuple[str, int, int, int]], database: Database
) -> None:
    with database.transaction() as session:
        board = Board(session, MONDAY + HOUR)
        board.set_up()
        for verb, meeting, proposal, number in acts:
            before = board.written()
            try:
                board.act(verb, board.meetings[meeting], board.proposals[proposal], number)
            except RuleBroken:
                assert board.written() == before
            board.check()
        session.rollback()
