"""The bank: what is found by which words, and what is known again."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from people import ANA, BO, CHEN, MONDAY
from storage.bank import Wanted, alike, examples_since, search, waiting_for_editors
from storage.database import Session
from storage.examples import Example, Review, share
from storage.memberships import Membership
from storage.rules import RuleBroken

Member = Callable[..., Membership]
Put = Callable[..., Example]
HOUR = timedelta(hours=1)
YEAR = timedelta(days=365)


@pytest.fixture
def put(session: Session, member: Member) -> Put:
    """Share an example with the green group, as Ana of the school unless somebody else is named."""

    def put(title: str, address: str = ANA, **rest: object) -> Example:
        facts = {"body": "", "goals": [], "now": MONDAY} | rest
        return share(session, member(address), title, **facts)

    return put


@pytest.mark.parametrize("words", ["cykel", "CYKELPOOL", "stadshus cykelpool", "farre bilar", "ana 0520", "skolan"])
def test_an_example_is_found_by_parts_of_any_of_its_words(words: str, session: Session, put: Put) -> None:
    shared = put("Elcykelpool på stadshuset", effect="Färre bilar", contact="Ana 0520")
    assert search(session, shared.group, Wanted(words)) == [shared]


@pytest.mark.parametrize("words", ["cykel solcell", "%", "_", "torget"])
def test_all_words_must_be_there_and_signs_mean_themselves(words: str, session: Session, put: Put) -> None:
    shared = put("Cykelpool")
    assert search(session, shared.group, Wanted(words)) == []


@pytest.mark.parametrize("words", ["ord " * 2_000, "o" * 60_000])
def test_a_whole_text_is_nothing_to_search_for(words: str, session: Session, put: Put) -> None:
    with pytest.raises(RuleBroken, match="search-too-long"):
        search(session, put("Cykelpool").group, Wanted(words))


def test_goal_unit_and_year_each_narrow_the_search(session: Session, put: Put) -> None:
    mine = put("Cykelpool", goals=["sdg:11"])
    put("Cykelpool", BO, now=MONDAY - YEAR)
    group, unit = mine.group, mine.unit
    assert search(session, group, Wanted(goals=["sdg:11"])) == [mine]
    assert search(session, group, Wanted(goals=["sdg:11", "sdg:7"])) == []
    assert search(session, group, Wanted(unit=unit)) == [mine]
    assert search(session, group, Wanted(year=2027)) == [mine]


def test_the_year_turns_on_the_groups_own_clocks(session: Session, put: Put) -> None:
    eve = MONDAY.replace(day=1, month=1, hour=0) - HOUR / 2  # 00:30 in Stockholm
    assert search(session, put("Cykelpool", now=eve).group, Wanted(year=2027)) != []


def test_what_has_the_words_in_its_title_comes_first_then_what_others_use(
    session: Session, put: Put, member: Member
) -> None:
    in_body, plain, used = put("Pool", body="Cykel"), put("Cykel A"), put("Cykel B")
    used.reuse(member(BO), "Vi med", MONDAY)
    assert search(session, plain.group, Wanted("cykel")) == [used, plain, in_body]


def test_what_is_retired_or_another_groups_is_not_found(session: Session, put: Put, member: Member) -> None:
    retired = put("Cykelpool")
    retired.retire()
    share(session, member("zoe@example.org", "andra"), "Cykelpool", "", [], MONDAY)
    assert search(session, retired.group, Wanted("cykel")) == []


@pytest.mark.parametrize("title", ["Cykelpoolen i stadshuset", "cykelpool, stadshuset", "Elcykelpool på stadshuset"])
def test_nearly_the_same_title_is_known_again(title: str, session: Session, put: Put) -> None:
    first = put("Cykelpool på stadshuset")
    assert alike(session, put(title, BO)) is first


def test_another_matter_is_not(session: Session, put: Put) -> None:
    put("Solceller på skolans tak")
    assert alike(session, put("Skolans trädgård")) is None


def test_the_same_link_is_the_same_matter(session: Session, put: Put) -> None:
    first = put("Cykelpool", links="www.example.org/pool")
    assert alike(session, put("Vi lånar ut cyklar", links="https://www.example.org/pool")) is first


# --- editors ---


def test_where_a_group_has_editors_only_what_they_let_through_goes_out(session: Session, put: Put) -> None:
    before = put("Förut", now=MONDAY - HOUR)
    group = before.group
    group.editors_since = MONDAY
    good, bad, unread = put("Bra"), put("Dåligt"), put("Oläst")
    good.clear(Review.APPROVED, MONDAY + HOUR)
    bad.clear(Review.LEFT_OUT, MONDAY + HOUR)
    assert examples_since(session, group, MONDAY - YEAR) == [before, good]
    assert waiting_for_editors(session, group) == [unread]


def test_what_was_let_through_late_is_news_then(session: Session, put: Put) -> None:
    late = put("Sent")
    late.group.editors_since = MONDAY - HOUR
    late.clear(Review.APPROVED, MONDAY + 30 * 24 * HOUR)
    assert examples_since(session, late.group, MONDAY + 24 * HOUR) == [late]


def test_without_editors_all_goes_out_but_what_was_left_out(session: Session, put: Put) -> None:
    group = put("Dåligt").group
    group.editors_since = MONDAY
    bad, unread = put("Dåligt"), put("Oläst")
    bad.clear(Review.LEFT_OUT, MONDAY)
    group.editors_since = None
    assert bad not in examples_since(session, group, MONDAY)
    assert unread in examples_since(session, group, MONDAY)
    assert waiting_for_editors(session, group) == []


def test_to_approve_what_has_gone_out_makes_it_no_news_again(session: Session, put: Put) -> None:
    old = put("Förut", now=MONDAY - YEAR)
    old.clear(Review.APPROVED, MONDAY)
    assert examples_since(session, old.group, MONDAY - HOUR) == []


# --- what is no text ---


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://x.se", "x", "https://"]
)
def test_what_is_no_link_is_refused(link: str, put: Put) -> None:
    with pytest.raises(RuleBroken, match="link-wrong"):
        put("Cykelpool", links=link)


def test_a_link_cannot_break_out_of_where_it_is_shown(put: Put) -> None:
    assert put("Cykelpool", CHEN, links="https://example.org/a(b)[c]").links == ["https://example.org/a%28b%29%5Bc%5D"]


def test_what_is_too_long_a_link_is_told_how_long_it_may_be(put: Put) -> None:
    with pytest.raises(RuleBroken, match="link-too-long"):
        put("Cykelpool", links=f"https://example.org/{'a' * 481}")
