"""The steps of a group's agenda clock: how many working days before a meeting each comes, and at what hour."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session
from storage.groups import Group
from storage.rules import RuleBroken

EIGHT = "08:00"
DAYS_AT_MOST = 60


class Step(StrEnum):
    """What is to happen before a meeting, in order."""

    CALL = "call"
    REMINDER = "reminder"
    CLOSING = "closing"
    AGENDA = "agenda"
    EVE = "eve"


@dataclass(frozen=True)
class Timing:
    """So many working days before the meeting, at `hour` on the group's clocks (HH:MM)."""

    days: int
    hour: str = EIGHT


DEFAULTS = {
    Step.CALL: Timing(15),
    Step.REMINDER: Timing(8),
    Step.CLOSING: Timing(6),
    Step.AGENDA: Timing(5),
    Step.EVE: Timing(1),
}


class AgendaStep(Base):
    """A step as a group chose it."""

    __tablename__ = "agenda_steps"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    step: Mapped[Step] = mapped_column(primary_key=True)
    days: Mapped[int]
    hour: Mapped[str]


def timings_of(session: Session, group: Group) -> dict[Step, Timing]:
    """When each step comes in a group."""
    chosen = session.scalars(select(AgendaStep).filter_by(group_id=group.id))
    return DEFAULTS | {one.step: Timing(one.days, one.hour) for one in chosen}


def choose(session: Session, group: Group, step: Step, timing: Timing) -> None:
    """A step comes at another time. Raises RuleBroken when the steps would no longer come in their order."""
    if not 1 <= timing.days <= DAYS_AT_MOST:
        raise RuleBroken("step-days", days=str(timing.days), most=str(DAYS_AT_MOST))
    timings = timings_of(session, group) | {step: timing}
    in_order = [(-timings[one].days, timings[one].hour) for one in Step]
    if in_order != sorted(in_order):
        raise RuleBroken("step-order", **{one.value: str(timings[one].days) for one in Step})
    session.merge(AgendaStep(group_id=group.id, step=step, days=timing.days, hour=timing.hour))
