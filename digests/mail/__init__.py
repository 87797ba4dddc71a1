"""The mail carrier: letters into a folder (Maildir) for trying out, and over SMTP for everybody."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from config.settings import MailSettings
from digests.courier.pace import Pace
from digests.courier.parcels import Carry, Parcel
from digests.links import Links
from digests.mail import faults, maildir
from digests.mail.mime import Edition, Letter
from digests.mail.smtp import Smtp
from storage import delivery
from storage.outbox import OutboxKind

EDITIONS_AT_HAND = 64


class Mail:
    """The carrier that the settings ask for. What is wrong with one letter stays with it."""

    batch = delivery.BATCH
    urgent: Sequence[OutboxKind] = ()

    def __init__(self, settings: MailSettings, links: Links) -> None:
        self._settings = settings
        self._links = links
        self._smtp = None if settings.url.startswith("maildir:") else Smtp(settings)
        self._editions: dict[int, Edition] = {}
        self.lanes = settings.connections if self._smtp else 1
        self.pace = Pace(settings.per_minute)

    @contextlib.contextmanager
    def open(self) -> Iterator[Carry]:
        """One lane: a connection of its own."""
        if self._smtp is None:
            folder = maildir_of(self._settings)
            yield lambda parcel: maildir.deliver(folder, parcel.number, self._letter(parcel).content)
        else:
            with self._smtp.line() as line:
                yield lambda parcel: line.deliver(self._letter(parcel))

    def cut(self) -> None:
        """Wait for no server any longer."""
        if self._smtp:
            self._smtp.cut()

    def written(self, parcel: Parcel) -> Letter:
        """The letter to one reader. Raises ValueError when it cannot be written."""
        return self._edition(parcel).letter(
            parcel.number,
            parcel.key,
            parcel.created_at,
            parcel.address,
            lambda purpose, argument: self._links.link(purpose, argument, parcel.personal),
            parcel.personal.get("thread", ""),
        )

    def _letter(self, parcel: Parcel) -> Letter:
        try:
            return self.written(parcel)
        except ValueError as fault:
            raise faults.unwritable(fault) from None

    def _edition(self, parcel: Parcel) -> Edition:
        edition = self._editions.get(parcel.content)
        if edition is None:
            if len(self._editions) >= EDITIONS_AT_HAND:
                self._editions.clear()
            edition = self._editions[parcel.content] = Edition(parcel.parts, self._settings.sender)
        return edition


def maildir_of(settings: MailSettings) -> Path:
    """The folder of a `maildir:` address."""
    return Path(settings.url.removeprefix("maildir:"))


def sender_of(settings: MailSettings | None, base: str) -> str:
    """Who Tuva is in mail; where there is no mail, at the host of its web door."""
    return settings.sender if settings else f"tuva@{urlsplit(base).hostname}"


def fault(settings: MailSettings) -> str | None:
    """Why no letter could be sent now; None when one could. SMTP is tried up to the signing in."""
    if not settings.url.startswith("maildir:"):
        return Smtp(settings).fault()
    try:
        maildir_of(settings).mkdir(parents=True, exist_ok=True)
    except OSError as broken:
        return broken.strerror or str(broken)
    return None


def answers(settings: MailSettings) -> bool:
    """Whether anybody is there, without signing in."""
    return settings.url.startswith("maildir:") or Smtp(settings).answers()


def letters_in(settings: MailSettings) -> list[tuple[Path, str, str]]:
    """Every letter in the Maildir of the settings: its path, its recipient and its subject."""
    return maildir.letters_in(maildir_of(settings))
