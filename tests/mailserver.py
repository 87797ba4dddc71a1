"""A mail server on loopback that misbehaves as its letters ask it to: by the recipient's local part.

`STEP-FAULT[-STATUS][-once]@…`: at RCPT (when no step is said), at `data`, in the `middle` of the text, or after the
final `dot`, the server answers a code (`450`, `dot-554-5.7.1`), answers `garbage`
(or `babble`: garbage, and one line more), `drop`s the line, or stays `silent`;
`slow` takes a moment. With `-once` only the first time. Any other address gets its letter.
"""
# ruff: noqa: N802 -- the names are aiosmtpd's

import asyncio
import base64
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

FAULT = re.compile(
    r"(?:(?P<step>rcpt|data|middle|dot)-)?(?P<what>drop|garbage|babble|silent|slow|\d{3})"
    r"(?:-(?P<status>\d\.\d+\.\d+))?(?P<once>-once)?"
)
GARBAGE = "quack"
SLOW_SECONDS = 0.2


@dataclass(frozen=True)
class Taken:
    """One letter as it came in."""

    sender: str
    recipient: str
    content: bytes
    options: tuple[str, ...]


@dataclass
class MailServer:
    """How the server behaves whoever a letter is to, and what it saw. Change a habit, and the next command meets it."""

    host: str = "127.0.0.1"
    greeting: str = ""
    hello: str = ""
    is_old: bool = False
    mail: str = ""
    takes_utf8: bool = True
    largest: int | None = None
    certificate: ssl.SSLContext | None = None
    is_implicit: bool = False
    users: dict[str, str] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    mechanisms: tuple[str, ...] = ("PLAIN", "LOGIN")
    sign_in: str = ""
    taken: list[Taken] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)
    secured: list[bool] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    done: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._lines: set[Connection] = set()
        self._listening: asyncio.Server | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.open()

    @property
    def recipients(self) -> list[str]:
        """Whom the letters were to, in the order they came."""
        return [letter.recipient for letter in self.taken]

    def open(self) -> None:
        """Listen; again on the same port after `shut`."""
        self._run(self._listen())

    def shut(self) -> None:
        """Go away, in the middle of whatever goes on."""
        self._run(self._leave())

    def close(self) -> None:
        """Go away for good."""
        self.shut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self) -> None:
        context = self.certificate if self.is_implicit else None
        self._listening = await self._loop.create_server(self._connection, self.host, self.port, ssl=context)
        self.port = self._listening.sockets[0].getsockname()[1]

    async def _leave(self) -> None:
        await asyncio.sleep(0.005)  # who has just come in is let in first: asyncio forgets to close what it cannot
        if self._listening:
            self._listening.close()
        deadline = self._loop.time() + 1
        while self._is_busy():
            for line in list(self._lines):
                if line.transport:
                    line.transport.abort()
            for task in self._others() if self._loop.time() > deadline else ():
                task.cancel()
            await asyncio.sleep(0.001)

    def _is_busy(self) -> bool:
        return bool(self._others()) or any(line.transport for line in self._lines)

    def _others(self) -> set["asyncio.Task[Any]"]:
        return asyncio.all_tasks(self._loop) - {asyncio.current_task(self._loop)}

    def _connection(self) -> "Connection":
        self.connections += 1
        line = Connection(self, self._loop)
        self._lines.add(line)
        return line


class Connection(SMTP):
    """One connection, with the habits of its server."""

    def __init__(self, house: MailServer, loop: asyncio.AbstractEventLoop) -> None:
        self.house = house
        self._greeted = False
        mechanisms = {"PLAIN", "LOGIN", "XOAUTH2"}
        super().__init__(
            Answers(house),
            hostname="mail.test",
            loop=loop,
            enable_SMTPUTF8=house.takes_utf8,
            data_size_limit=house.largest,
            tls_context=None if house.is_implicit else house.certificate,
            auth_require_tls=False,
            auth_exclude_mechanism=mechanisms - set(house.mechanisms),
            authenticator=_is_right,
        )
        self._auth_required = bool(house.users or house.tokens)

    async def push(self, status: str | bytes) -> None:
        """One line of an answer; the first of all is the greeting."""
        if not self._greeted and self.house.greeting:
            await self.leave(self.house.greeting)
        self._greeted = True
        await super().push(status)

    async def smtp_EHLO(self, hostname: str) -> None:
        """The greeting of a client of our days."""
        if answer := self.house.hello or ("502 5.5.1 not known" if self.house.is_old else ""):
            await super().push(answer)
        else:
            await super().smtp_EHLO(hostname)

    async def smtp_HELO(self, hostname: str) -> None:
        """The greeting of a client of old."""
        await (super().push(self.house.hello) if self.house.hello else super().smtp_HELO(hostname))

    async def smtp_DATA(self, arg: str) -> None:
        """The text."""
        address = self.envelope.rcpt_tos[0] if self.envelope and self.envelope.rcpt_tos else ""
        if answer := await self.fault("data", address):
            await super().push(answer)
        elif faulty(address, "middle"):
            await super().push("354 go on")
            await self._reader.readuntil()
            await self.fault("middle", address)
        else:
            await super().smtp_DATA(arg)

    async def fault(self, step: str, address: str) -> str:
        """What is to be answered at this step; nothing when all is well. May leave or stay silent instead."""
        found = faulty(address, step)
        if found is None or (found["once"] and (step, address) in self.house.done):
            return ""
        self.house.done.add((step, address))
        match found["what"]:
            case "drop":
                await self.leave()
            case "silent":
                await asyncio.Event().wait()
            case "slow":
                await asyncio.sleep(SLOW_SECONDS)
                return ""
            case "garbage":
                return GARBAGE
            case "babble":
                return f"{GARBAGE}\r\n250 2.0.0 ok"
            case "421":
                await self.leave("421 4.3.2 closing")
        return " ".join(filter(None, (found["what"], found["status"], "as you wish")))

    async def leave(self, words: str = "") -> None:
        """Close the line, with a last word or in the middle of it."""
        assert self.transport
        if words:
            self._greeted = True
            await super().push(words)
            self.transport.close()
        else:
            self.transport.abort()
        raise asyncio.CancelledError

    def connection_lost(self, error: Exception | None) -> None:
        """The client is gone."""
        self.house._lines.discard(self)
        super().connection_lost(error)


class Answers:
    """What the server says to the commands that matter."""

    def __init__(self, house: MailServer) -> None:
        self.house = house

    async def handle_EHLO(
        self, server: Connection, session: Session, envelope: Envelope, hostname: str, offered: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.house.asked.append(f"EHLO {hostname}")
        return offered if self.house.users or self.house.tokens else [line for line in offered if "AUTH" not in line]

    async def handle_MAIL(
        self, server: Connection, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.house.asked.append(f"MAIL {address}")
        self.house.secured.append(server.transport.get_extra_info("ssl_object") is not None)
        if self.house.mail.startswith("421"):
            await server.leave(self.house.mail)
        if not self.house.mail:
            envelope.mail_from, envelope.mail_options = address, options
        return self.house.mail or "250 2.1.0 ok"

    async def handle_RCPT(
        self, server: Connection, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.house.asked.append(f"RCPT {address}")
        if answer := await server.fault("rcpt", address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server: Connection, session: Session, envelope: Envelope) -> str:
        [address] = envelope.rcpt_tos
        found = faulty(address, "dot")
        if found is None or not found["what"].isdigit() or (found["once"] and ("dot", address) in self.house.done):
            letter = Taken(envelope.mail_from or "", address, envelope.original_content, tuple(envelope.mail_options))
            self.house.taken.append(letter)
        return await server.fault("dot", address) or "250 2.0.0 taken"

    async def auth_XOAUTH2(self, server: Connection, words: list[str]) -> AuthResult:
        proof = base64.b64decode(words[1]).decode()
        user, token = re.fullmatch("user=([^\x01]+)\x01auth=Bearer ([^\x01]+)\x01\x01", proof).groups()
        if token in self.house.tokens:
            self.house.signed_in.append(f"XOAUTH2 {user}")
            return AuthResult(success=True)
        await server.challenge_auth('{"status":"401"}')
        return AuthResult(success=False, handled=False)


def _is_right(server: Connection, session: Session, envelope: Envelope, mechanism: str, said: Any) -> AuthResult:
    login, password = said.login.decode(), said.password.decode()
    is_right = not server.house.sign_in and server.house.users.get(login) == password
    if is_right:
        server.house.signed_in.append(f"{mechanism} {login}")
    return AuthResult(success=is_right, handled=False, message=server.house.sign_in or None)


def faulty(address: str, step: str) -> re.Match[str] | None:
    """What this address asks for at that step."""
    found = FAULT.fullmatch(address.partition("@")[0])
    return found if found and (found["step"] or "rcpt") == step else None


@contextmanager
def mail_server(**habits: Any) -> Iterator[MailServer]:
    """A server on a port it picked."""
    server = MailServer(**habits)
    try:
        yield server
    finally:
        server.close()
