"""What follows for the agenda when a meeting is planned, moved or cancelled, or when its items change."""

from collections.abc import Sequence
from datetime import datetime

from config.texts import Texts
from digests import cards, invitations
from storage.agenda_steps import Step
from storage.database import Session
from storage.groups import Group
from storage.meetings import Meeting
from storage.proposals import Proposal


def planned(session: Session, meetings: Sequence[Meeting], now: datetime) -> None:
    """Meetings were planned, together: the first is shown in the rooms, and calendars are told."""
    meetings[0].announced_at = now
    cards.show(session, meetings[0], now)
    invitations.invite(session, meetings, now)


def changed(session: Session, meeting: Meeting, now: datetime) -> None:
    """Its time, place, length or title is another, or it is cancelled: calendars are told."""
    cards.show(session, meeting, now)
    invitations.invite(session, [meeting], now)


def items_changed(session: Session, meeting: Meeting, now: datetime) -> None:
    """Its items are others, or stand in another order."""
    cards.show_agenda(session, meeting, now)


def send_now(session: Session, meeting: Meeting, now: datetime) -> None:
    """The chair sends the agenda before its time."""
    meeting.call(now)
    cards.show_agenda(session, meeting, now)


def skip_next(session: Session, meeting: Meeting, now: datetime) -> Step | None:
    """The chair leaves out the next step of the clock. Returns it; None where none is left."""
    del session, meeting, now
    return None


def replan(session: Session, group: Group, now: datetime) -> None:
    """The group chose other times for the steps of its clock."""
    del session, group, now


def parked(session: Session, proposal: Proposal) -> None:
    """A proposal rests until its day."""
    del session, proposal


def outlook(session: Session, meeting: Meeting, now: datetime, texts: Texts) -> list[str]:
    """What the chair is told of an agenda: its steps, who will be reached, and which units will be represented."""
    del session, meeting, now, texts
    return []
