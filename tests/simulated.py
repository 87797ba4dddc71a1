"""Tuva's clock in simulated time, and what the record says came of it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

from sqlalchemy import select

from chatops import logs
from config.texts import texts_in
from digests.clock import Clock
from living import place
from storage import occurrences
from storage.database import Database, Session
from storage.occurrences import Occurrence, OccurrenceState
from storage.outbox import OutboxEntry
from storage.subscriptions import Subscription, subscription_of

Moments = list[tuple[str, str]]


def clock_of(database: Database, now: Callable[[], datetime]) -> Clock:
    """The one place where these tests make a clock."""
    return Clock(database, now, lambda: None)


class Process:
    """One process: it ticks when it is told, at the time it is told, and may be started again in between."""

    def __init__(self, url: str) -> None:
        self.now: datetime | None = None
        self._url = url
        self._start()

    def tick(self, now: datetime) -> None:
        """Plan and fire at that time."""
        self.now = now
        self.clock.tick()

    def tick_through(self, start: datetime, until: datetime, step: timedelta) -> None:
        """Tick from one time to another."""
        while start <= until:
            self.tick(start)
            start += step

    def restart(self) -> None:
        """End, and start again on the same file."""
        self.close()
        self._start()

    def close(self) -> None:
        """End."""
        self.database.close()

    def _start(self) -> None:
        self.database = Database(self._url)
        self.clock = clock_of(self.database, lambda: self.now)


def tick_together(url: str, times: list[datetime], together: Barrier) -> None:
    """What one of several processes does: tick at each of the times, at the same moment as the others."""
    logs.configure("error")
    process = Process(url)
    for now in times:
        together.wait(30)
        process.tick(now)
    process.close()


def chosen(session: Session, address: str, now: datetime, **choices: Any) -> Subscription:
    """Somebody of the green group chooses, as `/digest` does it."""
    member = place(session, address)
    subscription = subscription_of(session, member.person, member.group)
    subscription.choose(now, **choices)
    occurrences.cancel(session, subscription.series, now)
    return subscription


def past_of(session: Session, subscription: Subscription) -> list[Occurrence]:
    """What fired or was skipped, in order."""
    found = select(Occurrence).filter_by(series=subscription.series).order_by(Occurrence.due_at)
    return list(session.scalars(found.where(Occurrence.state != OccurrenceState.DUE)))


def outcomes(session: Session, subscription: Subscription) -> Moments:
    """The key of each moment so far and what came of it: `fired`, or why it was skipped."""
    return [(moment.key, moment.reason or moment.state.value) for moment in past_of(session, subscription)]


def letters_of(session: Session, subscription: Subscription) -> list[OutboxEntry]:
    """The letters of one subscription, in order."""
    mine = OutboxEntry.key.startswith(f"{subscription.series}:")
    return list(session.scalars(select(OutboxEntry).where(mine).order_by(OutboxEntry.id)))


def news_in(letter: OutboxEntry, language: str = "sv") -> list[str]:
    """The titles (of one word) that a letter names as new, in its order."""
    news = letter.content.parts["text"].split(texts_in(language).say("letter-waiting"))[0]
    return re.findall(r"^\d+\. .*: (\S+)$", news, re.MULTILINE)
