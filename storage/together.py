"""Together: what several threads have to write at the same moment is made durable by one commit."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from storage.database import Database, Session

Result = TypeVar("Result")


@dataclass(eq=False)
class _Turn(Generic[Result]):
    """What one thread has to write, and what came of it."""

    work: Callable[[Session], Result]
    result: Any = None
    broken: Exception | None = None
    settled: bool = False


class Together:
    """Written by many, one sync to the disk for all who wait at that moment. Each stands or falls by itself."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Turn[Any]] = []
        self._door = threading.Lock()
        self._writing = threading.Lock()

    def run(self, work: Callable[[Session], Result]) -> Result:
        """Do `work` in a transaction, and return what it returns once that is durable.

        What it raises is raised here, and nothing of it is kept. It is done a second time when another one, with which
        it shared the transaction, failed.
        """
        turn = _Turn(work)
        with self._door:
            self._waiting.append(turn)
        with self._writing:
            if not turn.settled:
                self._write_waiting()
        if turn.broken:
            raise turn.broken
        result: Result = turn.result
        return result

    def _write_waiting(self) -> None:
        with self._door:
            turns, self._waiting = self._waiting, []
        if len(turns) == 1 or not self._written_together(turns):
            for turn in turns:
                self._write_alone(turn)
        for turn in turns:
            turn.settled = True

    def _written_together(self, turns: list[_Turn[Any]]) -> bool:
        """False when one of them failed, or the commit: then nothing of it all is kept, and each is done by itself."""
        try:
            with self._database.transaction() as session:
                for turn in turns:
                    turn.result = turn.work(session)
        except Exception:
            return False
        return True

    def _write_alone(self, turn: _Turn[Any]) -> None:
        try:
            with self._database.transaction() as session:
                turn.result = turn.work(session)
        except Exception as broken:
            turn.broken = broken
