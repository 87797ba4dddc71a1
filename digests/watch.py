"""The watch: notices when the computer's clock jumps. What is sent at a wrong time cannot be taken back."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

LOG = structlog.get_logger()
JUMP = timedelta(minutes=10)


def elapsed() -> float:
    """Seconds since some moment, also those that the computer slept; no clock setting changes it."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class Watch:
    """Compares what the clock says with the time that has passed. Small steps, as time servers make them, are fine."""

    def __init__(self, now: Callable[[], datetime], elapsed: Callable[[], float] = elapsed) -> None:
        self._now = now
        self._elapsed = elapsed
        self._steady_at = now(), elapsed()
        self._looking = threading.Lock()
        self._jumped = False

    def is_steady(self) -> bool:
        """False from a jump of over ten minutes on, until the clock is right again or the program starts anew."""
        with self._looking:
            jumped = abs(self.skew()) > JUMP
            if jumped is not self._jumped:
                self._jumped = jumped
                LOG.error("clock.jumped" if jumped else "clock.right_again", seconds=self.skew().total_seconds())
            if not jumped:
                self._steady_at = self._now(), self._elapsed()
            return not jumped

    def skew(self) -> timedelta:
        """How far the clock is from where it should be."""
        at, elapsed = self._steady_at
        return self._now() - at - timedelta(seconds=self._elapsed() - elapsed)
