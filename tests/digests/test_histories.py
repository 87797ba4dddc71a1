"""Whatever is said and chosen, and however late or often the clock runs: everything is told, once."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from sqlalchemy import select

from config.texts import texts_in
from digests import clock, letters
from digests.clock import Clock
from digests.weekly import gathering, sending
from histories import HISTORY, LATE, Crash, Told, World
from living import place, propose
from people import ANA, BO, MONDAY
from settled import settled
from storage import bank, choices, digest_items
from storage.database import Database, Session
from storage.groups import Group
from storage.occurrences import Occurrence, OccurrenceState
from storage.outbox import unfinished
from storage.subscriptions import Channel, Subscription, subscription_of

MEMORY = Path("/dev/shm")
FEW = settings(max_examples=8, deadline=None)
MANY = settings(max_examples=400, deadline=None)
LATE_AT_TIMES = [0, 90]
# Three histories that tell much.
READ_FIRST = [
    ("editors", True),
    *(step for _ in range(3) for step in (("say", "grona", "example"), ("say", "grona", "proposal"), ("wait", 8 * 24))),
    ("approve",),
]
TOGETHER = [
    ("letters", True, "andra"),
    ("channel", Channel.BOTH),
    *(("say", slug, kind) for slug in ("grona", "andra") for kind in ("example", "proposal")),
    ("wait", 8 * 24),
    ("letters", False, "grona"),
    ("say", "andra", "proposal"),
    ("letters", True, "grona"),
    ("say", "andra", "example"),
]
WITH_A_CRASH = [("say", "grona", "example"), ("crash", 1), ("wait", 9 * 24), ("say", "grona", "example"), ("wait", 24)]
TELLING = (READ_FIRST, TOGETHER, WITH_A_CRASH)


def everything_is_told_once(history: list[Any], late: list[int]) -> None:
    """To the reader, by whichever way; and to the rooms."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        Path(folder, "tuva.db").write_bytes(settled(MONDAY))
        database = Database(f"sqlite:///{folder}/tuva.db")
        try:
            world = World(database, late)
            world.go_through(history)
            told = world.told()
        finally:
            database.close()
    assert all(one.titles for one in told), "a letter with nothing new"
    for ways in (("letter", "note"), ("card",)):
        moments = _by_moment([one for one in told if one.way in ways])
        assert all(len(set(same)) == 1 for same in moments.values()), "two ways that differ"
        named = Counter(title for same in moments.values() for title in same[0])
        assert named == Counter(world.said)


def _by_moment(told: list[Told]) -> dict[str, list[tuple[str, ...]]]:
    """Of one moment there may be a letter and a note."""
    moments: dict[str, list[tuple[str, ...]]] = {}
    for one in told:
        moments.setdefault(one.moment, []).append(one.titles)
    return moments


@pytest.mark.parametrize("history", TELLING)
def test_these_histories_are_told_once(history: list[Any]) -> None:
    everything_is_told_once(history, LATE_AT_TIMES)


@FEW
@given(HISTORY, LATE)
def test_everything_is_told_once(history: list[Any], late: list[int]) -> None:
    everything_is_told_once(history, late)


@pytest.mark.soak
@MANY
@given(HISTORY, LATE)
def test_everything_is_told_once_in_long_runs(history: list[Any], late: list[int]) -> None:
    everything_is_told_once(history, late)


# --- planted bugs ---

Patch = pytest.MonkeyPatch


def nothing_noted(patch: Patch) -> None:
    """Nobody remembers what was told."""
    patch.setattr(digest_items, "tell", lambda *_: None)


def a_window_of_days(patch: Patch) -> None:
    """What is new is what was said after the last run, less what it took."""
    patch.setattr(gathering, "OVERLAP", -timedelta(hours=12))


def riders_forgotten(patch: Patch) -> None:
    """One letter for all groups tells of one."""
    patch.setattr(choices, "riding", lambda *_: [])


def chat_says_less(patch: Patch) -> None:
    """What is said in chat leaves out the last section."""
    whole = letters.as_message

    def less(letter: letters.Letter) -> Any:
        return whole(letters.Letter(**{**letter.__dict__, "sections": letter.sections[1:]}))

    patch.setattr(letters, "as_message", less)


def waiting_when_editors_leave(patch: Patch) -> None:
    """What waited for an editor keeps its old date when nobody edits any more."""

    def forgetful(_session: Any, group: Group, now: datetime, *, on: bool) -> None:
        group.editors_since = (group.editors_since or now) if on else None

    patch.setattr(bank, "set_editors", forgetful)


def half_a_letter_stays(patch: Patch) -> None:
    """A crash leaves what was done before it."""

    def fire(_self: Clock, session: Any, occurrence: Occurrence, now: datetime) -> None:
        fired = next(fire for series, fire in clock.FIRED.items() if occurrence.series.startswith(series))
        tell = digest_items.tell

        def dying(*facts: Any) -> None:
            try:
                tell(*facts)
            except Crash:
                session.query(digest_items.DigestItem).delete()
                raise

        patch.setattr(digest_items, "tell", dying)
        try:
            fired(session, occurrence, now)
        except Crash:
            occurrence.skip("failed")
        finally:
            patch.setattr(digest_items, "tell", tell)

    patch.setattr(Clock, "_fire", fire)


def empty_letters(patch: Patch) -> None:
    """A letter goes out whether there is anything new or not."""
    patch.setattr(sending, "any", lambda _: True, raising=False)


BUGS = (
    nothing_noted,
    a_window_of_days,
    riders_forgotten,
    chat_says_less,
    waiting_when_editors_leave,
    half_a_letter_stays,
    empty_letters,
)


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found(bug: Callable[[Patch], None]) -> None:
    with Patch.context() as patch:
        bug(patch)
        assert not all(goes_well(history) for history in TELLING)


def goes_well(history: list[Any]) -> bool:
    try:
        everything_is_told_once(history, LATE_AT_TIMES)
    except AssertionError:
        return False
    return True


# --- the reader's own clock and words ---


@pytest.mark.parametrize(("zone", "language"), [("America/Nuuk", "sv"), ("Pacific/Auckland", "en")])
def test_a_letter_comes_at_the_readers_hour_and_in_their_language(database: Database, zone: str, language: str) -> None:
    assert letters_heard(database, zone, language) == ["17:30"] * 4


def heard_wrongly(database: Database) -> bool:
    try:
        return letters_heard(database, "Pacific/Auckland", "en") != ["17:30"] * 4
    except AssertionError:
        return True


@pytest.mark.parametrize("name", ["zone", "speaks"])
def test_a_letter_on_the_groups_clock_or_in_its_language_is_found(
    database: Database, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_group = {"zone": "timezone", "speaks": "language"}[name]
    monkeypatch.setattr(Subscription, name, property(lambda one: getattr(one.group, of_group)))
    assert heard_wrongly(database)


def letters_heard(database: Database, zone: str, language: str) -> list[str]:
    """At what time on the reader's clock four letters come, over the change to summer time."""
    times = [datetime(2027, 3, 10, 12, tzinfo=UTC)]
    with database.transaction() as session:
        bo = place(session, BO)
        bos = subscription_of(session, bo.person, bo.group)
        choices.choose(session, bos, times[0], timezone=zone, hour="17:30", language=language)
        series, moments = bos.series, 4
    ticking = Clock(database, lambda: times[-1], lambda: None)
    while moments:
        ticking.plan()
        propose(database, ANA, f"N{moments}", now=times[-1])
        with database.reading() as session:
            moments -= due_of(session, series) == ticking.next_due_at()
        times.append(ticking.next_due_at() or times[-1])
        ticking.tick()
    with database.reading() as session:
        found = [entry for entry in unfinished(session) if entry.address == BO]
        heading = texts_in(language).say("letter-heading")
        assert all(entry.content.parts["text"].startswith(heading) for entry in found)
        return [f"{entry.created_at.astimezone(ZoneInfo(zone)):%H:%M}" for entry in found]


def due_of(session: Session, series: str) -> datetime | None:
    """When the next letter of a series is due."""
    return session.scalar(select(Occurrence.due_at).filter_by(series=series, state=OccurrenceState.DUE))
