"""Thousands of forged links at the web door: each gets the same 404, and nothing in the record changes."""

import secrets
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from config.settings import Settings
from living import Door, open_door, propose, record
from people import ANA, BO, CHEN, MONDAY
from storage.database import Database
from storage.tokens import Tokens, make_key

PURPOSES = ("unsubscribe", "preferences", "p", "do")
FORMS = {"unsubscribe": "List-Unsubscribe=One-Click", "preferences": "interval=off", "do": "reason=x"}


@pytest.fixture
def door(settings: Settings, database: Database) -> Iterator[Door]:
    propose(database, ANA, "Solceller")
    with open_door(settings) as door:
        yield door


def link(door: Door, purpose: str, address: str = BO) -> str:
    """A true link of that purpose."""
    about = {"p": "proposal:1", "do": "proposal 1 support"}.get(purpose)
    return door.items_link(purpose, address, about) if about else door.letters_link(purpose, address)


def forged(door: Door, purpose: str) -> Iterator[str]:
    """Tokens that look like a true one: a bit flipped, cut, of other purposes, people and keys, and noise."""
    token = link(door, purpose).rpartition("/")[2]
    for place, sign in enumerate(token):
        yield from (token[:place] + chr(ord(sign) ^ 1 << bit) + token[place + 1 :] for bit in range(7))
        yield from (token[:place], token[place + 1 :])
    yield from (link(door, other).rpartition("/")[2] for other in PURPOSES if other != purpose)
    written, _, proof = token.partition(".")
    yield link(door, purpose, CHEN).rpartition("/")[2].partition(".")[0] + f".{proof}"
    yield Tokens((b"d" * 32,)).make(purpose, "1")
    yield from (f"{written}.{secrets.token_urlsafe(16)}" for _ in range(300))


@pytest.mark.parametrize("purpose", PURPOSES)
def test_no_forged_link_opens_a_page_or_changes_anything(purpose: str, door: Door, database: Database) -> None:
    paths = [f"/{purpose}/{quote(token, safe='')}" for token in forged(door, purpose) if token not in ("", ".", "..")]
    before, page = record(database), door.get(f"/{purpose}/forged").text
    assert len(paths) > 500
    for place, path in enumerate(paths):
        answer = door.get(path)
        assert (answer.status_code, answer.text) == (404, page), path
        if purpose in FORMS and place % 3 == 0:
            assert door.post(path, content=FORMS[purpose]).status_code == 404, path
    assert record(database) == before


def test_links_of_the_key_before_still_open_and_those_of_a_dead_key_do_not(
    settings: Settings, database: Database, door: Door
) -> None:
    links = {purpose: link(door, purpose) for purpose in PURPOSES}
    for status in (200, 404):
        with database.transaction() as session:
            make_key(session, MONDAY)
        with open_door(settings) as later:
            assert {later.get(path).status_code for path in links.values()} == {status}
