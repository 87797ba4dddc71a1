"""Tuva on a platform as a run of the rig: the whole service, with little patience, until it is told to stop or dies."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from chatops.commands import COMMANDS
from chatops.platforms import Remote, matrix, slack
from chatops.service import Service, house_of, listen
from config.settings import Settings
from digests import courier
from digests.clock import real_time
from storage.database import Database

ON_SLACK = slack.Patience(grace=timedelta(seconds=0.2), between=0.1, ping=0.5, apart=0.02)
BASE = "https://tuva.example.org"
LOOK_EVERY_SECONDS = 0.01
COURIER_LOOKS_EVERY_SECONDS = 0.05


async def serve(settings: Settings, folder: Path, end: Callable[[], None], on_matrix: matrix.Patience) -> None:
    """Serve until there is a file `stop` in the folder; then `end` it all."""

    def remote(database: Database) -> dict[str, Remote]:
        found: dict[str, Remote] = {}
        if settings.slack:
            found["slack"] = slack.Slack(settings.slack, database, COMMANDS, "sv", real_time, ON_SLACK)
        if settings.matrix:
            house = house_of(settings)
            found["matrix"] = matrix.Matrix(settings.matrix, database, COMMANDS, house, real_time, on_matrix)
        return found

    courier.LOOK_EVERY_SECONDS = COURIER_LOOKS_EVERY_SECONDS
    service = Service(settings, BASE, real_time, {}, remote=remote)
    service.recover(alone=True)
    serving = asyncio.create_task(service.run(listen("127.0.0.1:0"), asyncio.Event()))
    try:
        while not (folder / "stop").exists():
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            assert not serving.done()
        end()
    finally:
        service.close()
