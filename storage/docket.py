"""The docket: what was put before a group, found."""

from datetime import datetime

from sqlalchemy import select

from storage.access import within_reach
from storage.database import Session
from storage.groups import Group
from storage.people import Person
from storage.proposal_stages import UNDECIDED, ProposalStage
from storage.proposals import Proposal
from storage.rules import RuleBroken


def proposals_of(session: Session, group: Group, *, open_only: bool, by: Person | None = None) -> list[Proposal]:
    """The group's proposals, the newest first; `by` keeps those of one proposer."""
    chosen = select(Proposal).where(Proposal.group_id == group.id).order_by(Proposal.id.desc())
    if open_only:
        chosen = chosen.where(Proposal.stage.in_(UNDECIDED))
    if by is not None:
        chosen = chosen.where(Proposal.proposer_id == by.id)
    return list(session.scalars(chosen))


def proposals_since(session: Session, group: Group, since: datetime) -> list[Proposal]:
    """What was put before the group from a moment on and still stands open, the oldest first."""
    return list(
        session.scalars(
            select(Proposal)
            .where(Proposal.group_id == group.id, Proposal.created_at >= since, Proposal.stage.in_(UNDECIDED))
            .order_by(Proposal.id)
        )
    )


def open_proposals(session: Session, group: Group) -> list[Proposal]:
    """What waits for the group's stands, the oldest first; what rests does not."""
    found = proposals_of(session, group, open_only=True)[::-1]
    return [proposal for proposal in found if proposal.stage is not ProposalStage.PARKED]


def proposal_for(session: Session, person: Person, number: int) -> Proposal:
    """Proposal `number`, if `person` is in its group. "No such number" and "not yours" raise the same RuleBroken."""
    proposal = within_reach(session, Proposal, person, number)
    if proposal is None:
        raise RuleBroken("proposal-unknown", number=str(number))
    return proposal
