"""A batch: what one answer of `/sync` tells, in order (spec.matrix.org client-server api, syncing).

Only what Tuva may act on is asked for. nio is spared the reading: it refuses whole answers for one room it does not
understand, and drops one that it has seen before.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
# A homeserver gives no more events of a room at once; what is between is fetched.
EVENTS_AT_ONCE = 100
STATE = ["m.room.encryption", "m.room.tombstone", "m.room.member"]
TYPES = ["m.room.message", "m.reaction", "m.room.redaction", "m.room.encrypted", *STATE]
# The same, of a room's past.
MISSED = json.dumps({"types": TYPES})
NOTHING: Json = {"types": []}


@dataclass(frozen=True)
class Timeline:
    """What happened in a room, the oldest first, and the state it was in before.

    `gap_before` is where to fetch what is missing between, if anything is.
    """

    room: str
    state: list[Json]
    events: list[Json]
    gap_before: str = ""


@dataclass(frozen=True)
class Batch:
    """What happened since the last one. `invited` are rooms with what they show of themselves; `left`, those we are
    out of."""

    position: str
    timelines: list[Timeline]
    invited: dict[str, list[Json]]
    left: list[str]


def filter_of(limit: int) -> str:
    """What is asked for. An answer to the very same question may be minutes old: each question is another."""
    timeline = {"limit": limit, "types": TYPES, "not_types": [f"tuva.{secrets.token_hex(4)}"]}
    state = {"types": STATE[:2], "lazy_load_members": True}
    room = {"timeline": timeline, "state": state, "ephemeral": NOTHING, "account_data": NOTHING}
    return json.dumps({"room": room, "presence": NOTHING, "account_data": NOTHING})


def filter_of_parents(rooms: Sequence[str]) -> str:
    """In which spaces these rooms say that they stand, and nothing else."""
    told = {"types": ["m.space.parent"], "not_types": [f"tuva.{secrets.token_hex(4)}"]}
    room = {"rooms": [*rooms], "timeline": told, "state": told, "ephemeral": NOTHING, "account_data": NOTHING}
    return json.dumps({"room": room, "presence": NOTHING, "account_data": NOTHING})


def batch_of(answer: Json) -> Batch:
    """An answer, read. What is not as it should be is left out."""
    rooms = _dict(answer.get("rooms"))
    invited = {room: _events(told, "invite_state") for room, told in _dict(rooms.get("invite")).items()}
    timelines = [_timeline(room, told) for room, told in _dict(rooms.get("join")).items()]
    return Batch(str(answer["next_batch"]), timelines, invited, list(_dict(rooms.get("leave"))))


def since_joining(events: list[Json], own: str) -> list[Json]:
    """What happened since we came into the room, as far as these events tell: what was before is not ours."""
    joins = [place for place, event in enumerate(events) if is_joining(event, own)]
    return events[joins[-1] + 1 :] if joins else events


def is_joining(event: Json, own: str) -> bool:
    """By this event we came into the room."""
    return event.get("type") == "m.room.member" and event.get("state_key") == own and is_arrival(event)


def is_arrival(event: Json) -> bool:
    """By this event of a member they came in; who changes their name was there before."""
    before = _dict(event.get("unsigned")).get("prev_content") or event.get("prev_content")
    return membership_in(event) == "join" and _dict(before).get("membership") != "join"


def membership_in(event: Json) -> str:
    """`join`, `leave`, `ban` …"""
    return str(_dict(event.get("content")).get("membership", ""))


def _timeline(room: str, told: Any) -> Timeline:
    timeline = _dict(_dict(told).get("timeline"))
    gap_before = str(timeline.get("prev_batch", "")) if timeline.get("limited") else ""
    return Timeline(room, _events(told, "state"), _events(told, "timeline"), gap_before)


def _events(told: Any, part: str) -> list[Json]:
    events = _dict(_dict(told).get(part)).get("events")
    return [event for event in events if isinstance(event, dict)] if isinstance(events, list) else []


def _dict(told: Any) -> Json:
    return told if isinstance(told, dict) else {}
