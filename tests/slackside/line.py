"""The process of the stand-in, and the line to its control room."""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import httpx

TESTS = Path(__file__).parents[1]
ASKING_SECONDS = 120


class Line:
    """Starts the process and asks it things; closing ends it, and so does the death of whoever started it."""

    def __init__(self, told: dict[str, Any]) -> None:
        path = {"PYTHONPATH": str(TESTS), "PATH": os.environ.get("PATH", "")}
        command = [sys.executable, "-P", "-m", "slackside", json.dumps(told)]
        self.process = subprocess.Popen(command, env=path, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}/control/", timeout=ASKING_SECONDS)

    def ask(self, verb: str, /, **asked: Any) -> Any:
        """What the control room answers; an AssertionError when the test asked for what cannot be."""
        answer = self._client.post(verb, json=asked)
        assert answer.status_code == 200, answer.json() if answer.status_code == 400 else answer.text
        return answer.json()

    def close(self) -> None:
        """End the process."""
        self._client.close()
        assert self.process.stdin is not None
        self.process.stdin.close()
        with self.process:
            self.process.kill()


def identity(team: str, bot_user: str) -> dict[str, str]:
    """A workspace and an app with tokens that nothing else has."""
    secret = uuid.uuid4().hex
    tokens = {"bot_token": f"xoxb-1-2-{secret}", "app_token": f"xapp-1-A0TUVA-3-{secret}"}
    who = {"team": team, "domain": "kommunen", "app": "A0TUVA", "bot_user": bot_user, "bot": "B0TUVA"}
    return who | tokens | {"signing_secret": uuid.uuid4().hex}
