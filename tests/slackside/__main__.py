"""The process: for each line of standard input, which says who a workspace is, it forks one and prints its port and
its process; and ends when standard input does, as every workspace of it."""

import asyncio
import json
import os
import signal
import sys

from aiohttp import web

from slackside.control import Control
from slackside.server import Server
from slackside.workspace import Json

LARGEST_CALL = 64 * 1024 * 1024


async def serve(told: Json) -> None:
    """Serve until killed."""
    server = Server(told)
    app = web.Application(client_max_size=LARGEST_CALL)
    app.router.add_route("*", "/api/{method}", server.api)
    app.router.add_get("/link", server.sockets.link)
    app.router.add_get("/files-pri/{file}/{name}", server.cabinet.fetch)
    app.router.add_post("/upload/v1/{file}", server.cabinet.take)
    app.router.add_post("/control/{verb}", Control(server).handle)
    app.router.add_post("/{kind:commands|actions|app}/{team}/{number}", server.response_url)
    runner = web.AppRunner(app, access_log=None, handle_signals=False)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", told["port"], reuse_address=True)
    await site.start()
    host, port = runner.addresses[0][:2]
    server.listen_at(f"{host}:{port}")
    print(json.dumps([port, os.getpid()]), flush=True)
    await asyncio.Event().wait()


def fork_for_each_line() -> None:
    """A workspace begins in a fraction of the time that the imports take."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who ends is not waited for
    for line in sys.stdin:
        if not os.fork():
            asyncio.run(serve(json.loads(line)))
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    fork_for_each_line()
