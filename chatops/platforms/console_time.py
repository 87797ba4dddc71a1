"""The console's clock: real until somebody moves it, then standing still until moved again. It never goes back."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

AHEAD = re.compile(r"\+(\d{1,4})\s*([mhdw])")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{1,2}:\d{2}")
UNITS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}


class MovableClock:
    """Tells the time. It begins at the later of the real time and `latest`."""

    def __init__(self, latest: datetime | None, real: Callable[[], datetime]) -> None:
        self._latest = latest
        self._real = real
        self._held: datetime | None = None

    def now(self) -> datetime:
        """The time, UTC."""
        if self._held is not None:
            return self._held
        real = self._real()
        return max(real, self._latest) if self._latest else real

    def elapsed(self) -> float:
        """Seconds passed, by this same clock: moving it by hand is no jump."""
        return self.now().timestamp()

    def hold(self, at: datetime) -> None:
        """Stand still at `at`."""
        self._held = at


def time_typed(words: str, now: datetime, zone: str) -> datetime | None:
    """The moment that `+7d` or `2027-01-11 08:00` (on the clocks of `zone`) means; None for any other words.

    `+7d` keeps the hour on the clocks of `zone`, also when they change in between.
    """
    local = now.astimezone(ZoneInfo(zone))
    if ahead := AHEAD.fullmatch(words):
        unit = UNITS[ahead[2]]
        step = int(ahead[1]) * unit
        return (local + step).astimezone(UTC) if unit >= UNITS["d"] else now + step
    if MOMENT.fullmatch(words):
        try:
            return datetime.fromisoformat(_padded(words)).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        except ValueError:
            return None
    return None


def _padded(words: str) -> str:
    day, hour = re.split("[ T]", words)
    return f"{day} {hour.zfill(5)}"
