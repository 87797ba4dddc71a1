"""A subscription: what a person wants from a group, how often, when, in which language and by which channel."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, String, UniqueConstraint, cast, exists, select, true
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from storage.database import Base, Session
from storage.groups import Group, GroupKind, GroupStage
from storage.memberships import Membership
from storage.occurrences import Occurrence, OccurrenceState
from storage.people import Person

SERIES = "weekly:"
MONDAY = 0
EIGHT_O_CLOCK = "08:00"
CHOICES = ("interval", "weekday", "hour", "timezone", "language", "channel", "titles_only", "with_own", "with_reacted")


class Interval(StrEnum):
    """How often."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    OFF = "off"


class Channel(StrEnum):
    """By which way."""

    MAIL = "mail"
    CHAT = "chat"
    BOTH = "both"


class Subscription(Base):
    """A person's letters from one group.

    `hour` is wall-clock time (HH:MM) in `timezone`, which is the group's until chosen; `language` is the person's
    until chosen. `chosen_at` is when the times were last chosen: the next letter comes after it. What came after
    `watermark` is new to the reader; the first watermark is the joining. `rode_at` is the last moment at which it rode
    along in the letter of another of their groups, as it does where the person gets them together.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (UniqueConstraint("person_id", "group_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), init=False, index=True)
    joined_at: Mapped[datetime]
    chosen_at: Mapped[datetime]
    watermark: Mapped[datetime]
    person: Mapped[Person] = relationship(repr=False, lazy="joined", innerjoin=True)
    group: Mapped[Group] = relationship(repr=False, lazy="joined", innerjoin=True)
    interval: Mapped[Interval] = mapped_column(default=Interval.WEEKLY)
    weekday: Mapped[int] = mapped_column(default=MONDAY)
    hour: Mapped[str] = mapped_column(default=EIGHT_O_CLOCK)
    timezone: Mapped[str | None] = mapped_column(default=None)
    language: Mapped[str | None] = mapped_column(default=None)
    channel: Mapped[Channel] = mapped_column(default=Channel.MAIL)
    titles_only: Mapped[bool] = mapped_column(default=False)
    before_stop: Mapped[Interval | None] = mapped_column(default=None)
    with_own: Mapped[bool] = mapped_column(default=True, server_default=true())
    with_reacted: Mapped[bool] = mapped_column(default=True, server_default=true())
    rode_at: Mapped[datetime | None] = mapped_column(default=None)

    def choose(self, now: datetime, **choices: Any) -> None:
        """The reader chooses: any of CHOICES."""
        if choices.get("interval") is Interval.OFF and self.interval is not Interval.OFF:
            self.before_stop = self.interval
        for name, value in choices.items():
            setattr(self, name, value)
        self.chosen_at = now

    def hear(self, other: "Subscription") -> None:
        """Both are of the same person: what was chosen last counts. Who never chose has said nothing."""
        if other.chosen_at > max(other.joined_at, self.chosen_at):
            self.choose(other.chosen_at, **{name: getattr(other, name) for name in CHOICES})

    def rejoin(self, now: datetime) -> None:
        """The reader is in the group from now on: what came before is not news to them."""
        self.joined_at = self.chosen_at = self.watermark = now

    def stop(self, now: datetime) -> None:
        """No more letters; `resume` brings the same ones back."""
        self.choose(now, interval=Interval.OFF)

    def resume(self, now: datetime) -> None:
        """The letters come back as they were before `stop`."""
        if self.interval is Interval.OFF:
            self.choose(now, interval=self.before_stop or Interval.WEEKLY)

    @property
    def zone(self) -> str:
        """The zone of `hour`."""
        return self.timezone or self.group.timezone

    @property
    def clock(self) -> str:
        """The zone in which the reader is shown moments: chosen, or where the reader is."""
        return self.timezone or self.person.timezone or self.group.timezone

    @property
    def speaks(self) -> str:
        """The language of the letters."""
        return self.language or self.person.language or self.group.language

    @property
    def series(self) -> str:
        """The name of its series of occurrences."""
        return f"{SERIES}{self.id}"


def subscribe(session: Session, person: Person, group: Group, now: datetime) -> Subscription:
    """The person's subscription to the group; a new one begins with a weekly letter, Monday 08:00."""
    found = session.scalar(select(Subscription).filter_by(person_id=person.id, group_id=group.id))
    if found is None:
        found = Subscription(person=person, group=group, joined_at=now, chosen_at=now, watermark=now)
        session.add(found)
        session.flush()
    return found


def subscription_of(session: Session, person: Person, group: Group) -> Subscription:
    """The subscription of somebody in the group: everybody there has one."""
    return session.scalars(select(Subscription).filter_by(person_id=person.id, group_id=group.id)).one()


def subscription_numbered(session: Session, number: int) -> Subscription | None:
    """The subscription with that internal number."""
    return session.get(Subscription, number)


def letters_of(session: Session, person: Person) -> list[Subscription]:
    """The subscriptions of a person to the groups they are in, also those that are off; who leads comes first."""
    chosen = select(Subscription).where(Subscription.person_id == person.id, _is_in(Subscription))
    return list(session.scalars(chosen.order_by(_follows(Subscription), Subscription.id)))


def larger_of(session: Session, subscription: Subscription) -> Subscription | None:
    """The one in whose letter the news of a team come; None for those of any other group, and while that one is off."""
    chosen = select(Subscription.id).where(Subscription.id == subscription.id, _follows(Subscription))
    if session.scalar(chosen) is None:
        return None
    larger = select(Subscription).filter_by(person_id=subscription.person_id, group_id=subscription.group.parent_id)
    return session.scalars(larger).one()


def teams_under(session: Session, subscription: Subscription) -> list[Subscription]:
    """Those of a person's teams in the group of this one that are not off."""
    if not subscription.group.inside:
        return []
    every = (one for one in letters_of(session, subscription.person) if one.group.kind is GroupKind.SUBGROUP)
    return [one for one in every if one.group.parent_id == subscription.group_id and one.interval is not Interval.OFF]


def unplanned(session: Session, limit: int, after: int = 0) -> list[Subscription]:
    """Subscriptions of people in the group whose next letter has no moment yet, those numbered over `after`.

    Where a person gets their letters together, the lowest number leads, and the others ride along. What a team has to
    tell rides along in the letter of the larger group.
    """
    planned = exists().where(
        Occurrence.series == SERIES + cast(Subscription.id, String), Occurrence.state == OccurrenceState.DUE
    )
    other = aliased(Subscription)
    leads = (other.person_id == Subscription.person_id, other.id < Subscription.id, other.interval != Interval.OFF)
    together = Subscription.person_id.in_(select(Person.id).where(Person.together))
    rides = together & exists().where(*leads, _is_in(other), ~_follows(other))
    chosen = select(Subscription).where(Subscription.interval != Interval.OFF, _is_in(Subscription), ~planned, ~rides)
    chosen = chosen.where(~_follows(Subscription), Subscription.id > after)
    return list(session.scalars(chosen.order_by(Subscription.id).limit(limit)))


def _is_in(subscription: type[Subscription]) -> ColumnElement[bool]:
    """Its person is in its group today, and that is not closed."""
    return exists().where(
        Membership.person_id == subscription.person_id,
        Membership.group_id == subscription.group_id,
        Membership.until.is_(None),
        Group.id == subscription.group_id,
        Group.stage != GroupStage.CLOSED,
    )


def _follows(subscription: type[Subscription]) -> ColumnElement[bool]:
    """It is of a team, and its person gets the letters of the larger group."""
    larger, team = aliased(Subscription), aliased(Group)
    return exists().where(
        team.id == subscription.group_id,
        team.kind == GroupKind.SUBGROUP,
        larger.group_id == team.parent_id,
        larger.person_id == subscription.person_id,
        larger.interval != Interval.OFF,
        _is_in(larger),
    )
