"""Two people become one: nothing that either of them said or did is lost, and each counts once."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from living import LATER
from people import ANA, BO, CHEN, MONDAY
from storage import answers, audit, digest_items, examples, occurrences, proposals
from storage.database import Session
from storage.groups import Group, group_called
from storage.joining import join, join_people
from storage.link_codes import LinkCode, make_link_code
from storage.meetings import Meeting
from storage.memberships import Membership, Role, membership_of, memberships_of
from storage.occurrences import Occurrence
from storage.people import Identity, Person, person_known_as, person_with_mail
from storage.proposal_stages import ProposalKind
from storage.proposals import Proposal
from storage.roster import enter
from storage.rules import RuleBroken
from storage.stands import Position
from storage.subscriptions import Interval, subscription_of

Member = Callable[..., Membership]
EVE = Identity("matrix", "", "@eve:example.org")
BOS_SLACK = Identity("slack", "T1", "U1")
CONSOLE = Identity("console", "", BO)
HOUR = timedelta(hours=1)


def newcomer(session: Session, group: Group | None, role: Role = Role.MEMBER, *accounts: Identity) -> Person:
    """Somebody without a mail address, as a platform made them known."""
    eve = Person(name="Eve", email=None)
    session.add(eve)
    for one in accounts:
        eve.known_as(one.platform, one.identifier, one.tenant)
    session.flush()
    if group:
        enter(session, group, eve, role, MONDAY)
    return eve


def put(session: Session, by: Membership) -> Proposal:
    return proposals.propose(session, by, "Solceller", "", ProposalKind.IDEA, [], MONDAY)


@pytest.fixture
def bo(member: Member) -> Person:
    """Of the roster, known on Slack."""
    person = member(BO).person
    person.known_as("slack", "U1", "T1")
    return person


@pytest.fixture
def eve(session: Session, group: Group) -> Person:
    """In the green group too, known on Matrix alone."""
    return newcomer(session, group, Role.MEMBER, EVE)


def knows(session: Session, identity: Identity) -> Person | None:
    return person_known_as(session, identity.platform, identity.identifier, identity.tenant)


# --- accounts ---


def test_an_account_of_nobody_is_the_owners(session: Session, bo: Person) -> None:
    joined = join(session, bo, None, EVE, MONDAY)
    assert (joined.person, joined.let_go) == (bo, ())
    assert knows(session, EVE) is knows(session, BOS_SLACK) is bo


def test_two_accounts_on_one_platform_the_one_that_typed_counts(session: Session, bo: Person) -> None:
    other = Identity("slack", "T2", "U2")
    assert join(session, bo, None, other, MONDAY).let_go == ("slack",)
    assert (knows(session, BOS_SLACK), knows(session, other)) == (None, bo)


@pytest.mark.parametrize("typed", [EVE, BOS_SLACK], ids=["typed by the newcomer", "typed by the roster's"])
def test_whoever_has_the_mail_address_stays_whichever_typed(
    typed: Identity, session: Session, bo: Person, eve: Person
) -> None:
    owner, speaker = (bo, eve) if typed is EVE else (eve, bo)
    gone = eve.id
    joined = join(session, owner, speaker, typed, MONDAY)
    assert (joined.person, joined.what) == (bo, f"person:{gone}")
    assert (bo.name, bo.email) == ("Bo Bark", BO)
    assert knows(session, EVE) is knows(session, BOS_SLACK) is bo
    assert session.get(Person, gone) is None


def test_of_two_without_an_address_whoever_made_the_code_stays(session: Session, group: Group, eve: Person) -> None:
    other = newcomer(session, group, Role.GUEST, BOS_SLACK)
    assert join(session, eve, other, BOS_SLACK, MONDAY).person is eve
    assert knows(session, EVE) is knows(session, BOS_SLACK) is eve


def test_two_with_a_mail_address_are_two_until_the_chair_says_otherwise(session: Session, bo: Person) -> None:
    chen = person_with_mail(session, CHEN)
    with pytest.raises(RuleBroken, match="link-two-people"):
        join(session, bo, chen, CONSOLE, MONDAY)


def test_where_both_have_an_account_the_typed_one_counts_and_elsewhere_the_one_of_the_codes_maker(
    session: Session, group: Group, bo: Person
) -> None:
    bo.known_as("matrix", "@bo:example.org")
    other = Identity("slack", "T2", "U2")
    eve = newcomer(session, group, Role.GUEST, EVE, other)
    assert set(join(session, bo, eve, EVE, MONDAY).let_go) == {"slack", "matrix"}
    assert knows(session, EVE) is knows(session, BOS_SLACK) is bo
    assert knows(session, other) is None


def test_a_line_at_the_console_joins_without_an_account_there(session: Session, bo: Person, eve: Person) -> None:
    assert join(session, eve, bo, CONSOLE, MONDAY).person is bo
    assert {account.platform for account in bo.accounts} == {"slack", "matrix"}


# --- what they said ---


def test_a_stand_of_one_alone_is_kept(session: Session, bo: Person, eve: Person, member: Member) -> None:
    proposal = put(session, member(ANA))
    proposal.object(eve, "Dyrt", MONDAY)
    assert [item.id for item in join_people(session, bo, eve, LATER)] == [proposal.id]
    assert [(stand.person, stand.reason) for stand in proposal.stands] == [(bo, "Dyrt")]


@pytest.mark.parametrize("is_bos_the_last", [True, False])
def test_the_later_word_wins(is_bos_the_last: bool, session: Session, bo: Person, eve: Person, member: Member) -> None:
    proposal = put(session, member(ANA))
    proposal.support(bo, MONDAY + (HOUR if is_bos_the_last else -HOUR))
    proposal.object(eve, "Dyrt", MONDAY)
    assert [item.id for item in join_people(session, bo, eve, LATER)] == [proposal.id]
    (stand,) = proposal.stands
    assert (stand.position is Position.SUPPORT) is is_bos_the_last
    assert stand.reason == ("" if is_bos_the_last else "Dyrt")


def test_support_from_both_is_one_support(session: Session, bo: Person, eve: Person, member: Member) -> None:
    proposal = put(session, member(ANA))
    for person in (bo, eve):
        proposal.support(person, MONDAY)
    before = proposal.revision
    join_people(session, bo, eve, LATER)
    assert proposal.supporters == [bo]
    assert proposal.revision == before + 1


def test_a_reaction_taken_away_takes_no_word_away(session: Session, bo: Person, eve: Person, member: Member) -> None:
    proposal = put(session, member(ANA))
    proposal.support(bo, MONDAY)
    proposal.support(eve, MONDAY, reacted=True)
    proposal.retract(eve, LATER, reacted=True)
    join_people(session, bo, eve, LATER)
    assert proposal.supporters == [bo]


def test_a_word_and_a_reaction_that_mean_the_same_are_a_word(
    session: Session, bo: Person, eve: Person, member: Member
) -> None:
    proposal = put(session, member(ANA))
    proposal.support(bo, MONDAY)
    proposal.support(eve, LATER, reacted=True)
    join_people(session, bo, eve, LATER)
    assert [stand.reacted for stand in proposal.stands] == [False]


def test_what_one_wrote_is_the_others_now(session: Session, bo: Person, eve: Person, group: Group) -> None:
    place = membership_of(session, eve, group)
    assert place
    written = [put(session, place), examples.share(session, place, "Cykelpool", "", [], MONDAY)]
    changed = join_people(session, bo, eve, LATER)
    assert [item.author for item in written] == [bo, bo]
    assert [item.noun for item in changed] == [item.noun for item in written]
    assert [item.revision for item in written] == [2, 2]


def test_thanks_count_once_and_not_for_ones_own(session: Session, bo: Person, eve: Person, member: Member) -> None:
    anas, bos = (examples.share(session, member(who), "Cykelpool", "", [], MONDAY) for who in (ANA, BO))
    anas.thank(bo, MONDAY, reacted=True)
    for example in (anas, bos):
        example.thank(eve, LATER)
    changed = join_people(session, bo, eve, LATER)
    assert [(thanks.person, thanks.reacted) for thanks in anas.thanks] == [(bo, False)]
    assert bos.thanks == []
    assert {item.id for item in changed} == {anas.id, bos.id}


def test_how_a_re_use_went_is_kept_whichever_of_the_two_told_it(
    session: Session, bo: Person, eve: Person, member: Member
) -> None:
    example = examples.share(session, member(ANA), "Cykelpool", "", [], MONDAY)
    example.reuse(member(BO), "Fem cyklar", MONDAY)
    example.tell_result(bo, "De används varje dag")
    example.reuse(memberships_of(session, eve)[0], "Fem cyklar till Parken", LATER)
    session.flush()
    join_people(session, bo, eve, LATER)
    assert [(one.note, one.result) for one in example.reuses] == [("Fem cyklar till Parken", "De används varje dag")]


@pytest.mark.parametrize("is_bos_the_last", [True, False])
def test_of_two_answers_the_later_counts(
    is_bos_the_last: bool, session: Session, bo: Person, eve: Person, meet: Callable[..., Meeting]
) -> None:
    meeting = meet()
    meeting.answer(bo, answers.Position.COMING, LATER if is_bos_the_last else MONDAY)
    meeting.answer(eve, answers.Position.ABSENT, MONDAY if is_bos_the_last else LATER)
    assert join_people(session, bo, eve, LATER) == [meeting]
    assert (meeting.coming, meeting.absent) == (([bo], []) if is_bos_the_last else ([], [bo]))


def test_nobody_becomes_their_own_substitute(
    session: Session, bo: Person, eve: Person, meet: Callable[..., Meeting]
) -> None:
    meeting = meet()
    meeting.send_instead(eve, bo, MONDAY)
    join_people(session, bo, eve, LATER)
    assert (meeting.absent, meeting.sent_instead(bo)) == ([bo], [])


def test_whose_turn_it_was_whose_turn_it_is(
    session: Session, bo: Person, eve: Person, meet: Callable[..., Meeting]
) -> None:
    meeting = meet()
    meeting.led_by(eve, is_fixed=True)
    assert join_people(session, bo, eve, LATER) == [meeting]
    assert meeting.chair is bo


def test_a_card_that_looks_as_before_is_not_written_again(
    session: Session, bo: Person, eve: Person, member: Member
) -> None:
    put(session, member(ANA)).support(eve, MONDAY)
    assert join_people(session, bo, eve, LATER) == []


# --- what they are ---


@pytest.mark.parametrize(
    ("bos", "eves", "kept"), [(Role.MEMBER, Role.GUEST, Role.MEMBER), (Role.GUEST, Role.CHAIR, Role.CHAIR)]
)
def test_in_a_group_of_both_the_stronger_role_stays(
    bos: Role, eves: Role, kept: Role, session: Session, bo: Person, eve: Person, member: Member
) -> None:
    group = member(BO).group
    places = membership_of(session, bo, group), membership_of(session, eve, group)
    for found, role, duty in zip(places, (bos, eves), ("secretary", "lead"), strict=True):
        assert found
        found.role, found.duties = role, [duty]
    join_people(session, bo, eve, LATER)
    now = member(BO)
    assert (now.role, set(now.duties), now.unit and now.unit.name) == (kept, {"secretary", "lead"}, "Parken")
    assert [membership.until for membership in places if membership is not now] == [LATER]


def test_a_group_of_one_alone_is_kept_with_its_letters(session: Session, bo: Person) -> None:
    other = group_called(session, "andra")
    eve = newcomer(session, other, Role.GUEST)
    subscription_of(session, eve, other).choose(LATER, hour="11:00")
    join_people(session, bo, eve, LATER)
    assert {membership.group.slug for membership in memberships_of(session, bo)} == {"grona", "andra"}
    assert subscription_of(session, bo, other).hour == "11:00"


def test_who_had_left_is_in_again_by_the_other_and_old_news_is_none(
    session: Session, bo: Person, eve: Person, group: Group, member: Member
) -> None:
    member(BO).end(MONDAY)
    join_people(session, bo, eve, LATER)
    assert member(BO).role is Role.MEMBER
    assert subscription_of(session, bo, group).watermark == LATER


@pytest.mark.parametrize(("eves", "interval"), [(2 * HOUR, Interval.OFF), (HOUR / 2, Interval.WEEKLY)])
def test_the_letters_of_whoever_stays_stay_and_the_last_choice_counts(
    eves: timedelta, interval: Interval, session: Session, bo: Person, eve: Person, group: Group
) -> None:
    kept, ends = subscription_of(session, bo, group), subscription_of(session, eve, group)
    kept.choose(MONDAY + HOUR, weekday=3)
    ends.choose(MONDAY + eves, interval=Interval.OFF)
    for subscription in (kept, ends):
        occurrences.plan(session, subscription.series, "2027-01-18T08:00", LATER + HOUR)
    number = kept.id
    join_people(session, bo, eve, LATER)
    now = subscription_of(session, bo, group)
    assert (now.id, now.interval) == (number, interval)
    assert session.query(Occurrence).all() == []


def test_who_never_chose_has_chosen_nothing(session: Session, bo: Person, group: Group) -> None:
    subscription_of(session, bo, group).choose(MONDAY, weekday=3)
    eve = newcomer(session, None)
    enter(session, group, eve, Role.GUEST, LATER)
    join_people(session, bo, eve, LATER)
    assert subscription_of(session, bo, group).weekday == 3


def test_what_either_was_told_is_no_news(session: Session, bo: Person, eve: Person) -> None:
    digest_items.tell(session, bo, ["proposal:1", "proposal:2"], MONDAY)
    digest_items.tell(session, eve, ["proposal:2", "example:2"], LATER)
    join_people(session, bo, eve, LATER)
    assert digest_items.told(session, bo) == {"proposal:1", "proposal:2", "example:2"}


def test_the_audit_and_codes_follow(session: Session, bo: Person, eve: Person) -> None:
    act = {"at": MONDAY, "action": "proposal.support", "noun": "proposal:1", "platform": "matrix", "group_id": None}
    audit.note(session, person_id=eve.id, **act)
    make_link_code(session, eve, MONDAY)
    join_people(session, bo, eve, LATER)
    assert [entry.person_id for entry in session.query(audit.AuditEntry)] == [bo.id]
    assert [code.person for code in session.query(LinkCode)] == [bo]


def test_what_one_has_not_chosen_the_other_has(session: Session, bo: Person, eve: Person) -> None:
    bo.language, eve.language, eve.timezone = "sv", "en", "Europe/Helsinki"
    join_people(session, bo, eve, LATER)
    assert (bo.language, bo.timezone) == ("sv", "Europe/Helsinki")
