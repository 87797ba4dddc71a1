"""Who may do what in a room on Matrix."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatops.platforms.matrix.powers import Powers

ANA, BO, CHEN = "@ana:example.org", "@bo:example.org", "@chen:example.org"


def room(version: str, levels: Any = None, **content: Any) -> Powers:
    """A room that Ana created."""
    creator = {"creator": ANA} if version.isdecimal() and int(version) <= 10 else {}
    return Powers({"sender": ANA, "content": {"room_version": version, **creator, **content}}, levels)


@pytest.mark.parametrize(
    ("powers", "user", "level"),
    [
        (room("11", {"users": {BO: 50}}), BO, 50),
        (room("11", {"users": {BO: -10}}), BO, -10),
        (room("11", {"users": {BO: 50}}), CHEN, 0),
        (room("11", {"users": {BO: 0}, "users_default": 20}), BO, 0),
        (room("11", {"users_default": 20}), CHEN, 20),
        (room("11", {"users_default": -1}), CHEN, -1),
        # who created an older room has what the newest event says
        (room("11"), ANA, 100),
        (room("11"), BO, 0),
        (room("11", {}), ANA, 0),
        (room("11", {"users": {ANA: 30}}), ANA, 30),
        (room("10"), ANA, 100),
        (room("10", creator=BO), ANA, 0),
        (room("10", creator=BO), BO, 100),
        (room("11", creator=BO), BO, 0),
        (room("11", additional_creators=[BO]), BO, 0),
        (Powers({"sender": ANA, "content": {"creator": BO}}), BO, 100),
        # from version 12 on creators are above all
        (room("12"), ANA, math.inf),
        (room("12", {"users": {ANA: 0}}), ANA, math.inf),
        (room("12", additional_creators=[BO]), BO, math.inf),
        (room("12", {"users": {BO: 10}}, additional_creators=[BO]), BO, math.inf),
        (room("12", additional_creators=BO), BO, 0),
        (room("12", additional_creators=[{}, None, 7]), BO, 0),
        (room("12", creator=BO), BO, 0),
        (room("13", {}), ANA, math.inf),
        (room("12", {"users": {BO: 2**53 - 1}}), BO, 2**53 - 1),
        # text for a number, in rooms of versions 1 to 9 alone
        (room("9", {"users": {BO: "50"}}), BO, 50),
        (room("9", {"users": {BO: " +050 "}}), BO, 50),
        (room("9", {"users": {BO: "-10"}}), BO, -10),
        (room("9", {"users_default": "7"}), BO, 7),
        (room("9", {"users": {BO: "50.0"}}), BO, 0),
        (room("9", {"users": {BO: "٥٠"}}), BO, 0),
        (room("9", {"users": {BO: "9" * 5_000}}), BO, 0),
        (room("10", {"users": {BO: "50"}}), BO, 0),
        # junk is nothing said
        (room("11", {"users": {BO: True}}), BO, 0),
        (room("11", {"users": {BO: 50.0}}), BO, 0),
        (room("11", {"users": {BO: None}}), BO, 0),
        (room("11", {"users": {BO: [50]}, "users_default": 20}), BO, 0),
        (room("11", {"users": {BO: 2**53}}), BO, 0),
        (room("11", {"users": [BO], "users_default": 20}), BO, 20),
        (room("11", {"users_default": True}), BO, 0),
        (room("11", ["junk"]), ANA, 0),
        (room("org.example.new"), ANA, 100),
        (room("org.example.new", {"users": {BO: "50"}}), BO, 0),
        (Powers(None), ANA, 0),
        (Powers({}), ANA, 0),
        (Powers({"sender": ANA, "content": None}), ANA, 0),
        (Powers({"sender": ANA, "content": {"room_version": 12}}), ANA, 100),
    ],
)  # fmt: skip
def test_a_level_is_what_the_newest_state_says(powers: Powers, user: str, level: float) -> None:
    assert powers.level(user) == level


def test_who_is_no_longer_named_has_lost_their_level() -> None:
    before, after = room("11", {"users": {ANA: 100, BO: 50}}), room("11", {"users": {ANA: 100}})
    assert before.may_send(BO, "m.room.name", state=True)
    assert not after.may_send(BO, "m.room.name", state=True)


@pytest.mark.parametrize(
    ("levels", "event_type", "state", "needed"),
    [
        (None, "m.room.message", False, 0),
        (None, "m.room.name", True, 50),
        ({}, "m.room.message", False, 0),
        ({}, "m.room.name", True, 50),
        ({"events_default": 10, "state_default": 20}, "m.room.message", False, 10),
        ({"events_default": 10, "state_default": 20}, "m.room.name", True, 20),
        ({"events": {"m.reaction": -1}, "events_default": 10}, "m.reaction", False, -1),
        ({"events": {"m.room.tombstone": 150}}, "m.room.tombstone", True, 150),
        ({"events": {}}, "m.room.tombstone", True, 50),
        ({"events": {"m.room.message": "70"}}, "m.room.message", False, 0),
        ({"events": {"m.room.message": True}, "events_default": 5}, "m.room.message", False, 5),
        ({"events": "m.room.message"}, "m.room.message", False, 0),
        ({"state_default": False}, "m.room.name", True, 50),
    ],
)
def test_what_an_event_takes(levels: Any, event_type: str, state: bool, needed: int) -> None:
    assert room("12", levels).needed(event_type, state=state) == needed


def test_a_room_of_version_12_is_only_replaced_by_who_created_it() -> None:
    """A server writes 150 into the first power levels; it is no default of its own."""
    powers = room("12", {"users": {BO: 100}, "events": {"m.room.tombstone": 150}})
    assert powers.may_send(ANA, "m.room.tombstone", state=True)
    assert not powers.may_send(BO, "m.room.tombstone", state=True)


def test_as_much_as_is_needed_is_enough() -> None:
    powers = room("11", {"users": {BO: 50, CHEN: 49}})
    assert powers.may_send(BO, "m.room.topic", state=True)
    assert not powers.may_send(CHEN, "m.room.topic", state=True)


def test_who_is_silenced_may_not_write() -> None:
    assert not room("11", {"users": {BO: -1}}).may_send(BO, "m.room.message")


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from([ANA, "12", " 50 "]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
CONTENTS = st.fixed_dictionaries(
    {}, optional={"room_version": JSON, "creator": JSON, "additional_creators": JSON | st.lists(JSON)}
)
CREATES = JSON | st.fixed_dictionaries({}, optional={"sender": JSON, "content": JSON | CONTENTS})
KEYS = ("users_default", "events_default", "state_default", "users", "events", "invite", "redact")
NAMED = st.dictionaries(st.sampled_from([ANA, "m.room.name"]), JSON)
LEVELS = JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, JSON | NAMED))


@given(CREATES, LEVELS)
def test_no_state_however_odd_is_a_fault(create: Any, levels: Any) -> None:
    powers = Powers(create, levels)
    assert isinstance(powers.level(ANA), (int, float))
    assert not isinstance(powers.level(ANA), bool)
    assert all(type(powers.needed("m.room.name", state=state)) is int for state in (True, False))
    assert powers.level(ANA) == math.inf or abs(powers.level(ANA)) < 2**53
