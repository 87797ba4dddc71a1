"""The mail carriers: a folder of letters (Maildir) for trying out, and SMTP for everybody."""

import asyncio
import contextlib
import os
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from config.settings import MailSettings
from digests.courier import NotDelivered, Outcome, Parcel
from digests.links import Links
from digests.mime import letter_bytes

TIMEOUT_SECONDS = 60
SERVICE_READY = 220
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Mail:
    """The carrier that the settings ask for."""

    def __init__(self, settings: MailSettings, links: Links) -> None:
        self._settings = settings
        self._links = links
        self._smtp = None if settings.url.startswith("maildir:") else Smtp(settings)

    async def carry(self, parcel: Parcel) -> str:
        """Deliver one letter. Raises NotDelivered."""
        letter = _written(parcel, self._settings.sender, self._links)
        deliver = self._smtp.deliver if self._smtp else _into(maildir(self._settings))
        return await asyncio.to_thread(deliver, parcel, letter)

    def cut(self) -> None:
        """Wait for no server any longer."""
        if self._smtp:
            self._smtp.cut()


def maildir(settings: MailSettings) -> Path:
    """The folder of a `maildir:` address."""
    return Path(settings.url.removeprefix("maildir:"))


def fault(settings: MailSettings) -> str | None:
    """Why no letter could be sent now; None when one could."""
    where = urlsplit(settings.url)
    usual = smtplib.SMTP_SSL_PORT if where.scheme == "smtps" else smtplib.SMTP_PORT
    try:
        if where.scheme == "maildir":
            maildir(settings).mkdir(parents=True, exist_ok=True)
        else:
            socket.create_connection((where.hostname or "", where.port or usual), timeout=5).close()
    except OSError as broken:
        return broken.strerror or str(broken)
    return None


def letters_in(folder: Path) -> list[tuple[Path, str, str]]:
    """Every letter in a Maildir, the oldest first: its path, its recipient and its subject."""
    return [(path.resolve(), *_headers(path)) for path in sorted(folder.glob("new/*"))]


def _written(parcel: Parcel, sender: str, links: Links) -> bytes:
    parts = {name: links.fill(part, parcel.personal) for name, part in parcel.parts.items()}
    return letter_bytes(
        number=parcel.number,
        key=parcel.key,
        at=parcel.created_at,
        sender=sender,
        recipient=parcel.address,
        parts=parts,
        unsubscribe=links.link("unsubscribe", "", parcel.personal),
    )


def _headers(path: Path) -> tuple[str, str]:
    letter = message_from_bytes(path.read_bytes(), policy=policy.default)
    return str(letter["To"]), str(letter["Subject"])


def _into(folder: Path) -> Callable[[Parcel, bytes], str]:
    def deliver(parcel: Parcel, letter: bytes) -> str:
        for room in ("tmp", "new", "cur"):
            (folder / room).mkdir(parents=True, exist_ok=True)
        # The name is the entry's own, so a second try writes over the first.
        name = f"{parcel.number:08d}.eml"
        with (folder / "tmp" / name).open("wb") as file:
            file.write(letter)
            file.flush()
            os.fsync(file.fileno())
        (folder / "tmp" / name).replace(folder / "new" / name)
        return name

    return deliver


class Smtp:
    """Letters over SMTP: a connection each."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._where = urlsplit(settings.url)
        self._sender = parseaddr(settings.sender)[1]
        self._open: set[smtplib.SMTP] = set()

    def deliver(self, parcel: Parcel, letter: bytes) -> str:
        """Hand one letter to the server. Raises NotDelivered."""
        try:
            with self._connected() as server:
                server.sendmail(self._sender, [parcel.address], letter)
        except smtplib.SMTPRecipientsRefused as refusal:
            raise _refused(*refusal.recipients[parcel.address]) from None
        except smtplib.SMTPResponseException as refusal:
            raise _refused(refusal.smtp_code, refusal.smtp_error) from None
        except smtplib.SMTPServerDisconnected as broken:
            raise NotDelivered(Outcome.AMBIGUOUS, str(broken)) from None
        except OSError as broken:
            raise NotDelivered(Outcome.NOT_SENT, str(broken)) from None
        return "accepted"

    def cut(self) -> None:
        """Shut every line that is still open: whoever waits on it is told at once."""
        for server in list(self._open):
            with contextlib.suppress(OSError):
                if server.sock:
                    server.sock.shutdown(socket.SHUT_RDWR)

    @contextlib.contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        server = smtplib.SMTP_SSL(context=_context()) if self._tls == "implicit" else smtplib.SMTP()
        server.timeout = TIMEOUT_SECONDS
        self._open.add(server)
        try:
            self._greet(server)
            yield server
            server.quit()
        finally:
            self._open.discard(server)
            server.close()

    def _greet(self, server: smtplib.SMTP) -> None:
        code, said = server.connect(self._where.hostname or "", self._where.port or server.default_port)
        if code != SERVICE_READY:
            raise smtplib.SMTPResponseException(code, said)
        if self._tls == "starttls":
            server.starttls(context=_context())
        if self._settings.username:
            server.login(self._settings.username, self._settings.password.get_secret_value())

    @property
    def _tls(self) -> str:
        """How the line is secured: as chosen, else by the address."""
        on_loopback = self._where.hostname in LOOPBACK
        usual = "implicit" if self._where.scheme == "smtps" else "none" if on_loopback else "starttls"
        return self._settings.tls or usual


def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _refused(code: int, said: bytes | str) -> NotDelivered:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    outcome = Outcome.NOT_SENT if 400 <= code < 500 else Outcome.REFUSED
    return NotDelivered(outcome, f"{code} {words}")
