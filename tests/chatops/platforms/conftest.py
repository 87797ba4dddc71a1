"""A homeserver for all tests of a worker, and a town of its own on it for each."""

from collections.abc import Iterator

import pytest

from abroad import Abroad, neighbours
from gateway import Gateway
from homeserver import Synapse
from town import Town


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
