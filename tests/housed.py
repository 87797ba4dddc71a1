"""Subgroups' rooms on a homeserver, for tests: formed by whoever chairs, and judged as they stand there."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from chatops.platforms.matrix.past import NAME
from living import until
from matrix_person import Json, Person
from on_matrix import card, said_by
from people import ANA
from running import Running
from storage.rooms import RoomStage, room_at
from town import NAMES, Town

State = dict[tuple[str, str], Json]


def form(town: Town, question: str, *members: str) -> str:
    """A subgroup that Ana leads; its room, once its mandate is pinned there."""
    named = " ".join(f"@{NAMES[member].partition(' ')[0]}" for member in members)
    town[ANA].say(town.room, f"!undergrupp starta {question} {named}")
    card(town, question)
    return until(lambda: pinned_room(town.tuva, question))


def pinned_room(tuva: Person, question: str) -> str:
    """The room of a subgroup in which its mandate is pinned; empty while there is none."""
    found = [room for room, state in made(tuva).items() if name_of(state) == called(question)]
    return next((room for room in found if pins(tuva.state(room))), "")


def made(tuva: Person) -> dict[str, State]:
    """The rooms and spaces that Tuva has made for groups, and is in."""
    states = {room: tuva.state(room) for room in tuva.rooms()}
    return {room: state for room, state in states.items() if NAME in state["m.room.create", ""]}


def pins(state: State) -> list[str]:
    """The events that are pinned."""
    return list(state.get(("m.room.pinned_events", ""), {}).get("pinned", []))


def called(question: str) -> str:
    """What the room of a question is called."""
    return question.rstrip("?")


def name_of(state: State) -> str:
    """What a room is called; one that is just being made, nothing."""
    return str(state.get(("m.room.name", ""), {}).get("name", ""))


def is_space(state: State) -> bool:
    """It is one."""
    return state["m.room.create", ""].get("type") == "m.space"


def children(state: State) -> set[str]:
    """The rooms in a space."""
    return {key for (kind, key), content in state.items() if kind == "m.space.child" and content}


def membership(state: State, account: str) -> str:
    """How somebody stands to a room."""
    return str(state.get(("m.room.member", account), {}).get("membership", ""))


def faults(tuva: Person, people: Mapping[str, set[str]], closed: Collection[str] = ()) -> Iterator[str]:
    """What is lost, doubled or half made. `people` are those who are to be invited to each room, by its question, and
    `closed` the questions of those in which nothing more is said.
    """
    invited = {called(question): those for question, those in people.items()}
    over = {called(question) for question in closed}
    there = made(tuva)
    spaces = [room for room, state in there.items() if is_space(state)]
    rooms = {room: state for room, state in there.items() if room not in spaces}
    names = Counter(name_of(state) for state in rooms.values())
    if names != Counter(invited.keys()) or len(spaces) != 1:
        yield f"{len(spaces)} spaces, and rooms {names}"
        return
    for room, state in rooms.items():
        name = name_of(state)
        is_over = state["m.room.power_levels", ""]["events_default"] == 100
        if (room not in children(there[spaces[0]]), is_over) != (name in over,) * 2:
            yield f"{name}: its place in the space, and whether it is silent"
        yield from _in_room(tuva, room, state, name, invited[name])


def _in_room(tuva: Person, room: str, state: State, name: str, people: set[str]) -> Iterator[str]:
    events = tuva.timeline(room)
    mandates = [event["event_id"] for event in said_by(events, tuva.user_id) if name in event["content"]["body"]]
    if pins(state) != mandates[:1]:
        yield f"{name}: mandates {mandates}, pinned {pins(state)}"
    if name not in state.get(("m.room.topic", ""), {}).get("topic", ""):
        yield f"{name}: no topic"
    invited = Counter(event["state_key"] for event in events if _invites(event))
    if invited != Counter(people):
        yield f"{name}: invited {invited}, not {people}"


def _invites(event: Json) -> Any:
    return event["type"] == "m.room.member" and event["content"]["membership"] == "invite"


def stage_of(tuva: Running, address: str) -> RoomStage | None:
    """How far a room has come, as the record knows it."""
    with tuva.service.database.reading() as session:
        room = room_at(session, "matrix", address)
        return room.stage if room else None
