"""The card of an agenda: what stands on it, in which order, and what is said of an empty section."""

from datetime import timedelta

from config.texts import texts_in
from digests import markup
from digests.cards.agenda import agenda_card
from people import ANA, BO, MONDAY, settle_in
from storage import meetings
from storage.agenda_items import Outcome, Section, move, take_in
from storage.database import Database, Session
from storage.groups import GroupChoices, save_group
from storage.meetings import Meeting
from storage.proposal_stages import ProposalKind
from storage.proposals import propose

SV = texts_in("sv")


def planned(session: Session) -> Meeting:
    group = settle_in(session).memberships[ANA].group
    return meetings.plan(session, group, MONDAY + timedelta(days=30), MONDAY, title="Vårmöte", minutes=60)


def told(meeting: Meeting) -> list[str]:
    card = agenda_card(meeting, SV)
    return markup.text(card.whole).split("\n")


def test_an_agenda_without_items_tells_what_its_sections_are_for(database: Database) -> None:
    with database.transaction() as session:
        said = told(planned(session))
    headings = [line for line in said if line in {SV.say(f"section-{section}") for section in Section}]
    assert headings == [SV.say(f"section-{section}") for section in Section]
    assert "Laget runt: vad är på gång hos er?" in said


def test_an_item_stands_in_the_section_of_its_kind_until_the_chair_moves_it(database: Database) -> None:
    with database.transaction() as session:
        meeting = planned(session)
        bo = settle_in(session).memberships[BO]
        proposal = propose(session, bo, "Föreläsning", "", ProposalKind.LEARNING, ["sdg:4"], MONDAY)
        item = take_in(session, meeting, proposal, MONDAY)
        before = told(meeting)
        move(meeting, item, 1, Section.OTHER)
        after = told(meeting)
    line, below = before[before.index("Kompetensutveckling") + 2 :][:2]
    assert line == "– Förslag 1: Föreläsning"
    assert below.startswith("  Bo Bark, Parken · 4 God utbildning")
    assert after[after.index("Övrigt") + 2] == line


def test_the_subgroups_stand_in_their_section(database: Database) -> None:
    with database.transaction() as session:
        meeting = planned(session)
        choices = GroupChoices(name="Solgruppen", parent=meeting.group.slug)
        save_group(session, "sol", choices, "sv", "Europe/Stockholm", MONDAY)
        said = told(meeting)
    assert said[said.index("Undergrupper") + 2] == "– Solgruppen"


def test_too_many_minutes_are_remarked_on(database: Database) -> None:
    with database.transaction() as session:
        meeting = planned(session)
        bo = settle_in(session).memberships[BO]
        item = take_in(session, meeting, propose(session, bo, "Sol", "", ProposalKind.IDEA, [], MONDAY), MONDAY)
        item.minutes = 75
        said = told(meeting)
    assert "Punkterna tar 75 minuter, men mötet är bara 60 minuter långt." in said


def test_what_came_of_an_item_stands_behind_it(database: Database) -> None:
    with database.transaction() as session:
        meeting = planned(session)
        bo = settle_in(session).memberships[BO]
        proposal = propose(session, bo, "Sol", "", ProposalKind.IDEA, [], MONDAY)
        item = take_in(session, meeting, proposal, MONDAY)
        proposal.agree("Vi sätter\nupp dem.")
        item.end(Outcome.AGREED, proposal.outcome)
        said = told(meeting)
    assert any(line.endswith("Överens: Vi sätter upp dem.") for line in said)
