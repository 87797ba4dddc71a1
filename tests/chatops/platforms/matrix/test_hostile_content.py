"""Text from people, on Matrix: it is shown, never obeyed, and it always fits."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from chatops.commands import COMMANDS
from chatops.platforms.matrix.content import Content, posts
from config.texts import texts_in
from digests.cards import card
from hostile import INJECTIONS, STRINGS, hostile_texts
from matrix_posts import Page, assert_good, squeezed, words, words_of
from people import ANA, BO, MONDAY, settle_in
from settled import settled
from storage import prose
from storage.database import Database
from storage.messages import Action, Message
from storage.proposals import ProposalKind, propose

SV = texts_in("sv")
STATE = "**Stöd: 0 · Invändningar: 0**"
POINTER = words_of(SV.say("card-continues"))
ADVERSARIAL_SECONDS = 0.05
EVENT_LIMIT = 65_536
LONGEST = hostile_texts(prose.BODY_LIMIT)
ACTIONS = tuple(Action(verb, f"proposal 12 {verb}") for verb in ("support", "object", "neutral"))


def as_title(text: str) -> str:
    return " ".join(prose.clean(text).split())[: prose.TITLE_LIMIT]


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Message]:
    """A proposal's card with each string in every place: title, body, proposer, unit and an objection's reason."""
    file: Path = tmp_path_factory.mktemp("matrix") / "tuva.db"
    file.write_bytes(settled(MONDAY))
    database = Database(f"sqlite:///{file}")
    with database.transaction() as session:
        members = settle_in(session).memberships
        told = {}
        for text in filter(as_title, STRINGS):
            clean = prose.clean(text)
            members[ANA].person.name = members[BO].person.name = members[ANA].unit.name = as_title(text)
            proposal = propose(session, members[ANA], as_title(text), clean, ProposalKind.IDEA, ["sdg:7"], MONDAY)
            session.flush()
            proposal.object(members[BO].person, clean, MONDAY)
            told[text] = card(proposal, SV)
    database.close()
    return told


def is_written(link: str, source: str) -> bool:
    return link in source or link in source.replace("\\", "")


def assert_whole(message: Message, first: Content, *rest: Content) -> None:
    """Every post is good, and together they are the message, word for word."""
    for content in (first, *rest):
        assert_good(content)
    body, foot = squeezed(message.subject) + words_of(message.body), words_of(message.foot)
    below = words(*posts(Message("", actions=message.actions), SV, COMMANDS))
    assert words(first).endswith(below)
    shown = words(first).removesuffix(below) if below else words(first)
    if rest and POINTER in shown:
        opening, _, state = shown.rpartition(POINTER)
        assert body.startswith(opening)
        assert foot.startswith(state)
        assert words(*rest) == body.removeprefix(opening) + foot.removeprefix(state)
    else:
        assert shown + words(*rest) == body + foot


@pytest.mark.parametrize("kind", INJECTIONS)
def test_a_card_with_anything_in_it_is_harmless_and_whole(kind: str, cards: dict[str, Message]) -> None:
    for text in filter(cards.__contains__, INJECTIONS[kind]):
        made = posts(cards[text], SV, COMMANDS)
        assert_whole(cards[text], *made)
        links = (link for content in made for link in Page(content).links)
        assert all(is_written(link, prose.clean(text)) for link in links), ascii(text)


def test_nearly_the_whole_corpus_is_a_card(cards: dict[str, Message]) -> None:
    assert len(cards) > 0.9 * len(set(STRINGS))


PIECES = st.text(max_size=40) | st.sampled_from(STRINGS) | st.sampled_from([*LONGEST.values()])
TEXTS = st.lists(PIECES, max_size=5).map("\n\n".join).map(prose.clean)
LONG_TEXTS = st.lists(PIECES, min_size=8, max_size=16).map("\n\n".join).map(prose.clean)
SUBJECTS = TEXTS.map(lambda text: " ".join(text.split())[:400])
FEW = st.integers(0, 25).map(
    lambda count: tuple(Action("Knapp " * 12, f"proposal {number} object") for number in range(count))
)
MESSAGES = st.builds(
    Message, body=TEXTS | LONG_TEXTS, subject=SUBJECTS, actions=FEW, foot=TEXTS | LONG_TEXTS | st.just(STATE)
)


@tried(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MESSAGES)
def test_no_message_is_too_long_or_live_or_loses_a_word(message: Message) -> None:
    assert_whole(message, *posts(message, SV, COMMANDS))


@pytest.mark.parametrize("name", LONGEST)
def test_no_body_takes_long_to_be_made_posts_of(name: str) -> None:
    message = Message(prose.clean(LONGEST[name]), "Förslag 12", ACTIONS, STATE)
    assert_whole(message, *posts(message, SV, COMMANDS))
    assert _best_of_three(message) < ADVERSARIAL_SECONDS


def _best_of_three(message: Message) -> float:
    tries = []
    for _ in range(3):
        begin = time.process_time()
        posts(message, SV, COMMANDS)
        tries.append(time.process_time() - begin)
    return min(tries)
