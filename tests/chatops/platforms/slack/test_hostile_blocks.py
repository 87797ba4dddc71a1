"""Text from people, on Slack: it is shown, never obeyed, and it always fits."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from chatops.platforms.slack.blocks import Post, posts
from chatops.platforms.slack.paragraphs import paragraphs
from hostile import INJECTIONS, STRINGS
from hostile_cards import ACTIONS, ADVERSARIAL_SECONDS, LONGEST, STATE, SV, as_title, is_written
from slack_posts import (
    assert_nothing_live,
    assert_text_holds_all,
    assert_within_limits,
    nodes,
    squeezed,
    words,
    words_of,
)
from storage import prose
from storage.messages import Action, Message

PLACE_AND_CHAIR = ITEM_AND_PROPOSER = 2
ANSWERS = "**Kommer: 0 · Kommer inte: 1**"
POINTER = words_of(SV.say("card-continues"))


def assert_good(message: Message, first: Post, *rest: Post) -> None:
    """Slack takes every post, nothing in them is live, and together they are the message, word for word."""
    for post in (first, *rest):
        assert_within_limits(post)
        assert_nothing_live(post)
        assert_text_holds_all(post)
    body, foot = squeezed(message.subject) + words_of(message.body), words_of(message.foot)
    if rest and POINTER in words(first):
        opening, _, state = words(first).rpartition(POINTER)
        assert body.startswith(opening)
        assert foot.startswith(state)
        assert words(*rest) == body.removeprefix(opening) + foot.removeprefix(state)
    else:
        assert words(first, *rest) == body + foot


@pytest.mark.parametrize("kind", INJECTIONS)
def test_a_card_with_anything_in_it_is_harmless_and_whole(kind: str, cards: dict[str, Message]) -> None:
    for text in filter(cards.__contains__, INJECTIONS[kind]):
        made = posts(cards[text], SV)
        assert_good(cards[text], *made)
        links = (link["url"] for post in made for link in nodes(post, "link"))
        assert all(is_written(link, prose.clean(text)) for link in links), ascii(text)
        assert [button["action_id"] for button in nodes(made[0], "button")] == ["support", "object", "neutral"]


@pytest.mark.parametrize("kind", INJECTIONS)
def test_a_meeting_and_its_agenda_are_harmless_and_whole(
    kind: str, agendas: dict[str, tuple[Message, Message]]
) -> None:
    for text in filter(agendas.__contains__, INJECTIONS[kind]):
        for message, named in zip(agendas[text], (PLACE_AND_CHAIR, PLACE_AND_CHAIR + ITEM_AND_PROPOSER), strict=True):
            made = posts(message, SV)
            assert_good(message, *made)
            assert words_of(message.body).count(squeezed(as_title(text))) >= named, ascii(text)
            assert message.foot.partition("\n\n")[0].endswith(ANSWERS)
            assert [button["action_id"] for button in nodes(made[0], "button")] == ["coming", "absent"]


def test_nearly_the_whole_corpus_is_a_card(cards: dict[str, Message]) -> None:
    assert len(cards) > 0.9 * len(set(STRINGS))


PIECES = st.text(max_size=40) | st.sampled_from(STRINGS) | st.sampled_from([*LONGEST.values()])
TEXTS = st.lists(PIECES, max_size=5).map("\n\n".join).map(prose.clean)
SUBJECTS = TEXTS.map(lambda text: " ".join(text.split())[:400])
FEW = st.integers(0, 25).map(
    lambda count: tuple(Action("Knapp " * 12, f"proposal {number} support") for number in range(count))
)
MESSAGES = st.builds(Message, body=TEXTS, subject=SUBJECTS, actions=FEW, foot=TEXTS | st.just(STATE))


@tried(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MESSAGES)
def test_no_message_is_refused_by_slack_or_loses_a_word(message: Message) -> None:
    assert_good(message, *posts(message, SV))


@pytest.fixture(params=LONGEST)
def adversarial(request: pytest.FixtureRequest) -> Iterator[Message]:
    """A text that asks much of whoever reads it, already read as Markdown: that time is measured elsewhere."""
    body = prose.clean(LONGEST[request.param])
    paragraphs(body)
    yield Message(body, "Förslag 12", ACTIONS, STATE)
    paragraphs.cache_clear()


def test_no_body_takes_long_to_be_made_posts_of(adversarial: Message) -> None:
    assert _best_of_three(adversarial) < ADVERSARIAL_SECONDS


def _best_of_three(message: Message) -> float:
    tries = []
    for _ in range(3):
        begin = time.process_time()
        posts(message, SV)
        tries.append(time.process_time() - begin)
    return min(tries)
