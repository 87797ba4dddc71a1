"""What people type at the console: from a terminal, from standard input, or from a transcript that tells a story."""

import asyncio
import contextlib
import difflib
import select
import sys
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

PROMPT = "> "
BODY = "  "
MORE_WITHIN_SECONDS = 0.1


@dataclass(frozen=True)
class Typed:
    """One command, and the lines under it."""

    line: str
    body: str = ""

    def echo(self) -> list[str]:
        """As it stands in a transcript."""
        return [PROMPT + self.line, *(BODY + line for line in self.body.split("\n") if line)]


@dataclass(frozen=True)
class Transcript:
    """A story: what is typed, and every line that counts."""

    typed: tuple[Typed, ...]
    lines: tuple[str, ...]

    def difference(self, told: list[str]) -> list[str]:
        """How what was told differs from the story; blank lines and trailing spaces do not count."""
        return list(difflib.unified_diff(self.lines, _counted(told), "expected", "told", lineterm=""))


def read_transcript(path: Path) -> Transcript:
    """The story in a file."""
    typed: list[Typed] = []
    lines = _counted(path.read_text("utf-8").splitlines())
    open_for_body = False
    for line in lines:
        if line.startswith(PROMPT):
            typed.append(Typed(line.removeprefix(PROMPT)))
        elif open_for_body and line.startswith(BODY):
            last = typed.pop()
            typed.append(Typed(last.line, f"{last.body}\n{line[len(BODY) :]}".strip("\n")))
        open_for_body = line.startswith(PROMPT) or (open_for_body and line.startswith(BODY))
    return Transcript(tuple(typed), tuple(lines))


def _counted(lines: list[str]) -> list[str]:
    kept = (line.rstrip() for line in lines)
    return [line for line in kept if line and not line.startswith("# ") and line != "#"]


async def typed_from_input() -> AsyncIterator[Typed]:
    """Commands from standard input that is no terminal: a line each, and the lines with two spaces under it."""
    lines = _lines_of(sys.stdin.readline)
    line = await lines.get()
    while line is not None:
        following = await _following(lines)
        body = []
        while following is not None and following.startswith(BODY) and following.strip():
            body.append(following[len(BODY) :])
            following = await _following(lines)
        if line.strip() and not line.startswith("#"):
            yield Typed(line.removeprefix(PROMPT), "\n".join(body))
        line = await lines.get() if following == "" else following


async def typed_at_terminal() -> AsyncIterator[Typed]:
    """Commands from a terminal. More lines follow where a line ends with a backslash, or comes pasted with its body."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401, PLC0415 -- gives the prompt its history
    asked = threading.Semaphore(0)
    terminal = _Terminal()

    def ask() -> str:
        asked.acquire()
        return terminal.ask()

    lines = _lines_of(ask)
    while True:
        asked.release()
        line = await lines.get()
        if line is None:
            return
        first, *body = line.split("\n")
        if first.strip():
            yield Typed(first, "\n".join(body))


class _Terminal:
    """The prompt. What was pasted behind a command and is no body of it is held for the next turn."""

    def __init__(self) -> None:
        self._held: str | None = None

    def ask(self) -> str:
        """One command with its body lines, each line ended; empty at the end of input."""
        try:
            return "\n".join(self._lines()) + "\n"
        except EOFError:
            return ""

    def _lines(self) -> list[str]:
        lines = [self._held if self._held is not None else input(PROMPT)]
        self._held = None
        while lines[-1].endswith("\\"):
            lines[-1] = lines[-1].removesuffix("\\").rstrip()
            lines.append(input(BODY))
        while select.select([sys.stdin], [], [], MORE_WITHIN_SECONDS)[0]:
            following = input()
            if not following.startswith(BODY):
                self._held = following
                break
            lines.append(following.removeprefix(BODY))
        return lines


async def _following(lines: asyncio.Queue[str | None]) -> str | None:
    """The next line if it is there already; "" when it is not, None at the end."""
    try:
        line = await asyncio.wait_for(lines.get(), MORE_WITHIN_SECONDS)
    except TimeoutError:
        return ""
    return line if line is None or line else " "


def _lines_of(read: Callable[[], str]) -> asyncio.Queue[str | None]:
    """Lines as they come, None at the end. Read in a thread of its own, which nobody waits for when we leave."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def work() -> None:
        while line := read():
            loop.call_soon_threadsafe(lines.put_nowait, line.removesuffix("\n"))
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=work, daemon=True).start()
    return lines
