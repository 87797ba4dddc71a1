"""Start until ready, and memory at rest, beside a Python that only imports the same libraries."""

import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from bench.acknowledging import join
from bench.figures import Figure, figure
from living import GREETING, PROGRAM, Installation, clean_environment
from on_slack import workspace

ROUNDS = 5
OURS = ("chatops", "digests", "storage", "config", "__main__")
LIBRARIES = """
import sys
import chatops.commandline{more}
print(" ".join(sorted(name for name in sys.modules if name.partition(".")[0] not in {ours})))
"""
FLOOR = """
import importlib, sys, contextlib
for name in sys.argv[1:]:
    with contextlib.suppress(ImportError):
        importlib.import_module(name)
print("there", flush=True)
sys.stdin.read()
"""


def measure(folder: Path) -> list[Figure]:
    """Both figures, without Slack and with it."""
    house = Installation(folder, mail="maildir:mail")
    house.settle_in(datetime.now(UTC) - timedelta(days=1))
    alone = _figures(house, "", "")
    with workspace() as slack:
        join(house, slack)
        return [*alone, *_figures(house, ", chatops.platforms.slack", ", on Slack")]


def _figures(house: Installation, more: str, where: str) -> list[Figure]:
    libraries = _printed(LIBRARIES.format(ours=OURS, more=more)).split()
    ours, floor = zip(*((_service(house), _imports(libraries)) for _ in range(ROUNDS)), strict=True)
    return [
        figure(f"start until ready{where}", "s", [o[0] for o in ours], [f[0] for f in floor], 1.5, at_most=True),
        figure(f"memory at rest{where}", "MiB", [o[1] for o in ours], [f[1] for f in floor], 1.3, at_most=True),
    ]


def _service(house: Installation) -> tuple[float, float]:
    began = time.perf_counter()
    with subprocess.Popen(
        [*PROGRAM, "run"],
        cwd=house.folder,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as service:
        assert service.stdout
        base = urlsplit(service.stdout.readline().removeprefix(GREETING).strip())
        while not _is_ready(base.hostname or "", base.port or 0):
            time.sleep(0.005)
        took = time.perf_counter() - began
        time.sleep(2)
        memory = _memory(service.pid)
        service.terminate()
    return took, memory


def _is_ready(host: str, port: int) -> bool:
    with closing(HTTPConnection(host, port)) as asked:
        asked.request("GET", "/readyz")
        return asked.getresponse().status == 200


def _imports(libraries: list[str]) -> tuple[float, float]:
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", FLOOR, *libraries], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as floor:
        assert floor.stdout
        floor.stdout.readline()
        took = time.perf_counter() - began
        memory = _memory(floor.pid)
        floor.communicate()
    return took, memory


def _memory(process: int) -> float:
    """Resident memory in MiB (proc(5))."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _printed(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
