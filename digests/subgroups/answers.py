"""The answer of a subgroup: read in the group's rooms, taken up when it meets, and what becomes of the question."""

from collections.abc import Sequence
from datetime import datetime

from config.texts import Texts, texts_in
from digests import agenda, cards
from digests.cards.words import actions, paragraphs
from digests.markup import escape
from storage import diary, outcomes
from storage.agenda_items import item_ahead
from storage.database import Session
from storage.expected import put_before
from storage.meetings import Meeting
from storage.messages import Message
from storage.proposal_stages import ProposalStage
from storage.proposals import Proposal
from storage.subgroups import Subgroup


def hand_over(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """It takes care of the proposal that it came from. Raises RuleBroken when that is decided or withdrawn."""
    if subgroup.proposal is not None:
        _changed(session, subgroup.proposal, outcomes.hand_over(subgroup.proposal, now), now)


def wait(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """It has more time: an agenda on which its answer would come too early has it no more."""
    proposal = subgroup.proposal
    item = item_ahead(proposal) if proposal else None
    if proposal and proposal.is_open and (item is None or item.meeting.local.date() < subgroup.due):
        hand_over(session, subgroup, now)


def post(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """The group reads the answer in its rooms, as it is now; a later one is a card of its own."""
    if subgroup.reported_at is not None:
        message = _report(subgroup, texts_in(subgroup.group.language))
        noun = f"{subgroup.noun}:report:{subgroup.reported_at:%Y%m%d%H%M%S}"
        cards.post(session, subgroup.group, noun, message, subgroup.revision, now)


def take_up(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """It is on the agenda of the next meeting whose list is open; where none is, on the next that is planned."""
    _onto(session, subgroup, diary.next_meeting(session, subgroup.group, now, still_open=True), now)


def expect(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """It is on the agenda of the first meeting by which it should be there, unless it was taken off that, or stands on
    one already.
    """
    items = subgroup.proposal.items if subgroup.proposal else []
    if any(item.is_waiting for item in items):
        return
    known = {item.meeting_id for item in items}
    ahead = [one for one in diary.ahead(session, subgroup.group, now) if one.closed_at is None]
    meeting = next((one for one in ahead if one.local.date() >= subgroup.due and one.id not in known), None)
    if meeting is not None or subgroup.group.local(now).date() >= subgroup.due:
        _onto(session, subgroup, meeting, now)


def conclude(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """What came of its answer came of the question. Without one, or before a meeting at which it is to be taken up,
    the group decides.
    """
    proposal = subgroup.proposal
    if proposal is None or not (proposal.is_open or proposal.stage is ProposalStage.SUBGROUP) or item_ahead(proposal):
        return
    proposal.hand_back()
    changed = outcomes.agree(proposal, subgroup.outcome, now) if subgroup.report else []
    _changed(session, proposal, changed, now)


def show(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """How it gets on is another: the card of its proposal shows that, and agendas that were sent."""
    if subgroup.proposal is not None:
        subgroup.proposal.revision += 1
        cards.show(session, subgroup.proposal, now)
    shown = meeting_ahead(subgroup)
    for meeting in diary.ahead(session, subgroup.group, now):
        if meeting is not shown:
            cards.show_agenda(session, meeting, now)


def meeting_ahead(subgroup: Subgroup) -> Meeting | None:
    """Where its group takes up the question next."""
    item = item_ahead(subgroup.proposal) if subgroup.proposal else None
    return item.meeting if item else None


def _onto(session: Session, subgroup: Subgroup, meeting: Meeting | None, now: datetime) -> None:
    proposal = put_before(session, subgroup, now)
    before = item_ahead(proposal)
    if before is not None:
        changed = [before.meeting]
    else:
        changed = outcomes.schedule(session, proposal, meeting, now) if meeting and proposal.is_open else []
    _changed(session, proposal, changed, now)


def _changed(session: Session, proposal: Proposal, meetings: Sequence[Meeting], now: datetime) -> None:
    for meeting in meetings:
        agenda.items_changed(session, meeting, now)
    cards.show(session, proposal, now)


def _report(subgroup: Subgroup, texts: Texts) -> Message:
    return Message(
        body=paragraphs(texts.say("subgroup-report-by", name=escape(subgroup.lead.name)), subgroup.report),
        subject=texts.say("subgroup-answers", number=str(subgroup.id), question=subgroup.question),
        actions=() if subgroup.is_closed else actions(f"subgroup {subgroup.id}", ("close",), texts),
    )
