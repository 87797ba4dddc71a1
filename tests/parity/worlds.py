"""A world for each platform: its own record, the same cast in it, and the platform's real way to say something.

All worlds go through the same history, so that in all of them the same thing has the same number.
"""

import asyncio
import html
import re
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Protocol

from chatops.commands import COMMANDS
from chatops.platforms.console_input import Typed
from chatops.terminal import Terminal
from config.settings import Settings
from digests.clock import real_time
from homeserver import Synapse
from living import until
from on_matrix import answered_to, settle
from on_matrix import running as on_matrix
from on_slack import CHANNEL, U, bind, workspace
from on_slack import running as on_slack
from settled import installation
from slackland import Slack
from slackside.words import words
from storage.database import Database
from storage.groups import bind_room, group_called
from storage.people import person_with_mail
from town import Town

OPERATOR = "ana@example.org"
TYPED_ON_SLACK = {f"/{command.name}" for command in COMMANDS}
# A card's number at the console, and what can be pressed under a card: at the console, on Slack, on Matrix.
DRESS = re.compile(r"^\[\d+\] |^1\) .*$|^\[.*\]$|^Alla ser det i .*$|^Everybody .* in <#.*$|^.* · !\S.*$", re.MULTILINE)
# What somebody else is told, at the console, and other cards that are shown there: they come last.
BESIDE = re.compile(r"^\[\d+\] (?:Till|To) \w+ \w+: |(?<=\n)\[\d+\] ", re.MULTILINE)


class World(Protocol):
    """One platform with people on it."""

    database: Database

    def say(self, address: str, line: str, body: str = "") -> str:
        """What somebody who says a line hears; of a form, what it asks."""

    def reply(self, address: str, words: str) -> str:
        """What somebody hears who answers what they were just asked."""


class ConsoleWorld:
    """Typed at a terminal."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.database = database
        self._said: list[str] = []
        self._loop = asyncio.new_event_loop()
        with database.transaction() as session:
            bind_room(session, group_called(session, "grona"), "console", "console")
        self._terminal = self._loop.run_until_complete(self._open(settings))

    async def _open(self, settings: Settings) -> Terminal:
        return Terminal(settings, None, "https://tuva.example.org", self._said.append, real_time)

    def say(self, address: str, line: str, body: str = "") -> str:
        self._hear(f"as {address}")
        return self._hear(f"/{line}", body)

    def reply(self, address: str, words: str) -> str:
        return self._hear(words)

    def _hear(self, line: str, body: str = "") -> str:
        self._said.clear()
        self._loop.run_until_complete(self._terminal.console.hear(Typed(line).line, body))
        return BESIDE.split("\n".join(self._said))[0]

    def close(self) -> None:
        """Leave the terminal."""
        self._terminal.service.close()
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()


class SlackWorld:
    """Slash commands in the group's channel. A name that Slack does not allow stands behind `/tuva`."""

    def __init__(self, slack: Slack, database: Database) -> None:
        self.slack = slack
        self.database = database

    def say(self, address: str, line: str, body: str = "") -> str:
        name, _, rest = line.partition(" ")
        command, text = (f"/{name}", rest) if f"/{name}" in TYPED_ON_SLACK else ("/tuva", line)
        typed = html.escape(f"{text}\n{body}" if body else text, quote=False)
        outcome = self.slack.command(command, typed, by=U[address], channel=CHANNEL)
        if outcome.payload:
            return words(outcome.payload["blocks"])
        return str(until(lambda: self.slack.view(U[address])).words)

    def reply(self, address: str, words: str) -> str:
        before = len(self.slack.ephemerals(U[address]))
        form = self.slack.view(U[address])
        assert form
        self.slack.submit(U[address], {form.blocks[0]["block_id"]: words})
        return str(until(lambda: self.slack.ephemerals(U[address])[before:])[0].words)


class MatrixWorld:
    """Written after an exclamation mark in the group's room; read in the thread, or in the direct room."""

    def __init__(self, town: Town, database: Database) -> None:
        self.town = town
        self.database = database
        self._thread = ""

    def say(self, address: str, line: str, body: str = "") -> str:
        self._thread = self._said(address, f"!{line}\n{body}" if body else f"!{line}")
        return self._answer(address, self._thread, self._thread)

    def reply(self, address: str, words: str) -> str:
        return self._answer(address, self._said(address, words, self._thread), self._thread)

    def _said(self, address: str, words: str, thread: str = "") -> str:
        person = self.town[address]
        for room in person.invitations():  # somebody was told something meanwhile
            person.join(room)
        person.listen()
        return person.say(self.town.room, words, thread)

    def _answer(self, address: str, event: str, thread: str) -> str:
        return str(answered_to(self.town, self.town[address], event, thread)["content"]["body"])


@contextmanager
def three_worlds(folder: Path, homeserver: Synapse) -> Iterator[dict[str, World]]:
    """The console, Slack and Matrix."""
    with ExitStack() as stack:
        records = {name: _record(folder / name) for name in ("console", "slack", "matrix")}
        for _, database in records.values():
            stack.callback(database.close)
        town, slack = Town(homeserver), stack.enter_context(workspace())
        _settle_on_slack(records["slack"][1])
        settle(records["matrix"][1], town)
        stack.enter_context(on_slack(records["slack"][0], slack))
        stack.enter_context(on_matrix(records["matrix"][0], town))
        console = stack.enter_context(closing(ConsoleWorld(*records["console"])))
        worlds = SlackWorld(slack, records["slack"][1]), MatrixWorld(town, records["matrix"][1])
        yield {"console": console, "slack": worlds[0], "matrix": worlds[1]}


def undressed(text: str) -> list[str]:
    """What was said, line for line, without what one platform alone has: its signs, its buttons, its prefix."""
    text = re.sub("^[-–•] ", "- ", DRESS.sub("", text), flags=re.MULTILINE)
    text = re.sub(r"(?<![\w/<])[!/](tuva )?(?=\w)", "", text)
    text = re.sub(r"på konsolen|på Slack|på Matrix|on the console|on Slack|on Matrix", "HERE", text)
    text = re.sub(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b", "CODE", text)
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _record(folder: Path) -> tuple[Settings, Database]:
    folder.mkdir()
    settings = installation(folder, operators=[OPERATOR])
    return settings, Database(settings.service.database)


def _settle_on_slack(database: Database) -> None:
    """The cast is known by its accounts: what Slack tells of people is no part of what is compared."""
    bind(database)
    with database.transaction() as session:
        for address, account in U.items():
            person = person_with_mail(session, address)
            assert person
            person.known_as("slack", account, "T1")
