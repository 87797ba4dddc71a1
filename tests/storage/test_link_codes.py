"""A link code: typed once, within ten minutes, by somebody who knows it and does not guess."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from people import ANA, BO, MONDAY
from storage.database import Session
from storage.link_codes import (
    ALPHABET,
    GUESSES,
    GUESSES_OF_ALL,
    LinkCode,
    LinkGuess,
    link_code_typed,
    make_link_code,
)
from storage.memberships import Membership
from storage.people import Identity
from storage.rules import RuleBroken

Member = Callable[..., Membership]
EVE = Identity("matrix", "", "@eve:example.org")
MINUTE = timedelta(minutes=1)


def type_it(session: Session, code: str, by: Identity = EVE, now: datetime = MONDAY) -> LinkCode | None:
    return link_code_typed(session, code, by, now)


def guess_in_vain(session: Session, times: int, by: Identity = EVE, now: datetime = MONDAY) -> None:
    assert [type_it(session, "AAAA-AAAA", by, now) for _ in range(times)] == [None] * times


def broken(work: Callable[[], object]) -> str:
    with pytest.raises(RuleBroken) as fault:
        work()
    return fault.value.key


@pytest.fixture
def code(session: Session, member: Member) -> str:
    """A code of Bo's."""
    return make_link_code(session, member(BO).person, MONDAY)


def test_a_code_has_eight_signs_in_two_groups_that_are_not_mistaken(code: str) -> None:
    assert (len(code), code[4]) == (9, "-")
    assert set(code.replace("-", "")) <= set(ALPHABET)
    assert not set(ALPHABET) & set("0O1IL")


@pytest.mark.parametrize(
    "write", [str, str.lower, lambda code: code.replace("-", ""), lambda code: f" {code[:4]} {code[5:]} "]
)
def test_a_code_is_read_however_it_is_written(write: Callable[[str], str], code: str, session: Session) -> None:
    found = type_it(session, write(code))
    assert found is not None
    assert found.person.email == BO


def test_nothing_that_is_kept_tells_the_code(code: str, session: Session) -> None:
    session.flush()
    kept = str(session.connection().exec_driver_sql("SELECT * FROM link_codes").all())
    assert code not in kept
    assert code.replace("-", "") not in kept


def test_two_codes_are_not_alike(session: Session, member: Member) -> None:
    assert len({make_link_code(session, member(BO).person, MONDAY) for _ in range(50)}) == 50


def test_a_code_works_once(code: str, session: Session) -> None:
    found = type_it(session, code)
    assert found is not None
    found.use(MONDAY)
    assert broken(lambda: found.use(MONDAY)) == "link-code-used"


@pytest.mark.parametrize(
    ("after", "works"), [(timedelta(0), True), (10 * MINUTE - timedelta(seconds=1), True), (10 * MINUTE, False)]
)
def test_a_code_lasts_ten_minutes(after: timedelta, works: bool, code: str, session: Session) -> None:
    found = type_it(session, code)
    assert found is not None
    if works:
        found.use(MONDAY + after)
    else:
        assert broken(lambda: found.use(MONDAY + after)) == "link-code-over"


def test_a_new_code_replaces_the_older_one_of_the_same_person_alone(
    code: str, session: Session, member: Member
) -> None:
    anas = make_link_code(session, member(ANA).person, MONDAY)
    make_link_code(session, member(BO).person, MONDAY)
    old, other = type_it(session, code), type_it(session, anas)
    assert old is not None
    assert other is not None
    assert broken(lambda: old.use(MONDAY)) == "link-code-over"
    other.use(MONDAY)


def test_a_code_of_the_day_before_yesterday_is_forgotten(code: str, session: Session, member: Member) -> None:
    make_link_code(session, member(ANA).person, MONDAY + timedelta(days=2))
    assert session.query(LinkCode).count() == 1


# --- guessing ---


def test_after_five_wrong_codes_also_the_right_one_is_refused(code: str, session: Session) -> None:
    guess_in_vain(session, GUESSES)
    assert broken(lambda: type_it(session, code)) == "link-guesses"


def test_four_wrong_codes_are_forgiven(code: str, session: Session) -> None:
    guess_in_vain(session, GUESSES - 1)
    assert type_it(session, code) is not None


def test_ten_minutes_later_one_may_try_again(session: Session, member: Member) -> None:
    guess_in_vain(session, GUESSES)
    later = MONDAY + 10 * MINUTE
    assert broken(lambda: type_it(session, "AAAAAAAA", now=later - timedelta(seconds=1))) == "link-guesses"
    assert type_it(session, make_link_code(session, member(BO).person, later), now=later) is not None


@pytest.mark.parametrize(
    "other",
    [Identity("slack", "", EVE.identifier), Identity("matrix", "T2", EVE.identifier), Identity("matrix", "", "@bo:x")],
)
def test_what_one_account_guesses_is_not_held_against_another(other: Identity, code: str, session: Session) -> None:
    guess_in_vain(session, GUESSES)
    assert type_it(session, code, other) is not None


def test_many_accounts_cannot_guess_together(code: str, session: Session) -> None:
    for number in range(GUESSES_OF_ALL):
        guess_in_vain(session, 1, Identity("matrix", "", f"@{number}:example.org"))
    assert broken(lambda: type_it(session, code)) == "link-guesses-of-all"
    assert broken(lambda: type_it(session, code, now=MONDAY + 59 * MINUTE)) == "link-guesses-of-all"
    assert type_it(session, code, now=MONDAY + 60 * MINUTE) is not None


def test_guesses_are_not_kept_for_ever(session: Session) -> None:
    guess_in_vain(session, 3)
    guess_in_vain(session, 1, now=MONDAY + 60 * MINUTE)
    assert session.query(LinkGuess).count() == 1
