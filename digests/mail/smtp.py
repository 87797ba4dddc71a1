"""SMTP: a connection for each lane, opened at its first letter, kept while it is good."""

import contextlib
import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from email.utils import parseaddr
from functools import cached_property
from urllib.parse import urlsplit

from config.settings import MailSettings
from digests.courier.parcels import NotDelivered
from digests.mail import faults
from digests.mail.mime import Letter
from digests.mail.xoauth2 import AccessToken
from storage import crash_points

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
CONNECT_SECONDS = 10
COMMAND_SECONDS = 60
# RFC 5321 §4.5.3.2.6 asks for ten minutes: giving up early makes doubles.
FINAL_DOT_SECONDS = 300
LETTERS_A_CONNECTION = 100
CONNECTION_SECONDS = 300
START_MAIL_INPUT = 354
OK = 250
WILL_FORWARD = 251


class Smtp:
    """The way to one mail server."""

    def __init__(self, settings: MailSettings) -> None:
        self.sender = parseaddr(settings.sender)[1]
        self._settings = settings
        where = urlsplit(settings.url)
        self._host = where.hostname or ""
        # How the line is secured: as chosen, else by the address.
        usual = "implicit" if where.scheme == "smtps" else "none" if self._host in LOOPBACK else "starttls"
        self._tls = settings.tls or usual
        self._port = where.port or (smtplib.SMTP_SSL_PORT if where.scheme == "smtps" else smtplib.SMTP_PORT)
        self._token = AccessToken(settings) if settings.token_url else None
        self._open: set[smtplib.SMTP] = set()

    @contextlib.contextmanager
    def line(self) -> Iterator["Line"]:
        """One line to the server, hung up at the end."""
        line = Line(self)
        try:
            yield line
        finally:
            line.hang_up()

    def connect(self) -> smtplib.SMTP:
        """A connection that is greeted, secured and signed in. Raises NotDelivered."""
        crash_points.reached("smtp.connect")
        try:
            server = self._greeted()
        except (OSError, smtplib.SMTPException) as fault:
            raise faults.while_connecting(fault) from None
        self._open.add(server)
        try:
            self._sign_in(server)
        except (OSError, smtplib.SMTPException, UnicodeError) as fault:
            self.close(server)
            raise faults.while_connecting(fault) from None
        crash_points.reached("smtp.connected")
        return server

    def close(self, server: smtplib.SMTP) -> None:
        """Forget a connection."""
        self._open.discard(server)
        server.close()

    def cut(self) -> None:
        """Shut every line that is still open: whoever waits on it is told at once."""
        for server in list(self._open):
            with contextlib.suppress(OSError):
                if server.sock:
                    server.sock.shutdown(socket.SHUT_RDWR)

    def answers(self) -> bool:
        """Whether a server takes connections there."""
        try:
            socket.create_connection((self._host, self._port), timeout=CONNECT_SECONDS).close()
        except OSError:
            return False
        return True

    def fault(self) -> str | None:
        """Why no letter could be sent now; None when one could."""
        try:
            server = self.connect()
        except NotDelivered as failure:
            return failure.reason
        self.close(server)
        return None

    def _greeted(self) -> smtplib.SMTP:
        # The name of this computer is nobody's business, and may take long to find.
        me = self.sender.rpartition("@")[2]
        if self._tls == "implicit":
            return smtplib.SMTP_SSL(self._host, self._port, me, timeout=CONNECT_SECONDS, context=self._context)
        return smtplib.SMTP(self._host, self._port, me, timeout=CONNECT_SECONDS)

    def _sign_in(self, server: smtplib.SMTP) -> None:
        if self._tls == "starttls":
            server.starttls(context=self._context)
        assert server.sock
        server.sock.settimeout(COMMAND_SECONDS)
        server.ehlo_or_helo_if_needed()
        if self._token is not None:
            self._token.sign_in(server)
        elif self._settings.username:
            server.login(self._settings.username, self._settings.password.get_secret_value())

    @cached_property
    def _context(self) -> ssl.SSLContext:
        """One for all connections: loading the certificates of authorities takes longer than a letter."""
        return ssl.create_default_context()


class Line:
    """One lane's connection. A broken or worn one is replaced at the next letter."""

    def __init__(self, way: Smtp) -> None:
        self._way = way
        self._server: smtplib.SMTP | None = None
        self._letters = 0
        self._opened_at = 0.0

    def deliver(self, letter: Letter) -> str:
        """Hand one letter to the server. Returns what it said. Raises NotDelivered."""
        server = self._connected()
        crash_points.reached("smtp.address")
        try:
            _address(server, self._way.sender, letter)
        except (OSError, smtplib.SMTPException) as fault:
            self._start_afresh(server, fault)
            raise faults.while_addressing(fault, letter.recipient) from None
        crash_points.reached("smtp.send")
        try:
            said = _send(server, letter.content)
        except (OSError, smtplib.SMTPException) as fault:
            self._start_afresh(server, fault)
            raise faults.while_sending(fault) from None
        crash_points.reached("smtp.sent")
        self._letters += 1
        return said

    def hang_up(self) -> None:
        """Say goodbye, where somebody still listens."""
        if self._server is not None:
            crash_points.reached("smtp.quit")
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._server.quit()
            self._drop()
            crash_points.reached("smtp.gone")

    def _connected(self) -> smtplib.SMTP:
        worn = self._letters >= LETTERS_A_CONNECTION or time.monotonic() - self._opened_at > CONNECTION_SECONDS
        if worn:
            self.hang_up()
        if self._server is None:
            self._server = self._way.connect()
            self._letters, self._opened_at = 0, time.monotonic()
        return self._server

    def _start_afresh(self, server: smtplib.SMTP, fault: Exception) -> None:
        """After a plain no the connection is still good; after anything else it is not."""
        try:
            if not faults.leaves_the_line_good(fault) or server.rset()[0] != OK:
                self._drop()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _drop(self) -> None:
        if self._server is not None:
            self._way.close(self._server)
            self._server = None


def _address(server: smtplib.SMTP, sender: str, letter: Letter) -> None:
    """MAIL, RCPT and DATA, until the server waits for the text."""
    if letter.is_utf8 and not server.has_extn("smtputf8"):
        raise smtplib.SMTPNotSupportedError("the mail server takes no address outside ASCII")
    options = [f"SIZE={len(letter.content)}"] if server.has_extn("size") else []
    options += ["SMTPUTF8", "BODY=8BITMIME"] if letter.is_utf8 else []
    code, said = server.mail(sender, options)
    if code != OK:
        raise smtplib.SMTPSenderRefused(code, said, sender)
    code, said = server.rcpt(letter.recipient)
    if code not in (OK, WILL_FORWARD):
        raise smtplib.SMTPRecipientsRefused({letter.recipient: (code, said)})
    code, said = server.docmd("DATA")
    if code != START_MAIL_INPUT:
        raise smtplib.SMTPDataError(code, said)


def _send(server: smtplib.SMTP, content: bytes) -> str:
    """The text and the final dot, and what the server says to it."""
    assert server.sock
    server.sock.settimeout(FINAL_DOT_SECONDS)
    server.send(content.replace(b"\r\n.", b"\r\n..") + b".\r\n")
    code, said = server.getreply()
    server.sock.settimeout(COMMAND_SECONDS)
    if code != OK:
        raise smtplib.SMTPDataError(code, said)
    return said.decode("utf-8", "replace")[: faults.REASON_LENGTH]
