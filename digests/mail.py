"""The mail carriers: a folder of letters (Maildir) for trying out, and SMTP for everybody."""

import asyncio
import os
import smtplib
import ssl
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlsplit

from config.settings import MailSettings
from digests.courier import Carrier, NotDelivered, Outcome, Parcel
from digests.links import Links
from digests.mime import letter_bytes

TIMEOUT_SECONDS = 60
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def carrier(settings: MailSettings, links: Links) -> Carrier:
    """The carrier that the settings ask for."""
    to_folder = settings.url.startswith("maildir:")
    deliver = _into_folder(maildir(settings)) if to_folder else _over_smtp(settings)

    async def carry(parcel: Parcel) -> str:
        letter = _written(parcel, settings.sender, links)
        return await asyncio.to_thread(deliver, parcel, letter)

    return carry


def maildir(settings: MailSettings) -> Path:
    """The folder of a `maildir:` address."""
    return Path(settings.url.removeprefix("maildir:"))


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


def _into_folder(folder: Path) -> Callable[[Parcel, bytes], str]:
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


def _over_smtp(settings: MailSettings) -> Callable[[Parcel, bytes], str]:
    def deliver(parcel: Parcel, letter: bytes) -> str:
        sender = message_from_bytes(letter, policy=policy.default)["From"].addresses[0].addr_spec
        try:
            with _connected(settings) as server:
                server.sendmail(sender, [parcel.address], letter)
        except smtplib.SMTPRecipientsRefused as refusal:
            raise _refused(*refusal.recipients[parcel.address]) from None
        except smtplib.SMTPResponseException as refusal:
            raise _refused(refusal.smtp_code, refusal.smtp_error) from None
        except smtplib.SMTPServerDisconnected as fault:
            raise NotDelivered(Outcome.AMBIGUOUS, str(fault)) from None
        except OSError as fault:
            raise NotDelivered(Outcome.NOT_SENT, str(fault)) from None
        return "accepted"

    return deliver


def _connected(settings: MailSettings) -> smtplib.SMTP:
    where = urlsplit(settings.url)
    host = where.hostname or ""
    tls = settings.tls or ("implicit" if where.scheme == "smtps" else "none" if host in LOOPBACK else "starttls")
    if tls == "implicit":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, where.port or 465, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(host, where.port or 25, timeout=TIMEOUT_SECONDS)
    if tls == "starttls":
        server.starttls(context=ssl.create_default_context())
    if settings.username:
        server.login(settings.username, settings.password.get_secret_value())
    return server


def _refused(code: int, said: bytes | str) -> NotDelivered:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    outcome = Outcome.NOT_SENT if 400 <= code < 500 else Outcome.REFUSED
    return NotDelivered(outcome, f"{code} {words}")
