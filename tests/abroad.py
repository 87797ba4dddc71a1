"""Two homeservers that federate, for tests: over TLS on loopback, each named by its port so that nobody looks it up."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import trustme

from homeserver import Synapse
from living import free_port
from matrix_person import Json

# A neighbour who was away for a moment is tried again at once, not after ten minutes.
PATIENCE: Json = {"destination_min_retry_interval": 100, "destination_max_retry_interval": "1s"}


class Abroad(NamedTuple):
    """Where Tuva lives, and where the strangers come from."""

    home: Synapse
    away: Synapse


@contextmanager
def neighbours(folder: Path) -> Iterator[Abroad]:
    """Two of them, with nobody else in their world."""
    doors = free_port(), free_port()
    home, away = (_federating(folder / str(door), door, doors) for door in doors)
    with home, away:
        yield Abroad(home, away)


def _federating(folder: Path, door: int, doors: tuple[int, int]) -> Synapse:
    folder.mkdir()
    certificate = trustme.CA().issue_cert("localhost")
    certificate.private_key_and_cert_chain_pem.write_to_path(str(folder / "tls.pem"))
    listener = {"type": "http", "port": door, "tls": True, "bind_addresses": ["127.0.0.1"]}
    return Synapse(
        folder,
        name=f"localhost:{door}",
        more_listeners=[listener | {"resources": [{"names": ["federation"], "compress": False}]}],
        tls_certificate_path=str(folder / "tls.pem"),
        tls_private_key_path=str(folder / "tls.pem"),
        federation_verify_certificates=False,
        ip_range_blacklist=[],
        federation_domain_whitelist=[f"localhost:{door}" for door in doors],
        federation=PATIENCE,
    )
