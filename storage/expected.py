"""What a group expects of its subgroups: each answer is put before it by the meeting at which it is to take it up."""

from datetime import datetime

from storage import proposals, subgroups
from storage.database import Session
from storage.meetings import Meeting
from storage.memberships import membership_of
from storage.proposal_stages import ProposalKind
from storage.proposals import Proposal
from storage.subgroups import Subgroup


def expected_by(session: Session, meeting: Meeting) -> list[Subgroup]:
    """Whose answer is due by the day of a meeting, and was on no agenda of it."""
    known = {item.proposal_id for item in meeting.items}
    found = [one for one in subgroups.open_subgroups(session, meeting.group) if one.announced_at]
    return [one for one in found if one.due <= meeting.local.date() and one.proposal_id not in known]


def put_before(session: Session, subgroup: Subgroup, now: datetime) -> Proposal:
    """The group takes the question up again. What came from no proposal becomes one, to be taken up like any other."""
    proposal = subgroup.proposal
    if proposal is None:
        place = membership_of(session, subgroup.lead, subgroup.group)
        assert place is not None, "a lead is in the group"
        kind = ProposalKind.QUESTION
        proposal = proposals.propose(session, place, subgroup.question, subgroup.mandate, kind, [], now)
        subgroup.proposal = proposal
        session.flush()
    proposal.hand_back()
    return proposal
