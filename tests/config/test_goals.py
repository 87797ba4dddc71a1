"""The goals: how they are typed, and that each has a name for every reader."""

import pytest

from config.goals import UnknownGoal, catalogue_of, catalogues, goal_keyed, goal_typed
from config.texts import LANGUAGES

EVERY_GOAL = [goal for catalogue in catalogues() for goal in catalogue.goals]


@pytest.mark.parametrize(("key", "count"), [("sdg", 17), ("miljomal", 16), ("strategi", 11)])
def test_a_catalogue_has_all_its_goals(key: str, count: int) -> None:
    goals = [goal.key for goal in catalogue_of(f"{key}:1").goals]
    assert goals == [f"{key}:{number}" for number in range(1, count + 1)]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("sdg13", "sdg:13"),
        ("SDG13", "sdg:13"),
        ("globalamål13", "sdg:13"),
        ("Globalamål13", "sdg:13"),
        ("globalamal13", "sdg:13"),
        ("miljömål1", "miljomal:1"),
        ("MILJÖMÅL16", "miljomal:16"),
        ("miljomal1", "miljomal:1"),
        ("mrp1.1", "mrp:1.1"),
        ("mrp1", "mrp:1"),
        ("strategi11", "strategi:11"),
    ],
)
def test_a_goal_is_typed_in_several_ways(typed: str, key: str) -> None:
    assert goal_typed(typed) is goal_keyed(key) is not None


@pytest.mark.parametrize("typed", ["sdg0", "sdg18", "sdg013", "sdg1.1", "globalamål99", "miljömål17", "mrp1.9", "mrp2"])
def test_a_number_that_is_not_there_is_told_with_its_catalogue(typed: str) -> None:
    with pytest.raises(UnknownGoal) as unknown:
        goal_typed(typed)
    assert unknown.value.tag == typed
    assert any(typed.startswith(word) for word in unknown.value.catalogue.words)


@pytest.mark.parametrize(
    "typed", ["", "13", "sdg", "sdgs13", "solceller", "covid19", "sdg 13", "sdg-13", "sdg13x", "#sdg13"]
)
def test_any_other_word_is_no_goal(typed: str) -> None:
    assert goal_typed(typed) is None


def test_every_goal_has_a_name_in_every_language() -> None:
    named = [*EVERY_GOAL, *catalogues()]
    assert [entry.key for entry in named if not all(entry.names[language].strip() for language in LANGUAGES)] == []


def test_every_word_means_one_catalogue() -> None:
    words = [word for catalogue in catalogues() for word in catalogue.words]
    assert len(words) == len(set(words))
    assert words == [word.casefold() for word in words]


def test_every_goal_can_be_typed() -> None:
    for goal in EVERY_GOAL:
        number = goal.key.partition(":")[2]
        assert all(goal_typed(word + number) is goal for word in catalogue_of(goal.key).words)


def test_a_key_that_is_not_there_is_no_goal() -> None:
    assert goal_keyed("sdg:18") is None


def test_known_goals_have_their_names() -> None:
    assert goal_typed("sdg7").names == {"sv": "Hållbar energi för alla", "en": "Affordable and clean energy"}
    assert goal_typed("miljömål1").names["sv"] == "Begränsad klimatpåverkan"
