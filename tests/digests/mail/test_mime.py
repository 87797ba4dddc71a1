"""A letter as bytes: headers that mail programs understand, and always the same."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parseaddr
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.links import PREFERENCES, pressing
from digests.mail.headers import wire_address
from digests.mail.mime import SYSTEM, Edition, Letter

LONG = f"https://tuva.example.org/unsubscribe/{'x' * 120}"
PARTS = {
    "group": "grona",
    "stream": "digest",
    "sender": "Gröna gruppen",
    "subject": "Nytt: ett förslag",
    "text": "å\n",
    "html": "<p>å\n",
}


def written(
    key: str = "weekly:1:2027-01-11T08:00", recipient: str = "bo@example.org", link: str = LONG, **parts: Any
) -> Letter:
    edition = Edition(PARTS | parts, "Tuva <tuva@example.org>")
    return edition.letter(7, key, datetime(2027, 1, 11, 7, tzinfo=UTC), recipient, lambda purpose, argument: link)


def letter(**changes: Any) -> bytes:
    return written(**changes).content


def parts_of(raw: bytes) -> list[str]:
    parts = message_from_bytes(raw, policy=policy.default).iter_parts()
    return [part.get_content().replace("\r\n", "\n") for part in parts]


def test_a_long_unsubscribe_address_stays_as_it_is() -> None:
    head = letter().partition(b"\r\n\r\n")[0]
    assert f"List-Unsubscribe: <{LONG}>".encode() in head.replace(b"\r\n ", b" ")
    assert b"=?" not in next(line for line in head.split(b"\r\n") if LONG.encode() in line)


def test_one_click_is_offered_only_over_https() -> None:
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in letter()
    assert b"List-Unsubscribe-Post" not in letter(link="http://127.0.0.1:8080/unsubscribe/x")


def test_the_same_entry_gives_the_same_bytes() -> None:
    assert letter() == letter()


def test_another_entry_has_another_message_id() -> None:
    ids = {message_from_bytes(letter(key=key))["Message-ID"] for key in ("a", "b")}
    assert len(ids) == 2


def test_the_same_message_id_whatever_becomes_of_the_rest() -> None:
    ids = {message_from_bytes(letter(text=text))["Message-ID"] for text in ("a", "b")}
    assert len(ids) == 1


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
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028"])
def test_no_header_can_be_smuggled_in(field: str, end: str) -> None:
    raw = letter(**{field: f"x{end}Bcc: evil@example.org"})
    read = message_from_bytes(raw, policy=policy.default)
    assert read["Bcc"] is None
    assert len(read.keys()) == len(message_from_bytes(letter(), policy=policy.default).keys())


def test_lines_are_no_longer_than_mail_allows() -> None:
    raw = letter(text="å" * 2_000, html=f"{'x' * 5_000}{PREFERENCES}" * 3)
    assert max(map(len, raw.partition(b"\r\n\r\n")[2].split(b"\r\n"))) <= 76
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_every_line_ends_as_mail_wants_it() -> None:
    raw = letter(text="a\nb\n\nc\n", html="<p>a\n<p>b\n")
    assert raw.count(b"\n") == raw.count(b"\r") == raw.count(b"\r\n")
    assert raw.endswith(b"--\r\n")


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Co", "Cc"], include_characters="\n\t"), max_size=300))
def test_whatever_is_written_arrives_as_written(text: str) -> None:
    assert parts_of(letter(text=text, html=f"{text}\n")) == [text, f"{text}\n"]


def test_a_link_is_put_in_whole() -> None:
    before = "Skriv å här =  "
    for width in range(70, 80):
        raw = letter(text=f"{before}{'x' * width}{pressing('/förslag 12 stöd')} och {PREFERENCES}.\n")
        assert parts_of(raw)[0] == f"{before}{'x' * width}{LONG} och {LONG}.\n"


def test_every_gap_gets_its_own_link() -> None:
    edition = Edition(PARTS | {"text": f"{pressing('a')} {pressing('b')} {PREFERENCES}\n"}, "tuva@example.org")
    at = datetime(2027, 1, 11, 7, tzinfo=UTC)
    raw = edition.letter(7, "k", at, "bo@example.org", lambda purpose, argument: f"https://x/{purpose}/{argument}")
    assert parts_of(raw.content)[0] == "https://x/do/a https://x/do/b https://x/preferences/\n"


def test_a_letter_of_the_system_is_no_list() -> None:
    read = message_from_bytes(letter(stream=SYSTEM))
    assert [read[name] for name in ("List-Id", "List-Unsubscribe", "Precedence", "Feedback-ID")] == [None] * 4
    assert read["Auto-Submitted"] == "auto-generated"


def test_the_text_comes_before_the_page() -> None:
    kinds = [part.get_content_type() for part in message_from_bytes(letter()).get_payload()]
    assert kinds == ["text/plain", "text/html"]


@pytest.mark.parametrize(
    "subject",
    [
        "Ett förslag om mycket långa rubriker " * 8,
        "Om en vecka väntas svaret: Undergrupp 1: Var ska cykelställen stå? ",
    ],
)
def test_a_long_subject_is_folded_and_read_back(subject: str) -> None:
    raw = letter(subject=subject.strip())
    assert max(map(len, raw.partition(b"\r\n\r\n")[0].split(b"\r\n"))) <= 200
    assert message_from_bytes(raw, policy=policy.default)["Subject"] == subject.strip()


@pytest.mark.parametrize(
    ("given", "wire"),
    [
        ("bo@example.org", "bo@example.org"),
        ("o'brien+x@example.org", "o'brien+x@example.org"),
        ("bo@räksmörgås.se", "bo@xn--rksmrgs-5wao1o.se"),
        ("åsa@räksmörgås.se", "åsa@xn--rksmrgs-5wao1o.se"),
    ],
)
def test_a_domain_goes_in_ascii(given: str, wire: str) -> None:
    assert wire_address(given) == wire
    assert written(recipient=given).is_utf8 is not wire.isascii()


@pytest.mark.parametrize(
    "address", ["a@b.se>\r\nRCPT TO:<evil@x.se", "a@b.se\n", "a b@c.se", "a@b.se, c@d.se", "a@", ""]
)
def test_what_is_no_address_gets_no_letter(address: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        written(recipient=address)


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
    raw = letter(sender=name)
    words, address = parseaddr(message_from_bytes(raw)["From"])
    assert (str(make_header(decode_header(words))), address) == (name, "tuva@example.org")
    assert not raw.startswith(b"From:\r\n")
    assert all(len(line) <= 78 for line in raw.split(b"\r\n")[:4])
