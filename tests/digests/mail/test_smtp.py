"""Letters over SMTP: what arrives, to whom, over how many connections, and how fast."""

import threading
import time

import pytest

from config.settings import MailSettings
from digests import mail
from mailserver import MailServer
from posting import LINKS, PARTS, Post, parcel
from storage.outbox import OutboxState

READERS = [f"reader-{number}@example.org" for number in range(1_000)]
INJECTIONS = [
    "a@b.se>\r\nRCPT TO:<evil@x.se",
    "a@b.se\r\nBcc: evil@x.se",
    "a@b.se\nDATA",
    "<a@b.se> SIZE=1",
    "a@b.se evil@x.se",
    "a@b.se,evil@x.se",
    "a@b.se\x00",
    '"a\r\nb"@b.se',
    "",
]


def test_smtp_delivers_the_same_bytes_as_the_maildir(server: MailServer, post: Post) -> None:
    post.letter_to("bo@example.org")
    post.drain()
    [letter] = server.taken
    row = post.row("bo@example.org")
    same = post.mail.written(parcel(number=row.id, key=row.key, content=row.content_id)).content
    assert letter.content == same
    assert (letter.sender, letter.recipient) == ("tuva@example.org", "bo@example.org")
    assert row.receipt == "2.0.0 taken"


def test_a_line_that_begins_with_a_dot_arrives_as_it_is(server: MailServer, post: Post) -> None:
    post.letter_to("bo@example.org", parts=PARTS | {"text": "Hej\n.\n..\n.slut\n"})
    post.drain()
    assert b"\r\n.\r\n..\r\n.slut\r\n" in server.taken[0].content


def test_the_server_is_told_the_size_where_it_asks(server: MailServer, post: Post) -> None:
    server.largest = 1_000_000
    post.letter_to("bo@example.org")
    post.drain()
    assert server.taken[0].options == (f"SIZE={len(server.taken[0].content)}",)


def test_the_computer_does_not_tell_its_name(server: MailServer, post: Post) -> None:
    post.letter_to("bo@example.org")
    post.drain()
    assert server.asked[0] == "EHLO example.org"


def test_a_server_of_old_gets_letters_too(server: MailServer, post: Post) -> None:
    server.is_old = True
    post.letter_to("bo@example.org")
    post.drain()
    assert server.recipients == ["bo@example.org"]


# --- connections ---


def test_connections_are_kept(server: MailServer, post: Post) -> None:
    post.letter_to(*READERS[:250])
    post.drain()
    assert sorted(server.recipients) == sorted(READERS[:250])
    assert server.connections <= 5


def test_a_connection_carries_a_hundred_letters(server: MailServer, posting) -> None:
    post = posting(server, connections=1)
    post.letter_to(*READERS[:201])
    post.drain()
    assert (len(server.taken), server.connections) == (201, 3)


def test_a_connection_is_replaced_after_its_time(server: MailServer, posting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digests.mail.smtp.CONNECTION_SECONDS", -1)
    post = posting(server, connections=1)
    post.letter_to(*READERS[:3])
    post.drain()
    assert (len(server.taken), server.connections) == (3, 3)


def test_after_a_plain_no_the_connection_is_still_good(server: MailServer, posting) -> None:
    post = posting(server, connections=1)
    post.letter_to("550-5.1.1@example.org", "450@example.org", "dot-554@example.org", "bo@example.org")
    post.drain()
    assert (server.recipients, server.connections) == (["bo@example.org"], 1)


def test_without_letters_nobody_knocks(server: MailServer, post: Post) -> None:
    post.drain()
    assert server.connections == 0


def test_one_odd_reader_among_a_thousand_costs_one_letter(server: MailServer, post: Post) -> None:
    odd = "bo@example.org\r\nBcc: evil@x.se"
    post.letter_to(*READERS[:499], odd, *READERS[500:])
    post.drain()
    assert sorted(server.recipients) == sorted({*READERS} - {READERS[499]})
    assert post.row(odd).state is OutboxState.PARKED
    assert post.trouble is None


def test_one_odd_letter_among_many_costs_one_letter(server: MailServer, post: Post) -> None:
    post.letter_to("odd@example.org", parts={"stream": "digest"})
    post.letter_to(*READERS[:20])
    post.drain()
    assert sorted(server.recipients) == sorted(READERS[:20])
    assert post.row("odd@example.org").state is OutboxState.PARKED


# --- addresses ---


def test_a_local_part_outside_ascii_goes_where_the_server_takes_it(server: MailServer, post: Post) -> None:
    post.letter_to("åsa@example.org")
    post.drain()
    [letter] = server.taken
    assert letter.recipient == "åsa@example.org"
    assert {"SMTPUTF8", "BODY=8BITMIME"} <= set(letter.options)
    assert "\r\nTo: åsa@example.org\r\n".encode() in letter.content


@pytest.mark.parametrize("habit", ["takes_utf8", "is_old"])
def test_elsewhere_it_is_parked_with_plain_words(server: MailServer, posting, habit: str) -> None:
    setattr(server, habit, habit == "is_old")
    post = posting(server, connections=1)
    post.letter_to("åsa@example.org", "bo@example.org")
    post.drain()
    row = post.row("åsa@example.org")
    assert (row.state, row.reason) == (OutboxState.PARKED, "the mail server takes no address outside ASCII")
    assert (server.recipients, server.connections, post.trouble) == (["bo@example.org"], 1, None)


def test_a_domain_outside_ascii_goes_to_every_server(server: MailServer, post: Post) -> None:
    server.takes_utf8 = False
    post.letter_to("bo@räksmörgås.se")
    post.drain()
    [letter] = server.taken
    assert letter.recipient == "bo@xn--rksmrgs-5wao1o.se"
    assert b"\r\nTo: bo@xn--rksmrgs-5wao1o.se\r\n" in letter.content


@pytest.mark.parametrize("address", INJECTIONS)
def test_an_address_that_smuggles_is_parked_and_nothing_goes_out(server: MailServer, post: Post, address: str) -> None:
    post.letter_to(address)
    post.drain()
    assert post.row(address).state is OutboxState.PARKED
    assert (server.taken, [words for words in server.asked if "evil" in words]) == ([], [])


def test_a_sender_of_a_domain_outside_ascii_can_send(server: MailServer, posting) -> None:
    post = posting(server, sender="Tuva <tuva@trollhättan.se>")
    post.letter_to("bo@example.org")
    post.drain()
    [letter] = server.taken
    assert letter.sender == "tuva@xn--trollhttan-v5a.se"
    assert letter.content.count(b"@xn--trollhttan-v5a.se>") == 2  # From and Message-ID


# --- pace, and ending ---


def test_letters_are_spaced(server: MailServer, posting) -> None:
    post = posting(server, per_minute=600)
    post.letter_to(*READERS[:5])
    began = time.monotonic()
    post.drain()
    assert len(server.taken) == 5
    assert time.monotonic() - began > 0.39


def test_a_line_that_is_cut_is_not_waited_for(server: MailServer, posting, monkeypatch: pytest.MonkeyPatch) -> None:
    post = posting(server, connections=1)
    post.letter_to("dot-silent@example.org")
    monkeypatch.setattr("digests.mail.smtp.FINAL_DOT_SECONDS", 20)
    threading.Timer(0.3, post.mail.cut).start()
    began = time.monotonic()
    post.drain()
    assert time.monotonic() - began < 10
    assert post.row("dot-silent@example.org").possible_duplicate


# --- the check-up ---


def test_a_server_that_takes_mail_has_no_fault(server: MailServer) -> None:
    settings = MailSettings(url=f"smtp://127.0.0.1:{server.port}")
    assert mail.fault(settings) is None
    assert mail.answers(settings)
    assert server.taken == []


def test_a_server_that_is_gone_has_one(server: MailServer) -> None:
    settings = MailSettings(url=f"smtp://127.0.0.1:{server.port}")
    server.shut()
    assert "refused" in mail.fault(settings)
    assert not mail.answers(settings)


def test_the_carrier_has_as_many_lanes_as_the_settings_say() -> None:
    assert mail.Mail(MailSettings(url="smtp://127.0.0.1", connections=3), LINKS).lanes == 3
