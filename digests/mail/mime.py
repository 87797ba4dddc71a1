"""A letter as bytes: RFC 5322 headers, text and HTML. The same entry gives the same bytes, however often.

What all readers of one content share is encoded once, in pieces; what is one reader's own is put between the pieces.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from functools import lru_cache
from typing import Any, cast

from email_validator import validate_email

from digests.links import GAP

FOLD_AT = 78
# 76 with the sign of a soft break.
QUOTED_LINE = 75
# What is no list: answers to one person.
SYSTEM = "system"
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
NOT_IN_HEADERS = re.compile("[\x00-\x1f\x7f\x80-\x9f\u2028\u2029]+")
UNSAFE = re.compile(rb"[^\t\n !-<>-~]|[ \t](?=\n|\Z)")


class TokenHeader(UnstructuredHeader):
    """A header of tokens: folded between them, never encoded.

    The standard library turns any token of 78 or more characters into an encoded word, and mail programs then find
    neither an unsubscribe link nor a thread (https://github.com/python/cpython/issues/85725).
    """

    max_count = 1
    name: str

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        """As the standard library does, but nothing in it is decoded."""
        super().parse(value, kwds)
        kwds["decoded"] = value

    def fold(self, *, policy: Any) -> str:
        """The header's lines. Raises ValueError for what is not ASCII."""
        if not str(self).isascii():
            raise ValueError(f"{self.name}: not ASCII")
        lines = [f"{self.name}:"]
        for token in str(self).split():
            if len(lines[-1]) + 1 + len(token) > FOLD_AT and not lines[-1].endswith(":"):
                lines.append("")
            lines[-1] += f" {token}"
        return str(policy.linesep).join(lines) + str(policy.linesep)


def _registry() -> HeaderRegistry:
    registry = HeaderRegistry()
    for name in ("from", "list-unsubscribe", "list-id", "in-reply-to", "references", "feedback-id"):
        registry.map_to_type(name, cast(Any, TokenHeader))
    return registry


POLICY = SMTP.clone(header_factory=_registry())


@dataclass(frozen=True)
class Letter:
    """A letter ready to go. `is_utf8`: its recipient's address is not ASCII (RFC 6531)."""

    recipient: str
    content: bytes
    is_utf8: bool


# A gap of the content: the purpose of a link, and its argument. Who makes the links fills it for the reader.
Gap = tuple[str, str]


class Edition:
    """What all letters of one content have in common, encoded.

    `sender` is the installation's; its domain is that of Message-ID and List-Id.
    """

    def __init__(self, parts: dict[str, Any], sender: str) -> None:
        """Encode. Raises ValueError for headers that cannot be written."""
        address = parseaddr(sender)[1]
        self._host = address.rpartition("@")[2]
        self._is_listed = not _is_system(parts)
        # Quoted-printable text cannot hold "=_" (RFC 2045 §6.7), so no text can end a part.
        boundary = f"=_tuva-{hashlib.sha256(parts['html'].encode()).hexdigest()[:24]}"
        shared = _shared_headers(parts, address, self._host, boundary)
        self._headers = b"".join(_header(name, value) for name, value in shared)
        self._pieces = [
            *_part("plain", parts["text"], boundary),
            *_part("html", parts["html"], boundary),
            f"\r\n--{boundary}--\r\n".encode(),
        ]
        self._gaps = {piece for piece in self._pieces if isinstance(piece, tuple)}

    def letter(self, number: int, key: str, at: datetime, recipient: str, link: Callable[[str, str], str]) -> Letter:
        """The letter of outbox entry `number`. Raises ValueError for an address that cannot be."""
        recipient = wire_address(recipient)
        lines = [
            f"To: {recipient}",
            f"Date: {_date(at)}",
            f"Message-ID: <{hashlib.sha256(key.encode()).hexdigest()[:24]}@{self._host}>",
            f"X-Tuva-Outbox: {number}",
            *(_unsubscribing(link("unsubscribe", "")) if self._is_listed else ()),
            "\r\n",
        ]
        links = {gap: _inserted(link(*gap)) for gap in self._gaps}
        body = (piece if isinstance(piece, bytes) else links[piece] for piece in self._pieces)
        return Letter(recipient, b"".join((self._headers, "\r\n".join(lines).encode(), *body)), not recipient.isascii())


def wire_address(address: str) -> str:
    """An address as SMTP takes it: its domain in ASCII. Raises ValueError when it is none."""
    if PLAIN_ADDRESS.fullmatch(address):
        return address
    valid = validate_email(address, check_deliverability=False)
    return valid.ascii_email or f"{valid.local_part}@{valid.ascii_domain}"


def _shared_headers(parts: dict[str, Any], address: str, host: str, boundary: str) -> Iterator[tuple[str, str]]:
    yield "From", _mailbox(Address(_one_line(parts["sender"]), addr_spec=address))
    yield "Subject", _one_line(parts["subject"])
    if not _is_system(parts):
        yield "List-Id", f"<digest.{parts['group']}.{host}>"
        yield "Feedback-ID", f"weekly:digest:{parts['group']}:tuvamail"
        yield "Precedence", "list"
    yield "Auto-Submitted", "auto-generated"
    yield "X-Auto-Response-Suppress", "All"
    yield "MIME-Version", "1.0"
    yield "Content-Type", f'multipart/alternative; boundary="{boundary}"'


def _is_system(parts: dict[str, Any]) -> bool:
    """Letters of earlier versions have no stream: they are digests."""
    return bool(parts.get("stream") == SYSTEM)


def _unsubscribing(link: str) -> Iterator[str]:
    yield f"List-Unsubscribe: <{link}>"
    if link.startswith("https://"):  # RFC 8058 asks for it
        yield "List-Unsubscribe-Post: List-Unsubscribe=One-Click"


# A mailing is written in one moment.
_date = lru_cache(maxsize=8)(format_datetime)


def _header(name: str, value: str) -> bytes:
    _, header = POLICY.header_store_parse(name, value)
    return str(header.fold(policy=POLICY)).encode("ascii")


def _part(subtype: str, text: str, boundary: str) -> Iterator[bytes | Gap]:
    """One part of the body: pieces of text, and the gaps between them."""
    yield (
        f'\r\n--{boundary}\r\nContent-Type: text/{subtype}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode()
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


def _one_line(text: str) -> str:
    """Nothing in a header's text ends its line, wherever it came from."""
    return NOT_IN_HEADERS.sub(" ", text)


def _mailbox(address: Address) -> str:
    """A name and its address in ASCII. The standard library would begin the header with an empty line."""
    name = address.display_name
    if name.isascii():
        return formataddr((name, address.addr_spec))
    words = " ".join(Header(name, "utf-8", header_name="From").encode().split())
    return f"{words} <{address.addr_spec}>"
