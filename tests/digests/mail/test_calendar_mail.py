"""A letter with a calendar in it: as mail programs know invitations, and for one reader."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import icalendar
import pytest

from digests.calendar import HOST, Entry, ics
from digests.links import PREFERENCES, pressing
from digests.mail.mime import Edition

AT = datetime(2027, 1, 11, 7, tzinfo=UTC)
MEETING = Entry(
    uid=f"m-3@{HOST}",
    sequence=0,
    stamp=AT,
    start=datetime(2027, 2, 2, 12, tzinfo=UTC),
    minutes=120,
    zone="Europe/Stockholm",
    title="Möte om grönytor",
    organiser="Gröna gruppen",
    notes=f"Svara: {pressing('meeting 3 coming')}",
)
PARTS = {
    "group": "grona",
    "stream": "system",
    "sender": "Gröna gruppen",
    "subject": "Inbjudan: möte",
    "text": f"å {pressing('meeting 3 coming')}\n",
    "html": f"<p>å {PREFERENCES}\n",
}


def link(purpose: str, argument: str) -> str:
    return f"https://tuva.example.org/{purpose}/{argument.replace(' ', '-')}"


def letter(recipient: str = "bo@example.org", method: str = "REQUEST", thread: str = "", **parts: Any) -> bytes:
    written = (ics.request if method == "REQUEST" else ics.cancel)(MEETING)
    edition = Edition(PARTS | {"calendar": {"method": method, "text": written}} | parts, "Tuva <tuva@example.org>")
    return edition.letter(7, "invitation:meeting:3:0:2", AT, recipient, link, thread).content


def parts_of(raw: bytes) -> list[EmailMessage]:
    return [part for part in message_from_bytes(raw, policy=policy.default).walk() if not part.is_multipart()]


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_the_calendar_is_the_last_alternative_and_a_file(method: str) -> None:
    read = message_from_bytes(letter(method=method), policy=policy.default)
    assert read.get_content_type() == "multipart/mixed"
    alternatives, file = read.iter_parts()
    assert alternatives.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in alternatives.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "invite.ics")
    assert file.get_content_disposition() == "attachment"
    shown = list(alternatives.iter_parts())[2]
    assert shown["Content-Type"].params["method"] == method
    assert shown["Content-Type"].params["charset"] == "UTF-8"
    assert icalendar.Calendar.from_ical(file.get_content())["METHOD"] == method


def test_shown_and_filed_it_is_the_same() -> None:
    *_, shown, file = parts_of(letter())
    assert shown.get_payload(decode=True) == file.get_payload(decode=True)
    assert shown.get_payload(decode=True).startswith(b"BEGIN:VCALENDAR\r\n")
    assert shown.get_payload(decode=True).endswith(b"END:VCALENDAR\r\n")


def test_text_and_page_are_read_as_without_a_calendar() -> None:
    text, page, *_ = parts_of(letter())
    assert text.get_content().strip() == f"å {link('do', 'meeting 3 coming')}"
    assert page.get_content().strip() == f"<p>å {link('preferences', '')}"


@pytest.mark.parametrize(
    ("recipient", "attendee"),
    [
        ("bo@example.org", "mailto:bo@example.org"),
        ("o'brien+x@example.org", "mailto:o'brien+x@example.org"),
        ("50%#?@example.org", "mailto:50%25%23%3F@example.org"),
        ("åsa@räksmörgås.se", "mailto:%C3%A5sa@xn--rksmrgs-5wao1o.se"),
    ],
)
def test_the_reader_is_its_only_attendee(recipient: str, attendee: str) -> None:
    [event] = icalendar.Calendar.from_ical(parts_of(letter(recipient))[-1].get_content()).events
    assert event["ATTENDEE"] == attendee
    assert event["ORGANIZER"] == "mailto:tuva@example.org"
    assert event["UID"] == "m-3@example.org"
    assert event["DESCRIPTION"] == f"Svara: {link('do', 'meeting 3 coming')}"


def test_the_same_entry_gives_the_same_bytes() -> None:
    assert letter() == letter()


def test_lines_are_no_longer_than_mail_allows() -> None:
    raw = letter()
    assert max(map(len, raw.partition(b"\r\n\r\n")[2].split(b"\r\n"))) <= 78
    assert raw.count(b"\n") == raw.count(b"\r") == raw.count(b"\r\n")


def test_exchange_may_deal_with_an_invitation_by_itself() -> None:
    assert message_from_bytes(letter())["X-Auto-Response-Suppress"] is None
    assert message_from_bytes(letter())["Auto-Submitted"] == "auto-generated"


def test_a_later_letter_stands_under_the_one_it_follows() -> None:
    first = message_from_bytes(letter())
    later = Edition(PARTS, "tuva@example.org").letter(
        8, "agenda:3:2", AT, "bo@example.org", link, "invitation:meeting:3:0:2"
    )
    read = message_from_bytes(later.content)
    assert read["In-Reply-To"] == read["References"] == first["Message-ID"]
    assert (first["In-Reply-To"], first["References"]) == (None, None)
