"""The stream: everything that is said while Tuva lives, or was away, is read once, in order, whatever goes wrong."""

import json
import sqlite3
import time
from contextlib import closing, suppress
from datetime import timedelta
from itertools import pairwise
from typing import Any

import httpx
import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from chatops.platforms.matrix import effects, stream
from chatops.platforms.matrix import homeserver as homeserver_door
from config.settings import Settings
from digests.clock import real_time
from digests.courier import route
from gateway import Gateway
from living import until
from matrix_person import Json, Refused
from on_matrix import answer, card, rests, running, said_by, settle, signs, thread_of
from people import ANA, BO
from running import Running
from storage import crash_points, readers
from storage.database import Database
from storage.readers import Reader
from town import Town


@pytest.fixture(autouse=True)
def _bound(database: Database, town: Town) -> None:
    """The town's room is the group's, and Tuva is in it."""
    settle(database, town)
    town.tuva.join(town.room)


def titles(database: Database) -> list[str]:
    """What was proposed, in its order."""
    return [title for (title,) in ask(database, "SELECT title FROM proposals ORDER BY id")]


def ask(database: Database, question: str) -> list[Any]:
    with closing(sqlite3.connect(f"file:{database.path}?mode=ro", uri=True)) as connection:
        return connection.execute(question).fetchall()


def proposes(town: Town, title: str) -> str:
    return town[ANA].say(town.room, f"!föreslå {title}")


def cards_there(town: Town) -> list[str]:
    """The first lines of the cards, oldest first."""
    said = [said for said in said_by(town[BO].timeline(town.room), town.tuva.user_id) if not thread_of(said)]
    return [event["content"]["body"].partition("\n")[0] for event in said]


# --- what is read ---


def test_the_first_start_reads_nothing_old(settings: Settings, database: Database, town: Town) -> None:
    proposes(town, "Gammalt")
    with running(settings, town):
        proposes(town, "Nytt")
        card(town, "Förslag 1: Nytt")
    assert titles(database) == ["Nytt"]


@pytest.mark.parametrize(("at_once", "count"), [(10, 35), pytest.param(100, 250, marks=pytest.mark.soak)])
def test_what_was_said_while_tuva_was_away_is_read_in_order(
    settings: Settings, database: Database, town: Town, monkeypatch: pytest.MonkeyPatch, at_once: int, count: int
) -> None:
    monkeypatch.setattr(stream, "EVENTS_AT_ONCE", at_once)
    with running(settings, town):
        pass
    for number in range(count):
        town[BO].say(town.room, f"!föreslå {number}" if number % 7 == 0 else f"Hej {number}")
    asked = [str(number) for number in range(0, count, 7)]
    with running(settings, town):
        card(town, f"Förslag {len(asked)}: {asked[-1]}")
    assert titles(database) == asked


def test_what_is_read_once_more_has_no_second_effect(settings: Settings, database: Database, town: Town) -> None:
    with running(settings, town):
        [(position,)] = ask(database, "SELECT position FROM readers")
        proposes(town, "Solceller")
        shown = card(town, "Solceller")
        town[BO].react(town.room, shown["event_id"], "👍")
        card(town, "Stöd: 1")
    with database.transaction() as session:
        readers.advance(session, f"matrix:{town.tuva.user_id}", "", position)
    with running(settings, town):
        proposes(town, "Vindkraft")
        card(town, "Vindkraft")
    assert titles(database) == ["Solceller", "Vindkraft"]
    assert cards_there(town) == ["Förslag 1: Solceller", "Förslag 2: Vindkraft"]
    assert ask(database, "SELECT count(*) FROM audit WHERE action = 'proposal.support'") == [(1,)]


def test_what_was_said_long_ago_is_done_once_its_writer_says_so(
    settings: Settings, database: Database, town: Town
) -> None:
    with running(settings, town):
        pass
    said = proposes(town, "Solceller")
    with running(settings, town, now=lambda: real_time() + timedelta(minutes=11)):
        assert "👍" in answer(town, said)
        until(lambda: signs(town[ANA].timeline(town.room), said, town.tuva.user_id) == ["👍"])
        town[BO].react(town.room, said, "👍")
        town[ANA].react(town.room, said, "👍")
        card(town, "Solceller")
        assert town[ANA].until(town.room, lambda seen: "✅" in signs(seen, said, town.tuva.user_id))
    assert titles(database) == ["Solceller"]


# --- what goes wrong here ---


def test_a_commit_that_fails_loses_and_doubles_nothing(
    settings: Settings, database: Database, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "SHORTEST_PAUSE_SECONDS", 0.02)
    monkeypatch.setattr(effects, "REST_SECONDS", 0.05)
    monkeypatch.setattr(route, "STORE_AGAIN_SECONDS", 0.05)
    commits: list[bool] = []

    def fails(point: str) -> None:
        if point == "database.commit" and commits and commits.pop():
            raise OperationalError("COMMIT", {}, sqlite3.OperationalError("database is locked"))

    monkeypatch.setattr(crash_points, "_watchers", [fails])
    # Each of the first ones alone, and up to five one after the other.
    cases = [[True, *[False] * well] for well in range(8)] + [[True] * times for times in range(2, 6)]
    with running(settings, town):
        for number, case in enumerate(cases, 1):
            commits[:] = case
            proposes(town, f"Gång {number}")
            card(town, f"Förslag {number}: Gång {number}")
            until(lambda: not commits)
    assert titles(database) == [f"Gång {number}" for number in range(1, 13)]
    assert cards_there(town) == [f"Förslag {number}: Gång {number}" for number in range(1, 13)]


JUNK: list[Any] = [
    "junk",
    None,
    {},
    {"type": "m.room.message", "content": {"msgtype": "m.text", "body": "!föreslå Utan id"}},
    {"type": "m.reaction", "content": {"m.relates_to": {"rel_type": "m.annotation", "event_id": 7, "key": ["👍"]}}},
    {"type": "m.room.redaction", "content": {"redacts": ["$x"]}},
    {"type": "m.room.member", "state_key": 7, "content": [], "unsigned": "x"},
    {"type": ["m.room.message"], "content": 7},
    *(
        {"type": "m.room.message", "content": content, "origin_server_ts": "i går"}
        for content in (
            {"msgtype": "m.text", "body": 7},
            {"msgtype": "m.text", "body": "!föreslå Skräp", "m.relates_to": ["x"], "m.mentions": 7},
            {"msgtype": "m.text", "body": "!förslag 1 stöd", "m.relates_to": {"rel_type": {}, "event_id": []}},
            {"msgtype": "m.text", "body": "* x", "m.new_content": 7, "m.relates_to": {"rel_type": "m.replace"}},
            {"msgtype": ["m.text"], "body": None},
        )
    ),
]


def with_junk(path: str, told: bytes) -> bytes:
    """An answer of `/sync` with junk before each event; every second piece has an id and a sender."""
    if not path.endswith("/sync"):
        return told
    batch = json.loads(told)
    for room in batch.get("rooms", {}).get("join", {}).values():
        events = room["timeline"]["events"]
        first = events[0]["event_id"] if events else ""
        named = [
            {**junk, "event_id": f"{first}{place}", "sender": f"@{place}:x"}
            for place, junk in enumerate(JUNK)
            if isinstance(junk, dict)
        ]
        events[:0] = [*JUNK, *named]
    return json.dumps(batch).encode()


def test_junk_never_stops_the_stream(settings: Settings, town: Town, gateway: Gateway) -> None:
    gateway.twist = with_junk
    with running(settings, town, homeserver=gateway.url) as tuva:
        town[BO].say(town.room, f"!föreslå Stort\n{'x' * 60_000}")
        for content in ({"body": "!hjälp", "m.relates_to": []}, {"msgtype": "m.text", "body": {}}):
            send_if_it_may(town, content)
        said = proposes(town, "Solceller")
        assert "Solceller" in answer(town, said)
        assert tuva.hears("matrix")


def send_if_it_may(town: Town, content: Json) -> None:
    with suppress(Refused):
        town[BO].send(town.room, "m.room.message", content)


# --- what goes wrong there ---


@pytest.fixture
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """No question takes longer than two seconds, and no first pause half a second."""
    monkeypatch.setattr(stream, "SHORTEST_PAUSE_SECONDS", 0.3)
    monkeypatch.setattr(stream, "WAIT_FOR_NEWS_SECONDS", 1.0)
    for module in (stream, homeserver_door):
        monkeypatch.setattr(module, "TIMEOUT_SECONDS", 1.0)


@pytest.mark.usefixtures("_hasty")
@pytest.mark.parametrize(
    "kind", [502, "garbage", *(pytest.param(kind, marks=pytest.mark.soak) for kind in ("hang", "cut"))]
)
def test_a_homeserver_that_answers_badly_is_asked_ever_more_seldom_and_then_all_goes_out_at_once(
    settings: Settings, town: Town, gateway: Gateway, kind: str | int
) -> None:
    with running(settings, town, homeserver=gateway.url) as tuva:
        gateway.fault(kind, "/send/")
        proposes(town, "Solceller")
        rests(tuva, minutes=5)
        gateway.fault(kind)
        until(lambda: len(refused_at(gateway)) > 3)
        assert not tuva.hears("matrix")
        gateway.mend()
        began = time.monotonic()
        card(town, "Solceller")
        assert time.monotonic() - began < 8
        until(lambda: tuva.hears("matrix"))
    first, second, third, *_ = [later - earlier for earlier, later in pairwise(refused_at(gateway))]
    assert first < second < third


def refused_at(gateway: Gateway) -> list[float]:
    """When news was asked for in vain. Whose connection is cut may ask once more on another, at once."""
    times = sorted(one.at for one in gateway.asked if "/sync" in one.path and one.fault)
    return [at for number, at in enumerate(times) if number == 0 or at - times[number - 1] > 0.1]


def test_a_device_that_was_logged_out_asks_seldom_and_says_so(settings: Settings, town: Town, gateway: Gateway) -> None:
    with running(settings, town, homeserver=gateway.url) as tuva:
        town.tuva.ask("POST", "/_matrix/client/v3/logout", json={})
        proposes(town, "Solceller")
        until(lambda: not tuva.hears("matrix"))
        before = gateway.count("")
        time.sleep(3)  # what spins would ask a hundred times
        assert gateway.count("") - before <= 2
        ready = httpx.get(f"{tuva.base}/readyz")
        assert (ready.status_code, ready.json()["matrix"]["ok"]) == (503, False)


# --- two of us ---


@pytest.mark.parametrize("ending", ["killed", "stopped"])
def test_of_two_services_one_reads_and_the_other_takes_over(
    settings: Settings, database: Database, town: Town, gateway: Gateway, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr(stream, "HOLD_EVERY_SECONDS", 0.3)
    with running(settings, town, alone=False) as first, running(settings, town, alone=False, homeserver=gateway.url):
        proposes(town, "Solceller")
        card(town, "Solceller")
        assert gateway.count("/sync") == 0
        if ending == "killed":
            dies_before_the_effect(first)
            proposes(town, "Vindkraft")
            until(lambda: waiting(database) == 1)
        first.stop()
        if ending == "killed":
            assert (waiting(database), gateway.count("/sync")) == (1, 0)
            the_lease_runs_out(database)
        until(lambda: gateway.count("/sync"))
        if ending == "killed":
            card(town, "Vindkraft")
        proposes(town, "Vågkraft")
        card(town, "Vågkraft")
    assert len(titles(database)) == len(cards_there(town))


def waiting(database: Database) -> int:
    """How much was put down and has had no effect."""
    [(count,)] = ask(database, "SELECT count(*) FROM inbox WHERE state = 'heard'")
    return int(count)


def the_lease_runs_out(database: Database) -> None:
    """As it does some time after the last hold."""
    with database.transaction() as session:
        session.execute(update(Reader).values(held_until=real_time()))


def dies_before_the_effect(tuva: Running) -> None:
    """From now on it puts down what it hears and does nothing; and when it ends it says nothing to the others."""

    async def nothing() -> None:
        """As who is dead."""

    remote = tuva.remotes["matrix"]
    remote._stream.heard = lambda _: None
    remote._record.let_go = nothing
