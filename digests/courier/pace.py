"""How fast a way may be used."""

import threading
import time


class Pace:
    """At most so many a minute, evenly spread; 0 means as fast as it goes."""

    def __init__(self, per_minute: int = 0) -> None:
        self._between = 60 / per_minute if per_minute else 0.0
        self._next = 0.0
        self._turn = threading.Lock()

    def wait_for_turn(self) -> float:
        """Take the next place. Returns how many seconds to wait for it."""
        with self._turn:
            now = time.monotonic()
            mine = max(self._next, now)
            self._next = mine + self._between
            return mine - now
