"""The agenda goes out: as a card in the rooms, as a letter to everybody in the group, once."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from digests import cards
from digests.agenda import letter, people, steps
from digests.agenda.steps import MERGED, series_of
from storage import occurrences
from storage.agenda_items import AgendaItem, Outcome, current, take_in_open
from storage.agenda_steps import Step
from storage.database import Session
from storage.expected import expected_by, put_before
from storage.meetings import Meeting
from storage.memberships import members_of
from storage.occurrences import OccurrenceState
from storage.proposal_stages import ProposalStage

DELIVERY = "delivery"
# Most letters have arrived by then, or have come back.
DELIVERY_AFTER = timedelta(minutes=10)
GONE = (Outcome.DECLINED, Outcome.PARKED, Outcome.CARRIED, Outcome.WITHDRAWN, Outcome.REMOVED)


def send(session: Session, meeting: Meeting, now: datetime) -> None:
    """Close the list if it is open, and send the agenda. What should have come before it does not any more."""
    close(session, meeting, now)
    meeting.call(now)
    _merge(session, meeting)
    places = members_of(session, meeting.group)
    meeting.sent = {"items": snapshot(meeting), "people": [place.person_id for place in places]}
    cards.show(session, meeting, now)
    write = partial(letter.write, meeting)
    delivery = series_of(meeting, DELIVERY)
    people.send(session, meeting, people.key_of(meeting, Step.AGENDA), places, write, now, delivery)
    due_at = now + DELIVERY_AFTER
    occurrences.plan(session, delivery, due_at.isoformat(), due_at)


def close(session: Session, meeting: Meeting, now: datetime) -> None:
    """What is open goes on the agenda, once, and what subgroups are to answer by then.

    From now on what is proposed goes to the next meeting.
    """
    if meeting.closed_at is None:
        for subgroup in expected_by(session, meeting):
            put_before(session, subgroup, now)
        taken = take_in_open(session, meeting, now)
        meeting.close(now)
        for item in taken:
            cards.show(session, item.proposal, now)


def snapshot(meeting: Meeting) -> list[dict[str, Any]]:
    """What stands on the agenda, as it is told, in its order."""
    return [
        {
            "proposal": item.proposal_id,
            "title": item.proposal.title,
            "section": item.section.value,
            "minutes": item.minutes,
        }
        for item in current(meeting)
        if stands(item)
    ]


def stands(item: AgendaItem) -> bool:
    """It is still to be taken up, or was."""
    return item.outcome not in GONE and item.proposal.stage is not ProposalStage.WITHDRAWN


def _merge(session: Session, meeting: Meeting) -> None:
    for step in (Step.CALL, Step.REMINDER, Step.CLOSING):
        occurrence = steps.occurrence_of(session, meeting, step)
        if occurrence is not None and occurrence.state is OccurrenceState.DUE:
            occurrence.skip(MERGED)
