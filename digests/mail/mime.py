"""A letter as bytes: RFC 5322 headers, text and HTML. The same entry gives the same bytes, however often.

What all readers of one content share is encoded once, in pieces; what is one reader's own is put between the pieces.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from digests.links import GAP
from digests.mail.headers import header, mailbox, one_line, wire_address

# 76 with the sign of a soft break.
QUOTED_LINE = 75
# What is no list: answers to one person.
SYSTEM = "system"
UNSAFE = re.compile(rb"[^\t\n !-<>-~]|[ \t](?=\n|\Z)")
# What a mail address holds that a URI need not escape (RFC 6068, section 2).
MAILTO_SAFE = "!$'*+/=@"


@dataclass(frozen=True)
class Letter:
    """A letter ready to go. `is_utf8`: its recipient's address is not ASCII (RFC 6531)."""

    recipient: str
    content: bytes
    is_utf8: bool


# A gap of the content: the purpose of a link, and its argument. Who makes the links fills it for the reader.
Gap = tuple[str, str]
# The calendar, which is each reader's own as a whole: to be shown by the mail program, and as a file.
SHOWN, ATTACHED = ("calendar", "shown"), ("calendar", "attached")


class Edition:
    """What all letters of one content have in common, encoded.

    `sender` is the installation's; its domain is that of Message-ID and List-Id.
    """

    def __init__(self, parts: dict[str, Any], sender: str) -> None:
        """Encode. Raises ValueError for headers that cannot be written."""
        self._sender = parseaddr(sender)[1]
        self._host = self._sender.rpartition("@")[2]
        self._is_listed = not _is_system(parts)
        self._calendar = parts["calendar"]["text"] if "calendar" in parts else ""
        # Quoted-printable text cannot hold "=_" (RFC 2045 §6.7), so no text can end a part.
        boundary = f"=_tuva-{hashlib.sha256(parts['html'].encode()).hexdigest()[:24]}"
        kind = "mixed" if self._calendar else "alternative"
        shared = _shared_headers(parts, self._sender, self._host, _multipart(kind, boundary))
        self._headers = b"".join(header(name, value) for name, value in shared)
        self._pieces = list(_pieces(parts, boundary))
        self._gaps = {piece for piece in self._pieces if isinstance(piece, tuple)} - {SHOWN, ATTACHED}

    def letter(
        self, number: int, key: str, at: datetime, recipient: str, link: Callable[[str, str], str], thread: str = ""
    ) -> Letter:
        """The letter of outbox entry `number`; `thread` is the key of the entry whose letter this one follows.

        Raises ValueError for an address that cannot be.
        """
        recipient = wire_address(recipient)
        lines = [
            f"To: {recipient}",
            f"Date: {_date(at)}",
            f"Message-ID: {self._message_id(key)}",
            *(f"{name}: {self._message_id(thread)}" for name in ("In-Reply-To", "References") if thread),
            f"X-Tuva-Outbox: {number}",
            *(_unsubscribing(link("unsubscribe", "")) if self._is_listed else ()),
            "\r\n",
        ]
        own = {gap: _inserted(link(*gap)) for gap in self._gaps}
        if self._calendar:
            own |= self._calendar_of(recipient, link)
        body = (piece if isinstance(piece, bytes) else own[piece] for piece in self._pieces)
        return Letter(recipient, b"".join((self._headers, "\r\n".join(lines).encode(), *body)), not recipient.isascii())

    def _message_id(self, key: str) -> str:
        return f"<{hashlib.sha256(key.encode()).hexdigest()[:24]}@{self._host}>"

    def _calendar_of(self, recipient: str, link: Callable[[str, str], str]) -> dict[Gap, bytes]:
        """The calendar of one attendee, twice the same: to be shown, and as a file."""
        from digests.calendar import ics  # noqa: PLC0415 -- a start is spared its library

        ours = {"attendee": quote(recipient, safe=MAILTO_SAFE), "organiser": self._sender, "host": self._host}
        whole = ics.filled(self._calendar, lambda purpose, about: ours.get(purpose) or link(purpose, about))
        shown = _quoted(whole.decode().replace("\r\n", "\n"))
        return {SHOWN: shown, ATTACHED: base64.encodebytes(whole).replace(b"\n", b"\r\n")}


def _shared_headers(parts: dict[str, Any], address: str, host: str, content_type: str) -> Iterator[tuple[str, str]]:
    yield "From", mailbox(Address(one_line(parts["sender"]), addr_spec=address))
    yield "Subject", one_line(parts["subject"])
    if not _is_system(parts):
        yield "List-Id", f"<digest.{parts['group']}.{host}>"
        yield "Feedback-ID", f"weekly:digest:{parts['group']}:tuvamail"
        yield "Precedence", "list"
    yield "Auto-Submitted", "auto-generated"
    if "calendar" not in parts:  # what Exchange does with an invitation is an automatic answer, too
        yield "X-Auto-Response-Suppress", "All"
    yield "MIME-Version", "1.0"
    yield "Content-Type", content_type


def _is_system(parts: dict[str, Any]) -> bool:
    """Letters of earlier versions have no stream: they are digests."""
    return bool(parts.get("stream") == SYSTEM)


def _unsubscribing(link: str) -> Iterator[str]:
    yield f"List-Unsubscribe: <{link}>"
    if link.startswith("https://"):  # RFC 8058 asks for it
        yield "List-Unsubscribe-Post: List-Unsubscribe=One-Click"


# A mailing is written in one moment.
_date = lru_cache(maxsize=8)(format_datetime)


def _pieces(parts: dict[str, Any], boundary: str) -> Iterator[bytes | Gap]:
    """The body. A calendar is the last of its alternatives, and the same once more beside them (RFC 6047, 2.4)."""
    invitation = parts.get("calendar")
    inner = boundary.replace("tuva", "in") if invitation else boundary
    if invitation:
        yield f"\r\n--{boundary}\r\nContent-Type: {_multipart('alternative', inner)}\r\n\r\n".encode()
    yield from _part('text/plain; charset="utf-8"', parts["text"], inner)
    yield from _part('text/html; charset="utf-8"', parts["html"], inner)
    if invitation:
        yield _opening(f"text/calendar; method={invitation['method']}; charset=UTF-8", "quoted-printable", inner)
        yield SHOWN
        yield f"\r\n--{inner}--\r\n".encode()
        file = 'application/ics; name="invite.ics"\r\nContent-Disposition: attachment; filename="invite.ics"'
        yield _opening(file, "base64", boundary)
        yield ATTACHED
    yield f"\r\n--{boundary}--\r\n".encode()


def _multipart(subtype: str, boundary: str) -> str:
    return f'multipart/{subtype}; boundary="{boundary}"'


def _opening(content_type: str, encoding: str, boundary: str) -> bytes:
    return (
        f"\r\n--{boundary}\r\nContent-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    ).encode()


def _part(content_type: str, text: str, boundary: str) -> Iterator[bytes | Gap]:
    """One part of the body: pieces of text, and the gaps between them."""
    yield _opening(content_type, "quoted-printable", boundary)
    pieces = GAP.split(text)
    for place in range(0, len(pieces) - 3, 3):
        yield _quoted(pieces[place])
        yield pieces[place + 1], pieces[place + 2] or ""
    yield _quoted(pieces[-1])


def _quoted(text: str) -> bytes:
    """Quoted-printable (RFC 2045 §6.7), so that its last line has room for a soft break."""
    escaped = UNSAFE.sub(lambda sign: b"=%02X" % sign[0][0], text.encode())
    return b"\r\n".join(_broken(line) for line in escaped.split(b"\n"))


def _broken(line: bytes) -> bytes:
    """One line, with soft breaks, none of them inside an escaped byte."""
    lines = []
    while len(line) > QUOTED_LINE:
        cut = QUOTED_LINE - (2 if line[QUOTED_LINE - 2 : QUOTED_LINE - 1] == b"=" else 0)
        cut -= line[cut - 1 : cut] == b"="
        lines.append(line[:cut])
        line = line[cut:]
    return b"=\r\n".join([*lines, line])


def _inserted(link: str) -> bytes:
    """A link between two pieces, on lines of its own that nobody sees."""
    written = link.encode().replace(b"=", b"=3D")
    return b"=\r\n" + (written if len(written) <= QUOTED_LINE else _broken(written)) + b"=\r\n"
