"""A bulletin: the group's own digest, which its rooms get; and what a group was told in it, so that it is told once."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import ForeignKey, String, Table, exists, insert, select
from sqlalchemy import cast as cast_to
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, Session
from storage.groups import Group, GroupStage
from storage.occurrences import Occurrence, OccurrenceState
from storage.subscriptions import EIGHT_O_CLOCK, MONDAY, Interval

SERIES = "bulletin:"


class Bulletin(Base):
    """When the rooms of a group get its digest: `hour` is wall-clock time (HH:MM) in the group's zone.

    `chosen_at` is when that was last chosen. What came before `began_at` is no news; what came after `watermark` is.
    """

    __tablename__ = "bulletins"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True, init=False)
    group: Mapped[Group] = relationship(repr=False, lazy="joined", innerjoin=True)
    began_at: Mapped[datetime]
    chosen_at: Mapped[datetime]
    watermark: Mapped[datetime]
    interval: Mapped[Interval] = mapped_column(default=Interval.WEEKLY)
    weekday: Mapped[int] = mapped_column(default=MONDAY)
    hour: Mapped[str] = mapped_column(default=EIGHT_O_CLOCK)

    def choose(self, now: datetime, **choices: Any) -> None:
        """The chair chooses any of interval, weekday and hour. After a pause it begins with what is new then."""
        if self.interval is Interval.OFF and choices.get("interval", Interval.OFF) is not Interval.OFF:
            self.began_at = self.watermark = now
        for name, value in choices.items():
            setattr(self, name, value)
        self.chosen_at = now

    @property
    def series(self) -> str:
        """The name of its series of occurrences."""
        return f"{SERIES}{self.group_id}"


class BulletinItem(Base):
    """One thing that a group was told as new."""

    __tablename__ = "bulletin_items"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    noun: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]


def bulletin_of(session: Session, group: Group) -> Bulletin:
    """The bulletin of a group. A new group begins with Monday 08:00, and with what is new since it was set up."""
    found = session.get(Bulletin, group.id)
    if found is None:
        begins = group.created_at
        found = Bulletin(group=group, began_at=begins, chosen_at=begins, watermark=begins)
        session.add(found)
        session.flush()
    return found


def groups_unplanned(session: Session, limit: int, after: int = 0) -> list[Group]:
    """Groups whose next bulletin has no moment yet, those numbered over `after`."""
    planned = exists().where(
        Occurrence.series == SERIES + cast_to(Group.id, String), Occurrence.state == OccurrenceState.DUE
    )
    is_off = exists().where(Bulletin.group_id == Group.id, Bulletin.interval == Interval.OFF)
    chosen = select(Group).where(Group.stage != GroupStage.CLOSED, ~planned, ~is_off, Group.id > after)
    return list(session.scalars(chosen.order_by(Group.id).limit(limit)))


def told(session: Session, group: Group) -> set[str]:
    """What the group has been told: `proposal:12`."""
    items = session.execute(select(BulletinItem.noun, BulletinItem.number).filter_by(group_id=group.id))
    return {f"{noun}:{number}" for noun, number in items}


def tell(session: Session, group: Group, nouns: list[str], now: datetime) -> None:
    """The group has been told these."""
    items = (noun.split(":") for noun in nouns)
    rows = [{"group_id": group.id, "noun": noun, "number": int(number), "told_at": now} for noun, number in items]
    if rows:
        session.connection().execute(insert(cast(Table, BulletinItem.__table__)), rows)
