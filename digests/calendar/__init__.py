"""Meetings as calendar programs know them (RFC 5545): as mail (RFC 5546, RFC 6047) and as a feed.

A gap stands for what is one reader's own or the installation's; whoever sends a calendar fills them. How it is written
is in `ics`, which is read in at the first invitation: a start is spared the library.
"""

from dataclasses import dataclass
from datetime import datetime

from digests.calendar.patterns import Pattern
from digests.links import CLOSE, OPEN

ATTENDEE = f"{OPEN}attendee{CLOSE}"
ORGANISER = f"{OPEN}organiser{CLOSE}"
HOST = f"{OPEN}host{CLOSE}"


@dataclass(frozen=True)
class Entry:
    """A meeting, or a series from its first meeting on.

    `start` is an instant, written on the clocks of `zone`; `stamp`, when this was said. `uid` never changes, and
    `sequence` grows with what calendars must know. A series has its `pattern`; one meeting of a series has, on those
    clocks, the `slot` at which it was to begin. `organiser` is the name of who invites.
    """

    uid: str
    sequence: int
    stamp: datetime
    start: datetime
    minutes: int
    zone: str
    title: str
    organiser: str
    place: str = ""
    link: str = ""
    notes: str = ""
    pattern: Pattern | None = None
    slot: datetime | None = None
    is_cancelled: bool = False
