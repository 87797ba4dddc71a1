"""The headers of a letter (RFC 5322), in ASCII, and nothing in them that could end one."""

import re
from email.header import Header
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.policy import SMTP
from email.utils import formataddr
from typing import Any, cast

from email_validator import validate_email

FOLD_AT = 78
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
NOT_IN_HEADERS = re.compile("[\x00-\x1f\x7f\x80-\x9f\u2028\u2029]+")


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


def header(name: str, value: str) -> bytes:
    """One header, folded. Raises ValueError for what no header can hold.

    The standard library loses the space between two encoded words of one text (RFC 2047, 6.2): a whole one is encoded.
    """
    if name.lower() == "subject" and not value.isascii():
        encoded = Header(value, "utf-8", header_name=name).encode(linesep="\r\n")
        return f"{name}: {encoded}\r\n".encode("ascii")
    _, parsed = POLICY.header_store_parse(name, value)
    return str(parsed.fold(policy=POLICY)).encode("ascii")


def wire_address(address: str) -> str:
    """An address as SMTP takes it: its domain in ASCII. Raises ValueError when it is none."""
    if PLAIN_ADDRESS.fullmatch(address):
        return address
    valid = validate_email(address, check_deliverability=False)
    return valid.ascii_email or f"{valid.local_part}@{valid.ascii_domain}"


def one_line(text: str) -> str:
    """Nothing in a header's text ends its line, wherever it came from."""
    return NOT_IN_HEADERS.sub(" ", text)


def mailbox(address: Address) -> str:
    """A name and its address in ASCII. The standard library would begin the header with an empty line."""
    name = address.display_name
    if name.isascii():
        return formataddr((name, address.addr_spec))
    words = " ".join(Header(name, "utf-8", header_name="From").encode().split())
    return f"{words} <{address.addr_spec}>"
