"""The diary: the meetings of a group, in their order."""

from datetime import datetime

from sqlalchemy import select

from storage.database import Session
from storage.groups import Group
from storage.meeting_series import MeetingSeries
from storage.meetings import AHEAD, Meeting, MeetingStage
from storage.memberships import memberships_of
from storage.people import Person


def meetings_of(session: Session, group: Group) -> list[Meeting]:
    """All meetings of a group that are not cancelled, the first one first."""
    chosen = select(Meeting).where(Meeting.group_id == group.id, Meeting.stage != MeetingStage.CANCELLED)
    return list(session.scalars(chosen.order_by(Meeting.starts_at, Meeting.id)))


def ahead(session: Session, group: Group, now: datetime) -> list[Meeting]:
    """The group's meetings that have not begun, the next one first."""
    chosen = select(Meeting).where(Meeting.group_id == group.id, Meeting.starts_at > now, Meeting.stage.in_(AHEAD))
    return list(session.scalars(chosen.order_by(Meeting.starts_at, Meeting.id)))


def next_meeting(session: Session, group: Group, now: datetime, *, still_open: bool = False) -> Meeting | None:
    """The group's next meeting; `still_open` leaves out those whose list of items is closed."""
    found = (one for one in ahead(session, group, now) if not still_open or one.closed_at is None)
    return next(found, None)


def meeting_under_way(session: Session, group: Group, now: datetime) -> Meeting | None:
    """The group's meeting that goes on; of several the one that began last."""
    return next((one for one in meetings_of(session, group)[::-1] if one.starts_at <= now < one.ends_at), None)


def meetings_in(session: Session, series: MeetingSeries) -> list[Meeting]:
    """All meetings of a series, in the order of its rule."""
    return list(session.scalars(select(Meeting).filter_by(series_id=series.id).order_by(Meeting.slot, Meeting.id)))


def meetings_for_calendar(session: Session, person: Person, since: datetime) -> list[Meeting]:
    """What a person's calendar shows: the meetings of their groups from a moment on, also those that are cancelled."""
    groups = [place.group_id for place in memberships_of(session, person)]
    chosen = select(Meeting).where(Meeting.group_id.in_(groups), Meeting.starts_at >= since)
    return list(session.scalars(chosen.order_by(Meeting.starts_at, Meeting.id)))
