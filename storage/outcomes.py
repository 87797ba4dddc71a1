"""Outcomes: what becomes of a proposal. Each verb returns the meetings whose agenda shows it."""

from datetime import date, datetime

from storage import agenda_items
from storage.agenda_items import AgendaItem, Outcome, item_ahead, item_met
from storage.database import Session
from storage.meetings import Meeting
from storage.proposals import Proposal
from storage.rules import RuleBroken


def schedule(session: Session, proposal: Proposal, meeting: Meeting, now: datetime) -> list[Meeting]:
    """It goes on the agenda of a meeting, and off another's. What was not taken up where it stood is put off.

    Raises RuleBroken as `take_in` does.
    """
    meeting.require_ahead(now)
    before, met = item_ahead(proposal), item_met(proposal, now)
    if met is not None and met.is_waiting and proposal.is_open:
        agenda_items.carry_over(session, met, "", now, meeting)
        return [meeting, met.meeting]
    agenda_items.take_in(session, meeting, proposal, now)
    return [meeting, *([before.meeting] if before and before.meeting is not meeting else [])]


def agree(proposal: Proposal, text: str, now: datetime) -> list[Meeting]:
    """The group has agreed. Raises RuleBroken when it is withdrawn, and when its meeting has not begun."""
    met, ahead = item_met(proposal, now), item_ahead(proposal)
    if met is None and ahead is not None:
        raise RuleBroken("agreed-too-early", number=str(proposal.id), meeting=str(ahead.meeting.id))
    proposal.agree(text)
    return _ended(proposal, Outcome.AGREED, proposal.outcome, now)


def decline(proposal: Proposal, reason: str, now: datetime) -> list[Meeting]:
    """It is not taken up. Raises RuleBroken without a reason, and when it is withdrawn."""
    proposal.decline(reason)
    return _ended(proposal, Outcome.DECLINED, proposal.outcome, now)


def park(proposal: Proposal, until: date, now: datetime) -> list[Meeting]:
    """It rests until a day. Raises RuleBroken when it is decided or withdrawn."""
    proposal.park(until)
    return _ended(proposal, Outcome.PARKED, "", now)


def hand_over(proposal: Proposal, now: datetime) -> list[Meeting]:
    """A subgroup takes care of it. Raises RuleBroken when it is decided or withdrawn."""
    proposal.hand_over()
    return _ended(proposal, Outcome.SUBGROUP, "", now)


def withdraw(proposal: Proposal) -> list[Meeting]:
    """It is taken back; an agenda that was sent tells so. Raises RuleBroken when it is no longer open."""
    proposal.withdraw()
    waiting = [item for item in proposal.items if item.is_waiting]
    for item in waiting:
        item.end(Outcome.WITHDRAWN if item.meeting.called_at else Outcome.REMOVED)
    return [item.meeting for item in waiting]


def carry(session: Session, proposal: Proposal, reason: str, now: datetime) -> list[Meeting]:
    """It is put off. What was put off by itself gets its reason, until the next agenda it stands on is closed.

    Raises RuleBroken when it stands on no agenda, and when it is withdrawn.
    """
    met, ahead = item_met(proposal, now), item_ahead(proposal)
    item = ahead if ahead and ahead.meeting.closed_at else met or ahead
    if item is None:
        raise RuleBroken("carry-what", number=str(proposal.id))
    if item.outcome is Outcome.CARRIED:
        return _because(item, reason)
    later = agenda_items.carry_over(session, item, reason, now)
    return [item.meeting, *([later.meeting] if later else [])]


def _because(item: AgendaItem, reason: str) -> list[Meeting]:
    item.proposal.because(reason)
    item.end(Outcome.CARRIED, item.proposal.carry_reason)
    ahead = item_ahead(item.proposal)
    if ahead is None:
        return [item.meeting]
    ahead.carry_reason = item.proposal.carry_reason
    return [item.meeting, ahead.meeting]


def _ended(proposal: Proposal, outcome: Outcome, text: str, now: datetime) -> list[Meeting]:
    """The meeting it was taken up at shows what came of it; an agenda ahead has it no more."""
    met, ahead = item_met(proposal, now), item_ahead(proposal)
    if met is not None:
        met.end(outcome, text)
    if ahead is None or ahead is met:
        return [met.meeting] if met else []
    ahead.end(Outcome.REMOVED)
    return [*([met.meeting] if met else []), ahead.meeting]
