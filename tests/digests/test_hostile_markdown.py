"""No text of the allowed size takes long, whoever reads it: Markdown, the door, a command line, a roster.

The bound is a promise (100 ms of CPU), not a measurement: the best of three stays far below it.
"""

import contextlib
import re
import time
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chatops import grammar
from chatops.commands import COMMANDS
from digests import markup
from hostile import filled, hostile_texts
from storage import prose
from storage.database import Database
from storage.groups import group_called
from storage.roster_table import RosterFaults, read_table
from storage.rules import RuleBroken

LIMIT_SECONDS = 0.1
BODIES = hostile_texts(prose.BODY_LIMIT)
TITLES = hostile_texts(prose.TITLE_LIMIT)
# What a form or a message may bring to the door before anybody counts its length.
LONGEST = 64 * 1024
PILES = ("\u0301\u0323", "\u0323\u0301", "\u0f71\u0f72\u0f74", "\u0344\u0323", "\u302e\u302a", "a\u0323", "\u20dd")
LINES = ("propose", "example", "proposal list", "proposal 1 object", "digest", "digest preview", "tuva help", "")
WORDS = (
    "a ",
    "# ",
    "#sdg7 ",
    "#a ",
    "kind: ",
    "kind:idea ",
    "zone:x ",
    "group: ",
    "09:00 ",
    "weekly ",
    "varje ",
    "kl ",
)


def cheapest(work: Callable[..., object], *facts: object) -> float:
    """The CPU seconds of the best of three tries. A refusal is an answer like any other."""
    tries = []
    for _ in range(3):
        begin = time.process_time()
        with contextlib.suppress(RuleBroken, RosterFaults):
            work(*facts)
        tries.append(time.process_time() - begin)
        if tries[-1] < LIMIT_SECONDS / 3:
            break
    return min(tries)


def both(text: str) -> None:
    markup.html(text)
    markup.text(text)


def test_the_corpus_is_large() -> None:
    assert len(set(BODIES.values())) >= 60
    assert {len(text) for text in BODIES.values()} == {prose.BODY_LIMIT}


@pytest.mark.parametrize("name", BODIES)
def test_no_body_takes_long_in_markdown(name: str) -> None:
    assert cheapest(both, BODIES[name]) <= LIMIT_SECONDS


@pytest.mark.parametrize("name", TITLES)
def test_no_title_takes_long_in_markdown(name: str) -> None:
    assert cheapest(both, markup.escape(TITLES[name])) <= LIMIT_SECONDS


@pytest.mark.parametrize("name", BODIES)
def test_no_body_takes_long_at_the_door(name: str) -> None:
    assert cheapest(prose.clean, BODIES[name]) <= LIMIT_SECONDS


@pytest.mark.parametrize("pile", PILES, ids=ascii)
def test_no_pile_of_marks_takes_long_before_its_length_is_known(pile: str) -> None:
    assert cheapest(prose.clean, "x" + filled(pile, LONGEST)) <= LIMIT_SECONDS
    in_two = "x" + pile[:1] * (LONGEST // 2) + pile[-1:] * (LONGEST // 2)
    assert cheapest(prose.clean, in_two) <= LIMIT_SECONDS


@pytest.mark.parametrize("line", LINES)
def test_no_line_takes_long_to_be_understood(line: str) -> None:
    for text in (*BODIES.values(), *(filled(words, 4_000) for words in WORDS)):
        assert cheapest(grammar.read, f"{line} {text}", text, COMMANDS) <= LIMIT_SECONDS, ascii(text[:20])


def test_no_cell_of_a_roster_takes_long(database: Database) -> None:
    with database.reading() as session:
        group = group_called(session, "grona")
        for text in BODIES.values():
            cell = '"' + text.replace('"', '""') + '"'
            table = f"name,email,unit,role,language,slack,matrix\n{','.join([cell] * 7)}\n"
            assert cheapest(read_table, session, group, table.encode("utf-8", "replace")) <= LIMIT_SECONDS


@given(st.text("*_ab c,\n~", max_size=30))
@example("*a**b*c")
@example("***c* * *ab*")
def test_no_letter_is_lost_among_stars_and_underscores(text: str) -> None:
    letters = re.sub("[^abc]", "", text)
    assert re.sub("[^abc]", "", markup.text(text)) == letters
    assert re.sub("[^abc]", "", re.sub("<[^>]*>", "", markup.html(text))) == letters


@pytest.mark.parametrize("behind", ["http://0", "`x`", "\\*"])
def test_what_stands_behind_odd_stars_is_shown(behind: str) -> None:
    assert markup.text(f"*0**0*{behind}") == f"*0**0*{behind.strip('`').strip(chr(92))}"


def test_ticks_that_nothing_closes_are_shown() -> None:
    assert markup.text("``a` b") == "``a` b"
    assert markup.text("`a` ``b`c``") == "a b`c"


@pytest.mark.parametrize("mark", ["> ", "- ", "1. "])
def test_what_is_deeper_than_the_deepest_level_keeps_its_words(mark: str) -> None:
    assert markup.text(mark * 100 + "ord").endswith("ord")


def test_a_choice_is_found_in_a_line_as_long_as_people_write() -> None:
    reading = grammar.read("digest varje vecka på fredag kl 09:00 zone:Europe/Helsinki", "", COMMANDS)
    assert reading.arguments == {"interval": "weekly", "weekday": "4", "hour": "09:00", "timezone": "Europe/Helsinki"}
