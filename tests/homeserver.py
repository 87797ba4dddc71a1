"""Matrix for tests: a real Synapse on loopback, in a process of its own, with people who use it.

with Synapse(folder) as hem:
    ana, tuva = hem.person("ana", "Ana Ask"), hem.person("tuva")
    room = ana.create_room(invite=[tuva.user_id])
    … start the program with hem.url, tuva.user_id, tuva.device_id, tuva.token …
    ana.say(room, "!propose Cykelställ")
    card = ana.until(room, lambda events: [event for event in events if event["sender"] == tuva.user_id])
"""

import hmac
import json
import os
import secrets
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from living import free_port
from matrix_person import Json, Person, asked, line

# The server ends with whoever holds the other end of its standard input.
PROGRAM = """\
import os, runpy, threading
threading.Thread(target=lambda: (os.read(0, 1), os._exit(0)), daemon=True).start()
runpy.run_module("synapse.app.homeserver", run_name="__main__", alter_sys=True)
"""
STARTING_SECONDS = 60.0
STOPPING_SECONDS = 20.0
LIMITS = (
    "rc_message rc_registration rc_joins_per_room rc_admin_redaction rc_room_creation rc_profile rc_user_directory "
    "rc_media_create rc_reports rc_third_party_invite rc_delayed_event_mgmt rc_key_requests"
)
UNLIMITED = {"per_second": 100_000, "burst_count": 100_000}
NO_LIMITS: Json = {
    **dict.fromkeys(LIMITS.split(), UNLIMITED),
    "rc_login": dict.fromkeys(("address", "account", "failed_attempts"), UNLIMITED),
    "rc_joins": dict.fromkeys(("local", "remote"), UNLIMITED),
    "rc_invites": dict.fromkeys(("per_room", "per_user", "per_issuer"), UNLIMITED),
    "rc_federation": {"window_size": 1000, "sleep_limit": 100_000, "reject_limit": 100_000, "concurrent": 100},
}


class Synapse:
    """One homeserver in a folder. `url` is where clients find it, `name` what stands behind the colon of its people."""

    def __init__(
        self,
        folder: Path,
        *,
        name: str = "hem.example",
        rate_limits: bool = False,
        more_listeners: Sequence[Json] = (),
        **settings: Any,
    ) -> None:
        """`rate_limits` leaves Synapse's own; any further keyword is one of Synapse's settings."""
        folder.mkdir(parents=True, exist_ok=True)
        self.name = name
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._secret = secrets.token_hex(16)
        self._line = line(self.url)
        self._people: list[Person] = []
        limits = {} if rate_limits else NO_LIMITS
        config = self._config() | limits | settings
        config["listeners"] += more_listeners
        (folder / "signing.key").write_text(f"ed25519 a_1 {_unpadded(os.urandom(32))}\n")
        (folder / "logging.json").write_text(json.dumps(_logging(folder)))
        (folder / "homeserver.json").write_text(json.dumps(config))

    def _config(self) -> Json:
        """What this server needs, and what makes any server quick. JSON is YAML too."""
        listener = {"type": "http", "port": self.port, "bind_addresses": ["127.0.0.1"]}
        return {
            "server_name": self.name,
            "listeners": [listener | {"resources": [{"names": ["client"], "compress": False}]}],
            "database": {"name": "sqlite3", "args": {"database": str(self.folder / "homeserver.db")}},
            "signing_key_path": str(self.folder / "signing.key"),
            "log_config": str(self.folder / "logging.json"),
            "media_store_path": str(self.folder / "media"),
            "pid_file": str(self.folder / "homeserver.pid"),
            "registration_shared_secret": self._secret,
            "macaroon_secret_key": self._secret,
            "form_secret": self._secret,
            "bcrypt_rounds": 4,
            "report_stats": False,
            "trusted_key_servers": [],
            "federation_domain_whitelist": [],
            "presence": {"enabled": False},
            "push": {"enabled": False},
            "user_directory": {"enabled": False},
            "caches": {"expire_caches": False},
        }

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-P", "-c", PROGRAM, "--config-path", str(self.folder / "homeserver.json")]
        alone = {"PATH": os.environ.get("PATH", "")}
        with (self.folder / "output.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=self.folder, env=alone, stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT
            )
        try:
            self._wait_until_it_answers()
        except BaseException:
            self.kill()
            raise

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + STARTING_SECONDS
        while not self._answers():
            patient = self.running and time.monotonic() < deadline
            assert patient, f"Synapse does not start:\n{self.log()[-3000:]}"
            time.sleep(0.05)

    @property
    def running(self) -> bool:
        """Whether its process is alive."""
        return self._process.poll() is None

    def _answers(self) -> bool:
        try:
            return self._line.get("/health").is_success
        except httpx.TransportError:
            return False

    def log(self) -> str:
        """What it has complained of."""
        files = [self.folder / "output.log", self.folder / "homeserver.log"]
        return "".join(file.read_text("utf-8") for file in files if file.exists())

    def stop(self) -> None:
        """SIGTERM, and wait for its end."""
        self._process.terminate()
        self._end(STOPPING_SECONDS)

    def kill(self) -> None:
        """SIGKILL."""
        self._process.kill()
        self._end(STOPPING_SECONDS)

    def _end(self, seconds: float) -> None:
        self._process.wait(seconds)
        assert self._process.stdin
        self._process.stdin.close()

    def restart(self) -> None:
        """Stop it if it runs, and start it on the same port and database."""
        if self.running:
            self.stop()
        self.start()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()
        for person in self._people:
            person.close()
        self.kill()

    # --- people ---

    def person(self, localpart: str, displayname: str = "", *, admin: bool = False) -> Person:
        """Somebody new, logged in. The displayname is the localpart unless told."""
        path, password = "/_synapse/admin/v1/register", "x"
        nonce = asked(self._line.get(path))["nonce"]
        words = (nonce, localpart, password, "admin" if admin else "notadmin")
        mac = hmac.new(self._secret.encode(), "\0".join(words).encode(), "sha1").hexdigest()
        told: Json = {"nonce": nonce, "username": localpart, "password": password, "admin": admin, "mac": mac}
        made = asked(self._line.post(path, json=told | {"displayname": displayname or localpart}))
        person = Person(self.url, made["user_id"], made["access_token"], made["device_id"])
        self._people.append(person)
        return person

    def override_rate_limit(self, user_id: str) -> None:
        """No rate limits for that account."""
        boss = self.person(f"boss-{secrets.token_hex(4)}", admin=True)
        boss.ask("POST", f"/_synapse/admin/v1/users/{user_id}/override_ratelimit", json={})


def _unpadded(raw: bytes) -> str:
    return b64encode(raw).decode().rstrip("=")


def _logging(folder: Path) -> Json:
    """Warnings and worse, in a file."""
    handler = {"class": "logging.FileHandler", "filename": str(folder / "homeserver.log"), "encoding": "utf-8"}
    return {"version": 1, "handlers": {"file": handler}, "root": {"level": "WARNING", "handlers": ["file"]}}
