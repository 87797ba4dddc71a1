"""Tuva in a thread beside a test, on whatever platforms its settings name."""

import asyncio
import secrets
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from chatops.commands import COMMANDS
from chatops.conversation import Invocation, Reply
from chatops.platforms import Remote
from chatops.platforms import matrix as on_matrix
from chatops.platforms import slack as on_slack
from chatops.service import Service, house_of, listen
from config.settings import Settings
from digests.clock import real_time
from storage.database import Database

BRISK = on_slack.Patience(grace=timedelta(seconds=0.3), between=0.3, ping=0.5, apart=0.05)
BRISK_ON_MATRIX = on_matrix.Patience(between=0.5)
PATIENCE_SECONDS = 10.0


class Running:
    """A service in a thread of its own. `now` tells it the time; `alone`, that nobody else works on its database."""

    def __init__(
        self,
        settings: Settings,
        patience: on_slack.Patience = BRISK,
        on_matrix: on_matrix.Patience = BRISK_ON_MATRIX,
        now: Callable[[], datetime] = real_time,
        *,
        alone: bool = True,
    ) -> None:
        self._settings = settings
        self._patience = patience
        self._on_matrix = on_matrix
        self._alone = alone
        self.now = now
        self._stop: Callable[[], None] = lambda: None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()))
        self._thread.start()
        assert self._ready.wait(PATIENCE_SECONDS)

    async def _live(self) -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        self.loop = loop
        self._stop = lambda: loop.call_soon_threadsafe(stop.set)
        self.listening = listen("127.0.0.1:0")
        self.base = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        self.service = Service(self._settings, self.base, self.now, {}, remote=self._remote)
        self.service.recover(alone=self._alone)
        try:
            self._ready.set()
            await self.service.run(self.listening, stop)
        finally:
            self.service.close()

    def _remote(self, database: Database) -> dict[str, Remote]:
        self.remotes: dict[str, Remote] = {}
        if slack := self._settings.slack:
            self.remotes["slack"] = on_slack.Slack(slack, database, COMMANDS, "sv", self.now, self._patience)
        if matrix := self._settings.matrix:
            house = house_of(self._settings)
            self.remotes["matrix"] = on_matrix.Matrix(matrix, database, COMMANDS, house, self.now, self._on_matrix)
        return self.remotes

    def hears(self, platform: str) -> bool:
        """Whether a platform is heard by now."""
        return self.remotes[platform].health().ok

    def say(self, line: str, address: str) -> Reply:
        """Something said in a letter by somebody, beside any platform."""
        said = Invocation("mail", address, line, self.now(), secrets.token_hex(8))
        return asyncio.run_coroutine_threadsafe(self.service.answer(said), self.loop).result()

    def stop(self) -> None:
        """End it, if it has not ended."""
        if self._thread.is_alive():
            self._stop()
        self._thread.join(PATIENCE_SECONDS)
        assert not self._thread.is_alive()
