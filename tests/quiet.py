"""A record in which nothing falls due but what a test plans, for the clocks of meetings and of subgroups."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agendas import quiet
from config.settings import Settings
from digests import letters
from storage.database import Database


@pytest.fixture
def database(settings: Settings, tmp_path: Path) -> Iterator[Database]:
    """A migrated database with the cast in it, who get no digests."""
    (tmp_path / "tuva.db").write_bytes(quiet())
    database = Database(settings.service.database)
    yield database
    database.close()


@pytest.fixture(autouse=True)
def letters_without_pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Here letters are read as text; to set their pages takes most of the time."""
    monkeypatch.setattr(letters, "html", lambda letter, texts: "")
    letters.as_parts.cache_clear()
    yield
    letters.as_parts.cache_clear()
