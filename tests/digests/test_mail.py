"""The mail carriers: into a folder, and over plain SMTP to a real server."""

import asyncio
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from config.settings import MailSettings
from digests import mail
from digests.courier import NotDelivered, Outcome, Parcel
from digests.links import PREFERENCES, Links
from people import MONDAY
from storage.outbox import OutboxKind
from storage.tokens import Tokens

LINKS = Links("https://tuva.example.org", Tokens((b"k" * 32,)))


def parcel(address: str = "bo@example.org") -> Parcel:
    return Parcel(
        number=12,
        key="weekly:1:2027-01-11T08:00",
        kind=OutboxKind.LETTER,
        address=address,
        topic="",
        parts={
            "group": "grona",
            "sender": "Gröna gruppen",
            "subject": "Nytt",
            "text": f"Hej {PREFERENCES}",
            "html": f"<a href='{PREFERENCES}'>Hej</a>",
        },
        personal={"person": "2", "subscription": "3"},
        created_at=MONDAY,
        receipt="",
    )


def carry(settings: MailSettings, address: str = "bo@example.org") -> str:
    return asyncio.run(mail.Mail(settings, LINKS).carry(parcel(address)))


class Letters:
    """What the server was given; it answers by the recipient's local part."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        code = address.partition("@")[0]
        if code in ("450", "550"):
            return f"{code} no"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(envelope)
        return "250 OK"


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def smtp(letters: Letters) -> Iterator[MailSettings]:
    """A mail server of our own on loopback, on a port it picked."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(letters, hostname="127.0.0.1", port=port)
    controller.start()
    yield MailSettings(url=f"smtp://127.0.0.1:{port}", tls="none")
    controller.stop()


def test_a_letter_lies_in_the_maildir_whole(tmp_path: Path) -> None:
    carry(MailSettings(url=f"maildir:{tmp_path}"))
    [(path, recipient, subject)] = mail.letters_in(tmp_path)
    assert (recipient, subject) == ("bo@example.org", "Nytt")
    assert path.is_absolute()
    assert path.parent == tmp_path / "new"


def test_a_second_try_writes_over_the_first(tmp_path: Path) -> None:
    settings = MailSettings(url=f"maildir:{tmp_path}")
    carry(settings)
    carry(settings)
    assert len(mail.letters_in(tmp_path)) == 1


def test_the_gaps_are_filled_for_the_reader(tmp_path: Path) -> None:
    carry(MailSettings(url=f"maildir:{tmp_path}"))
    letter = message_from_bytes(mail.letters_in(tmp_path)[0][0].read_bytes(), policy=policy.default)
    expected = f"https://tuva.example.org/preferences/{LINKS.tokens.make('preferences', '3')}"
    for part in letter.iter_parts():
        assert expected in part.get_content()


def test_smtp_delivers_the_same_bytes_as_the_maildir(tmp_path: Path, smtp: MailSettings, letters: Letters) -> None:
    settings = {"sender": "Tuva <tuva@example.org>"}
    carry(smtp.model_copy(update=settings))
    carry(MailSettings(url=f"maildir:{tmp_path}", **settings))
    [envelope] = letters.taken
    assert envelope.content == mail.letters_in(tmp_path)[0][0].read_bytes()
    assert (envelope.mail_from, envelope.rcpt_tos) == ("tuva@example.org", ["bo@example.org"])


@pytest.mark.parametrize(("code", "outcome"), [("450", Outcome.NOT_SENT), ("550", Outcome.REFUSED)])
def test_a_refusal_is_for_now_or_for_good(smtp: MailSettings, code: str, outcome: Outcome) -> None:
    with pytest.raises(NotDelivered) as fault:
        carry(smtp, f"{code}@example.org")
    assert fault.value.outcome is outcome
    assert fault.value.reason.startswith(code)


def test_a_server_that_does_not_answer_costs_the_letter_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(NotDelivered) as fault:
        carry(MailSettings(url=f"smtp://127.0.0.1:{port}", tls="none"))
    assert fault.value.outcome is Outcome.NOT_SENT
