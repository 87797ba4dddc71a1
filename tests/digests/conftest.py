"""What tests of delivery may ask for: the crash rig."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from rig import house
from rig.house import World

MEMORY = Path("/dev/shm")


@pytest.fixture(scope="session")
def rig_folder() -> Iterator[Path]:
    """In memory where the system has that: what a process had written survives its death there too."""
    with TemporaryDirectory(prefix="tuva-rig-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def world(rig_folder: Path) -> Iterator[World]:
    """A nursery and a mail server, kept for all tests."""
    with house.world(rig_folder) as world:
        yield world


@pytest.fixture
def folder(rig_folder: Path, request: pytest.FixtureRequest) -> Path:
    """A place for the houses of one test."""
    return rig_folder / request.node.name
