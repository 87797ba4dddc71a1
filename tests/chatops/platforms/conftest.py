"""A homeserver for all tests of a worker, and a town of its own on it for each."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from abroad import Abroad, neighbours
from gateway import Gateway
from homeserver import Synapse
from hostile_cards import hostile_agendas, hostile_cards
from rig.house import settle
from rig.nursery import Nursery
from storage.messages import Message
from town import Town

MEMORY = Path("/dev/shm")


@pytest.fixture(scope="session")
def homeserver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synapse]:
    """The homeserver of this worker."""
    with Synapse(tmp_path_factory.mktemp("homeserver")) as homeserver:
        yield homeserver


@pytest.fixture
def town(homeserver: Synapse) -> Town:
    """The cast in a room, and Tuva's account invited to it. A homeserver that an earlier test killed is back."""
    if not homeserver.running:
        homeserver.start()
    return Town(homeserver)


@pytest.fixture
def gateway(homeserver: Synapse) -> Iterator[Gateway]:
    """The way to the homeserver, with whatever may go wrong on it."""
    with Gateway(homeserver.url) as gateway:
        yield gateway


@pytest.fixture(scope="session")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Abroad]:
    """Two more homeservers, which federate with each other: `home` for Tuva, `away` for strangers."""
    with neighbours(tmp_path_factory.mktemp("abroad")) as abroad:
        yield abroad


@pytest.fixture(scope="session")
def cards(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Message]:
    """A card with each string of the corpus in every place."""
    return hostile_cards(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def agendas(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Message, Message]]:
    """A meeting's card and its agenda's, with some of the corpus in every place."""
    return hostile_agendas(tmp_path_factory.mktemp("hostile-agendas"))


@pytest.fixture(scope="module")
def rig_folder() -> Iterator[Path]:
    """Where a rig keeps its houses: in memory, where there is such a folder."""
    with TemporaryDirectory(prefix="tuva-rig-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def nursery(rig_folder: Path) -> Iterator[Nursery]:
    """Where processes of Tuva are born, to be killed."""
    nursery = Nursery(settle(rig_folder / "settled.db"))
    yield nursery
    nursery.close()
