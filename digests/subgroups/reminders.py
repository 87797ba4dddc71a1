"""The clock of a subgroup: its lead is reminded before the day of the answer, on it, and each week after it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from digests.schedule import Moment, moment_at
from digests.subgroups import answers, telling
from digests.workdays import is_working_day, working_day_after, working_days_before
from storage import occurrences
from storage.database import Session
from storage.occurrences import Occurrence
from storage.subgroups import Subgroup, subgroup_numbered

SERIES = "subgroup:"
WEEK = timedelta(weeks=1)
HOUR = time(8)
NUDGES = 8
ON_TIME = timedelta()
# From then on the chairs hear of it, too.
CHAIRS_AFTER = timedelta(weeks=2)


def plan(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """Give it its next moment; none once it has answered."""
    series = f"{SERIES}{subgroup.id}"
    coming = next((moment for moment in _moments(subgroup) if moment.at > now), None)
    if coming is None or subgroup.is_closed or subgroup.reported_at:
        occurrences.cancel(session, series, now)
    else:
        occurrences.plan(session, series, coming.key, coming.at)


def fire(session: Session, occurrence: Occurrence, now: datetime) -> None:
    """Remind the lead, and have the answer on the agenda. Of moments that were missed the latest counts."""
    subgroup = subgroup_numbered(session, int(occurrence.series.removeprefix(SERIES)))
    if subgroup is None or subgroup.is_closed:
        occurrence.skip("retired")
    elif subgroup.reported_at:
        occurrence.skip("told")
    else:
        _remind(session, subgroup, occurrence, now)


def _remind(session: Session, subgroup: Subgroup, occurrence: Occurrence, now: datetime) -> None:
    late = subgroup.group.local(now).date() - subgroup.due
    told = telling.remind(session, subgroup, _sentence(late), occurrence.key, now)
    if late >= CHAIRS_AFTER or (late > ON_TIME and not told):
        telling.warn_chairs(session, subgroup, now)
    answers.expect(session, subgroup, now)
    if told:
        occurrence.fire()
    else:
        occurrence.skip("no_address")
    session.flush()
    plan(session, subgroup, now)


def _sentence(late: timedelta) -> str:
    if late < ON_TIME:
        return "subgroup-reminder"
    return "subgroup-today" if late == ON_TIME else "subgroup-late"


def _moments(subgroup: Subgroup) -> Iterator[Moment]:
    """A week before, on the day, and each week after it, on days on which people work: before a free day what is not
    late yet, and after it what is.
    """
    for weeks in range(-1, NUDGES + 1):
        day = _working_day(subgroup.due + weeks * WEEK, is_late=weeks > 0)
        yield moment_at(day, HOUR, subgroup.group.timezone)


def _working_day(day: date, *, is_late: bool) -> date:
    if is_working_day(day):
        return day
    return working_day_after(day, 1) if is_late else working_days_before(day, 1)
