"""Subgroups: what may be asked of whom, who leads, who comes and goes, and how one ends."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from living import LATER
from people import ANA, BO, CHEN, GUS, INA, MONDAY, ZOE
from storage import expected, subgroups, teams
from storage.agenda_items import Section, section_of, take_in
from storage.database import Session
from storage.groups import Group, GroupKind, GroupStage
from storage.joining import join_people
from storage.meetings import Meeting
from storage.memberships import Duty, Membership, Role, membership_of
from storage.people import Person
from storage.proposal_stages import ProposalStage
from storage.proposals import Proposal
from storage.roster import end_member, enter
from storage.rules import RuleBroken
from storage.slugs import slug_of
from storage.subgroups import Mandate, Subgroup

Member = Callable[..., Membership]
Propose = Callable[..., Proposal]
Meet = Callable[..., Meeting]
DUE = date(2027, 3, 1)
QUESTION = "Var ska cykelställen stå?"


@pytest.fixture
def start(session: Session, member: Member) -> Callable[..., Subgroup]:
    """Ana starts one that Bo leads, with Chen."""

    def start(question: str = QUESTION, lead: str = BO, proposal: Proposal | None = None, due: date = DUE) -> Subgroup:
        made = subgroups.start(session, member(ANA), Mandate(question, "Titta.", due), member(lead), proposal, MONDAY)
        subgroups.join(session, made, member(CHEN), MONDAY)
        return made

    return start


Start = Callable[..., Subgroup]


def broken(act: Callable[[], object]) -> str:
    with pytest.raises(RuleBroken) as refused:
        act()
    return refused.value.key


# --- forming ---


def test_its_team_is_a_group_of_its_own_with_a_lead_who_chairs_it(session: Session, start: Start, group: Group) -> None:
    made = start()
    assert (made.team.kind, made.team.parent_id, made.stage) == (GroupKind.SUBGROUP, group.id, GroupStage.FORMING)
    assert (made.team.slug, made.team.name, made.team.task) == (
        "var-ska-cykelstallen-sta",
        "Var ska cykelställen stå",
        made,
    )
    lead = subgroups.place_in(session, made, made.lead)
    assert (lead.role, lead.duties) == (Role.CHAIR, [Duty.LEAD])
    assert [person.email for person in made.members] == [BO, CHEN]


def test_two_of_one_name_have_rooms_of_two_names(start: Start) -> None:
    assert [start().team.slug for _ in range(3)][1:] == ["var-ska-cykelstallen-sta-2", "var-ska-cykelstallen-sta-3"]


def test_a_long_question_is_cut_between_words_and_one_in_other_letters_has_a_name_all_the_same(start: Start) -> None:
    long = start("Hur ska vi " + "mäta och följa upp matsvinnet " * 4)
    assert long.name.endswith("…")
    assert len(long.name) <= teams.NAME_WITHIN + 1
    assert long.team.slug == slug_of(long.question) == "hur-ska-vi-mata-och-folja-upp"
    assert start("Где поставить велосипеды?").team.slug == "undergrupp"


@pytest.mark.parametrize(("question", "why"), [("???", "question-wordless"), ("  ", "question-missing")])
def test_a_question_has_words(start: Start, question: str, why: str) -> None:
    assert broken(lambda: start(question)) == why


def test_within_a_subgroup_there_is_no_other(session: Session, start: Start, member: Member) -> None:
    made = start()
    bo = subgroups.place_in(session, made, member(BO).person)
    within = Mandate("Och färgen?", "", DUE)
    assert broken(lambda: subgroups.start(session, bo, within, bo, None, MONDAY)) == "subgroup-within"


def test_a_proposal_has_one_subgroup(start: Start, propose: Propose) -> None:
    proposal = propose()
    start(proposal=proposal)
    assert broken(lambda: start(proposal=proposal)) == "subgroup-of-proposal"


def test_who_only_reads_does_not_lead(start: Start) -> None:
    assert broken(lambda: start(lead=INA)) == "lead-informed"


def test_a_guest_and_who_only_reads_are_the_same_in_the_team(session: Session, start: Start, member: Member) -> None:
    made = start()
    roles = [subgroups.join(session, made, member(who), MONDAY).role for who in (ANA, GUS, INA)]
    assert roles == [Role.MEMBER, Role.GUEST, Role.INFORMED]


def test_nobody_of_another_group_finds_it(session: Session, start: Start, member: Member) -> None:
    zoe = member(ZOE, "andra").person
    assert broken(lambda: subgroups.subgroup_for(session, zoe, start().id)) == "subgroup-unknown"
    assert broken(lambda: subgroups.subgroup_for(session, zoe, 99)) == "subgroup-unknown"


# --- life ---


def test_the_lead_hands_over_before_leaving(session: Session, start: Start, member: Member) -> None:
    made, bo, chen = start(), member(BO).person, member(CHEN).person
    assert broken(lambda: subgroups.leave(session, made, bo, LATER)) == "subgroup-lead-leaves"
    made.hand_to(session, subgroups.place_in(session, made, chen), LATER)
    subgroups.leave(session, made, bo, LATER)
    assert (made.lead, made.members) == (chen, [chen])
    assert broken(lambda: subgroups.leave(session, made, bo, LATER)) == "subgroup-not-in"


def test_who_has_led_is_a_member_like_the_others(session: Session, start: Start, member: Member) -> None:
    made = start()
    made.hand_to(session, subgroups.place_in(session, made, member(CHEN).person), LATER)
    before = subgroups.place_in(session, made, member(BO).person)
    assert (before.role, before.duties) == (Role.MEMBER, [])


def test_who_has_left_the_group_is_an_outsider_in_its_teams(session: Session, start: Start, member: Member) -> None:
    made = start()
    end_member(session, member(CHEN), LATER)
    assert [place.person.email for place in teams.outsiders(session, made.group, made.team)] == [CHEN]


def test_an_answer_and_an_outcome_have_words(start: Start) -> None:
    made = start()
    assert broken(lambda: made.answer(" \n", LATER)) == "report-missing"
    assert broken(lambda: made.close("", LATER)) == "outcome-missing"


def test_more_time_asks_for_one_more_answer_and_keeps_the_last(start: Start) -> None:
    made = start()
    made.answer("Tre ställ.", LATER)
    made.extend(DUE + timedelta(weeks=1))
    assert (made.report, made.reported_at) == ("Tre ställ.", None)


def test_what_is_closed_stays_as_it_is(session: Session, start: Start, member: Member) -> None:
    made = start()
    made.close("Vi bygger.", LATER)
    verbs = (
        lambda: made.extend(DUE),
        lambda: made.answer("Mer", LATER),
        lambda: made.close("Mer", LATER),
        lambda: subgroups.join(session, made, member(ANA), LATER),
    )
    assert {broken(verb) for verb in verbs} == {"subgroup-closed"}
    assert subgroups.open_subgroups(session, made.group) == []


def test_it_is_announced_once_however_often_a_room_comes(start: Start) -> None:
    made = start()
    made.activate(MONDAY)
    made.activate(LATER)
    assert made.announced_at == MONDAY


# --- the question, and the group's agendas ---


def test_while_a_subgroup_has_it_nobody_takes_a_stand_on_a_proposal(start: Start, propose: Propose) -> None:
    proposal = propose()
    made = start(proposal=proposal)
    proposal.hand_over()
    assert broken(lambda: proposal.support(made.lead, LATER)) == "proposal-not-open"
    proposal.hand_back()
    assert proposal.stage is ProposalStage.OPEN


def test_a_proposal_with_a_subgroup_stands_with_the_subgroups(start: Start, propose: Propose) -> None:
    proposal = propose()
    start(proposal=proposal)
    assert section_of(proposal) is Section.SUBGROUPS


def test_an_answer_is_expected_by_the_first_meeting_on_its_day_or_after_it(
    session: Session, start: Start, meet: Meet
) -> None:
    before, after, made = meet(4), meet(8), start()
    made.activate(MONDAY)
    assert (expected.expected_by(session, before), expected.expected_by(session, after)) == ([], [made])
    take_in(session, after, expected.put_before(session, made, LATER), LATER)
    assert expected.expected_by(session, after) == []


def test_what_came_from_no_proposal_becomes_one_once(session: Session, start: Start) -> None:
    made = start()
    proposal = expected.put_before(session, made, LATER)
    assert expected.put_before(session, made, LATER) is proposal
    assert (proposal.title, proposal.proposer, made.comes_from) == (QUESTION, made.lead, None)


# --- two people who turn out to be one ---


@pytest.mark.parametrize("both", [True, False])
def test_of_two_who_become_one_the_lead_stays_the_lead(
    session: Session, start: Start, member: Member, group: Group, both: bool
) -> None:
    eve = Person(name="Eve", email=None)
    session.add(eve)
    session.flush()
    made = start()
    made.hand_to(session, subgroups.join(session, made, enter(session, group, eve, Role.MEMBER, MONDAY), MONDAY), LATER)
    if not both:
        subgroups.leave(session, made, member(BO).person, LATER)
    bo, before = member(BO).person, made.revision
    changed = join_people(session, bo, eve, LATER)
    place = membership_of(session, bo, made.team)
    assert place is not None
    assert (made.lead, place.role, place.duties) == (bo, Role.CHAIR, [Duty.LEAD])
    assert sorted(person.name for person in made.members) == ["Bo Bark", "Chen Cho"]
    assert (changed, made.revision) == ([made], before + 1)
