"""The pattern of a series, as every calendar program reads it.

Outlook reads fewer rules than RFC 5545 has (MS-OXCICAL 2.1.3.2.2): of a month one day, and no months chosen; nor does
it read lists of dates.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from digests.calendar.zones import vtimezone

WEEKDAY = "(MO|TU|WE|TH|FR|SA|SU)"
EVERY = "(;INTERVAL=[1-9][0-9]?)?(;WKST=MO)?"
# Not every month has a fifth weekday or a 29th: there Outlook takes the last one instead.
READ_BY_ALL = re.compile(
    f"FREQ=DAILY{EVERY}|FREQ=WEEKLY{EVERY}(;BYDAY={WEEKDAY}(,{WEEKDAY})*)?"
    f"|FREQ=MONTHLY{EVERY};BYDAY=([1-4]|-1){WEEKDAY}|FREQ=MONTHLY{EVERY};BYMONTHDAY=([1-9]|1[0-9]|2[0-8])"
)
ORDER = ("FREQ", "INTERVAL", "WKST", "BYDAY", "BYMONTHDAY", "BYSETPOS")


@dataclass(frozen=True)
class Pattern:
    """A rule (RFC 5545, 3.3.10) with its end, and when, on the clocks of the zone, it gives a moment too many."""

    rule: str
    left_out: tuple[datetime, ...]


def pattern(rule: str, starts: Sequence[datetime], zone: str) -> Pattern | None:
    """How meetings that were to begin at these wall-clock times, in their order, are one series by `rule`.

    None where some program would read it otherwise: then each of them goes by itself.
    """
    parts = dict(part.split("=", 1) for part in rule.upper().split(";"))
    # Where it ends, and the months it leaves out, is seen from the times themselves.
    bare = ";".join(f"{name}={parts[name]}" for name in ORDER if name in parts)
    if not READ_BY_ALL.fullmatch(bare) or vtimezone(zone) is None:
        return None
    first, last = starts[0], starts[-1]
    given = list(rrulestr(bare, dtstart=first).between(first, last, inc=True))
    if not set(starts) <= set(given):
        return None
    until = last.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return Pattern(f"{bare};UNTIL={until:%Y%m%dT%H%M%SZ}", tuple(at for at in given if at not in starts))
