"""Locks that other processes see. The kernel frees them when their process dies (flock(2))."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FileLock:
    """One open file, locked or not. Two objects on one path exclude each other, also inside one process."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the lock, and hold it."""
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            self.release()

    def share(self) -> bool:
        """Take the lock together with others. False, at once, when somebody has it alone."""
        return self._take(fcntl.LOCK_SH)

    def take_alone(self) -> bool:
        """Take the lock alone. False, at once, when somebody else has it."""
        return self._take(fcntl.LOCK_EX)

    def release(self) -> None:
        """Let others have it."""
        fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Release it for good."""
        os.close(self._file)

    def _take(self, how: int) -> bool:
        try:
            fcntl.flock(self._file, how | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
