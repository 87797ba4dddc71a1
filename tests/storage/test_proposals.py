"""A proposal: its verbs, who finds it, and what is listed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from people import ANA, BO, CHEN, GUS, MONDAY, ZOE
from storage.database import Session
from storage.docket import open_proposals, proposal_for, proposals_of, proposals_since
from storage.groups import Group
from storage.memberships import Membership
from storage.people import Person
from storage.proposal_stages import ProposalKind, ProposalStage
from storage.proposals import Proposal, propose
from storage.rules import RuleBroken

Put = Callable[..., Proposal]
Member = Callable[..., Membership]

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def someone(name: str) -> Person:
    return Person(name=name, email=f"{name.lower()}@example.org")


def proposal_of(proposer: Person) -> Proposal:
    group = Group(slug="g", name="G", language="sv", timezone="Europe/Stockholm", created_at=NOW)
    return Proposal(title="Solceller", body="", kind=ProposalKind.IDEA, created_at=NOW, group=group, proposer=proposer)


@pytest.fixture
def ana() -> Person:
    return someone("Ana")


@pytest.fixture
def bo() -> Person:
    return someone("Bo")


@pytest.fixture
def proposal(ana: Person) -> Proposal:
    return proposal_of(ana)


def test_proposing_is_not_supporting(proposal: Proposal) -> None:
    assert (proposal.supporters, proposal.objections) == ([], [])


def test_a_supporter_is_counted(proposal: Proposal, ana: Person, bo: Person) -> None:
    proposal.support(ana, NOW)
    proposal.support(bo, NOW)
    assert proposal.supporters == [ana, bo]


def test_supporting_twice_is_one_voice(proposal: Proposal, bo: Person) -> None:
    proposal.support(bo, NOW)
    proposal.support(bo, NOW + HOUR)
    assert proposal.supporters == [bo]


def test_the_last_word_wins(proposal: Proposal, bo: Person) -> None:
    proposal.support(bo, NOW)
    proposal.object(bo, "Inga pengar", NOW + HOUR)
    assert proposal.supporters == []
    assert [(stand.person, stand.reason, stand.taken_at) for stand in proposal.objections] == [
        (bo, "Inga pengar", NOW + HOUR)
    ]


def test_three_words_of_one_person_are_one_voice(proposal: Proposal, bo: Person) -> None:
    proposal.support(bo, NOW)
    proposal.object(bo, "Inga pengar", NOW)
    proposal.stay_neutral(bo, NOW)
    assert len(proposal.stands) == 1
    assert (proposal.supporters, proposal.objections) == ([], [])


def test_the_reason_of_an_objection_goes_with_it(proposal: Proposal, bo: Person) -> None:
    proposal.object(bo, "Inga pengar", NOW)
    proposal.support(bo, NOW)
    assert proposal.stands[0].reason == ""


@pytest.mark.parametrize("reason", ["", "   ", "\n\t\n", "\u200b\u2060"])
def test_an_objection_needs_a_reason(proposal: Proposal, bo: Person, reason: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        proposal.object(bo, reason, NOW)
    assert broken.value.key == "objection-needs-reason"
    assert proposal.stands == []


def test_an_objection_without_reason_leaves_the_stand_before_it(proposal: Proposal, bo: Person) -> None:
    proposal.support(bo, NOW)
    with pytest.raises(RuleBroken):
        proposal.object(bo, "", NOW)
    assert proposal.supporters == [bo]


def test_a_reason_is_cleaned_at_the_door(proposal: Proposal, bo: Person) -> None:
    proposal.object(bo, "  inga\u202e pengar\x00 ", NOW)
    assert proposal.objections[0].reason == "inga pengar"


def test_a_reason_is_no_longer_than_a_body(proposal: Proposal, bo: Person) -> None:
    with pytest.raises(RuleBroken, match="body-too-long"):
        proposal.object(bo, "x" * 2501, NOW)


def test_a_reaction_taken_away_takes_back_what_it_gave(proposal: Proposal, bo: Person) -> None:
    proposal.support(bo, NOW, reacted=True)
    proposal.retract(bo, NOW, reacted=True)
    assert proposal.supporters == []


@pytest.mark.parametrize("word_first", [True, False])
def test_a_word_stands_when_the_reaction_beside_it_is_taken_away(
    word_first: bool, proposal: Proposal, bo: Person
) -> None:
    for by_reaction in (False, True) if word_first else (True, False):
        proposal.support(bo, NOW, reacted=by_reaction)
    proposal.retract(bo, NOW, reacted=True)
    assert proposal.supporters == [bo]


def test_an_objection_stands_when_a_reaction_is_taken_away(proposal: Proposal, bo: Person) -> None:
    proposal.support(bo, NOW, reacted=True)
    proposal.object(bo, "För dyrt", NOW)
    proposal.retract(bo, NOW, reacted=True)
    assert [stand.person for stand in proposal.objections] == [bo]


def test_a_stand_taken_back_by_a_word_is_neutral(proposal: Proposal, bo: Person) -> None:
    proposal.object(bo, "För dyrt", NOW)
    proposal.retract(bo, NOW)
    assert proposal.objections == []
    assert not proposal.awaits(bo)


def test_who_has_said_nothing_takes_nothing_back(proposal: Proposal, bo: Person) -> None:
    proposal.retract(bo, NOW)
    assert (proposal.stands, proposal.revision) == ([], 1)


def test_a_withdrawn_proposal_is_no_longer_open(proposal: Proposal) -> None:
    proposal.withdraw()
    assert proposal.stage is ProposalStage.WITHDRAWN
    assert not proposal.is_open


def test_a_withdrawn_proposal_takes_no_more_stands(proposal: Proposal, bo: Person) -> None:
    proposal.withdraw()
    for verb in (
        lambda: proposal.support(bo, NOW),
        lambda: proposal.object(bo, "Inga pengar", NOW),
        lambda: proposal.stay_neutral(bo, NOW),
    ):
        with pytest.raises(RuleBroken, match="proposal-not-open"):
            verb()
    assert proposal.stands == []


def test_a_proposal_is_withdrawn_once(proposal: Proposal) -> None:
    proposal.withdraw()
    with pytest.raises(RuleBroken, match="proposal-not-open"):
        proposal.withdraw()


def test_every_change_makes_a_new_revision(proposal: Proposal, ana: Person, bo: Person) -> None:
    revisions = [proposal.revision]
    for change in (
        lambda: proposal.support(ana, NOW),
        lambda: proposal.object(bo, "Inga pengar", NOW),
        lambda: proposal.stay_neutral(bo, NOW),
        proposal.withdraw,
    ):
        change()
        revisions.append(proposal.revision)
    assert revisions == sorted(set(revisions))


def test_what_is_refused_makes_no_new_revision(proposal: Proposal, bo: Person) -> None:
    proposal.withdraw()
    before = proposal.revision
    with pytest.raises(RuleBroken):
        proposal.support(bo, NOW)
    assert proposal.revision == before


@pytest.fixture
def put(session: Session, member: Member) -> Callable[..., Proposal]:
    """Put something before the group, as Ana unless somebody else is named."""

    def put(address: str = ANA, slug: str = "grona", **rest: object) -> Proposal:
        facts = {"title": "Solceller", "body": "", "kind": ProposalKind.IDEA, "goals": [], "now": MONDAY} | rest
        return propose(session, member(address, slug), **facts)

    return put


def test_the_first_proposal_is_number_one(put: Put) -> None:
    assert [put().id, put().id] == [1, 2]


def test_a_proposal_keeps_who_made_it_and_for_which_unit(put: Put) -> None:
    proposal = put(BO, goals=["sdg:13", "mrp:1.1"])
    assert (proposal.proposer.name, proposal.unit.name, proposal.group.slug) == ("Bo Bark", "Parken", "grona")
    assert (proposal.goals, proposal.noun) == (["sdg:13", "mrp:1.1"], "proposal:1")


def test_a_guest_without_a_unit_may_have_proposed(put: Put) -> None:
    assert put(GUS).unit is None


def test_what_is_proposed_is_cleaned_at_the_door(put: Put) -> None:
    proposal = put(title=" Sol\u202eceller\n på taket ", body="rad\u2028rad")
    assert (proposal.title, proposal.body) == ("Solceller på taket", "rad\nrad")


@pytest.mark.parametrize(
    ("title", "body", "key"),
    [
        (" ", "", "title-missing"),
        ("x" * 301, "", "title-too-long"),
        ("Solceller", "x" * 2501, "body-too-long"),
    ],
)
def test_what_does_not_fit_is_not_kept(
    put: Put, session: Session, group: Group, title: str, body: str, key: str
) -> None:
    with pytest.raises(RuleBroken, match=key):
        put(title=title, body=body)
    assert proposals_of(session, group, open_only=False) == []


def test_a_number_finds_its_proposal_for_everybody_in_the_group(put: Put, session: Session, member: Member) -> None:
    proposal = put()
    assert proposal_for(session, member(CHEN).person, proposal.id) is proposal


def test_an_unknown_number_and_another_groups_number_get_the_same_answer(
    put: Put, session: Session, member: Member
) -> None:
    answers = []
    for number in (put(ZOE, "andra").id, 4711):
        with pytest.raises(RuleBroken) as broken:
            proposal_for(session, member(ANA).person, number)
        answers.append((broken.value.key, broken.value.facts == {"number": str(number)}))
    assert answers == [("proposal-unknown", True)] * 2


def test_who_has_left_finds_nothing_any_more(put: Put, session: Session, member: Member) -> None:
    proposal, bo = put(), member(BO)
    bo.end(MONDAY)
    with pytest.raises(RuleBroken, match="proposal-unknown"):
        proposal_for(session, bo.person, proposal.id)


def test_the_last_word_is_one_row_of_the_record(put: Put, session: Session, member: Member) -> None:
    proposal, bo = put(), member(BO).person
    proposal.support(bo, MONDAY)
    session.flush()
    session.expire_all()
    proposal_for(session, bo, proposal.id).object(bo, "Inga pengar", MONDAY + HOUR)
    session.flush()
    session.expire_all()
    assert [(stand.position, stand.taken_at) for stand in proposal.stands] == [("object", MONDAY + HOUR)]


def test_the_newest_proposal_is_listed_first(put: Put, session: Session, group: Group) -> None:
    first, second = put(), put(BO)
    assert proposals_of(session, group, open_only=True) == [second, first]


def test_a_list_of_open_proposals_has_no_withdrawn_one(put: Put, session: Session, group: Group) -> None:
    gone, there = put(), put()
    gone.withdraw()
    assert proposals_of(session, group, open_only=True) == [there]
    assert proposals_of(session, group, open_only=False) == [there, gone]


def test_a_list_of_mine_has_only_mine(put: Put, session: Session, member: Member, group: Group) -> None:
    put(ANA)
    mine = put(BO)
    assert proposals_of(session, group, open_only=False, by=member(BO).person) == [mine]


def test_no_list_shows_another_groups_proposals(put: Put, session: Session, member: Member, group: Group) -> None:
    put(ZOE, slug="andra")
    assert proposals_of(session, group, open_only=False) == []
    assert proposals_since(session, group, MONDAY - HOUR) == []
    assert open_proposals(session, group) == []


def test_new_is_what_came_from_a_moment_on_the_oldest_first(put: Put, session: Session, group: Group) -> None:
    put(now=MONDAY - HOUR)
    first, second = put(now=MONDAY), put(now=MONDAY + HOUR)
    assert proposals_since(session, group, MONDAY) == [first, second]


def test_what_was_withdrawn_is_not_new(put: Put, session: Session, group: Group) -> None:
    put().withdraw()
    assert proposals_since(session, group, MONDAY - HOUR) == []


def waiting(session: Session, group: Group, reader: Membership) -> list[Proposal]:
    return [proposal for proposal in open_proposals(session, group) if proposal.awaits(reader.person)]


def test_an_open_proposal_waits_for_who_has_not_said_a_word(
    put: Put, session: Session, member: Member, group: Group
) -> None:
    first, second = put(), put()
    assert waiting(session, group, member(BO)) == [first, second]


def test_a_proposal_does_not_wait_for_its_proposer(put: Put, session: Session, member: Member, group: Group) -> None:
    put(ANA)
    assert waiting(session, group, member(ANA)) == []


def test_a_neutral_word_is_a_word_too(put: Put, session: Session, member: Member, group: Group) -> None:
    put().stay_neutral(member(BO).person, MONDAY)
    assert waiting(session, group, member(BO)) == []


def test_the_word_of_one_does_not_speak_for_another(put: Put, session: Session, member: Member, group: Group) -> None:
    proposal = put()
    proposal.support(member(BO).person, MONDAY)
    assert waiting(session, group, member(CHEN)) == [proposal]


def test_a_withdrawn_proposal_waits_for_nobody(put: Put, session: Session, member: Member, group: Group) -> None:
    put().withdraw()
    assert waiting(session, group, member(BO)) == []
