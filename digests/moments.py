"""Which moment of a series comes next, when some have passed already."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from digests.schedule import Moment, Rhythm, next_moment
from storage import occurrences
from storage.database import Session
from storage.occurrences import Occurrence


def coming(
    session: Session, rhythm: Rhythm, chosen_at: datetime, last: Occurrence | None, rode_at: datetime | None = None
) -> Moment:
    """The moment after the last one, of the series itself or one that it rode along with, and after the choice.

    On the clocks of another zone a key may come once more.
    """
    after = max(chosen_at, last.due_at if last else chosen_at, rode_at or chosen_at)
    day = _day_of(rhythm, last, rode_at)
    moment = next_moment(rhythm, after, day)
    while last and (moment.key == last.key or occurrences.has_passed(session, last.series, moment.key)):
        moment = next_moment(rhythm, moment.at, day)
    return moment


def _day_of(rhythm: Rhythm, last: Occurrence | None, rode_at: datetime | None) -> date | None:
    """The day from which every second week counts."""
    if rode_at and (last is None or rode_at > last.due_at):
        return rode_at.astimezone(ZoneInfo(rhythm.zone)).date()
    return date.fromisoformat(last.key[:10]) if last else None
