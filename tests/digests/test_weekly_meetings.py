"""What the weekly letter tells of meetings: the next one rides along, and so does what came of a proposal at one."""

from datetime import timedelta

from agendas import DAY, STARTS, plan
from digests import weekly
from living import place, propose
from people import ANA, BO, INA, MONDAY
from storage import audit
from storage.database import Database, Session
from storage.docket import proposals_of
from storage.subscriptions import subscription_of


def letter_to(session: Session, address: str = BO) -> str | None:
    """The letter that somebody would get now, as one line; None for none."""
    membership = place(session, address)
    found = weekly.preview(session, subscription_of(session, membership.person, membership.group), MONDAY + DAY)
    if found is None:
        return None
    return " ".join(line for section in found.sections for line in (section.heading, *section.lines, *_titles(section)))


def _titles(section) -> list[str]:
    return [item.card.subject for item in section.items]


def test_the_next_meeting_rides_along_with_the_moment_until_when_one_can_propose(database: Database) -> None:
    propose(database, ANA)
    with database.transaction() as session:
        plan(session)
        told = letter_to(session)
        assert told is not None
        assert "Nästa möte Möte 1: Vårmötet · onsdag 10 mars 2027 kl. 13:00–15:00 · Stadshuset" in told
        assert "Skriv /tuva föreslå i chatten senast tisdag 2 mars kl. 08:00." in told
        assert "föreslå" not in (letter_to(session, INA) or "")


def test_a_meeting_alone_causes_no_letter(database: Database) -> None:
    with database.transaction() as session:
        plan(session)
        assert letter_to(session) is None


def test_without_a_meeting_nothing_is_said_of_one(database: Database) -> None:
    propose(database, ANA)
    with database.reading() as session:
        assert "Nästa möte" not in (letter_to(session) or "")


def test_what_came_of_a_proposal_is_told_in_the_next_letter(database: Database) -> None:
    propose(database, ANA, "Solceller")
    with database.transaction() as session:
        ana = place(session, ANA)
        proposal = proposals_of(session, ana.group, open_only=True)[0]
        proposal.agree("Vi bygger")
        act = {"at": MONDAY + timedelta(hours=1), "platform": "console", "person_id": ana.person_id}
        audit.note(session, action="proposal.agreed", noun=proposal.noun, group_id=ana.group_id, **act)
    propose(database, ANA, "Cykelpool")
    with database.reading() as session:
        assert "Förslag 1: Solceller – gruppen är överens: Vi bygger" in (letter_to(session) or "")


def test_meetings_that_have_begun_are_not_the_next(database: Database) -> None:
    propose(database, ANA)
    with database.transaction() as session:
        plan(session, MONDAY + timedelta(hours=2))
        plan(session, STARTS, title="Aprilmötet")
        assert "Möte 2: Aprilmötet" in (letter_to(session) or "")
