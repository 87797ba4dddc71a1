"""Coalescing: of many changes of a card in a short time only the last is shown."""

import time
from dataclasses import dataclass, field
from datetime import timedelta

from digests.courier.parcels import NotYet


@dataclass
class Coalescing:
    """Remembers when each post was last shown. One changes once in `between` seconds."""

    between: float
    _shown_at: dict[str, float] = field(default_factory=dict)

    def shown(self, post: str) -> None:
        """It was posted, or changed, just now."""
        self._shown_at[post] = time.monotonic()

    def require_pause(self, post: str) -> None:
        """Raises NotYet when it was shown so lately that it must not be changed again."""
        now = time.monotonic()
        self._shown_at = {shown: at for shown, at in self._shown_at.items() if now - at < self.between}
        if post in self._shown_at:
            raise NotYet(timedelta(seconds=self._shown_at[post] + self.between - now))
