"""Text from people, through the door and out of every exit: it is shown, never obeyed.

One installation hears the whole corpus: every string is a title, a body, a reason, a person's name and a unit's.
"""

import contextlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st
from sqlalchemy import select

from chatops.platforms.console import as_answer
from chatops.platforms.console_input import read_transcript
from config.texts import texts_in
from digests import cards, markup, wording
from digests.cards import Item
from digests.weekly import writing
from hostile import (
    INJECTIONS,
    STRINGS,
    UNSEEN,
    Shapes,
    anatomy,
    assert_console_safe,
    assert_harmless,
    read_letter,
)
from living import Door, open_door, subscription
from people import BO
from storage import occurrences, prose
from storage.database import Database
from storage.examples import Example
from storage.proposals import Proposal
from storage.rules import RuleBroken
from told import BASE, World, told

READ = ("p", BO, "proposal:1")
ASKED = ("do", BO, "proposal 1 object")
# With everything that Markdown may become, so that it has every tag a letter or a page may have.
RICH = "**a** *b* `c` https://a.example [b](https://%)\nd\n\n- e\n\nx\n\n1. f\n\n> g\n\n---\n\n# h"
NAMES = {f"p{place}@example.org": text for place, text in enumerate(STRINGS) if prose.clean(text)}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Everything was said, and stands in the letter, however long that is."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (wording, writing):
            patch.setattr(module, "MOST", len(STRINGS))
        return told(tmp_path_factory.mktemp("hostile"), NAMES)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Nothing hostile was said: what else Tuva sends may not differ in kind from what it sends here."""
    return told(tmp_path_factory.mktemp("plain"), {"p0@example.org": RICH, "p1@example.org": RICH})


@pytest.fixture(scope="module")
def items(world: World) -> Iterator[list[Item]]:
    """Every proposal and example that was stored."""
    database = Database(world.settings.service.database)
    with database.reading() as session:
        yield [*session.scalars(select(Proposal)), *session.scalars(select(Example))]
    database.close()


@pytest.fixture(scope="module")
def door(world: World) -> Iterator[Door]:
    with open_door(world.settings) as door:
        yield door


def kept(text: str) -> list[str]:
    """A text as the record holds it: as a body and as a title."""
    return [prose.body(text), " ".join(prose.clean(text).split())]


def is_written(link: str, text: str) -> bool:
    """Whether a link's address stands in a text, with or without its escapes."""
    return link in text or link in text.replace("\\", "")


def words_of(page: str) -> str:
    return " ".join("".join(Shapes(page).words).split())


def test_the_corpus_is_large_and_nearly_all_of_it_is_stored(items: list[Item]) -> None:
    assert len(set(STRINGS)) >= 300
    assert len(items) > 0.9 * len(STRINGS)


# --- Markdown ---


@pytest.mark.parametrize("kind", INJECTIONS)
def test_text_becomes_no_html_but_the_harmless_few_tags(kind: str) -> None:
    for text in INJECTIONS[kind]:
        for clean in kept(text):
            assert_harmless(markup.html(clean))


@pytest.mark.parametrize("kind", INJECTIONS)
def test_a_link_leads_where_the_text_itself_says(kind: str) -> None:
    for text in INJECTIONS[kind]:
        for clean in kept(text):
            assert all(is_written(link, clean) for link in Shapes(markup.html(clean)).links), ascii(text)


@pytest.mark.parametrize("kind", INJECTIONS)
def test_plain_text_holds_no_sign_that_nobody_sees(kind: str) -> None:
    assert not [text for text in INJECTIONS[kind] for clean in kept(text) if UNSEEN.search(markup.text(clean))]


PIECES = st.text(max_size=40) | st.sampled_from(STRINGS)
MUTATIONS = st.lists(PIECES, min_size=1, max_size=4).map("".join) | st.tuples(
    st.sampled_from(STRINGS), st.integers(0, 200), PIECES
).map(lambda cut: cut[0][: cut[1]] + cut[2] + cut[0][cut[1] :])


@tried(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MUTATIONS)
def test_no_text_at_all_becomes_active(text: str) -> None:
    body = prose.clean(text)[: prose.BODY_LIMIT]
    html = markup.html(body)
    assert_harmless(html)
    assert all(is_written(link, body) for link in Shapes(html).links)
    for line in markup.text(body).split("\n"):
        assert_console_safe(as_answer(line))
    with contextlib.suppress(RuleBroken):
        assert prose.title(text).splitlines() == [prose.title(text)]


# --- cards ---


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_card_shows_everything_literally_and_has_only_its_own_buttons(language: str, items: list[Item]) -> None:
    for item in items:
        shown = cards.card(item, texts_in(language))
        assert shown.subject.endswith(f" {item.id}: {item.title}")
        assert len(shown.subject.splitlines()) == 1
        assert_harmless(markup.html(shown.body))
        assert {action.command.rpartition(" ")[0] for action in shown.actions} == {item.noun.replace(":", " ")}


def test_a_name_is_literal_whatever_it_looks_like(items: list[Item]) -> None:
    for item in items:
        first = markup.text(cards.card(item, texts_in("sv")).body).partition("\n")[0]
        assert item.unit is not None
        assert first.endswith(f" {item.author.name}, {item.unit.name}")


# --- letters ---


def test_a_letter_has_its_own_headers_and_its_two_parts_alone(world: World, plain: World) -> None:
    assert anatomy(world.letter) == anatomy(plain.letter)
    assert [world.letter[name] for name in ("To", "From")] == [plain.letter[name] for name in ("To", "From")]


def test_no_text_is_part_of_a_header(world: World) -> None:
    head = world.raw.partition(b"\r\n\r\n")[0].decode()
    assert "evil" not in head
    assert "alla@" not in head
    assert "Bcc" not in head


def test_a_letters_page_is_made_of_what_a_harmless_one_is_made_of(world: World, plain: World) -> None:
    hostile, harmless = Shapes(world.page), Shapes(plain.page)
    assert hostile.shapes <= harmless.shapes
    assert hostile.hidden == harmless.hidden
    assert hostile.sheets == harmless.sheets


def test_every_title_stands_in_the_letter_as_it_was_written(world: World, items: list[Item]) -> None:
    page, text = words_of(world.page), " ".join(world.text.split())
    assert not [item.title for item in items if item.title not in page]
    assert not [item.title for item in items if item.title not in text]


def test_the_letter_leads_its_reader_to_exactly_what_it_offers(world: World, items: list[Item]) -> None:
    expected = expected_links(world, items)
    assert proven(world, Shapes(world.page).links) == expected
    assert proven(world, re.findall(r"^ *(https://tuva\.example\.org/\S+)$", world.text, re.M)) == expected


def test_every_other_link_in_the_letter_was_written_by_somebody(world: World) -> None:
    written = "\n".join(prose.clean(text) for text in STRINGS)
    others = [link for link in Shapes(world.page).links if not proven(world, [link])]
    assert not [link for link in others if not link.startswith(("http://", "https://", "mailto:"))]
    assert not [link for link in others if not is_written(link, written)]


def expected_links(world: World, items: list[Item]) -> Counter[tuple[str, str]]:
    """What is behind the links of Bo's letter: each noun, its buttons, and the three of the letter."""
    database = Database(world.settings.service.database)
    bo = subscription(database, BO)
    person, number = bo.person_id, str(bo.id)
    with database.reading() as session:
        letter = occurrences.last_past(session, bo.series)
    database.close()
    assert letter is not None
    commands = [action.command for item in items for action in cards.card(item, texts_in("sv")).actions]
    return Counter(
        [("unsubscribe", number), ("preferences", number), ("forward", f"{number}:{letter.id}")]
        + [("p", f"{person}:{item.noun}") for item in items]
        + [("do", f"{person}:{command}") for command in commands]
    )


def proven(world: World, links: list[str]) -> Counter[tuple[str, str]]:
    """What is behind those of the links that carry a proof of ours."""
    found: Counter[tuple[str, str]] = Counter()
    for link in links:
        purpose, _, token = link.removeprefix(f"{BASE}/").partition("/")
        payload = world.tokens.read(purpose, token) if link.startswith(BASE) else None
        if payload is not None:
            found[purpose, payload] += 1
    return found


def delimiters(raw: bytes) -> int:
    """How many lines a mail program takes for the beginning or end of a part (RFC 2046: by how a line begins)."""
    boundary = str(read_letter(raw).get_boundary()).encode()
    return sum(line.startswith(b"--" + boundary) for line in raw.split(b"\r\n"))


def test_nobody_ends_a_part_of_a_letter_by_writing_its_boundary(
    plain: World, tmp_path_factory: pytest.TempPathFactory
) -> None:
    guess = f"x\n--{plain.letter.get_boundary()}\nContent-Type: text/html\n--{plain.letter.get_boundary()}--"
    guessed = told(tmp_path_factory.mktemp("guessed"), {"p0@example.org": guess, "p1@example.org": guess})
    assert guessed.letter.get_boundary() != plain.letter.get_boundary() or delimiters(guessed.raw) == 3


# --- pages ---


@pytest.fixture(scope="module")
def page_shapes(plain: World) -> set[tuple[str, ...]]:
    """What pages are made of where nobody wrote anything hostile: shown, asked, and pressed."""
    with open_door(plain.settings) as door:
        pages = [door.get(door.items_link(*link)).text for link in (READ, ("p", BO, "example:1"), ASKED)]
        pages += [door.post(door.items_link(*ASKED), data={"reason": reason}).text for reason in (" ", RICH)]
    return set.union(*(Shapes(page).shapes for page in pages))


def test_a_page_is_made_of_what_a_harmless_one_is_made_of(
    page_shapes: set[tuple[str, ...]], door: Door, items: list[Item]
) -> None:
    for item in items[::2]:
        page = Shapes(door.get(door.items_link("p", BO, item.noun)).text)
        assert page.shapes <= page_shapes
        assert item.title in " ".join("".join(page.words).split())
        assert page.hidden == ["doctype html"]
        assert len(page.sheets) == 1


@pytest.mark.parametrize("text", STRINGS[::20], ids=ascii)
def test_a_reason_from_a_letters_button_is_shown_and_not_obeyed(
    text: str, page_shapes: set[tuple[str, ...]], door: Door
) -> None:
    reason = text.encode("utf-8", "replace").decode()
    answer = door.post(door.items_link(*ASKED), data={"reason": reason})
    assert answer.status_code == 200
    assert Shapes(answer.text).shapes <= page_shapes
    assert "evil" not in str(answer.headers)


# --- console and log ---


def test_the_console_says_nothing_that_could_be_a_command(world: World, tmp_path: Path) -> None:
    for line in world.said:
        assert_console_safe(line)
    story = tmp_path / "story.txt"
    story.write_text("\n".join(world.said), "utf-8")
    assert read_transcript(story).typed == ()


def test_the_log_holds_whole_lines_and_not_a_word_of_anybodys(world: World) -> None:
    lines = world.logged.splitlines()
    values = {str(value) for line in lines for value in json.loads(line).values()}
    assert "outbox.sent" in values
    assert not [text for text in STRINGS if len(text) > 8 and any(text in value for value in values)]


def test_a_name_that_nobody_has_is_told_back_without_control_characters(tell: Callable[..., str]) -> None:
    assert_console_safe(tell("as \x1b[2J\u202e"))
