"""A mail server that outlives whoever sends. As a script: the server; imported: the handle on it.

It takes everything, and writes down, before it says yes, what a person would find in their mailbox.
"""

import asyncio
import hashlib
import json
import os
import re
import smtplib
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

END = b"\r\n.\r\n"
MESSAGE_ID = re.compile(rb"(?m)^Message-ID: <([^>]+)>")


@dataclass(frozen=True)
class Taken:
    """One letter as it was taken."""

    at: float
    connection: int
    recipient: str
    message_id: str
    digest: str


class MailServer:
    """The server, in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._record = folder / "taken.jsonl"
        self._record.touch()
        self._process = subprocess.Popen(
            [sys.executable, "-I", __file__, str(self._record)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def taken_since(self, place: int) -> list[Taken]:
        """Every letter after that place of the record, once everything that was on its way has come in."""
        while self._others():
            time.sleep(0.002)
        with self._record.open("rb") as record:
            record.seek(place)
            return [Taken(**json.loads(line)) for line in record]

    def place(self) -> int:
        """How far the record has come."""
        return self._record.stat().st_size

    def close(self) -> None:
        """End it."""
        with self._process as process:
            process.kill()

    def _others(self) -> int:
        """How many connections are open besides the one that asks."""
        with smtplib.SMTP("127.0.0.1", self.port, "rig") as asking:
            return int(asking.docmd("OTHERS")[1])


class Connection(asyncio.Protocol):
    """One connection to the server."""

    count = 0
    open = 0
    record = -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        Connection.count += 1
        Connection.open += 1
        self._number, self._out = Connection.count, transport
        self._in_text, self._waiting, self._recipient = False, b"", ""
        self._out.write(b"220 rig\r\n")

    def connection_lost(self, exc: Exception | None) -> None:
        Connection.open -= 1

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        end = END if self._in_text else b"\r\n"
        while end in self._waiting:
            piece, _, self._waiting = self._waiting.partition(end)
            answer = self._take(piece + b"\r\n") if self._in_text else self._understand(piece)
            self._out.write(answer + b"\r\n")
            end = END if self._in_text else b"\r\n"

    def _understand(self, line: bytes) -> bytes:
        verb = line[:4].upper()
        if verb == b"RCPT":
            self._recipient = line.partition(b"<")[2].partition(b">")[0].decode()
        elif verb == b"DATA":
            self._in_text = True
            return b"354 go on"
        elif verb == b"OTHE":
            return b"250 %d" % (Connection.open - 1)
        elif verb == b"QUIT":
            self._out.write(b"221 bye\r\n")
            self._out.close()
        return b"250 ok"

    def _take(self, letter: bytes) -> bytes:
        self._in_text = False
        found = MESSAGE_ID.search(letter)
        taken = Taken(
            at=time.time(),
            connection=self._number,
            recipient=self._recipient,
            message_id=found[1].decode() if found else "",
            digest=hashlib.sha256(letter).hexdigest(),
        )
        os.write(Connection.record, json.dumps(taken.__dict__).encode() + b"\n")
        return b"250 2.0.0 taken"


async def serve(record: Path) -> None:
    """Serve until standard input ends."""
    Connection.record = os.open(record, os.O_WRONLY | os.O_APPEND)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Connection, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
