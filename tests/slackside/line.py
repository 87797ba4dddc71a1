"""The processes of the stand-in, and the line to a workspace's control room."""

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import httpx

TESTS = Path(__file__).parents[1]
ASKING_SECONDS = 120


class Nursery:
    """A process that has imported the stand-in and forks a workspace in some hundredths of a second. It ends with
    whoever started it, and every workspace with it."""

    def __init__(self) -> None:
        path = {"PYTHONPATH": str(TESTS), "PATH": os.environ.get("PATH", "")}
        command = [sys.executable, "-P", "-m", "slackside"]
        self._process = subprocess.Popen(
            command, env=path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        self._one_at_a_time = threading.Lock()
        atexit.register(self.close)

    def begin(self, told: dict[str, Any]) -> tuple[int, int]:
        """A new workspace: its port and its process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._one_at_a_time:
            self._process.stdin.write(json.dumps(told).encode() + b"\n")
            self._process.stdin.flush()
            port, process = json.loads(self._process.stdout.readline())
        return port, process

    def close(self) -> None:
        """End it, and all that it began."""
        with self._process:
            os.killpg(self._process.pid, signal.SIGKILL)


class Line:
    """Begins a workspace and asks it things; closing ends it."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.port, self._process = nursery().begin(told)
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}/control/", timeout=ASKING_SECONDS)

    def ask(self, verb: str, /, **asked: Any) -> Any:
        """What the control room answers; an AssertionError when the test asked for what cannot be."""
        answer = self._client.post(verb, json=asked)
        assert answer.status_code == 200, answer.json() if answer.status_code == 400 else answer.text
        return answer.json()

    def close(self) -> None:
        """End the workspace."""
        self._client.close()
        with suppress(ProcessLookupError):
            while True:  # until its port is free again
                os.kill(self._process, signal.SIGKILL)
                time.sleep(0.001)


@cache
def nursery() -> Nursery:
    """The one of this process."""
    return Nursery()


def identity(team: str, bot_user: str) -> dict[str, str]:
    """A workspace and an app with tokens that nothing else has."""
    secret = uuid.uuid4().hex
    tokens = {"bot_token": f"xoxb-1-2-{secret}", "app_token": f"xapp-1-A0TUVA-3-{secret}"}
    who = {"team": team, "domain": "kommunen", "app": "A0TUVA", "bot_user": bot_user, "bot": "B0TUVA"}
    return who | tokens | {"signing_secret": uuid.uuid4().hex}
