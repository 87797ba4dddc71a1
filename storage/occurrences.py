"""An occurrence: a scheduled moment, unique by its series and its wall-clock key.

due → fired | skipped (with a reason)
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, delete, exists, func, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session


class OccurrenceState(StrEnum):
    """What became of the moment."""

    DUE = "due"
    FIRED = "fired"
    SKIPPED = "skipped"


class Occurrence(Base):
    """One moment of one series. `key` is local time (2027-01-11T08:00): a clock change never makes a second one."""

    __tablename__ = "occurrences"
    __table_args__ = (UniqueConstraint("series", "key"), Index("occurrences_due", "state", "due_at", "id"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    series: Mapped[str]
    key: Mapped[str]
    due_at: Mapped[datetime]
    state: Mapped[OccurrenceState] = mapped_column(default=OccurrenceState.DUE)
    reason: Mapped[str] = mapped_column(default="")

    def fire(self) -> None:
        """It happened."""
        self.state = OccurrenceState.FIRED

    def skip(self, reason: str) -> None:
        """It did not happen, and why: `nothing_new`, `merged`, `too_late`, `left`, `off`, `no_address`, `no_room`,
        `retired`, `told`, `cancelled`, `skipped` (by the chair), `planned_late`, `awake` or `failed`."""
        self.state, self.reason = OccurrenceState.SKIPPED, reason

    def postpone(self, due_at: datetime) -> None:
        """It is too early: once more later."""
        self.due_at = due_at

    @property
    def is_due(self) -> bool:
        """It is still to come, or late."""
        return self.state is OccurrenceState.DUE


def plan(session: Session, series: str, key: str, due_at: datetime) -> None:
    """Make (series, key) the only moment of the series that is due. A moment that has passed is never due again."""
    session.execute(delete(Occurrence).filter_by(series=series, state=OccurrenceState.DUE))
    if session.scalar(select(Occurrence.id).filter_by(series=series, key=key)) is None:
        session.add(Occurrence(series=series, key=key, due_at=due_at))
        session.flush()


def plan_once(session: Session, series: str, key: str, due_at: datetime) -> Occurrence:
    """Give a series its one moment: one that has not fired moves, also when it was skipped."""
    found = last_of(session, series)
    if found is None or (found.state is OccurrenceState.FIRED and found.key != key):
        found = Occurrence(series=series, key=key, due_at=due_at)
        session.add(found)
    elif found.state is not OccurrenceState.FIRED:
        found.key, found.due_at, found.state, found.reason = key, due_at, OccurrenceState.DUE, ""
    return found


def last_of(session: Session, series: str) -> Occurrence | None:
    """The latest moment of a series, whatever became of it."""
    chosen = select(Occurrence).filter_by(series=series).order_by(Occurrence.due_at.desc(), Occurrence.id.desc())
    return session.scalars(chosen.limit(1)).first()


def due_under(session: Session, beginning: str) -> list[Occurrence]:
    """What is still to come of all series whose names begin so, in order."""
    chosen = select(Occurrence).where(Occurrence.series.startswith(beginning, autoescape=True))
    chosen = chosen.where(Occurrence.state == OccurrenceState.DUE)
    return list(session.scalars(chosen.order_by(Occurrence.due_at, Occurrence.id)))


def cancel(session: Session, series: str, now: datetime) -> None:
    """Nothing of the series is to come. What is due by now stays due."""
    planned = delete(Occurrence).filter_by(series=series, state=OccurrenceState.DUE)
    session.execute(planned.where(Occurrence.due_at > now))


def forget(session: Session, series: str) -> None:
    """The series is no more, and its name may be given again."""
    session.execute(delete(Occurrence).filter_by(series=series))


def due(session: Session, now: datetime, limit: int) -> list[Occurrence]:
    """What is due, the longest due first."""
    chosen = select(Occurrence).where(Occurrence.state == OccurrenceState.DUE, Occurrence.due_at <= now)
    return list(session.scalars(chosen.order_by(Occurrence.due_at, Occurrence.id).limit(limit)))


def next_due_at(session: Session) -> datetime | None:
    """When something is due next."""
    return session.scalar(select(func.min(Occurrence.due_at)).filter_by(state=OccurrenceState.DUE))


def last_due_at(session: Session) -> datetime | None:
    """When the last of all that is due now will be due."""
    return session.scalar(select(func.max(Occurrence.due_at)).filter_by(state=OccurrenceState.DUE))


def has_passed(session: Session, series: str, key: str) -> bool:
    """True when that moment has fired or was skipped."""
    past = exists().where(Occurrence.series == series, Occurrence.key == key, Occurrence.state != OccurrenceState.DUE)
    return bool(session.scalar(select(past)))


def last_past(session: Session, series: str) -> Occurrence | None:
    """The latest moment of a series that fired or was skipped."""
    chosen = select(Occurrence).where(Occurrence.series == series, Occurrence.state != OccurrenceState.DUE)
    return session.scalars(chosen.order_by(Occurrence.due_at.desc()).limit(1)).first()
