"""Tuva on Slack, for tests: the cast in a workspace, and a service that lives in a thread beside the test."""

import asyncio
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from chatops.commands import COMMANDS
from chatops.conversation import Invocation, Reply
from chatops.platforms.slack import Patience, Slack
from chatops.platforms.slack.manifest import EVENTS, scopes
from chatops.service import Service, listen
from config.settings import Settings, SlackSettings
from digests.clock import real_time
from living import until
from people import ANA, BO, CHEN, GUS, INA
from slackland import Slack as Workspace
from slackside.sight import Outcome, Sighted
from storage.database import Database
from storage.groups import bind_room, group_called

CHANNEL = "C1"
U = {ANA: "U0ANA", BO: "U0BO", CHEN: "U0CHEN", GUS: "U0GUS", INA: "U0INA"}
NAMES = {ANA: "Ana Ask", BO: "Bo Bark", CHEN: "Chen Cho", GUS: "Gus Gren", INA: "Ina Is"}
# Somebody else in the channel, whom each test makes what it needs.
EVE = "U0EVE"
BRISK = Patience(grace=timedelta(seconds=0.3), ping=0.5, apart=0.05)
PATIENCE_SECONDS = 10.0
# Waits for the message in the channel that holds these words.
Card = Callable[[str], Sighted]


def workspace(**told: Any) -> Workspace:
    """A workspace with the cast in it, all in the channel of the green group."""
    slack = Workspace(scopes=" ".join(scopes(history=True)), events=" ".join(EVENTS), **told)
    for address, account in U.items():
        slack.add_person(account, NAMES[address], address, locale="en-GB" if address == CHEN else "sv-SE")
    slack.add_channel(CHANNEL, [*U.values(), EVE])
    return slack


def bind(database: Database, channel: str = CHANNEL, slug: str = "grona") -> None:
    """Make a channel a group's."""
    with database.transaction() as session:
        bind_room(session, group_called(session, slug), "slack", channel)


def slack_settings(slack: Workspace, **more: Any) -> SlackSettings:
    """The settings for a workspace."""
    secrets = {"bot_token": slack.bot_token, "app_token": slack.app_token, "signing_secret": slack.signing_secret}
    return SlackSettings.model_validate({**secrets, "api_url": slack.api_url, **more})


class Running:
    """A service in a thread of its own."""

    def __init__(self, settings: Settings, patience: Patience = BRISK) -> None:
        assert settings.slack
        self._settings = settings
        self._slack = settings.slack
        self._patience = patience
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
        self.service = Service(self._settings, self.base, real_time, {}, remote=self._remote)
        self.service.recover(alone=True)
        try:
            self._ready.set()
            await self.service.run(self.listening, stop)
        finally:
            self.service.close()

    def _remote(self, database: Database) -> dict[str, Slack]:
        return {"slack": Slack(self._slack, database, COMMANDS, "sv", real_time, self._patience)}

    def say(self, line: str, address: str) -> Reply:
        """Something said in a letter by somebody, beside Slack."""
        said = Invocation("mail", address, line, self.now(), secrets.token_hex(8))
        return asyncio.run_coroutine_threadsafe(self.service.answer(said), self.loop).result()

    def now(self) -> datetime:
        """The time, as it tells it."""
        return real_time()

    def stop(self) -> None:
        """End it."""
        self._stop()
        self._thread.join(PATIENCE_SECONDS)
        assert not self._thread.is_alive()


@contextmanager
def running(settings: Settings, slack: Workspace, **more: Any) -> Iterator[Running]:
    """Tuva on that workspace, connected."""
    tuva = Running(settings.model_copy(update={"slack": slack_settings(slack, **more)}))
    try:
        if more.get("mode") != "http":
            until(lambda: len(slack.connections()) == 2)
        yield tuva
    finally:
        tuva.stop()


def whispered(slack: Workspace, address: str) -> str:
    """What was last whispered to somebody."""
    return str(until(lambda: slack.ephemerals(U[address]))[-1].words)


def answered(outcome: Outcome) -> str:
    """What a command was answered with."""
    assert outcome.payload, outcome.error
    return str(outcome.payload["text"])
