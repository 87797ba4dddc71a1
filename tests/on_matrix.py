"""Tuva on Matrix, for tests: bound to the room of a town, and looked at as the people there see it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from chatops.platforms.matrix import Patience
from chatops.platforms.matrix.past import NAME
from config.settings import MatrixSettings, Settings
from digests.clock import real_time
from living import until
from matrix_person import Json, Person
from people import ANA, BO, CHEN, GUS, INA
from running import BRISK_ON_MATRIX, Running
from settled import installation
from storage.database import Database
from storage.groups import bind_room, group_called
from storage.people import person_with_mail
from town import Town


def settle(database: Database, town: Town, slug: str = "grona", room: str = "") -> None:
    """Make the town's room, or another, the group's, and the cast known by their accounts."""
    with database.transaction() as session:
        bind_room(session, group_called(session, slug), "matrix", room or town.room)
        for address in (ANA, BO, CHEN, GUS, INA):
            person = person_with_mail(session, address)
            assert person
            person.known_as("matrix", town[address].user_id)


def matrix_settings(town: Town, **more: Any) -> MatrixSettings:
    """The settings for a town."""
    tuva = town.tuva
    account = {"user_id": tuva.user_id, "device_id": tuva.device_id, "access_token": tuva.token}
    return MatrixSettings.model_validate({"homeserver": town.homeserver.url, **account, **more})


@contextmanager
def running(
    settings: Settings,
    town: Town,
    patience: Patience = BRISK_ON_MATRIX,
    now: Callable[[], datetime] = real_time,
    alone: bool = True,
    **more: Any,
) -> Iterator[Running]:
    """Tuva in the town, heard."""
    settings = settings.model_copy(update={"matrix": matrix_settings(town, **more)})
    tuva = Running(settings, on_matrix=patience, now=now, alone=alone)
    try:
        until(lambda: tuva.hears("matrix"))
        yield tuva
    finally:
        tuva.stop()


@contextmanager
def settled_in(town: Town, folder: Path) -> Iterator[Running]:
    """Tuva in the town, with the cast, for longer than one test."""
    settings = installation(folder)
    database = Database(settings.service.database)
    settle(database, town)
    database.close()
    with running(settings, town) as tuva:
        yield tuva


def rests(tuva: Running, minutes: float) -> None:
    """The way to the homeserver has been blocked, and from now on rests so long."""
    way = next(found for found in tuva.service.courier._routes if found.name == "matrix")
    until(lambda: way.trouble)
    assert way.trouble
    way.trouble = replace(way.trouble, until=tuva.now() + timedelta(minutes=minutes))


def said_by(events: list[Json], account: str) -> list[Json]:
    """What somebody wrote, as it is shown now; what was taken away is not."""
    edits = {e["content"]["m.relates_to"]["event_id"]: e["content"]["m.new_content"] for e in events if is_edit(e)}
    written = [event for event in events if event["type"] == "m.room.message" and event["sender"] == account]
    shown = [event | {"content": {**event["content"], **edits.get(event["event_id"], {})}} for event in written]
    return [event for event in shown if "body" in event["content"] and not is_edit(event)]


def is_edit(event: Json) -> bool:
    """It stands in place of another."""
    return bool((event["content"].get("m.relates_to") or {}).get("rel_type") == "m.replace")


def thread_of(event: Json) -> str:
    """The root of its thread."""
    relation = event["content"].get("m.relates_to") or {}
    return str(relation["event_id"]) if relation.get("rel_type") == "m.thread" else ""


def card(town: Town, words: str, room: str = "", who: str = ANA) -> Json:
    """The card in the room that holds these words, once it is there."""

    def found(events: list[Json]) -> Json | None:
        cards = [event for event in said_by(events, town.tuva.user_id) if not thread_of(event)]
        return next((event for event in cards if words in event["content"]["body"]), None)

    return town[who].until(room or town.room, found)


def answer(town: Town, event: str, room: str = "", who: str = ANA) -> str:
    """What Tuva answered to an event in its thread, once it has."""

    def found(events: list[Json]) -> str:
        said = [said for said in said_by(events, town.tuva.user_id) if thread_of(said) == event]
        return str(said[-1]["content"]["body"]) if said else ""

    return town[who].until(room or town.room, found)


def answered_to(town: Town, person: Person, event: str, thread: str, seconds: float = 10) -> Json:
    """What Tuva answers to what somebody has just said: in the thread, or in the direct room, into which they come."""
    deadline = time.monotonic() + seconds
    while True:
        news = person.news(max(0.0, deadline - time.monotonic()))
        for room in news.get("invite", {}):
            person.join(room)
        for room, told in news.get("join", {}).items():
            events = told["timeline"]["events"]
            behind = next((place for place, heard in enumerate(events) if heard["event_id"] == event), -1)
            said = [one for one in said_by(events[behind + 1 :], town.tuva.user_id) if not is_note(one)]
            found = [answer for answer in said if thread_of(answer) == thread != "" or is_direct(town, person, room)]
            if found:
                return found[-1] | {"room_id": room}
        assert time.monotonic() < deadline, f"waited in vain for an answer to {event}"


def is_note(event: Json) -> bool:
    """It was said without having been asked for, as notes and cards are."""
    return str(event["content"].get("se.tuva.oid", "")).startswith(("note:", "card:"))


def is_direct(town: Town, person: Person, room: str) -> bool:
    """Somebody is alone with Tuva there, and not only the first to come into a subgroup's room."""
    if sorted(person.joined(room)) != sorted((person.user_id, town.tuva.user_id)):
        return False
    return NAME not in person.state(room)["m.room.create", ""]


def signs(events: list[Json], event: str, account: str) -> list[str]:
    """The signs that somebody put under an event."""
    relations = [
        e["content"].get("m.relates_to", {}) for e in events if e["type"] == "m.reaction" and e["sender"] == account
    ]
    return [relation["key"] for relation in relations if relation.get("event_id") == event]


def privately(town: Town, person: Person) -> Callable[[], str]:
    """What Tuva last said to somebody in their direct room; they come in when they are asked to."""

    def last() -> str:
        for room in person.invitations():
            person.join(room)
        own = [room for room in person.rooms() if is_direct(town, person, room)]
        said = [event for room in own for event in said_by(person.timeline(room), town.tuva.user_id)]
        return str(said[-1]["content"]["body"]) if said else ""

    return last
