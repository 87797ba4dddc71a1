"""The diary: the meetings of a group, in their order."""

from datetime import datetime

from sqlalchemy import select

from storage.database import Session
from storage.groups import Group
from storage.meetings import Meeting, MeetingStage


def meetings_of(session: Session, group: Group) -> list[Meeting]:
    """All meetings of a group that are not cancelled, the first one first."""
    chosen = select(Meeting).where(Meeting.group_id == group.id, Meeting.stage != MeetingStage.CANCELLED)
    return list(session.scalars(chosen.order_by(Meeting.starts_at, Meeting.id)))


def ahead(session: Session, group: Group, now: datetime) -> list[Meeting]:
    """The group's meetings that have not begun, the next one first."""
    return [one for one in meetings_of(session, group) if one.is_ahead and one.starts_at > now]


def next_meeting(session: Session, group: Group, now: datetime, *, still_open: bool = False) -> Meeting | None:
    """The group's next meeting; `still_open` leaves out those whose list of items is closed."""
    found = (one for one in ahead(session, group, now) if not still_open or one.closed_at is None)
    return next(found, None)
