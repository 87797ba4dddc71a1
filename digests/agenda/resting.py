"""What rests wakes on its day, 08:00 on the group's clocks, and its card is shown."""

from datetime import datetime, time

from digests import cards
from digests.schedule import moment_at
from storage import occurrences
from storage.database import Session
from storage.occurrences import Occurrence
from storage.proposal_stages import ProposalStage
from storage.proposals import Proposal

SERIES = "parked:"
HOUR = time(8)


def plan(session: Session, proposal: Proposal) -> None:
    """Wake a proposal on the day until which it is parked."""
    assert proposal.parked_until is not None
    moment = moment_at(proposal.parked_until, HOUR, proposal.group.timezone)
    occurrences.plan_once(session, f"{SERIES}{proposal.id}", moment.key, moment.at)


def fire(session: Session, occurrence: Occurrence, now: datetime) -> None:
    """It waits for the group's word again, unless somebody has taken it up before."""
    proposal = session.get_one(Proposal, int(occurrence.series.removeprefix(SERIES)))
    if proposal.stage is not ProposalStage.PARKED:
        occurrence.skip("awake")
        return
    proposal.wake()
    cards.show(session, proposal, now)
    occurrence.fire()
