"""What becomes of a proposal: before its meeting, at it, and after it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from people import MONDAY
from storage import outcomes
from storage.agenda_items import AgendaItem, Outcome, item_ahead, take_in
from storage.database import Session
from storage.meetings import Meeting
from storage.proposal_stages import ProposalStage
from storage.proposals import Proposal
from storage.rules import RuleBroken

Meet = Callable[..., Meeting]
Propose = Callable[..., Proposal]
WEEK = timedelta(weeks=1)


@pytest.fixture
def first(meet: Meet) -> Meeting:
    """The meeting in two weeks."""
    return meet(2)


@pytest.fixture
def second(meet: Meet) -> Meeting:
    """The one after it."""
    return meet(4)


@pytest.fixture
def item(session: Session, first: Meeting, second: Meeting, propose: Propose) -> AgendaItem:
    """An item of the first meeting."""
    return take_in(session, first, propose(), MONDAY)


def test_nothing_is_agreed_before_the_meeting_that_takes_it_up(item: AgendaItem) -> None:
    with pytest.raises(RuleBroken) as broken:
        outcomes.agree(item.proposal, "Ja", MONDAY)
    assert (broken.value.key, item.is_waiting) == ("agreed-too-early", True)


def test_what_stands_on_no_agenda_may_be_agreed_at_once(propose: Propose) -> None:
    proposal = propose()
    assert outcomes.agree(proposal, "Ja", MONDAY) == []
    assert (proposal.stage, proposal.outcome) == (ProposalStage.AGREED, "Ja")


def test_the_meeting_shows_what_was_agreed_at_it(item: AgendaItem) -> None:
    assert outcomes.agree(item.proposal, "Ja", item.meeting.starts_at) == [item.meeting]
    assert (item.outcome, item.outcome_text) == (Outcome.AGREED, "Ja")


def test_the_last_word_on_an_outcome_wins(item: AgendaItem) -> None:
    now = item.meeting.starts_at
    outcomes.agree(item.proposal, "Ja", now)
    outcomes.decline(item.proposal, "Nej", now)
    assert (item.proposal.stage, item.outcome, item.outcome_text) == (
        ProposalStage.NOT_TAKEN_UP,
        Outcome.DECLINED,
        "Nej",
    )


def test_what_went_on_by_itself_may_still_be_agreed(session: Session, item: AgendaItem, second: Meeting) -> None:
    now = item.meeting.ends_at
    outcomes.carry(session, item.proposal, "", now)
    assert outcomes.agree(item.proposal, "Ja", now) == [item.meeting, second]
    assert (item.outcome, item_ahead(item.proposal)) == (Outcome.AGREED, None)


def test_what_is_put_off_before_its_meeting_is_not_agreed_between(
    session: Session, item: AgendaItem, second: Meeting
) -> None:
    outcomes.carry(session, item.proposal, "", MONDAY)
    with pytest.raises(RuleBroken, match="agreed-too-early"):
        outcomes.agree(item.proposal, "Ja", item.meeting.ends_at)
    assert item_ahead(item.proposal) is second.items[0]


def test_what_stood_at_a_cancelled_meeting_was_not_met(session: Session, item: AgendaItem, second: Meeting) -> None:
    item.end(Outcome.CARRIED)
    item.meeting.cancel(MONDAY)
    take_in(session, second, item.proposal, MONDAY)
    with pytest.raises(RuleBroken, match="agreed-too-early"):
        outcomes.agree(item.proposal, "Ja", MONDAY + 3 * WEEK)


def test_what_is_scheduled_anew_at_its_meeting_is_put_off(session: Session, item: AgendaItem, second: Meeting) -> None:
    changed = outcomes.schedule(session, item.proposal, second, item.meeting.starts_at)
    assert changed == [second, item.meeting]
    assert (item.outcome, item.proposal.carried, second.items[0].carried) == (Outcome.CARRIED, 1, 1)


def test_what_is_scheduled_anew_after_its_meeting_stays_where_it_was_put(
    session: Session, item: AgendaItem, second: Meeting, meet: Meet
) -> None:
    third = meet(6)
    item.meeting.hold()
    outcomes.schedule(session, item.proposal, third, item.meeting.ends_at)
    assert (item.is_waiting, item.proposal.carried, second.items) == (False, 1, [])
    assert item_ahead(item.proposal) is third.items[0]


def test_scheduling_before_the_meeting_puts_nothing_off(session: Session, item: AgendaItem, second: Meeting) -> None:
    assert outcomes.schedule(session, item.proposal, second, MONDAY) == [second, item.meeting]
    assert (item.outcome, item.proposal.carried) == (Outcome.REMOVED, 0)


def test_nothing_is_scheduled_for_a_meeting_that_has_begun(session: Session, first: Meeting, propose: Propose) -> None:
    with pytest.raises(RuleBroken, match="meeting-begun"):
        outcomes.schedule(session, propose(), first, first.starts_at)


def test_why_it_was_put_off_may_be_told_afterwards(session: Session, item: AgendaItem, second: Meeting) -> None:
    now = item.meeting.ends_at
    for reason in ("", "Bo var sjuk"):
        outcomes.carry(session, item.proposal, reason, now)
    assert (item.proposal.carried, item.outcome_text, second.items[0].carry_reason) == (1, "Bo var sjuk", "Bo var sjuk")


def test_once_the_next_list_is_closed_it_is_put_off_from_that(
    session: Session, item: AgendaItem, second: Meeting, meet: Meet
) -> None:
    third = meet(6)
    outcomes.carry(session, item.proposal, "", item.meeting.ends_at)
    second.close(item.meeting.ends_at)
    assert outcomes.carry(session, item.proposal, "Sjuk", item.meeting.ends_at) == [second, third]
    assert (item.proposal.carried, third.items[0].carried) == (2, 2)


def test_what_stands_on_no_agenda_is_not_put_off(session: Session, propose: Propose) -> None:
    with pytest.raises(RuleBroken, match="carry-what"):
        outcomes.carry(session, propose(), "", MONDAY)


def test_what_rests_is_on_no_agenda_and_comes_back_to_one(session: Session, item: AgendaItem) -> None:
    outcomes.park(item.proposal, MONDAY.date(), MONDAY)
    assert item.outcome is Outcome.REMOVED
    item.proposal.wake()
    assert take_in(session, item.meeting, item.proposal, MONDAY) is item


@pytest.mark.parametrize(("was_sent", "outcome"), [(True, Outcome.WITHDRAWN), (False, Outcome.REMOVED)])
def test_what_is_taken_back_shows_on_an_agenda_that_was_sent(
    was_sent: bool, outcome: Outcome, item: AgendaItem
) -> None:
    if was_sent:
        item.meeting.call(MONDAY)
    assert outcomes.withdraw(item.proposal) == [item.meeting]
    assert item.outcome is outcome


def test_what_is_taken_back_after_its_meeting_waits_no_more(item: AgendaItem) -> None:
    item.meeting.call(MONDAY)
    item.meeting.hold()
    outcomes.withdraw(item.proposal)
    assert item.outcome is Outcome.WITHDRAWN


@pytest.mark.parametrize("verb", [Proposal.agree, Proposal.decline, Proposal.carry])
def test_what_is_taken_back_stays_so(verb: Callable[[Proposal, str], None], propose: Propose) -> None:
    proposal = propose()
    proposal.withdraw()
    with pytest.raises(RuleBroken, match="proposal-withdrawn"):
        verb(proposal, "Ja")
    assert proposal.stage is ProposalStage.WITHDRAWN
