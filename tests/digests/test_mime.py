"""A letter as bytes: headers that mail programs understand, and always the same."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parseaddr
from typing import Any

import pytest

from digests.mime import letter_bytes

LONG = f"https://tuva.example.org/unsubscribe/{'x' * 120}"


def letter(**changes: Any) -> bytes:
    parts = {"group": "grona", "sender": "Gröna gruppen", "subject": "Nytt: ett förslag", "text": "å", "html": "<p>å"}
    facts = {"number": 7, "key": "weekly:1:2027-01-11T08:00", "at": datetime(2027, 1, 11, 7, tzinfo=UTC)}
    addresses = {"sender": "Tuva <tuva@example.org>", "recipient": "bo@example.org", "unsubscribe": LONG}
    return letter_bytes(**{**facts, **addresses, "parts": {**parts, **changes.pop("parts", {})}, **changes})


def test_a_long_unsubscribe_address_stays_as_it_is() -> None:
    head = letter().partition(b"\r\n\r\n")[0]
    assert f"List-Unsubscribe: <{LONG}>".encode() in head.replace(b"\r\n ", b" ")
    assert b"=?" not in next(line for line in head.split(b"\r\n") if LONG.encode() in line)


def test_one_click_is_offered_only_over_https() -> None:
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in letter()
    assert b"List-Unsubscribe-Post" not in letter(unsubscribe="http://127.0.0.1:8080/unsubscribe/x")


def test_the_same_entry_gives_the_same_bytes() -> None:
    assert letter() == letter()


def test_another_entry_has_another_message_id() -> None:
    ids = {message_from_bytes(letter(key=key))["Message-ID"] for key in ("a", "b")}
    assert len(ids) == 2


def test_message_id_and_list_id_are_of_the_senders_domain() -> None:
    read = message_from_bytes(letter(), policy=policy.default)
    assert read["Message-ID"].endswith("@example.org>")
    assert read["List-Id"] == "<digest.grona.example.org>"


def test_a_digest_says_that_a_machine_wrote_it() -> None:
    read = message_from_bytes(letter())
    assert (read["Auto-Submitted"], read["Precedence"], read["X-Auto-Response-Suppress"]) == (
        "auto-generated",
        "list",
        "All",
    )


def test_both_parts_are_quoted_printable_utf_8() -> None:
    for part in message_from_bytes(letter(), policy=policy.default).iter_parts():
        assert part["Content-Transfer-Encoding"] == "quoted-printable"
        assert "å" in part.get_content()


@pytest.mark.parametrize("field", ["subject", "sender"])
def test_no_header_can_be_smuggled_in(field: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        letter(parts={field: "x\r\nBcc: evil@example.org"})


def test_lines_are_no_longer_than_mail_allows() -> None:
    assert max(map(len, letter(parts={"text": "å" * 2_000}).split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    "name",
    [
        "Gröna gruppen",
        "Plain",
        "Grön, skön & (ny)",
        "Gemensamma styrgruppen för Miljösamverkan Västra Götaland och Halland",
        'Med "citat" <x@y>',
    ],
)
def test_the_sender_is_the_group_by_name(name: str) -> None:
    raw = letter(parts={"sender": name})
    words, address = parseaddr(message_from_bytes(raw)["From"])
    assert (str(make_header(decode_header(words))), address) == (name, "tuva@example.org")
    assert not raw.startswith(b"From:\r\n")
    assert all(len(line) <= 78 for line in raw.split(b"\r\n")[:4])
