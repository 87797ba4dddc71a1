"""A meeting of a group.

planned → called (its agenda is sent) → held;  planned | called → cancelled
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage import prose
from storage.access import within_reach
from storage.answers import Answer, Answered
from storage.database import Base, Session
from storage.groups import Group
from storage.meeting_series import MeetingSeries
from storage.people import Person
from storage.rules import RuleBroken

if TYPE_CHECKING:
    from storage.agenda_items import AgendaItem

TWO_HOURS = 120
SHORTEST = 10
# Nobody plans further ahead, and a slip of the year is seen.
AHEAD_AT_MOST = timedelta(days=3 * 366)


class MeetingStage(StrEnum):
    """How far it has come. Opening it, its notes and their approval have their places between and after these."""

    PLANNED = "planned"
    CALLED = "called"
    HELD = "held"
    CANCELLED = "cancelled"


AHEAD = (MeetingStage.PLANNED, MeetingStage.CALLED)


class Meeting(Answered, Base):
    """One meeting. `minutes` is how long it lasts.

    `revision` counts what its card shows, `agenda_revision` how often its agenda was shown, and `sequence` what
    calendars must know (RFC 5545, 3.8.7.4). `slot` is when it was to begin by the rule of its series, on the group's
    clocks. A chair whose turn is fixed was chosen by somebody, and the rota leaves it so. `announced_at` is since when
    its card stands in the rooms, `closed_at` since when what is proposed goes to the next meeting, and `called_at` when
    its agenda was sent; `sent` is what the agenda said when it was last told.
    """

    __tablename__ = "meetings"
    __table_args__ = (Index("meetings_ahead", "group_id", "starts_at"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), init=False)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_series.id"), init=False)
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), init=False)
    group: Mapped[Group] = relationship(repr=False)
    title: Mapped[str]
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    created_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    stage: Mapped[MeetingStage] = mapped_column(default=MeetingStage.PLANNED)
    revision: Mapped[int] = mapped_column(default=1)
    agenda_revision: Mapped[int] = mapped_column(default=0)
    sequence: Mapped[int] = mapped_column(default=0)
    slot: Mapped[str] = mapped_column(default="")
    turn_is_fixed: Mapped[bool] = mapped_column(default=False)
    announced_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    called_at: Mapped[datetime | None] = mapped_column(default=None)
    sent: Mapped[dict[str, Any]] = mapped_column(default_factory=dict, repr=False)
    series: Mapped[MeetingSeries | None] = relationship(default=None, repr=False)
    chair: Mapped[Person | None] = relationship(default=None, repr=False)
    answers: Mapped[list[Answer]] = relationship(
        back_populates="meeting",
        order_by=Answer.id,
        cascade="all, delete-orphan",
        default_factory=list,
        repr=False,
    )
    items: Mapped[list["AgendaItem"]] = relationship(
        back_populates="meeting", order_by="AgendaItem.position", default_factory=list, repr=False
    )

    def move(self, starts_at: datetime, now: datetime) -> bool:
        """It begins at another moment, for which no answer holds. False when it did so already.

        Raises RuleBroken when it has begun or is cancelled, and for a past moment.
        """
        self.require_ahead(now)
        _require_possible(starts_at, now)
        if starts_at == self.starts_at:
            return False
        self.starts_at = starts_at
        self.answers.clear()
        self._changed_in_calendars()
        return True

    def change(self, told: dict[str, Any], now: datetime) -> bool:
        """Change any of title, place, link and minutes. False when they were so already.

        Raises RuleBroken when it has begun or is cancelled.
        """
        self.require_ahead(now)
        told = _possible(told)
        if all(getattr(self, name) == value for name, value in told.items()):
            return False
        for name, value in told.items():
            setattr(self, name, value)
        self._changed_in_calendars()
        return True

    def cancel(self, now: datetime) -> None:
        """It does not take place. Raises RuleBroken when it has begun or is cancelled already."""
        if self.is_cancelled:
            raise RuleBroken("meeting-cancelled-before", number=str(self.id))
        self.require_ahead(now)
        self.stage = MeetingStage.CANCELLED
        self._changed_in_calendars()

    def close(self, now: datetime) -> None:
        """From now on what is proposed goes to the next meeting."""
        self.closed_at = self.closed_at or now

    def call(self, now: datetime) -> None:
        """Its agenda goes out."""
        self.close(now)
        self.stage = MeetingStage.CALLED
        self.called_at = self.called_at or now
        self.revision += 1

    def hold(self) -> None:
        """It has taken place."""
        self.stage = MeetingStage.HELD
        self.revision += 1

    def led_by(self, person: Person | None, *, is_fixed: bool) -> None:
        """Whose turn it is to chair; `is_fixed` where somebody chose so."""
        self.turn_is_fixed = is_fixed
        if self.chair is not person:
            self.chair = person
            self.revision += 1

    def require_ahead(self, now: datetime) -> None:
        """Raises RuleBroken when it has begun or is cancelled."""
        if self.is_cancelled:
            raise RuleBroken("meeting-cancelled", number=str(self.id))
        if self.has_begun(now):
            raise RuleBroken("meeting-begun", number=str(self.id))

    def has_begun(self, now: datetime) -> bool:
        """Its time has come, or passed."""
        return self.starts_at <= now or self.stage is MeetingStage.HELD

    def overlaps(self, other: "Meeting") -> bool:
        """Both go on at one moment."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    @property
    def noun(self) -> str:
        """How the record and the cards name it: `meeting:3`."""
        return f"meeting:{self.id}"

    @property
    def is_in_rooms(self) -> bool:
        """A card of it stands in the rooms: its own, or its agenda's."""
        return self.announced_at is not None or self.called_at is not None

    @property
    def is_cancelled(self) -> bool:
        """It does not take place."""
        return self.stage is MeetingStage.CANCELLED

    @property
    def is_ahead(self) -> bool:
        """It is neither held nor cancelled."""
        return self.stage in AHEAD

    @property
    def ends_at(self) -> datetime:
        """When it ends, UTC."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def local(self) -> datetime:
        """When it begins, on the group's clocks."""
        return self.group.local(self.starts_at)

    def _changed_in_calendars(self) -> None:
        self.sequence += 1
        self.revision += 1


def plan(session: Session, group: Group, starts_at: datetime, now: datetime, **told: Any) -> Meeting:
    """Plan a meeting; `told` are title, minutes, place, link, series and slot.

    Raises RuleBroken for a moment that has passed, for one more than three years ahead, and for what is too short.
    """
    _require_possible(starts_at, now)
    told = {"minutes": TWO_HOURS} | {name: value for name, value in told.items() if value is not None}
    meeting = Meeting(group=group, starts_at=starts_at, created_at=now, answers=[], items=[], **_possible(told))
    session.add(meeting)
    session.flush()
    return meeting


def meeting_for(session: Session, person: Person, number: int) -> Meeting:
    """Meeting `number`, if `person` is in its group. "No such number" and "not yours" raise the same RuleBroken."""
    meeting = within_reach(session, Meeting, person, number)
    if meeting is None:
        raise RuleBroken("meeting-unknown", number=str(number))
    return meeting


def meeting_numbered(session: Session, number: int) -> Meeting | None:
    """The meeting with that number."""
    return session.get(Meeting, number)


def _possible(told: dict[str, Any]) -> dict[str, Any]:
    """What is told of a meeting, as the record keeps it. Raises RuleBroken for what it does not take."""
    if told.get("minutes", SHORTEST) < SHORTEST:
        raise RuleBroken("meeting-too-short", minutes=str(told["minutes"]), least=str(SHORTEST))
    written = {"title": _title, "place": _place, "link": _link}
    return told | {name: write(told[name]) for name, write in written.items() if name in told}


def _title(text: str) -> str:
    prose.name(text, "meeting-title-too-long")
    return prose.title(text)


def _place(text: str) -> str:
    return prose.name(text, "place-too-long")


def _link(text: str) -> str:
    return prose.link(text) if text else ""


def _require_possible(starts_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise RuleBroken("meeting-in-the-past")
    if starts_at > now + AHEAD_AT_MOST:
        raise RuleBroken("meeting-too-far")
