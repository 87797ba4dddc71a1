"""The program inside the tests' process: it leaves nothing behind, and is not waited for forever."""

import logging
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog

import inside
from living import Installation, tuva

TOLD = (signal.SIGTERM, signal.SIGINT, signal.SIGALRM)


def surroundings() -> list[object]:
    """Everything of this process that a command may change."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    logs = (structlog.get_config(), logging.root.handlers[:], logging.root.level)
    signals = [signal.getsignal(told) for told in TOLD]
    return [Path.cwd(), sys.argv, dict(os.environ), streams, *logs, signals, signal.getitimer(signal.ITIMER_REAL)]


def test_a_run_inside_leaves_everything_as_it_was(tmp_path: Path) -> None:
    signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        before = surroundings()
        assert tuva("demo", folder=tmp_path, TUVA_SERVICE__LANGUAGE="en").status == 0
        assert surroundings() == before
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def test_what_nobody_foresaw_is_a_traceback_and_status_1_as_in_a_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inside, "main", lambda: 1 / 0)
    done = tuva("demo", folder=tmp_path)
    assert done.status == 1
    assert "Traceback" in done.err


def test_a_command_that_does_not_end_fails_its_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside, "ENDS_WITHIN_SECONDS", 1)
    house = Installation(tmp_path)
    house.settle_in(datetime.now(UTC))
    with pytest.raises(pytest.fail.Exception, match="does not end"):
        house.tuva("run")
