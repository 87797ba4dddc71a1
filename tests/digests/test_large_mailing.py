"""A hundred thousand readers: as fast at the end as at the beginning, in little memory, and resumed after a kill."""

import os
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from bench.mailing import CONNECTIONS, Mailing, Memory, sink
from storage import outbox

ROOT = Path(__file__).parents[2]
GROWTH_MIB = 150


def carrying(mailing: Mailing, port: int) -> "subprocess.Popen[str]":
    program = [sys.executable, "-P", str(ROOT / "tests/bench/carry.py"), str(mailing.database.path), str(port)]
    environment = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    return subprocess.Popen(program, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("readers", [pytest.param(100_000, marks=pytest.mark.soak), 500])
def test_a_mailing_is_linear_lean_and_resumed_after_a_kill(tmp_path: Path, readers: int) -> None:
    mailing = Mailing(tmp_path, readers)
    memory = Memory()
    written = mailing.write()
    grown = memory.grown()
    with sink() as (settings, taken):
        port = int(settings.url.rpartition(":")[2])
        with carrying(mailing, port) as first:
            while taken() < readers * 0.3:
                time.sleep(0.02)
            first.kill()
        began, tenths = time.perf_counter(), []
        with carrying(mailing, port) as second:
            while second.poll() is None:
                if taken() >= readers * (0.4 + len(tenths) / 10):
                    tenths.append(time.perf_counter() - began)
                time.sleep(0.02)
            assert second.stdout
            flagged, carried_in = second.stdout.read().split()
        arrived = taken()
    speeds = [f"{readers / 10 / (late - early):,.0f}" for early, late in pairwise(tenths)]
    print(f"\n{readers:,} readers: {written:,.0f} letters written a second, in {grown:.0f} MiB more memory;")
    print(f"carried in {carried_in} MiB more; a second, tenth by tenth: {', '.join(speeds)};")
    print(f"after the kill {flagged} flagged, {arrived - readers} arrived twice")
    with mailing.database.reading() as session:
        assert outbox.unfinished(session) == []
    assert 0 <= arrived - readers <= int(flagged) <= CONNECTIONS
    assert max(grown, float(carried_in)) <= GROWTH_MIB
    mailing.database.close()
