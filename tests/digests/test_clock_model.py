"""Whatever readers do and whatever happens to the clock: what fires and what is told is what a small model says."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from chatops import logs
from digests.wording import MOST
from living import place
from people import ANA, BO, CHEN, GUS, INA, settle_in
from simulated import Process, chosen, letters_of, news_in, outcomes
from storage import examples, occurrences, proposals, schema
from storage.database import Database, Session
from storage.groups import group_called
from storage.memberships import Role
from storage.people import person_with_mail
from storage.proposal_stages import ProposalKind
from storage.roster import enter
from storage.subscriptions import Interval, Subscription, subscription_of

WEEK, THREE_DAYS = timedelta(weeks=1), timedelta(days=3)
READERS = (ANA, BO, CHEN, GUS, INA)
# Ana proposes and stays; the others come and go.
GUESTS = st.sampled_from([BO, CHEN, GUS])
ZONES = ["Europe/Stockholm", "America/New_York", "America/Nuuk", "Australia/Lord_Howe", "Pacific/Auckland"]
STARTS = [datetime(2027, month, day, 9, 30, tzinfo=UTC) for month, day in ((1, 11), (3, 9), (3, 24), (10, 27))]
# Nothing here is about what a disk survives, and a busy disk makes thousands of steps long.
MEMORY = Path("/dev/shm")
LATENESSES = [-1, 0, 1, 300, 3 * 3600, 3 * 86400, 3 * 86400 + 1]


# --- the model ---


@dataclass
class Due:
    """A wall-clock key and its instant."""

    key: str
    at: datetime


@dataclass
class Reader:
    """One subscription as its reader sees it. `news` are the items to come in the next letter."""

    chosen_at: datetime
    interval: Interval = Interval.WEEKLY
    before_stop: Interval = Interval.WEEKLY
    weekday: int = 0
    hour: str = "08:00"
    timezone: str = "Europe/Stockholm"
    is_in: bool = True
    due: Due | None = None
    past: dict[str, str] = field(default_factory=dict)
    last: Due | None = None
    news: list[tuple[str, int]] = field(default_factory=list)
    told: set[tuple[str, int]] = field(default_factory=set)
    letters: list[list[str]] = field(default_factory=list)

    @property
    def is_on(self) -> bool:
        return self.is_in and self.interval is not Interval.OFF

    def choose(self, now: datetime, **choices: Any) -> None:
        if choices.get("interval") is Interval.OFF and self.interval is not Interval.OFF:
            self.before_stop = self.interval
        for name, value in choices.items():
            setattr(self, name, value)
        self.chosen_at = now
        if self.due and self.due.at > now:
            self.due = None

    def tick(self, now: datetime) -> None:
        while True:
            if self.due is None and self.is_on:
                last = self.last
                self.due = self.after(max(self.chosen_at, last.at) if last else self.chosen_at, last)
            if self.due is None or self.due.at > now:
                return
            self.past[self.due.key] = self.becomes(self.due, now)
            if self.last is None or self.due.at > self.last.at:
                self.last = self.due
            self.due = None

    def becomes(self, due: Due, now: datetime) -> str:
        if not self.is_in:
            return "left"
        if self.interval is Interval.OFF:
            return "off"
        if self.after(max(self.chosen_at, due.at), due).at <= now:
            return "merged"
        if now - due.at > THREE_DAYS:
            return "too_late"
        if not self.news:
            return "nothing_new"
        # Examples stand before proposals, the oldest first, and of each the first ones are named.
        kinds = ([item for item in sorted(self.news) if item[0] == kind] for kind in ("example", "proposal"))
        self.letters.append([f"{noun}{number}" for items in kinds for noun, number in items[:MOST]])
        self.told |= set(self.news)
        self.news = []
        return "fired"

    def after(self, moment: datetime, last: Due | None) -> Due:
        past = {*self.past, last.key} if last else set()
        return next(due for due in self.all_after(moment, last) if due.key not in past)

    def all_after(self, moment: datetime, last: Due | None) -> Iterator[Due]:
        """Every day of the calendar, and whether it is one."""
        start = moment.date() - timedelta(days=2)
        for day in (start + timedelta(days=number) for number in count()):
            local = datetime.combine(day, time.fromisoformat(self.hour), ZoneInfo(self.timezone))
            due = Due(f"{day}T{self.hour}", local.astimezone(UTC))
            if self.is_day(day, last) and due.at > moment:
                yield due

    def is_day(self, day: date, last: Due | None) -> bool:
        if self.interval is Interval.MONTHLY and day.day > 7:
            return False
        if self.interval is Interval.FORTNIGHTLY and last:
            weeks = (monday_of(day) - monday_of(date.fromisoformat(last.key[:10]))) // WEEK
            return day.weekday() == self.weekday and weeks > 0 and weeks % 2 == 0
        return day.weekday() == self.weekday


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


# --- the real thing beside it ---


@cache
def empty_record() -> bytes:
    """A migrated database without anybody, made once."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/tuva.db")
        schema.migrate(database, STARTS[0])
        database.close()
        return Path(folder, "tuva.db").read_bytes()


class Groups(RuleBasedStateMachine):
    """Tuva and the model, side by side."""

    @initialize(start=st.sampled_from(STARTS))
    def settle(self, start: datetime) -> None:
        logs.configure("critical")
        self.folder = tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None)
        Path(self.folder, "tuva.db").write_bytes(empty_record())
        self.process = Process(f"sqlite:///{self.folder}/tuva.db")
        self.now = self.latest = start
        self.number = count(1)
        with self.process.database.transaction() as session:
            settle_in(session, start)
        self.readers = {address: Reader(start) for address in READERS}
        self.items: list[tuple[tuple[str, int], datetime]] = []

    def teardown(self) -> None:
        if hasattr(self, "process"):
            self.everything_is_told()
            self.process.close()
            shutil.rmtree(self.folder)

    def everything_is_told(self) -> None:
        """At the end the clock is right and everybody gets the next letter: nothing may be left."""
        self.now = self.latest
        self.tick()
        for reader in sorted((reader for reader in self.readers.values() if reader.due), key=lambda it: it.due.at):
            self.now = max(self.now, reader.due.at) if reader.due else self.now
            self.tick()
        assert [reader.news for reader in self.readers.values() if reader.is_on] == [[]] * self.on

    @property
    def on(self) -> int:
        return sum(reader.is_on for reader in self.readers.values())

    @property
    def is_right(self) -> bool:
        return self.now >= self.latest

    # --- what happens to the clock ---

    @rule(seconds=st.one_of(st.integers(1, 600), st.integers(3600, 86400), st.integers(86400, 25 * 86400)))
    def let_time_pass(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        self.latest = max(self.now, self.latest)

    @rule(late=st.sampled_from(LATENESSES), address=st.sampled_from(READERS))
    def wait_for_a_letter(self, late: int, address: str) -> None:
        if due := self.readers[address].due:
            self.now = max(self.now, due.at + timedelta(seconds=late))
            self.latest = max(self.now, self.latest)

    @rule(back=st.sampled_from([timedelta(hours=1), timedelta(days=1), timedelta(days=365)]))
    def go_back(self, back: timedelta) -> None:
        self.now -= back

    @precondition(lambda self: not self.is_right)
    @rule()
    def be_right_again(self) -> None:
        self.now = self.latest

    @rule()
    def restart(self) -> None:
        self.process.restart()

    @rule()
    def tick(self) -> None:
        self.process.tick(self.now)
        for reader in self.readers.values():
            reader.tick(self.now)
        with self.process.database.reading() as session:
            for address, reader in self.readers.items():
                subscription = self.subscription(session, address)
                letters = letters_of(session, subscription)
                assert dict(outcomes(session, subscription)) == reader.past, address
                assert [news_in(letter, subscription.speaks) for letter in letters] == reader.letters, address

    # --- what people do ---

    # What is said, and who joins, while the clock is back is a known fault (`test_clock`).
    @precondition(lambda self: self.is_right)
    @rule(noun=st.sampled_from(["example", "proposal"]))
    def say_something(self, noun: str) -> None:
        item = (noun, next(self.number))
        with self.process.database.transaction() as session:
            ana, title = place(session, ANA), f"{noun}{item[1]}"
            if noun == "example":
                examples.share(session, ana, title, "", [], self.now)
            else:
                proposals.propose(session, ana, title, "", ProposalKind.IDEA, [], self.now)
        self.items.append((item, self.now))
        for reader in self.readers.values():
            if reader.is_in:
                reader.news.append(item)

    @rule(address=GUESTS)
    def leave(self, address: str) -> None:
        if not self.readers[address].is_in:
            return
        with self.process.database.transaction() as session:
            place(session, address).end(self.now)
        self.readers[address].is_in = False

    @precondition(lambda self: self.is_right)
    @rule(address=GUESTS, role=st.sampled_from([Role.MEMBER, Role.GUEST]))
    def join(self, address: str, role: Role) -> None:
        reader = self.readers[address]
        if reader.is_in:
            return
        with self.process.database.transaction() as session:
            enter(session, group_called(session, "grona"), person_with_mail(session, address), role, self.now)
        reader.is_in, reader.chosen_at = True, self.now
        reader.news = [item for item, at in self.items if at >= self.now and item not in reader.told]

    @rule(
        address=GUESTS,
        choices=st.fixed_dictionaries(
            {},
            optional={
                "interval": st.sampled_from(Interval),
                "weekday": st.integers(0, 6),
                "hour": st.sampled_from(["08:00", "02:30", "01:45", "23:30"]),
                "timezone": st.sampled_from(ZONES),
            },
        ),
    )
    def choose(self, address: str, choices: dict[str, Any]) -> None:
        if not self.readers[address].is_in:
            return
        self.readers[address].choose(self.now, **choices)
        with self.process.database.transaction() as session:
            chosen(session, address, self.now, **choices)

    @rule(address=GUESTS)
    def stop(self, address: str) -> None:
        reader = self.readers[address]
        reader.choose(self.now, interval=Interval.OFF)
        self.click(address, Subscription.stop)

    @rule(address=GUESTS)
    def resume(self, address: str) -> None:
        reader = self.readers[address]
        if reader.interval is not Interval.OFF:
            return
        reader.choose(self.now, interval=reader.before_stop)
        self.click(address, Subscription.resume)

    def click(self, address: str, change: Any) -> None:
        """What a link in a letter does."""
        with self.process.database.transaction() as session:
            subscription = self.subscription(session, address)
            change(subscription, self.now)
            occurrences.cancel(session, subscription.series, self.now)

    def subscription(self, session: Session, address: str) -> Subscription:
        return subscription_of(session, person_with_mail(session, address), group_called(session, "grona"))


TestGroups = Groups.TestCase
TestGroups.settings = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
if os.environ.get("HYPOTHESIS_PROFILE") != "soak":
    TestGroups.settings = settings(TestGroups.settings, max_examples=12, stateful_step_count=40)
