"""A moment of the agenda clock has come: it happens, or is skipped with its reason."""

from collections.abc import Callable
from datetime import datetime

from digests.agenda import aftermath, calling, changes, closing, delivery, sending
from digests.agenda.steps import CANCELLED, END, MERGED, SERIES, SETTLING, TOO_LATE, is_merged
from storage.agenda_steps import Step
from storage.database import Session
from storage.meetings import Meeting, MeetingStage, meeting_numbered
from storage.occurrences import Occurrence

STEPS: dict[Step, Callable[[Session, Meeting, datetime], None]] = {
    Step.CALL: calling.call,
    Step.REMINDER: calling.remind,
    Step.CLOSING: closing.close,
    Step.AGENDA: sending.send,
    Step.EVE: calling.tell_eve,
}
# What decides for itself whether it happens.
OTHERS: dict[str, Callable[[Session, Meeting, Occurrence, datetime], None]] = {
    changes.CHANGES: changes.fire,
    sending.DELIVERY: delivery.fire,
    END: aftermath.end,
    SETTLING: aftermath.settle,
}


def fire(session: Session, occurrence: Occurrence, now: datetime) -> None:
    """What is of no use any more is skipped."""
    number, _, name = occurrence.series.removeprefix(SERIES).partition(":")
    meeting = meeting_numbered(session, int(number))
    if not occurrence.is_due:  # another one in the same hand has made an end of it
        return
    if meeting is None or meeting.stage is MeetingStage.CANCELLED:
        occurrence.skip(CANCELLED)
    elif name in OTHERS:
        OTHERS[name](session, meeting, occurrence, now)
    else:
        _fire_step(session, meeting, Step(name), occurrence, now)


def _fire_step(session: Session, meeting: Meeting, step: Step, occurrence: Occurrence, now: datetime) -> None:
    if meeting.has_begun(now):
        occurrence.skip(TOO_LATE)
    elif is_merged(session, meeting, step, occurrence, now):
        occurrence.skip(MERGED)
    else:
        STEPS[step](session, meeting, now)
        occurrence.fire()
