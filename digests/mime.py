"""A letter as bytes: RFC 5322 headers, text and HTML. The same entry gives the same bytes, however often."""

import hashlib
from datetime import datetime
from email.header import Header
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from typing import Any, cast

FOLD_AT = 78


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


def letter_bytes(
    *, number: int, key: str, at: datetime, sender: str, recipient: str, parts: dict[str, Any], unsubscribe: str
) -> bytes:
    """The letter of outbox entry `number`, with CRLF line ends.

    `sender` is the installation's; its domain is that of Message-ID and List-Id. `parts` has its gaps filled. Raises
    ValueError for a header that cannot be written.
    """
    address = parseaddr(sender)[1]
    host = address.rpartition("@")[2]
    letter = EmailMessage(policy=POLICY)
    letter["From"] = _mailbox(Address(parts["sender"], addr_spec=address))
    letter["To"] = recipient
    letter["Subject"] = parts["subject"]
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:24]}@{host}>"
    letter["List-Id"] = f"<digest.{parts['group']}.{host}>"
    letter["List-Unsubscribe"] = f"<{unsubscribe}>"
    if unsubscribe.startswith("https://"):  # RFC 8058 asks for it
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    letter["Feedback-ID"] = f"weekly:digest:{parts['group']}:tuvamail"
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"
    letter["Precedence"] = "list"
    letter["X-Tuva-Outbox"] = str(number)
    letter.set_content(parts["text"], cte="quoted-printable")
    letter.add_alternative(parts["html"], subtype="html", cte="quoted-printable")
    letter.set_boundary(f"tuva-{hashlib.sha256(key.encode()).hexdigest()[24:48]}")
    return letter.as_bytes()


def _mailbox(address: Address) -> str:
    """A name and its address in ASCII. The standard library would begin the header with an empty line."""
    name = address.display_name
    if name.isascii():
        return formataddr((name, address.addr_spec))
    words = " ".join(Header(name, "utf-8", header_name="From").encode().split())
    return f"{words} <{address.addr_spec}>"
