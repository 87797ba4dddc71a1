"""What every test may ask for: a database with the cast in it, and a terminal to talk at."""

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from chatops import logs
from chatops.platforms.console_input import Typed
from chatops.terminal import Terminal
from config.settings import MailSettings, ServiceSettings, Settings
from people import MONDAY
from settled import settled
from storage.database import Database

# HYPOTHESIS_PROFILE=soak looks for hours where the suite looks for seconds.
hypothesis_settings.register_profile("soak", max_examples=500, stateful_step_count=50, deadline=None, print_blob=True)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("TUVA_")]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _quiet_logs() -> None:
    logs.configure("error")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation in a folder of its own, with a Maildir."""
    service = ServiceSettings(database=f"sqlite:///{tmp_path}/tuva.db", public_url="https://tuva.example.org")
    return Settings(service=service, mail=MailSettings(url=f"maildir:{tmp_path}/mail"))


@pytest.fixture
def database(settings: Settings, tmp_path: Path) -> Iterator[Database]:
    """A migrated database with the cast in it."""
    (tmp_path / "tuva.db").write_bytes(settled(MONDAY))
    database = Database(settings.service.database)
    yield database
    database.close()


@pytest.fixture
def tell(settings: Settings, database: Database) -> Iterator[Callable[..., str]]:
    """Say lines at one console, as the chair at first; each call gives what was answered to it.

    A line's body stands behind it, after a line break.
    """
    said: list[str] = []
    loop = asyncio.new_event_loop()

    async def open_terminal() -> Terminal:
        return Terminal(settings, None, "https://tuva.example.org", said.append, lambda: MONDAY)

    terminal = loop.run_until_complete(open_terminal())

    def tell(*lines: str) -> str:
        said.clear()
        for line in lines:
            first, _, body = line.partition("\n")
            loop.run_until_complete(terminal.console.hear(Typed(first).line, body))
        return "\n".join(said)

    yield tell
    terminal.service.close()
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()
