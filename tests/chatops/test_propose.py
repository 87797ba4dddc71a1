"""/propose: what becomes of a line."""

from collections.abc import Callable

Tell = Callable[..., str]


def test_a_proposal_begins_with_its_number_and_title(tell: Tell) -> None:
    assert tell("/propose Solceller på taket").startswith("[1] Förslag 1: Solceller på taket")


def test_proposing_is_not_supporting(tell: Tell) -> None:
    assert "Stöd: 0 · Invändningar: 0" in tell("/propose Solceller")


def test_kind_and_goals_are_taken_out_of_the_title(tell: Tell) -> None:
    said = tell("/propose Solceller #sdg7 på taket typ:fråga #globalamål13")
    assert "Förslag 1: Solceller på taket" in said
    assert "Fråga från Ana Ask" in said
    assert "7 Hållbar energi för alla" in said
    assert "13 Bekämpa klimatförändringarna" in said
