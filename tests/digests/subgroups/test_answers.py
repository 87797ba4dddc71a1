"""How an answer comes back to the group: on the agenda it is due by, with what it says, until a meeting has decided."""

from datetime import date, datetime, timedelta

import pytest

from agendas import ENDS, SETTLED, STARTS, plan, tick, wishes
from config.texts import texts_in
from digests import agenda, markup
from digests.agenda import letter
from digests.cards import card
from digests.cards.agenda import agenda_card
from living import place
from people import ANA, BO, CHEN, MONDAY
from storage import agenda_items, meetings, outcomes
from storage.agenda_items import item_ahead
from storage.database import Database, Session
from storage.meetings import Meeting, meeting_numbered
from storage.outbox import OutboxKind
from storage.proposal_stages import ProposalKind, ProposalStage
from storage.proposals import propose
from storage.rooms import RoomStage
from teams import ANSWER, QUESTION, answered, closed, extended, form, found, start

SV = texts_in("sv")
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
# The day of the meeting; its list is closed on the second, and its agenda sent on the third.
DUE = STARTS.date()
CLOSING, SENT = datetime.fromisoformat("2027-03-02T07:00Z"), datetime.fromisoformat("2027-03-03T07:00Z")


def settled(database: Database, due: date = DUE, *, meeting: datetime | None = STARTS, supporter: str = BO) -> None:
    """Subgroup 1 takes care of proposal 1, and meeting 1 is planned."""
    with database.transaction() as session:
        proposal = propose(session, place(session, BO), "Cykelställ", "", ProposalKind.IDEA, [], MONDAY)
        proposal.support(place(session, supporter).person, MONDAY)
        if meeting:
            plan(session, meeting)
        form(session, due, BO, CHEN, lead=BO, proposal=proposal)


def told(database: Database, number: int = 1) -> list[str]:
    """What the agenda of a meeting says in the section of the subgroups."""
    with database.reading() as session:
        lines = markup.text(agenda_card(met(session, number), SV).whole).split("\n")
    begins = lines.index(SV.say("section-subgroups")) + 2
    return [line.strip() for line in lines[begins : lines.index(SV.say("section-reporting")) - 1]]


def met(session: Session, number: int = 1) -> Meeting:
    meeting = meeting_numbered(session, number)
    assert meeting is not None
    return meeting


def stage(database: Database) -> ProposalStage:
    with database.reading() as session:
        proposal = found(session, 1).proposal
        assert proposal is not None
        return proposal.stage


def meetings_with_it(database: Database) -> list[tuple[int, str]]:
    """On the agendas of which meetings it stood, and what came of it there."""
    with database.reading() as session:
        proposal = found(session, 1).proposal
        return [(item.meeting_id, item.outcome or "") for item in (proposal.items if proposal else [])]


# --- on the agenda ---


def test_a_subgroup_tells_on_each_agenda_who_leads_it_until_when_and_then_its_answer(database: Database) -> None:
    settled(database, DUE + WEEK)
    title = f"– Undergrupp 1: {QUESTION}"
    assert told(database) == [title, "Sammankallande: Bo Bark · Klart senast onsdag 17 mars 2027"]
    with database.transaction() as session:
        found(session, 1).answer(ANSWER, MONDAY)
    assert told(database) == [title, f"Svar: {ANSWER}"]


def test_one_that_is_still_being_formed_is_on_no_agenda(database: Database) -> None:
    with database.transaction() as session:
        plan(session)
        start(session, DUE, BO)
    tick(database, CLOSING)
    assert told(database) == [SV.say("section-subgroups-about")]


def test_by_the_meeting_at_which_it_is_due_its_question_is_an_item_and_stands_there_once(database: Database) -> None:
    settled(database)
    tick(database, CLOSING)
    assert told(database) == [
        "– Förslag 1: Cykelställ",
        "Bo Bark, Parken · Stöd: 1 · Invändningar: 0",
        "Undergrupp 1 arbetar med frågan · Sammankallande: Bo Bark · Klart senast onsdag 10 mars 2027",
    ]


def test_the_item_says_what_the_answer_is_in_short_in_the_letter_as_well(database: Database) -> None:
    settled(database)
    assert answered(database, 1, MONDAY, "# Tre *ställ*\n\n- vid torget\n- " + "m" * 200) == 1
    assert told(database)[2].startswith("Svar från undergrupp 1: Tre ställ – vid torget – mmm")
    assert told(database)[2].endswith("m…")
    with database.reading() as session:
        sections = letter.write(met(session), SV, invited=True).sections
    [item] = next(one.items for one in sections if one.heading == "Undergrupper")
    assert (item.noun, "Svar från undergrupp 1:" in item.card.body) == ("proposal:1", True)


def test_what_came_from_no_proposal_becomes_one_of_its_lead(database: Database) -> None:
    with database.transaction() as session:
        plan(session)
        form(session, DUE, BO, lead=BO)
    tick(database, CLOSING)
    assert told(database)[:2] == [f"– Förslag 1: {QUESTION}", "Bo Bark, Parken"]


def test_what_the_chair_took_off_does_not_come_back_to_that_agenda_by_itself(database: Database) -> None:
    settled(database, date(2027, 2, 24))
    tick(database, CLOSING - 13 * DAY)
    assert meetings_with_it(database) == [(1, "")]
    with database.transaction() as session:
        item = item_ahead(found(session, 1).proposal)
        assert item is not None
        agenda_items.take_out(item)
    tick(database, CLOSING - 6 * DAY, CLOSING)
    assert meetings_with_it(database) == [(1, "removed")]


# --- where an answer goes ---


def test_an_answer_after_the_list_is_closed_goes_to_the_next_meeting(database: Database) -> None:
    settled(database, DUE + WEEK)
    with database.transaction() as session:
        plan(session, STARTS + 4 * WEEK)
    tick(database, CLOSING)
    assert answered(database, 1, CLOSING + DAY) == 2


def test_without_a_meeting_the_question_is_open_and_goes_on_the_next_agenda_that_is_planned(database: Database) -> None:
    settled(database, meeting=None)
    assert answered(database, 1, MONDAY) is None
    assert stage(database) is ProposalStage.OPEN
    with database.transaction() as session:
        plan(session)
    tick(database, CLOSING)
    assert "Svar från undergrupp 1" in told(database)[2]


def test_a_second_answer_replaces_the_first_and_is_read_in_the_rooms_too(database: Database) -> None:
    settled(database)
    assert answered(database, 1, MONDAY) == 1
    assert answered(database, 1, MONDAY + DAY, "Fyra ställ.") == 1
    assert told(database)[2] == "Svar från undergrupp 1: Fyra ställ."
    cards = [one.content.parts["body"] for one in wishes(database, OutboxKind.CARD, under="card:subgroup:1:report:")]
    assert [body.rpartition("\n")[2] for body in cards] == [ANSWER, "Fyra ställ."]
    of_the_proposal = wishes(database, OutboxKind.CARD, under="card:proposal:1:")[-1].content.parts["body"]
    assert of_the_proposal.endswith("Fyra ställ.")


def test_an_answer_after_the_decision_changes_nothing_of_it(database: Database) -> None:
    settled(database, meeting=None)
    with database.transaction() as session:
        outcomes.agree(found(session, 1).proposal, "Vi bygger.", MONDAY)
    assert answered(database, 1, MONDAY) is None
    assert stage(database) is ProposalStage.AGREED


def test_the_card_of_the_proposal_shows_its_subgroup_and_then_its_answer(database: Database) -> None:
    settled(database)
    with database.reading() as session:
        before = card(found(session, 1).proposal, SV)
    answered(database, 1, MONDAY, "Tre ställ.\n\n- vid torget")
    after = wishes(database, OutboxKind.CARD, under="card:proposal:1:")[-1].content.parts
    assert before.foot.startswith("**Hos undergrupp 1**\nSammankallande: Bo Bark · Klart senast onsdag 10 mars 2027")
    assert after["body"].endswith("**Svar från undergrupp 1:**\n\nTre ställ.\n\n- vid torget")
    assert "arbetar" not in after["foot"]


# --- at the meeting and after it ---


@pytest.mark.parametrize("now", [STARTS + timedelta(hours=1), ENDS + timedelta(hours=1)])
def test_more_time_at_a_meeting_and_after_it_leaves_the_item_to_the_subgroup(database: Database, now: datetime) -> None:
    settled(database)
    tick(database, CLOSING, SENT, *([ENDS] if now > ENDS else []))
    extended(database, 1, date(2027, 5, 1), now)
    assert told(database)[2:] == ["Fortsätter i undergrupp 1 till lördag 1 maj 2027"]
    assert (stage(database), meetings_with_it(database)) == (ProposalStage.SUBGROUP, [(1, "subgroup")])
    tick(database, SETTLED)
    assert meetings_with_it(database) == [(1, "subgroup")]


def test_more_time_before_the_meeting_takes_it_off_unless_it_is_due_by_then_all_the_same(database: Database) -> None:
    settled(database, DUE - WEEK)
    answered(database, 1, MONDAY)
    extended(database, 1, DUE, MONDAY)
    assert meetings_with_it(database) == [(1, "")]
    extended(database, 1, DUE + DAY, MONDAY)
    assert (stage(database), meetings_with_it(database)) == (ProposalStage.SUBGROUP, [(1, "removed")])


def test_closing_with_an_answer_settles_the_question_unless_a_meeting_is_to_decide(database: Database) -> None:
    settled(database)
    answered(database, 1, MONDAY)
    assert closed(database, 1, MONDAY) == 1
    assert stage(database) is ProposalStage.SCHEDULED


def test_closing_without_a_meeting_ahead_settles_it(database: Database) -> None:
    settled(database, meeting=None)
    answered(database, 1, MONDAY)
    assert closed(database, 1, MONDAY) is None
    assert stage(database) is ProposalStage.AGREED


def test_closing_without_an_answer_hands_the_question_back(database: Database) -> None:
    settled(database, meeting=None)
    assert closed(database, 1, MONDAY) is None
    assert stage(database) is ProposalStage.OPEN


def test_what_is_closed_meets_no_more(database: Database) -> None:
    settled(database)
    with database.transaction() as session:
        team = found(session, 1).team
        own = meetings.plan(session, team, STARTS + DAY, MONDAY, title="Vi ses")
        agenda.planned(session, [own], MONDAY)
        number = own.id
    closed(database, 1, MONDAY)
    with database.reading() as session:
        assert met(session, number).is_cancelled
    tick(database, CLOSING, SENT)
    assert wishes(database, under=f"agenda:{number}:call") == []


# --- who hears of it ---


def test_who_proposed_supported_and_took_part_hears_once_what_came_of_it(database: Database) -> None:
    settled(database, supporter=ANA)
    closed(database, 1, MONDAY, "Vi bygger *tre*.", by=ANA)
    heard = wishes(database, under="note:subgroup:1:ended")
    assert sorted(one.address for one in heard) == [BO, CHEN]
    assert all("Vi bygger tre." in one.content.parts["text"] for one in heard)


def test_who_supported_hears_it_where_they_are(database: Database) -> None:
    settled(database, supporter=ANA)
    with database.transaction() as session:
        place(session, ANA).person.known_as("matrix", "@ana:example.org")
        form(session, DUE, BO, lead=BO, question="Och sen?")
    closed(database, 1, MONDAY, by=BO)
    [note] = [one for one in wishes(database, under="note:subgroup:1:ended") if one.route == "matrix"]
    assert (note.kind, note.address) == (OutboxKind.NOTE, "@ana:example.org")


def test_who_has_no_account_gets_the_mandate_by_mail_with_the_button_to_answer(database: Database) -> None:
    settled(database)
    [letter_to_chen] = [one for one in wishes(database, under="note:subgroup:1:welcome:") if one.address == CHEN]
    said = letter_to_chen.content.parts["text"]
    assert "Titta på torget." in said
    assert "Hand in the answer:" in said
    assert "speaks in chat" in " ".join(said.split())


def test_where_there_are_no_rooms_nobody_is_told_that_there_are(database: Database) -> None:
    with database.transaction() as session:
        place(session, ANA).group.rooms[0].stage = RoomStage.ARCHIVED
        form(session, DUE, BO)
    [welcome] = wishes(database, under="note:subgroup:1:welcome:")
    assert "Undergruppen har inget rum i chatten." in welcome.content.parts["text"].replace("\n", " ")
