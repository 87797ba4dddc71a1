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
from storage.answers import Answer, Position
from storage.database import Base, Session
from storage.groups import Group
from storage.meeting_series import MeetingSeries
from storage.people import Person
from storage.rules import RuleBroken

if TYPE_CHECKING:
    from storage.agenda_items import AgendaItem

TWO_HOURS = 120
# Nobody plans further ahead, and a slip of the year is seen.
AHEAD_AT_MOST = timedelta(days=3 * 366)


class MeetingStage(StrEnum):
    """How far it has come. Opening it, its notes and their approval have their places between and after these."""

    PLANNED = "planned"
    CALLED = "called"
    HELD = "held"
    CANCELLED = "cancelled"


AHEAD = (MeetingStage.PLANNED, MeetingStage.CALLED)


class Meeting(Base):
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

    def move(self, starts_at: datetime, now: datetime) -> None:
        """It begins at another moment, for which no answer holds.

        Raises RuleBroken when it has begun or is cancelled, and for a past moment.
        """
        self.require_ahead(now)
        _require_possible(starts_at, now)
        if starts_at != self.starts_at:
            self.starts_at = starts_at
            self.answers.clear()
            self._changed_in_calendars()

    def change(self, told: dict[str, Any], now: datetime) -> None:
        """Change any of title, place, link and minutes. Raises RuleBroken when it has begun or is cancelled."""
        self.require_ahead(now)
        told = told | ({"title": prose.title(told["title"])} if "title" in told else {})
        told = told | ({"place": prose.name(told["place"])} if "place" in told else {})
        told = told | ({"link": prose.link(told["link"])} if told.get("link") else {})
        if any(getattr(self, name) != value for name, value in told.items()):
            for name, value in told.items():
                setattr(self, name, value)
            self._changed_in_calendars()

    def cancel(self, now: datetime) -> None:
        """It does not take place. Raises RuleBroken when it has begun or is cancelled already."""
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

    def answer(self, person: Person, position: Position, now: datetime, *, reacted: bool = False) -> None:
        """Somebody comes, or not. The last word wins. Raises RuleBroken when it has begun or is cancelled."""
        self.require_ahead(now)
        answer = self.answer_of(person)
        if answer is None:
            answer = Answer(person=person, position=position, answered_at=now, reacted=reacted)
            self.answers.append(answer)
        answer.position, answer.substitute, answer.answered_at, answer.reacted = position, None, now, reacted
        self.revision += 1

    def send_instead(self, person: Person, substitute: Person, now: datetime) -> None:
        """Somebody does not come, and `substitute` is to come in their place.

        Raises RuleBroken when it has begun or is cancelled, and for who names themselves.
        """
        if substitute is person:
            raise RuleBroken("substitute-oneself", number=str(self.id))
        self.answer(person, Position.ABSENT, now)
        answer = self.answer_of(person)
        assert answer is not None
        answer.substitute = substitute

    def retract(self, person: Person, now: datetime, *, reacted: bool = False) -> None:
        """Somebody takes their answer back. A reaction taken away changes nothing where a later word stands."""
        self.require_ahead(now)
        answer = self.answer_of(person)
        if answer and (answer.reacted or not reacted):
            self.answers.remove(answer)
            self.revision += 1

    def answer_of(self, person: Person) -> Answer | None:
        """What somebody has answered."""
        return next((answer for answer in self.answers if answer.person is person), None)

    def require_ahead(self, now: datetime) -> None:
        """Raises RuleBroken when it has begun or is cancelled."""
        if self.stage is MeetingStage.CANCELLED:
            raise RuleBroken("meeting-cancelled", number=str(self.id))
        if self.has_begun(now):
            raise RuleBroken("meeting-begun", number=str(self.id))

    def has_begun(self, now: datetime) -> bool:
        """Its time has come, or passed."""
        return self.starts_at <= now or self.stage is MeetingStage.HELD

    @property
    def noun(self) -> str:
        """How the record and the cards name it: `meeting:3`."""
        return f"meeting:{self.id}"

    @property
    def is_in_rooms(self) -> bool:
        """A card of it stands in the rooms: its own, or its agenda's."""
        return self.announced_at is not None or self.called_at is not None

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

    @property
    def coming(self) -> list[Person]:
        """Who has answered that they come."""
        return [answer.person for answer in self.answers if answer.position is Position.COMING]

    @property
    def absent(self) -> list[Person]:
        """Who has answered that they do not come."""
        return [answer.person for answer in self.answers if answer.position is Position.ABSENT]

    def _changed_in_calendars(self) -> None:
        self.sequence += 1
        self.revision += 1


def plan(session: Session, group: Group, starts_at: datetime, now: datetime, **told: Any) -> Meeting:
    """Plan a meeting; `told` are title, minutes, place, link, series and slot.

    Raises RuleBroken for a moment that has passed, and for one more than three years ahead.
    """
    _require_possible(starts_at, now)
    meeting = Meeting(
        group=group,
        title=prose.title(told.pop("title")),
        starts_at=starts_at,
        minutes=told.pop("minutes", None) or TWO_HOURS,
        place=prose.name(told.pop("place", "")),
        link=prose.link(link) if (link := told.pop("link", "")) else "",
        created_at=now,
        answers=[],
        items=[],
        **told,
    )
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


def _require_possible(starts_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise RuleBroken("meeting-in-the-past")
    if starts_at > now + AHEAD_AT_MOST:
        raise RuleBroken("meeting-too-far")
