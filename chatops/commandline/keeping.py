"""Commands that keep the record safe: write a backup, bring one back."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from chatops import logs
from chatops.commandline.installation import Config, settings_of
from chatops.commandline.record import line_of
from config.texts import texts_in
from digests.clock import Clock, real_time
from storage import backup as backups
from storage import outbox, undelivered
from storage.database import Database

commands = typer.Typer()
WHY_HELD = "restored"


@commands.command("backup")
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file for the whole record.")],
    config: Config = None,
) -> None:
    """Write the whole record to a file, also while Tuva runs."""
    settings = settings_of(context, config)
    with closing(Database(settings.service.database)) as database:
        backups.write(database, file)
    typer.echo(texts_in(settings.service.language).say("cli-backed-up", file=str(file)))


@commands.command("restore")
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What tuva backup wrote.")],
    config: Config = None,
) -> None:
    """Bring a backup into an empty database. What was not sent is held, and listed."""
    settings = settings_of(context, config)
    logs.configure("error")
    with (
        closing(Database(settings.service.database)) as database,
        backups.restored(database, file, real_time()) as copy,
    ):
        lines = _held(copy)
    texts = texts_in(settings.service.language)
    typer.echo(texts.say("cli-restored", database=str(database.path), count=len(lines)))
    for line in lines:
        typer.echo(line)


def _held(copy: Database) -> list[str]:
    """Hold every wish, also those of the moments since the backup, whose letters have perhaps been sent."""
    Clock(copy, real_time, lambda: None).tick()
    with copy.transaction() as session:
        undelivered.hold_everything(session, WHY_HELD)
        return [line_of(entry) for entry in outbox.unfinished(session)]
