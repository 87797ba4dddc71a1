"""A good example: how it is shared, thanked for and found."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from people import ANA, BO, CHEN, MONDAY, ZOE
from storage.bank import examples_of, examples_since
from storage.database import Session
from storage.examples import Example, example_for, share
from storage.groups import Group
from storage.memberships import Membership
from storage.people import Person
from storage.rules import RuleBroken

Member = Callable[..., Membership]
Put = Callable[..., Example]
HOUR = timedelta(hours=1)


@pytest.fixture
def ana() -> Person:
    return Person(name="Ana", email=ANA)


@pytest.fixture
def bo() -> Person:
    return Person(name="Bo", email=BO)


@pytest.fixture
def example(ana: Person) -> Example:
    group = Group(slug="g", name="G", language="sv", timezone="Europe/Stockholm", created_at=MONDAY)
    return Example(title="Cykelpool", body="", created_at=MONDAY, group=group, sharer=ana)


@pytest.fixture
def put(session: Session, member: Member) -> Put:
    """Share an example with the group, as Ana unless somebody else is named."""

    def put(address: str = ANA, slug: str = "grona", **rest: object) -> Example:
        facts = {"title": "Cykelpool", "body": "", "goals": [], "now": MONDAY} | rest
        return share(session, member(address, slug), **facts)

    return put


def test_everybody_thanks_once(example: Example, bo: Person) -> None:
    example.thank(bo, MONDAY)
    example.thank(bo, MONDAY + HOUR)
    assert [(thanks.person, thanks.given_at) for thanks in example.thanks] == [(bo, MONDAY)]


def test_thanks_make_a_new_revision_and_thanks_again_do_not(example: Example, bo: Person) -> None:
    example.thank(bo, MONDAY)
    assert example.revision == 2
    example.thank(bo, MONDAY)
    assert example.revision == 2


def test_nobody_thanks_for_their_own_example(example: Example, ana: Person) -> None:
    with pytest.raises(RuleBroken, match="thanks-to-oneself"):
        example.thank(ana, MONDAY)
    assert (example.thanks, example.revision) == ([], 1)


def test_thanks_are_kept(put: Put, session: Session, member: Member) -> None:
    example = put()
    for address in (BO, CHEN, BO):
        example.thank(member(address).person, MONDAY)
        session.flush()
        session.expire_all()
    assert sorted(thanks.person.name for thanks in example.thanks) == ["Bo Bark", "Chen Cho"]


def test_an_example_keeps_who_shared_it_and_from_which_unit(put: Put) -> None:
    example = put(BO, goals=["sdg:11"])
    assert (example.author.name, example.unit.name, example.group.slug) == ("Bo Bark", "Parken", "grona")
    assert (example.goals, example.noun) == (["sdg:11"], "example:1")


def test_what_is_shared_is_cleaned_at_the_door(put: Put) -> None:
    example = put(title=" Cykel\u200bpool\n ", body="rad\x0brad")
    assert (example.title, example.body) == ("Cykelpool", "rad\nrad")


@pytest.mark.parametrize(
    ("title", "body", "key"),
    [("\n", "", "title-missing"), ("x" * 301, "", "title-too-long"), ("Pool", "x" * 2501, "body-too-long")],
)
def test_what_does_not_fit_is_not_kept(
    put: Put, session: Session, group: Group, title: str, body: str, key: str
) -> None:
    with pytest.raises(RuleBroken, match=key):
        put(title=title, body=body)
    assert examples_of(session, group) == []


def test_a_number_finds_its_example_for_everybody_in_the_group(put: Put, session: Session, member: Member) -> None:
    example = put()
    assert example_for(session, member(CHEN).person, example.id) is example


def test_an_unknown_number_and_another_groups_number_get_the_same_answer(
    put: Put, session: Session, member: Member
) -> None:
    answers = []
    for number in (put(ZOE, "andra").id, 4711):
        with pytest.raises(RuleBroken) as broken:
            example_for(session, member(ANA).person, number)
        answers.append((broken.value.key, broken.value.facts == {"number": str(number)}))
    assert answers == [("example-unknown", True)] * 2


def test_who_has_left_finds_nothing_any_more(put: Put, session: Session, member: Member) -> None:
    example, bo = put(), member(BO)
    bo.end(MONDAY)
    with pytest.raises(RuleBroken, match="example-unknown"):
        example_for(session, bo.person, example.id)


def test_examples_count_for_themselves(put: Put) -> None:
    assert [put().id, put().id] == [1, 2]


def test_the_newest_example_is_listed_first(put: Put, session: Session, group: Group) -> None:
    first, second = put(), put(BO)
    assert examples_of(session, group) == [second, first]


def test_new_is_what_came_from_a_moment_on_the_oldest_first(put: Put, session: Session, group: Group) -> None:
    put(now=MONDAY - HOUR)
    first, second = put(now=MONDAY), put(now=MONDAY + HOUR)
    assert examples_since(session, group, MONDAY) == [first, second]


def test_no_list_shows_another_groups_examples(put: Put, session: Session, group: Group) -> None:
    put(ZOE, "andra")
    assert examples_of(session, group) == examples_since(session, group, MONDAY - HOUR) == []


# --- changing, retiring, doing the same ---


def test_what_an_edit_leaves_out_stays(put: Put) -> None:
    example = put(effect="Färre bilar", contact="Ana")
    example.edit({"contact": "Bo"})
    assert (example.title, example.effect, example.contact, example.revision) == ("Cykelpool", "Färre bilar", "Bo", 2)


def test_what_is_edited_is_found_by_its_new_words(put: Put) -> None:
    example = put()
    example.edit({"title": "Lådcyklar"})
    assert "ladcyklar" in example.words
    assert "cykelpool" not in example.words


def test_a_retired_example_is_let_be(put: Put, member: Member) -> None:
    example = put()
    example.retire()
    for change in (
        example.retire,
        lambda: example.edit({"title": "x"}),
        lambda: example.thank(member(BO).person, MONDAY),
        lambda: example.reuse(member(BO), "Vi med", MONDAY),
    ):
        with pytest.raises(RuleBroken, match="example-retired"):
            change()


def test_doing_the_same_counts_once_for_each_person(put: Put, member: Member) -> None:
    example = put()
    first = example.reuse(member(BO), "Fem cyklar", MONDAY)
    assert example.reuse(member(BO), "Sex cyklar", MONDAY) is first
    assert [reuse.note for reuse in example.reuses] == ["Sex cyklar"]


def test_nobody_re_uses_their_own(put: Put, member: Member) -> None:
    with pytest.raises(RuleBroken, match="reuse-own"):
        put().reuse(member(ANA), "Vi med", MONDAY)


def test_only_who_re_uses_tells_how_it_went(put: Put, member: Member) -> None:
    example = put()
    example.reuse(member(BO), "Fem cyklar", MONDAY)
    with pytest.raises(RuleBroken, match="result-without-reuse"):
        example.tell_result(member(CHEN).person, "Bra")
    assert example.tell_result(member(BO).person, "Bra").result == "Bra"
