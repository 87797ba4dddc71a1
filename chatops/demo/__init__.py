"""The demo: the group of the first municipality with invented people, to try Tuva without any account."""

import asyncio
import signal
import socket
import sys
from pathlib import Path

import typer

from chatops import logs
from chatops.platforms.console_input import typed_at_terminal, typed_from_input
from chatops.service import listen
from chatops.terminal import ROOM, Terminal
from config.reading import load
from config.settings import MailSettings, Settings
from config.texts import Texts, texts_in
from digests.clock import real_time
from storage import schema
from storage.database import Database, Session
from storage.groups import GroupChoices, every_group, save_group
from storage.organisations import add_unit, organisation_named
from storage.roster import import_roster
from storage.rules import RuleBroken

FOLDER = Path("var/demo")
ROSTER = Path(__file__).with_name("roster.csv")
SENDER = "Tuva <tuva@trollhattan.example>"
SETTINGS = f"""\
# The demo's settings, for the other commands: tuva --config var/demo/tuva.toml preview weekly hallbarhet

[service]
database = "sqlite:///tuva.db"

[mail]
url = "maildir:mail"
sender = "{SENDER}"
"""
CITY = "Trollhättans Stad"
SLUG = "hallbarhet"
NAME = "Ekologiska hållbarhetsgruppen"
UNITS = (
    "Kommunstyrelsens förvaltning",
    "Samhällsbyggnadsförvaltningen",
    "Utbildningsförvaltningen",
    "Omsorgsförvaltningen",
    "Kultur- och fritidsförvaltningen",
    "Arbetsmarknads- och socialförvaltningen",
)
ENGLISH_READER = "emma.hill@trollhattan.example"


async def play() -> None:
    """Chat at the terminal until `quit`. Without a terminal: answer standard input, then send everybody's letter."""
    settings = _prepared()
    texts = texts_in(settings.service.language)
    at_terminal = sys.stdin.isatty()
    with _door() as listening, (FOLDER / "tuva.log").open("a", encoding="utf-8") as log:
        logs.configure("info", log)
        base = f"http://127.0.0.1:{listening.getsockname()[1]}"
        terminal = Terminal(settings, None, base, typer.echo)
        try:
            if not await terminal.be_alone():
                raise RuleBroken("demo-in-use")
            typer.echo(_welcome(terminal, texts, base))
            stop = asyncio.Event()
            service = asyncio.create_task(terminal.service.run(listening, stop))
            await _converse(terminal, at_terminal=at_terminal)
            if not at_terminal:
                await _send_letters(terminal, texts)
            stop.set()
            await service
        finally:
            terminal.service.close()


async def _converse(terminal: Terminal, *, at_terminal: bool) -> None:
    typed = typed_at_terminal() if at_terminal else typed_from_input()
    conversation = asyncio.ensure_future(terminal.converse(typed, echo=not at_terminal))
    loop = asyncio.get_running_loop()
    for told in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(told, conversation.cancel)
    try:
        await conversation
    except asyncio.CancelledError:
        typer.echo("")


async def _send_letters(terminal: Terminal, texts: Texts) -> None:
    """Move to the last reader's next letter, and tell where the letters lie."""
    before = set(terminal.letters())
    await asyncio.to_thread(terminal.service.clock.plan)
    last = await asyncio.to_thread(terminal.service.clock.last_due_at)
    if last is not None:
        await terminal.move_to(last)
    sent = [letter for letter in terminal.letters() if letter not in before]
    typer.echo(texts.say("demo-letters", count=len(sent)) if sent else texts.say("demo-nothing"))
    for letter in sent:
        typer.echo("\t".join(map(str, letter)))


def _door() -> socket.socket:
    """The port of last time, so that the buttons of old letters go on working; else any free one."""
    known = FOLDER / "port"
    try:
        return listen(f"127.0.0.1:{int(known.read_text('utf-8'))}")
    except (OSError, ValueError, RuleBroken):
        door = listen("127.0.0.1:0")
        known.write_text(str(door.getsockname()[1]), "utf-8")
        return door


def _welcome(terminal: Terminal, texts: Texts, base: str) -> str:
    folder = str((FOLDER / "mail" / "new").resolve())
    return texts.say(
        "demo-welcome", group=NAME, speaker=terminal.speaker.name, other=ENGLISH_READER, folder=folder, url=base
    )


def _prepared() -> Settings:
    """The demo's settings, its people in place. Whatever the environment says, nothing leads outside."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / "tuva.toml"
    if not file.exists():
        file.write_text(SETTINGS, "utf-8")
    chosen, folder = load(file), FOLDER.resolve()
    service = chosen.service.model_copy(update={"database": f"sqlite:///{folder}/tuva.db", "public_url": ""})
    mail = MailSettings(url=f"maildir:{folder}/mail", sender=SENDER)
    settings = chosen.model_copy(update={"service": service, "mail": mail, "slack": None, "matrix": None})
    database = Database(settings.service.database)
    try:
        schema.migrate(database, real_time())
        with database.transaction() as session:
            if not every_group(session):
                _settle_in(session, settings)
    finally:
        database.close()
    return settings


def _settle_in(session: Session, settings: Settings) -> None:
    now = real_time()
    choices = GroupChoices(name=NAME, organisations=(CITY,), rooms=(("console", ROOM),))
    group = save_group(session, SLUG, choices, settings.service.language, "Europe/Stockholm", now)
    city = organisation_named(session, CITY)
    for unit in UNITS:
        add_unit(session, group, unit, city)
    session.flush()
    import_roster(session, group, ROSTER.read_bytes(), now, replace=False)
