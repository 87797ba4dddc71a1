"""What every command begins with: the settings, their language, and the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from chatops.service import open_database
from config.reading import SettingsFault, load
from config.settings import Settings
from config.texts import Texts, texts_in
from storage.database import Database

app = typer.Typer(
    name="tuva",
    help="Tuva: proposals, good examples and letters for groups that cooperate. To try it: tuva demo",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

Config = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="The settings file.")]
As = Annotated[str | None, typer.Option("--as", metavar="MAIL", help="Whose eyes to see with.")]


@dataclass
class State:
    """What is known so far of the run: the settings file that was named, the language, and the database."""

    config: Path | None = None
    texts: Texts = field(default_factory=lambda: texts_in("sv"))
    database: str = ""


@app.callback()
def tuva(context: typer.Context, config: Config = None) -> None:
    """Keep the settings file that stands before the subcommand."""
    context.obj.config = config


def settings_of(context: typer.Context, config: Path | None) -> Settings:
    """The settings; from here on the command line speaks their language. Raises SettingsFault."""
    state: State = context.find_root().obj
    settings = load(config or state.config)
    state.texts = texts_in(settings.service.language)
    state.database = settings.service.database
    return settings


def settings_if_any(context: typer.Context, config: Path | None) -> Settings:
    """The settings; where there are none, what they are when left out. Raises SettingsFault for mistakes in them."""
    try:
        return settings_of(context, config)
    except SettingsFault as fault:
        if [problem.key for problem in fault.problems] != ["settings-missing"]:
            raise
        return Settings()


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database, for one command. Raises RuleBroken when it is not migrated."""
    database = open_database(settings)
    try:
        yield database
    finally:
        database.close()
