"""The nursery: a process that has imported the program and forks one run after another, each in a fraction of a
second instead of the one and a half that a start takes."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from rig.life import Ended, Run

TESTS = Path(__file__).parents[1]


class Nursery:
    """The handle on it."""

    def __init__(self, settled: Path, **environment: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TUVA_")}
        path = {"PYTHONPATH": f"{TESTS.parent}{os.pathsep}{TESTS}"}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "rig.inside", str(settled)],
            env=kept | path | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, run: Run) -> Ended:
        """Run it to its end, or until it stops itself."""
        return self._ask(asdict(run))

    def resume(self, paused: Ended) -> Ended:
        """Let what stopped itself go on, to its end."""
        return self._ask({"resume": paused.paused})

    def close(self) -> None:
        """End it."""
        with self._process as process:
            process.kill()

    def _ask(self, asked: object) -> Ended:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))
