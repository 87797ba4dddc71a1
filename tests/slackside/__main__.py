"""The process: told who it is as its argument, it prints its port, and ends when standard input does."""

import asyncio
import json
import os
import sys

from aiohttp import web

from slackside.control import Control
from slackside.server import Server
from slackside.workspace import Json

LARGEST_CALL = 64 * 1024 * 1024


async def serve(told: Json) -> None:
    """Serve until standard input ends."""
    server = Server(told)
    app = web.Application(client_max_size=LARGEST_CALL)
    app.router.add_route("*", "/api/{method}", server.api)
    app.router.add_get("/link", server.sockets.link)
    app.router.add_get("/files-pri/{file}/{name}", server.cabinet.fetch)
    app.router.add_post("/upload/v1/{file}", server.cabinet.take)
    app.router.add_post("/control/{verb}", Control(server).handle)
    app.router.add_post("/{kind:commands|actions|app}/{team}/{number}", server.response_url)
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", told["port"], reuse_address=True)
    await site.start()
    host, port = runner.addresses[0][:2]
    server.listen_at(f"{host}:{port}")
    print(port, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    os._exit(0)  # open sockets would be waited for, and nothing here outlives its process


if __name__ == "__main__":
    asyncio.run(serve(json.loads(sys.argv[1])))
