"""Inside the nursery. As a script: imports the program once, then forks one process for every run it is asked for.

A run is told in JSON (see `Run`); what became of it is answered in JSON. The nursery itself has no thread and opens
no database, so that what is forked from it is as good as freshly started.
"""

import asyncio
import gc
import json
import os
import select
import shutil
import signal
import sys
import threading
import time
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from chatops import logs
from people import MONDAY
from rig.life import Ended, Run, converse, live, whole_service

PATIENCE_SECONDS = 30.0
# The reports of those that stopped themselves, by process.
PAUSED: dict[int, int] = {}


def warm_up(settled: Path) -> None:
    """One run in the nursery itself: what is made at first use is then there in all that are forked."""
    logs.configure("error")
    with TemporaryDirectory() as folder:
        shutil.copy(settled, f"{folder}/tuva.db")
        steps: list[tuple[str, Any]] = [
            ("type", "/propose Solceller"),
            ("type", "/example Cykel"),
            ("type", "time +7d"),
        ]
        run = Run(folder, f"maildir:{folder}/mail", steps, MONDAY.isoformat())
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
            asyncio.run(converse(run, MONDAY, nowhere.fileno()))
        Path(folder, "stop").touch()
        nowhere_else = {"bot_token": "xoxb-1", "app_token": "xapp-1", "api_url": "http://127.0.0.1:9/api/"}
        account = {"user_id": "@tuva:example.org", "access_token": "-", "homeserver": "http://127.0.0.1:9"}
        asyncio.run(whole_service(replace(run, slack=nowhere_else, matrix=account), lambda: None))


def main(settled: Path) -> None:
    """Fork what is asked for, until standard input ends."""
    warm_up(settled)
    gc.collect()
    for thread in set(threading.enumerate()) - {threading.main_thread()}:
        thread.join(5)  # what is forked beside a thread may wait for it for ever
    gc.freeze()
    gc.disable()  # no run is long enough to need it
    for line in sys.stdin:
        asked = json.loads(line)
        ended = _resume(asked["resume"]) if "resume" in asked else _run(Run(**asked))
        print(json.dumps(asdict(ended)), flush=True)


def _run(run: Run) -> Ended:
    reading, writing = os.pipe()
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        status = 1
        try:
            live(run, writing)
            status = 0
        except BaseException:
            import traceback

            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(status)
    os.close(writing)
    return _wait(pid, reading, began, run.kill_after)


def _resume(pid: int) -> Ended:
    os.kill(pid, signal.SIGCONT)
    return _wait(pid, PAUSED.pop(pid), time.monotonic(), 0.0)


def _wait(pid: int, reading: int, began: float, kill_after: float) -> Ended:
    watched = os.pidfd_open(pid)
    deadline = began + (kill_after or PATIENCE_SECONDS)
    status = _state(pid)
    while status is None:
        if time.monotonic() >= deadline:
            os.kill(pid, signal.SIGKILL)
            deadline = began + PATIENCE_SECONDS
        poll = select.poll()
        poll.register(watched, select.POLLIN)
        poll.poll(max(1.0, min(100.0, 1000 * (deadline - time.monotonic()))))
        status = _state(pid)
    os.close(watched)
    seconds = time.monotonic() - began
    if os.WIFSTOPPED(status):
        PAUSED[pid] = reading
        return Ended(False, 0, "", {}, seconds, paused=pid)
    with os.fdopen(reading, "rb") as report:
        said = json.loads(report.read() or b"{}")
    died = os.WIFSIGNALED(status)
    return Ended(
        died, -1 if died else os.waitstatus_to_exitcode(status), said.get("point", ""), said.get("points", {}), seconds
    )


def _state(pid: int) -> int | None:
    """How the process ended, or that it stopped itself; None while it runs."""
    found, status = os.waitpid(pid, os.WNOHANG | os.WUNTRACED)
    return status if found else None


if __name__ == "__main__":
    main(Path(sys.argv[1]))
