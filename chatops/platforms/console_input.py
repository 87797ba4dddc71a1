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
        return [PROMPT + self.line, *(BODY + line if line else "" for line in self.body.split("\n") if self.body)]


@dataclass(frozen=True)
class Transcript:
    """A story: what is typed, and every line that counts."""

    typed: tuple[Typed, ...]
    lines: tuple[str, ...]

    async def replay(self) -> AsyncIterator[Typed]:
        """What is typed, once more."""
        for typed in self.typed:
            yield typed

    def difference(self, told: list[str]) -> list[str]:
        """How what was told differs from the story; blank lines and trailing spaces do not count."""
        return list(difflib.unified_diff(self.lines, _counted(told), "expected", "told", lineterm=""))


class _Typing:
    """Lines becoming commands: lines with two spaces belong to the command above, with the blank lines between them."""

    def __init__(self) -> None:
        self._line: str | None = None
        self._body: list[str] = []
        self._blanks = 0

    def feed(self, line: str) -> Typed | None:
        """One more line. Returns the command above when this line begins another."""
        if not line.strip():
            self._blanks += 1
        elif line.startswith(BODY) and self._line is not None:
            self._body += [""] * self._blanks + [line.removeprefix(BODY)]
            self._blanks = 0
        else:
            above = self.flush()
            self._line = line
            return above
        return None

    @property
    def is_open(self) -> bool:
        """There is a command that more lines may belong to."""
        return self._line is not None

    def flush(self) -> Typed | None:
        """The command above, ended."""
        above = None if self._line is None else Typed(self._line, "\n".join(self._body))
        self._line, self._body, self._blanks = None, [], 0
        return above


def read_transcript(path: Path) -> Transcript:
    """The story in a file."""
    lines = path.read_text("utf-8").splitlines()
    typing = _Typing()
    typed: list[Typed | None] = []
    for line in lines:
        if line.startswith(PROMPT):
            typed.append(typing.feed(line.removeprefix(PROMPT)))
        elif typing.is_open and (line.startswith(BODY) or not line.strip()):
            typing.feed(line)
        elif line.strip() and not _is_comment(line):
            typed.append(typing.flush())
    typed.append(typing.flush())
    return Transcript(tuple(filter(None, typed)), tuple(_counted(lines)))


def _counted(lines: list[str]) -> list[str]:
    return [line.rstrip() for line in lines if line.strip() and not _is_comment(line)]


def _is_comment(line: str) -> bool:
    return line == "#" or line.startswith("# ")


async def typed_from_input() -> AsyncIterator[Typed]:
    """Commands from standard input that is no terminal: a line each, and the lines with two spaces under it."""
    lines, typing = _lines_of(sys.stdin.readline), _Typing()
    while True:
        try:
            line = await asyncio.wait_for(lines.get(), MORE_WITHIN_SECONDS if typing.is_open else None)
        except TimeoutError:
            line, above = "", typing.flush()
        else:
            above = typing.flush() if line is None else _fed(typing, line)
        if above:
            yield above
        if line is None:
            return


def _fed(typing: _Typing, line: str) -> Typed | None:
    return None if _is_comment(line) else typing.feed(line.removeprefix(PROMPT))


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
        self._ended = False

    def ask(self) -> str:
        """One command with its body lines, each line ended; empty at the end of input."""
        try:
            return "" if self._ended else "\n".join(self._lines()) + "\n"
        except EOFError:
            return ""

    def _lines(self) -> list[str]:
        lines = [self._held if self._held is not None else input(PROMPT)]
        self._held = None
        while lines[-1].endswith("\\"):
            lines[-1] = lines[-1].removesuffix("\\").rstrip()
            lines.append(input(BODY))
        while select.select([sys.stdin], [], [], MORE_WITHIN_SECONDS)[0]:
            following = self._following()
            if not following.startswith(BODY):
                self._held = following
                break
            lines.append(following.removeprefix(BODY))
        return lines

    def _following(self) -> str:
        """A line that was there already; the end of input is kept for the next turn."""
        try:
            return input()
        except EOFError:
            self._ended = True
            return ""


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
