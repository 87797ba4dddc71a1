"""A mail server that takes everything and keeps nothing, as cheap as Python can be: the floor must not be its limit.

Prints its port; counts the letters it took and prints the number for each line it reads.
"""

import asyncio
import sys


class Sink(asyncio.Protocol):
    """One connection."""

    taken = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._out = transport
        self._in_text = False
        self._tail = b""
        self._out.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        if self._in_text:
            self._tail = (self._tail + data)[-5:]
            if self._tail == b"\r\n.\r\n":
                self._in_text, self._tail = False, b""
                Sink.taken += 1
                self._out.write(b"250 2.0.0 taken\r\n")
            return
        verb = data[:4].upper()
        if verb == b"DATA":
            self._in_text = True
            self._out.write(b"354 go on\r\n")
        elif verb == b"QUIT":
            self._out.write(b"221 bye\r\n")
            self._out.close()
        else:
            self._out.write(b"250 ok\r\n")


async def main() -> None:
    """Serve until standard input ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(Sink.taken, flush=True)


asyncio.run(main())
