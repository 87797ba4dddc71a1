"""The program inside the test's own process: the same `main`, without the second that a start takes."""

import io
import logging
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog

from chatops.commandline import main

ENDS_WITHIN_SECONDS = 60


@dataclass(frozen=True)
class Done:
    """How one run of the program ended."""

    status: int
    out: str
    err: str


def run_inside(words: tuple[str, ...], folder: Path, stdin: str, environment: dict[str, str]) -> Done:
    """One command to its end, as a process in that folder with these variables would run it."""
    out, err = _stream(), _stream()
    with ExitStack() as around:
        patch = around.enter_context(pytest.MonkeyPatch.context())
        patch.chdir(folder)
        patch.setattr(sys, "argv", ["tuva", *words])
        patch.setattr(sys, "stdin", _stream(stdin))
        for name in [name for name in os.environ if name.startswith("TUVA_")]:
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        for each in (redirect_stdout(out), redirect_stderr(err), _log_put_back(), _signals_put_back(), _in_time()):
            around.enter_context(each)
        status = _status()
    return Done(status, _written(out), _written(err))


def _status() -> int:
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    except Exception:
        traceback.print_exc()
        return 1
    return 0


def _stream(holds: str = "") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(holds.encode()), "utf-8", write_through=True)


def _written(stream: io.TextIOWrapper) -> str:
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()


@contextmanager
def _log_put_back() -> Iterator[None]:
    """A command says itself where the log goes; the tests' log goes on afterwards."""
    configured, handlers, level = structlog.get_config(), logging.root.handlers[:], logging.root.level
    try:
        yield
    finally:
        structlog.configure(**configured)
        logging.root.handlers[:] = handlers
        logging.root.setLevel(level)


@contextmanager
def _signals_put_back() -> Iterator[None]:
    kept = {told: signal.getsignal(told) for told in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for told, handler in kept.items():
            signal.signal(told, handler)


@contextmanager
def _in_time() -> Iterator[None]:
    """A command that does not end, as `run` where it should be refused, fails its test instead of holding all."""

    def too_late(*_: Any) -> None:
        pytest.fail("the command does not end")

    kept = signal.signal(signal.SIGALRM, too_late)
    # Again every second: what catches everything may swallow the first.
    signal.setitimer(signal.ITIMER_REAL, ENDS_WITHIN_SECONDS, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, kept)
