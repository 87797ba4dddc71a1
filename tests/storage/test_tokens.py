"""Tokens: what was made is read, anything else is nothing."""

import base64
import random
import secrets
import string
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people import MONDAY
from storage.database import Session
from storage.tokens import Tokens, live_tokens, make_key

TOKENS = Tokens((b"k" * 32, b"o" * 32))
TOKEN = TOKENS.make("unsubscribe", "12:proposal:3")
LETTERS = string.ascii_letters + string.digits + "-_=.+/~ å\0"


def read(token: str) -> str | None:
    return TOKENS.read("unsubscribe", token)


@given(st.text())
def test_what_was_made_is_read(payload: str) -> None:
    assert TOKENS.read("reading", TOKENS.make("reading", payload)) == payload


def test_a_token_can_stand_in_an_address() -> None:
    assert set(TOKENS.make("reading", "åäö?&/#💡")) <= set(string.ascii_letters + string.digits + "-_.")


@pytest.mark.parametrize("purpose", ["preferences", "Unsubscribe", "unsubscribe ", "", "unsubscribe\0"])
def test_a_token_is_good_for_its_purpose_alone(purpose: str) -> None:
    assert TOKENS.read(purpose, TOKEN) is None


def test_a_token_of_another_installation_is_nothing() -> None:
    assert read(Tokens((b"x" * 32,)).make("unsubscribe", "12:proposal:3")) is None


def test_no_token_survives_the_flip_of_a_bit() -> None:
    for place, sign in enumerate(TOKEN):
        for bit in range(7):
            assert read(TOKEN[:place] + chr(ord(sign) ^ 1 << bit) + TOKEN[place + 1 :]) is None


def test_no_token_survives_the_change_of_a_character() -> None:
    for place, sign in enumerate(TOKEN):
        for other in LETTERS.replace(sign, ""):
            assert read(TOKEN[:place] + other + TOKEN[place + 1 :]) is None


def test_no_token_survives_a_character_less_or_more() -> None:
    for place in range(len(TOKEN) + 1):
        assert read(TOKEN[:place] + TOKEN[place + 1 :]) is None or place == len(TOKEN)
        assert all(read(TOKEN[:place] + more + TOKEN[place:]) is None for more in LETTERS)


def test_no_payload_goes_with_the_proof_of_another() -> None:
    mine, theirs = TOKEN.partition("."), TOKENS.make("unsubscribe", "13:proposal:3").partition(".")
    assert read(f"{theirs[0]}.{mine[2]}") is read(f"{mine[0]}.{theirs[2]}") is None


def test_10000_random_tokens_are_nothing() -> None:
    payload = TOKEN.partition(".")[0]
    for _ in range(5_000):
        assert read(f"{payload}.{secrets.token_urlsafe(16)}") is None
        assert read(f"{secrets.token_urlsafe(random.randrange(1, 30))}.{secrets.token_urlsafe(16)}") is None


# --- forgeries ---

PURPOSES = {"unsubscribe": "12", "preferences": "12", "p": "12:proposal:3", "do": "12:proposal 3 support"}
# What looks like a letter, and what some reader might take for one.
LOOKALIKES = {"a": "а", "A": "Ａ", "e": "е", "o": "ο", "i": "ı", "-": "‐", "_": "＿", ".": "．", "1": "１", "x": "х"}


def changed(token: str) -> Iterator[str]:
    """A token with a bit flipped, cut, grown, padded, doubled, in other letters."""
    for place, sign in enumerate(token):
        for bit in range(8):
            yield token[:place] + chr(ord(sign) ^ 1 << bit) + token[place + 1 :]
        yield from (token[:place] + other + token[place:] for other in LETTERS)
        yield from (token[:place], token[place + 1 :], token[:place] + token[place + 1 :])
        yield token[:place] + LOOKALIKES.get(sign, "a\u0301") + token[place + 1 :]
    yield from (token + more for more in (*LETTERS, "=", "==", "\n", "\0", "%00", "\u200b", f".{token}", token))
    yield from (more + token for more in (" ", ".", "\ufeff", "%2e", "/"))
    yield from (token.swapcase(), token.upper(), token.lower(), token.replace(".", "%2e"), token.replace(".", ".."))


def elsewhere(purpose: str) -> Iterator[str]:
    """Tokens that are good for something else: other keys, purposes and people, and proofs put together anew."""
    dead, payload = Tokens((b"d" * 32,)), PURPOSES[purpose]
    yield dead.make(purpose, payload)
    yield from (TOKENS.make(other, PURPOSES[other]) for other in PURPOSES if other != purpose)
    yield from (TOKENS.make(other, payload) for other in PURPOSES if other != purpose)
    proof = TOKENS.make(purpose, payload).partition(".")[2]
    for number in range(2_000):
        yield dead.make(purpose, f"{number}{payload[2:]}")
        if number != 12:
            yield TOKENS.make(purpose, f"{number}{payload[2:]}").partition(".")[0] + f".{proof}"


@pytest.mark.parametrize("count", [100_000, pytest.param(1_000_000, marks=pytest.mark.soak)])
def test_forgeries_are_refused_however_many(count: int) -> None:
    forged = [(purpose, token) for purpose in PURPOSES for token in elsewhere(purpose)]
    for purpose, payload in PURPOSES.items():
        forged += [(purpose, token) for token in changed(TOKENS.make(purpose, payload))]
    assert not [token for purpose, token in forged if TOKENS.read(purpose, token) is not None]
    written = TOKENS.make("do", PURPOSES["do"]).partition(".")[0]
    rest = count - len(forged)
    noise = base64.urlsafe_b64encode(random.randbytes(24 * rest)).decode()
    guesses = (f"{written}.{noise[place : place + 22]}" for place in range(0, 32 * rest, 32))
    assert not any(TOKENS.read("do", guess) for guess in guesses)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_what_is_forged_is_forged_from_something_true(purpose: str) -> None:
    token = TOKENS.make(purpose, PURPOSES[purpose])
    assert TOKENS.read(purpose, token) == PURPOSES[purpose]
    assert token not in {*changed(token), *elsewhere(purpose)}


@pytest.mark.parametrize(
    "odd",
    [
        "",
        ".",
        "..",
        "a.b",
        "a",
        ".b",
        "å.ö",
        "💡",
        "\0.\0",
        "a." * 50,
        "x" * 100_000,
        f"{TOKEN}.",
        f".{TOKEN}",
        "\ud800.a",
    ],
    ids=ascii,
)
def test_any_other_text_is_nothing(odd: str) -> None:
    assert read(odd) is None


@given(st.text())
def test_no_text_is_a_fault(text: str) -> None:
    assert read(text) is None


def test_a_proof_has_128_bits() -> None:
    assert len(TOKEN.partition(".")[2]) == 22


def test_without_keys_nothing_is_read() -> None:
    assert Tokens(()).read("unsubscribe", TOKEN) is None


def test_a_token_of_the_key_before_is_read_and_of_the_one_before_that_is_not(session: Session) -> None:
    tokens = []
    for _ in range(3):
        make_key(session, MONDAY)
        session.flush()
        tokens.append(live_tokens(session).make("reading", "12"))
    assert [live_tokens(session).read("reading", token) for token in tokens] == [None, "12", "12"]


def test_tokens_are_made_with_the_newest_key(session: Session) -> None:
    before = live_tokens(session)
    make_key(session, MONDAY)
    session.flush()
    assert before.read("reading", live_tokens(session).make("reading", "12")) is None


def test_every_key_is_new(session: Session) -> None:
    make_key(session, MONDAY)
    session.flush()
    assert len(set(live_tokens(session).secrets)) == 2
    assert all(len(secret) == 32 for secret in live_tokens(session).secrets)
