"""After a meeting: the chairs are asked what came of each item, and what nobody has taken up goes on by itself."""

from datetime import date, datetime, timedelta

import pytest

from agendas import (
    CLOSING,
    DAY,
    ENDS,
    MINUTE,
    SENT,
    SETTLED,
    STARTS,
    changing,
    fates,
    planned,
    session_of,
    tick,
    wishes,
)
from digests import agenda
from living import propose
from people import ANA, BO, MONDAY
from storage import outcomes
from storage.agenda_items import Outcome
from storage.database import Database
from storage.meetings import MeetingStage
from storage.proposal_stages import ProposalStage
from storage.proposals import Proposal


@pytest.fixture
def met(database: Database) -> int:
    """A meeting that has just ended, with two items on its agenda of which one was agreed on."""
    number = planned(database)
    propose(database, BO, "Solceller")
    propose(database, BO, "Cykelpool")
    tick(database, CLOSING, SENT)
    with database.transaction() as session:
        outcomes.agree(session.get_one(Proposal, 1), "Vi bygger", STARTS + MINUTE)
    return number


def outcomes_of(database: Database, number: int) -> list[Outcome | None]:
    with changing(database, number) as meeting:
        return [item.outcome for item in meeting.items]


def test_at_its_end_a_meeting_counts_as_held_and_the_chair_is_asked_what_came_of_the_rest(
    database: Database, met: int
) -> None:
    tick(database, ENDS)
    with changing(database, met) as meeting:
        assert meeting.stage is MeetingStage.HELD
    [note] = wishes(database, under="note:agenda:1:end:")
    text = " ".join(note.content.parts["text"].split())
    assert note.address == ANA
    assert "Förslag 2: Cykelpool" in text
    assert "Förslag 1" not in text
    assert "/tuva förslag 2 överens TEXT" in text


def test_when_everything_has_an_outcome_the_chair_is_not_asked(database: Database, met: int) -> None:
    with database.transaction() as session:
        outcomes.agree(session.get_one(Proposal, 2), "Ja", ENDS - MINUTE)
    tick(database, ENDS, SETTLED)
    assert fates(database, met)["end"] == fates(database, met)["settling"] == "nothing_new"
    assert wishes(database, under="note:agenda:1:end:") == []


def test_what_has_no_outcome_two_working_days_after_goes_to_the_next_meeting(database: Database, met: int) -> None:
    later = planned(database, STARTS + 30 * DAY, title="Aprilmötet")
    tick(database, ENDS, SETTLED - MINUTE)
    assert outcomes_of(database, met) == [Outcome.AGREED, None]
    tick(database, SETTLED, SETTLED + DAY)
    assert outcomes_of(database, met) == [Outcome.AGREED, Outcome.CARRIED]
    with changing(database, later) as meeting:
        [item] = meeting.items
        assert (item.proposal.title, item.carried, item.carry_reason) == ("Cykelpool", 1, "")
    [card] = wishes(database, under="card:meeting:1:carried:")
    assert card.content.parts["body"].startswith("Förs över till möte 2, ")


def test_without_a_next_meeting_it_waits_open(database: Database, met: int) -> None:
    tick(database, ENDS, SETTLED)
    assert outcomes_of(database, met)[1] is Outcome.CARRIED
    with database.reading() as session:
        assert session.get_one(Proposal, 2).stage is ProposalStage.OPEN
    [card] = wishes(database, under="card:meeting:1:carried:")
    assert card.content.parts["body"] == "Väntar på nästa möte: Förslag 2: Cykelpool"


def test_a_clock_that_was_away_after_a_meeting_still_carries_over(database: Database, met: int) -> None:
    tick(database, SETTLED + 30 * DAY)
    assert (fates(database, met)["end"], fates(database, met)["settling"]) == ("merged", "fired")
    assert wishes(database, under="note:agenda:1:end:") == []


# --- what rests ---

UNTIL, WAKES = (
    date(2027, 3, 29),
    datetime.fromisoformat("2027-03-29T06:00:00+00:00"),
)  # summer time since the day before


@pytest.fixture
def resting(database: Database) -> int:
    """A proposal parked until a day."""
    number = propose(database, BO, "Solceller")
    with database.transaction() as session:
        proposal = session.get_one(Proposal, number)
        outcomes.park(proposal, UNTIL, MONDAY)
        agenda.parked(session, proposal)
    return number


def stage(database: Database, number: int) -> ProposalStage:
    with database.reading() as session:
        return session.get_one(Proposal, number).stage


def test_what_rests_wakes_on_its_day_at_eight_and_its_card_is_shown(database: Database, resting: int) -> None:
    tick(database, WAKES - MINUTE)
    assert stage(database, resting) is ProposalStage.PARKED
    tick(database, WAKES)
    assert stage(database, resting) is ProposalStage.OPEN
    assert len(wishes(database, under=f"card:proposal:{resting}:")) == 1


def test_what_was_parked_anew_wakes_on_the_other_day(database: Database, resting: int) -> None:
    with database.transaction() as session:
        proposal = session.get_one(Proposal, resting)
        outcomes.park(proposal, UNTIL + timedelta(days=1), MONDAY)
        agenda.parked(session, proposal)
    tick(database, WAKES)
    assert stage(database, resting) is ProposalStage.PARKED
    tick(database, WAKES + DAY)
    assert stage(database, resting) is ProposalStage.OPEN


def test_what_was_taken_up_while_it_rested_is_left_as_it_is(database: Database, resting: int) -> None:
    number = planned(database, STARTS + 30 * DAY)
    with changing(database, number) as meeting:
        session = session_of(meeting)
        outcomes.schedule(session, session.get_one(Proposal, resting), meeting, MONDAY)
    tick(database, WAKES)
    assert stage(database, resting) is ProposalStage.SCHEDULED
    assert wishes(database, under=f"card:proposal:{resting}:") == []
