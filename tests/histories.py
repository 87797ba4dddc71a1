"""Generated histories of one reader in two groups, and what letters, chat and rooms told of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import strategies as st
from sqlalchemy import select

from config.texts import texts_in
from digests import wording
from digests.clock import Clock
from living import place
from people import ANA, BO, MONDAY, ZOE
from storage import bank, choices, digest_items, examples, proposals
from storage.database import Database, Session
from storage.examples import Review
from storage.groups import every_group, group_called
from storage.memberships import Role
from storage.outbox import OutboxEntry, OutboxKind
from storage.people import person_with_mail
from storage.proposal_stages import ProposalKind
from storage.rooms import Room, RoomStage
from storage.roster import enter
from storage.subscriptions import Channel, Interval, Subscription

WEEK = timedelta(weeks=1)
GROUPS = {"grona": ANA, "andra": ZOE}
NEWS, OTHER = ("letter-examples", "letter-proposals"), ("letter-changes", "letter-subgroups", "letter-waiting")

STEP = st.one_of(
    st.tuples(st.just("say"), st.sampled_from(list(GROUPS)), st.sampled_from(["example", "proposal"])),
    st.tuples(st.just("wait"), st.integers(1, 9 * 24)),
    st.tuples(st.just("editors"), st.booleans()),
    st.tuples(st.just("approve")),
    st.tuples(st.just("channel"), st.sampled_from(list(Channel))),
    st.tuples(st.just("letters"), st.booleans(), st.sampled_from(list(GROUPS))),
    st.tuples(st.just("crash"), st.integers(0, 3)),
)
HISTORY = st.lists(STEP, max_size=14)
# By how many minutes the clock is late each time.
LATE = st.lists(st.sampled_from([0, 1, 7, 90, 11 * 60]), min_size=1, max_size=4)


class Crash(BaseException):
    """The process dies."""


@dataclass
class Told:
    """What one letter, or one card in a room, names as new."""

    way: str
    moment: str
    titles: tuple[str, ...]


@dataclass
class World:
    """One database, its clock, and what has been said there. Only Bo reads."""

    database: Database
    late: list[int]
    now: datetime = MONDAY
    said: list[str] = field(default_factory=list)
    dies_at: int | None = None

    def __post_init__(self) -> None:
        self._numbers, self._ticks = count(1), count()
        with self.database.transaction() as session:
            for group in every_group(session):
                group.rooms.append(Room(platform="console", address=group.slug, stage=RoomStage.OPEN))
            enter(session, group_called(session, "andra"), person_with_mail(session, BO), Role.MEMBER, self.now)
            for one in session.scalars(select(Subscription)):
                if one.person.email != BO:
                    one.choose(self.now, interval=Interval.OFF)

    def go_through(self, history: Iterable[tuple[Any, ...]]) -> None:
        """Do all that, and then let it settle: nobody edits any more, and two weeks pass."""
        for name, *facts in history:
            getattr(self, f"_{name}")(*facts)
        self._editors(False)
        self._wait(2 * 7 * 24)
        self._wait(7 * 24)

    def told(self) -> list[Told]:
        """All that Bo and the rooms were told, in order."""
        with self.database.reading() as session:
            entries = session.scalars(select(OutboxEntry).order_by(OutboxEntry.id)).all()
            kinds = (OutboxKind.LETTER, OutboxKind.NOTE, OutboxKind.CARD)
            return [_told(entry) for entry in entries if entry.kind in kinds]

    def tick(self) -> None:
        """As the clock does it, with a crash where one was ordered."""
        clock = Clock(self.database, lambda: self.now, lambda: None)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(digest_items, "tell", self._deadly(digest_items.tell))
            try:
                clock.tick()
            except Crash:
                clock.tick()

    def _deadly(self, tell: Any) -> Any:
        def told(*facts: Any) -> None:
            tell(*facts)
            if self.dies_at is not None:
                self.dies_at -= 1
                if self.dies_at < 0:
                    self.dies_at = None
                    raise Crash

        return told

    def _wait(self, hours: int) -> None:
        until = self.now + timedelta(hours=hours)
        self.tick()
        clock = Clock(self.database, lambda: self.now, lambda: None)
        while (due := clock.next_due_at()) and due <= until:
            self.now = max(self.now, due + timedelta(minutes=self.late[next(self._ticks) % len(self.late)]))
            self.tick()
        self.now = max(self.now, until)

    def _say(self, slug: str, kind: str) -> None:
        mine = f"{slug}{kind}"
        if sum(title.startswith(mine) for title in self.said) == wording.MOST:
            return
        title = f"{mine}{next(self._numbers)}"
        with self.database.transaction() as session:
            author = place(session, GROUPS[slug], slug)
            if kind == "example":
                examples.share(session, author, title, "", [], self.now)
            else:
                proposals.propose(session, author, title, "", ProposalKind.IDEA, [], self.now)
        self.said.append(title)

    def _editors(self, on: bool) -> None:
        with self.database.transaction() as session:
            bank.set_editors(session, group_called(session, "grona"), self.now, on=on)

    def _approve(self) -> None:
        with self.database.transaction() as session:
            for example in bank.waiting_for_editors(session, group_called(session, "grona"))[:1]:
                example.clear(Review.APPROVED, self.now)

    def _channel(self, channel: Channel) -> None:
        with self.database.transaction() as session:
            choices.choose(session, _of_bo(session, "grona"), self.now, channel=channel)

    def _letters(self, together: bool, slug: str) -> None:
        with self.database.transaction() as session:
            choices.choose(session, _of_bo(session, slug), self.now, together=together)

    def _crash(self, at: int) -> None:
        self.dies_at = at


def _of_bo(session: Session, slug: str) -> Subscription:
    bo = place(session, BO, slug)
    return session.scalars(select(Subscription).filter_by(person_id=bo.person_id, group_id=bo.group_id)).one()


def _told(entry: OutboxEntry) -> Told:
    parts = entry.content.parts
    words = parts["text"] if entry.kind is OutboxKind.LETTER else parts["body"]
    return Told(entry.kind.value, entry.key.removeprefix("note:"), tuple(_new_in(words)))


def _new_in(words: str) -> Iterator[str]:
    """The titles under the headings of what is new."""
    texts, is_new = texts_in("sv"), False
    for line in words.split("\n"):
        bare = line.strip("* ")
        if bare in [texts.say(key) for key in (*NEWS, *OTHER)]:
            is_new = bare in [texts.say(key) for key in NEWS]
        elif is_new:
            yield from re.findall(r"(?:Exempel|Förslag) \d+: (\w+)", line)
