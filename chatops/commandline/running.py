"""Commands that run Tuva, or look at what it would do."""

import asyncio
import signal
import socket
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from chatops import checkup, demo, logs
from chatops.commandline.installation import As, Config, settings_of
from chatops.commands import COMMANDS
from chatops.platforms import Remote
from chatops.platforms.console_input import read_transcript, typed_at_terminal, typed_from_input
from chatops.service import Service, base_address, house_of, listen
from chatops.terminal import Terminal
from config.settings import Settings
from config.texts import texts_in
from digests.clock import real_time
from storage import schema
from storage.database import Database
from storage.rules import RuleBroken

commands = typer.Typer()
# An answer goes through several threads: none may keep it waiting for Python's own 5 ms.
SWITCH_SECONDS = 0.0005
# A console without a service beside it has the database alone while it sends.
CONSOLE_LETS_GO_WITHIN_SECONDS = 5


@commands.command("run")
def run(context: typer.Context, config: Config = None) -> None:
    """Run the service until SIGTERM."""
    settings = settings_of(context, config)
    _require_work(settings)
    logs.configure(settings.service.log_level)
    with listen(settings.service.listen) as listening:
        asyncio.run(_serve(settings, listening))


@commands.command("demo")
def demo_(context: typer.Context) -> None:  # noqa: ARG001
    """Try Tuva: an invented group, a chat at this terminal, letters in a folder."""
    asyncio.run(demo.play())


@commands.command("console")
def console(
    context: typer.Context,
    speaker: As = None,
    script: Annotated[Path | None, typer.Option("--script", metavar="FILE", help="A transcript to run.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Tell how the answers differ from the transcript.")] = False,
    config: Config = None,
) -> None:
    """Chat with Tuva at this terminal, or run a transcript."""
    settings = settings_of(context, config)
    logs.configure("error")
    if script is None:
        asyncio.run(_chat(settings, speaker))
    else:
        difference = asyncio.run(_tell(settings, speaker, script, aloud=not check))
        if check and difference:
            typer.echo("\n".join(difference))
            raise typer.Exit(1)


@commands.command("check")
def check(context: typer.Context, config: Config = None) -> None:
    """Look for everything that would keep a letter from its reader."""
    settings = settings_of(context, config)
    texts = texts_in(settings.service.language)
    findings = checkup.look(settings, texts)
    for line in findings.notes:
        typer.echo(line)
    if findings.problems:
        typer.echo(texts.say("check-problems", count=len(findings.problems)), err=True)
        typer.echo("\n".join(f"- {problem}" for problem in findings.problems), err=True)
        raise typer.Exit(1)
    typer.echo(texts.say("check-fine"))


@commands.command("migrate")
def migrate(context: typer.Context, config: Config = None) -> None:
    """Prepare the database for this version."""
    settings = settings_of(context, config)
    with closing(Database(settings.service.database)) as database:
        schema.migrate(database, real_time())
    typer.echo(texts_in(settings.service.language).say("cli-migrated", database=str(database.path)))


def _require_work(settings: Settings) -> None:
    if settings.mail is None and settings.slack is None and settings.matrix is None:
        raise RuleBroken("cli-nothing-configured")


def _take_place(service: Service) -> None:
    """Be one of those who use the database; who comes first, and alone, takes up what a crash left."""
    alone = service.database.in_use.take_alone()
    service.recover(alone=alone)
    deadline = time.monotonic() + CONSOLE_LETS_GO_WITHIN_SECONDS
    while not service.database.in_use.share():
        if time.monotonic() > deadline:
            raise RuleBroken("cli-database-held")
        time.sleep(0.1)


async def _serve(settings: Settings, listening: socket.socket) -> None:
    sys.setswitchinterval(SWITCH_SECONDS)
    service = Service(settings, base_address(settings, listening), real_time, {}, remote=partial(_remote, settings))
    try:
        await asyncio.to_thread(_take_place, service)
        await _until_told(service, listening)
    finally:
        service.close()


def _remote(settings: Settings, database: Database) -> dict[str, Remote]:
    """The platforms that the settings name. Who runs without one is spared the import of its library."""
    platforms: dict[str, Remote] = {}
    if settings.slack:
        from chatops.platforms.slack import Slack  # noqa: PLC0415

        platforms["slack"] = Slack(settings.slack, database, COMMANDS, settings.service.language, real_time)
    if settings.matrix:
        from chatops.platforms.matrix import Matrix  # noqa: PLC0415

        platforms["matrix"] = Matrix(settings.matrix, database, COMMANDS, house_of(settings), real_time)
    return platforms


async def _until_told(service: Service, listening: socket.socket) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for told in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(told, stop.set)
    host, port = listening.getsockname()[:2]
    typer.echo(f"Tuva listens on http://{f'[{host}]' if ':' in host else host}:{port}")
    await service.run(listening, stop)


async def _chat(settings: Settings, speaker: str | None) -> None:
    terminal = Terminal(settings, speaker, base_address(settings, None), typer.echo)
    try:
        at_terminal = sys.stdin.isatty()
        typed = typed_at_terminal() if at_terminal else typed_from_input()
        await terminal.converse(typed, echo=not at_terminal)
    finally:
        terminal.service.close()


async def _tell(settings: Settings, speaker: str | None, script: Path, *, aloud: bool) -> list[str]:
    """Run a transcript; returns how it went otherwise than told."""
    try:
        story = read_transcript(script)
    except (OSError, UnicodeDecodeError):
        raise RuleBroken("cli-file-broken", file=str(script)) from None
    if story.lines and not story.typed:
        raise RuleBroken("console-script-empty", file=str(script))
    told: list[str] = []

    def write(line: str) -> None:
        told.append(line)
        if aloud:
            typer.echo(line)

    terminal = Terminal(settings, speaker, base_address(settings, None), write)
    try:
        await terminal.converse(story.replay(), echo=True)
    finally:
        terminal.service.close()
    return story.difference(told)
