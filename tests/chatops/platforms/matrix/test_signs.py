"""What reactions mean on Matrix."""

import pytest

from chatops.commands import COMMANDS
from chatops.commands.reactions import REACTIONS
from chatops.platforms.matrix.signs import MEANINGS, meaning, seeds, sign_of
from storage.messages import Action


def actions(kind: str, *verbs: str) -> tuple[Action, ...]:
    return tuple(Action(verb.title(), f"{kind} 12 {verb}") for verb in verbs)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("👍", "yes"),
        ("👍\ufe0f", "yes"),
        ("👍🏻", "yes"),
        ("👍🏿", "yes"),
        (" 👍 \n", "yes"),
        ("👎", "no"),
        ("👎🏽\ufe0f", "no"),
        ("🙏", "thanks"),
        ("🙏🏾", "thanks"),
        ("❤", "thanks"),
        ("❤️", "thanks"),
        ("♥", "thanks"),
        ("♥️", "thanks"),
        ("♥\ufe0e", "thanks"),
        ("💡", "idea"),
        ("💡\ufe0f", "idea"),
    ],
)
def test_a_sign_has_its_meaning_however_it_is_drawn(key: str, said: str) -> None:
    assert meaning(key) == said


@pytest.mark.parametrize(
    "key",
    ["", " ", "💙", "🧡", "🤍", "❣️", "❤️\u200d🔥", "👍👍", "+1", "yes", "🔦", "🎉", "👌", "\ufe0f", "a" * 9_000],
)
def test_other_signs_mean_nothing(key: str) -> None:
    assert meaning(key) is None


def test_a_proposal_gets_yes_and_no_and_an_example_thanks() -> None:
    assert seeds(actions("proposal", "support", "object", "neutral")) == ("👍", "👎")
    assert seeds(actions("example", "thank")) == ("🙏",)


def test_a_card_that_takes_no_answers_gets_no_signs() -> None:
    assert seeds(()) == ()
    assert seeds(actions("proposal", "neutral")) == ()


@pytest.mark.parametrize(("kind", "said"), REACTIONS)
def test_the_sign_of_an_action_means_that_action(kind: str, said: str) -> None:
    [sign] = seeds(actions(kind, REACTIONS[kind, said]))
    assert meaning(sign) == said


def test_an_action_that_no_reaction_means_has_no_sign() -> None:
    assert sign_of(Action("Avstå", "proposal 12 neutral")) == ""
    assert sign_of(Action("Tack", "proposal 12 thank")) == ""


def test_every_sign_means_something_somewhere() -> None:
    assert {said for _, said in REACTIONS} == set(MEANINGS.values())
    assert {kind for kind, _ in REACTIONS} <= {command.name for command in COMMANDS}
