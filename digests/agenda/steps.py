"""The steps of the agenda clock: when each comes before a meeting, and what became of it.

A step has one moment. What has fired, or what the chair has skipped, has no other; the rest follows the meeting.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from digests.schedule import Moment, moment_at
from digests.workdays import is_working_day, working_day_after, working_days_before
from storage import occurrences
from storage.agenda_steps import Step, Timing, timings_of
from storage.database import Session
from storage.meetings import Meeting
from storage.occurrences import Occurrence, OccurrenceState

SERIES = "agenda:"
DAY = timedelta(days=1)
# Beside the steps that a group chooses: the meeting is over, and what was not taken up goes on.
END, SETTLING = "end", "settling"
SETTLED_AFTER, SETTLED_AT = 2, time(8)
# Why a moment was skipped.
BY_CHAIR, CANCELLED, MERGED, PLANNED_LATE, TOO_LATE = "skipped", "cancelled", "merged", "planned_late", "too_late"


@dataclass(frozen=True)
class Planned:
    """A step of a meeting: when it comes or came (UTC), and what became of it."""

    step: Step
    at: datetime
    state: OccurrenceState


def plan(session: Session, meeting: Meeting, now: datetime) -> None:
    """Give every step that is still to come its moment, as the meeting and the group's choice are now."""
    timings = timings_of(session, meeting.group)
    for step, moment in moments_of(meeting, timings).items():
        found = occurrence_of(session, meeting, step)
        if found is not None and _is_over(found):
            continue
        if moment.at > now:
            _plan(session, meeting, step, moment)
        elif found is None or (found.is_due and found.due_at > now):
            _plan_late(session, meeting, step, moment, timings[step], now)
    _plan(session, meeting, END, _moment_of(meeting.ends_at, meeting))
    last_day = meeting.ends_at.astimezone(ZoneInfo(meeting.group.timezone)).date()
    settling = moment_at(working_day_after(last_day, SETTLED_AFTER), SETTLED_AT, meeting.group.timezone)
    _plan(session, meeting, SETTLING, settling)


def moments_of(meeting: Meeting, timings: dict[Step, Timing]) -> dict[Step, Moment]:
    """When each step comes: so many working days before the meeting's own day, the agenda at least a day before it."""
    found = {step: _before(meeting, timing) for step, timing in timings.items()}
    if found[Step.AGENDA].at > meeting.starts_at - DAY:
        found[Step.AGENDA] = _moment_of(meeting.starts_at - DAY, meeting)
    return found


def steps_of(session: Session, meeting: Meeting) -> list[Planned]:
    """The steps of a meeting, in their order."""
    found = ((step, occurrence_of(session, meeting, step)) for step in Step)
    return [Planned(step, one.due_at, one.state) for step, one in found if one]


def next_step(session: Session, meeting: Meeting) -> Planned | None:
    """The step that comes next; None when none is to come."""
    done = (Step.CLOSING,) if meeting.closed_at else ()
    due = (one for one in steps_of(session, meeting) if one.state is OccurrenceState.DUE)
    coming = (one for one in due if one.step not in done)
    return min(coming, key=lambda one: one.at, default=None)


def closes_at(session: Session, meeting: Meeting) -> datetime | None:
    """Until when something can be proposed for a meeting, UTC; None when its list is closed."""
    if meeting.closed_at is not None:
        return None
    due = {one.step: one.at for one in steps_of(session, meeting) if one.state is OccurrenceState.DUE}
    return due.get(Step.CLOSING, due.get(Step.AGENDA, meeting.starts_at))


def skip_next(session: Session, meeting: Meeting, only: Step | None) -> Step | None:
    """The chair has the next step not happen, if it is the one meant. Returns which; None when none is to come."""
    coming = next_step(session, meeting)
    occurrence = occurrence_of(session, meeting, coming.step) if coming else None
    if coming is None or occurrence is None or only not in (None, coming.step):
        return None
    occurrence.skip(BY_CHAIR)
    return coming.step


def sent(session: Session, meeting: Meeting, now: datetime) -> None:
    """The agenda went out at another moment than its own, which is used up."""
    _plan(session, meeting, Step.AGENDA, _moment_of(now, meeting)).fire()


def cancel(session: Session, meeting: Meeting) -> None:
    """The meeting does not take place, so nothing of it happens any more."""
    for occurrence in occurrences.due_under(session, series_of(meeting, "")):
        occurrence.skip(CANCELLED)


def is_merged(session: Session, meeting: Meeting, step: Step, occurrence: Occurrence, now: datetime) -> bool:
    """A later step has come as well, and says it all. A late agenda is also the reminder of the working day before."""
    if step is Step.EVE:
        return meeting.called_at is not None and meeting.called_at >= occurrence.due_at
    order = list(Step)
    later = order[order.index(step) + 1 : order.index(Step.EVE)]
    return any(_has_come(occurrence_of(session, meeting, one), now) for one in later)


def occurrence_of(session: Session, meeting: Meeting, name: str) -> Occurrence | None:
    """The moment of one step of a meeting."""
    return occurrences.last_of(session, series_of(meeting, name))


def series_of(meeting: Meeting, name: str) -> str:
    """`agenda:3:call`."""
    return f"{SERIES}{meeting.id}:{name}"


def _is_over(occurrence: Occurrence) -> bool:
    return occurrence.state is OccurrenceState.FIRED or occurrence.reason == BY_CHAIR


def _has_come(occurrence: Occurrence | None, now: datetime) -> bool:
    if occurrence is None:
        return False
    return occurrence.state is OccurrenceState.FIRED or (occurrence.is_due and occurrence.due_at <= now)


def _plan_late(session: Session, meeting: Meeting, step: Step, moment: Moment, timing: Timing, now: datetime) -> None:
    """Its moment has passed already. An agenda still goes: at that hour of this working day or the next, else now."""
    if step is not Step.AGENDA:
        _plan(session, meeting, step, moment).skip(PLANNED_LATE)
        return
    today = now.astimezone(ZoneInfo(meeting.group.timezone)).date()
    days = (day for day in (today, working_day_after(today, 1)) if is_working_day(day))
    moments = (moment_at(day, time.fromisoformat(timing.hour), meeting.group.timezone) for day in days)
    following = next((one for one in moments if now < one.at <= meeting.starts_at - DAY), None)
    _plan(session, meeting, step, following or _moment_of(now, meeting))


def _plan(session: Session, meeting: Meeting, name: str, moment: Moment) -> Occurrence:
    return occurrences.plan_once(session, series_of(meeting, name), moment.key, moment.at)


def _before(meeting: Meeting, timing: Timing) -> Moment:
    day = working_days_before(meeting.local.date(), timing.days)
    return moment_at(day, time.fromisoformat(timing.hour), meeting.group.timezone)


def _moment_of(at: datetime, meeting: Meeting) -> Moment:
    """An instant, named by the group's clocks."""
    local = at.astimezone(ZoneInfo(meeting.group.timezone)).replace(tzinfo=None)
    return Moment(local.isoformat(timespec="minutes"), at)
