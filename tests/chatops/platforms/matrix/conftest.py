"""Tuva on a homeserver, for each test."""

from collections.abc import Iterator

import pytest

from config.settings import Settings
from on_matrix import running, settle
from running import Running
from storage.database import Database
from town import Town


@pytest.fixture
def tuva(settings: Settings, database: Database, town: Town) -> Iterator[Running]:
    """Tuva in the town."""
    settle(database, town)
    with running(settings, town) as tuva:
        yield tuva
