"""Who may do what in a room, reckoned by ourselves from its state.

spec.matrix.org/latest/client-server-api/#mroompower_levels, and the authorisation rules of room versions 1, 10 to 12.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# The newest version without creators above all levels; what has no number is judged by it.
PLAIN_VERSION = 11
FIRST_WITH_INFINITE_CREATORS = 12
LAST_WITH_CREATOR_NAMED = 10
LAST_WITH_STRINGS = 9
HIGHEST = 2**53 - 1
STRING = re.compile(r"\s*([+-]?[0-9]{1,30})\s*")
CREATOR_WITHOUT_LEVELS = 100


@dataclass(frozen=True)
class Powers:
    """The powers in a room, from its raw `m.room.create` event and the content of `m.room.power_levels`, if it has one.

    A newer event takes the place of an older one whole: who is no longer named in it has lost their level. Junk in
    either counts as nothing said.
    """

    create: Any
    levels: Any = None

    @property
    def version(self) -> int:
        """The version of the room."""
        if not isinstance(self.create, Mapping):
            return PLAIN_VERSION
        said = _mapping(self.create.get("content")).get("room_version", "1")
        return int(said) if isinstance(said, str) and re.fullmatch("[0-9]{1,4}", said) else PLAIN_VERSION

    def level(self, user_id: str) -> float:
        """How much power somebody has; without end for who created a room of version 12."""
        if self.version >= FIRST_WITH_INFINITE_CREATORS and self._created(user_id):
            return math.inf
        if self.levels is None:
            return CREATOR_WITHOUT_LEVELS if self._created(user_id) else 0
        users = _mapping(_mapping(self.levels).get("users"))
        return self._number(users[user_id], 0) if user_id in users else self._default("users_default", 0)

    def needed(self, event_type: str, *, state: bool = False) -> int:
        """How much power it takes to send an event; `state` tells that it is a state event."""
        default = self._default("state_default", 50) if state else self._default("events_default", 0)
        return self._number(_mapping(_mapping(self.levels).get("events")).get(event_type), default)

    def may_send(self, user_id: str, event_type: str, *, state: bool = False) -> bool:
        """Whether a member has the power to send an event."""
        return self.level(user_id) >= self.needed(event_type, state=state)

    def _created(self, user_id: str) -> bool:
        create = _mapping(self.create)
        content = _mapping(create.get("content"))
        if self.version <= LAST_WITH_CREATOR_NAMED:
            return bool(content.get("creator") == user_id)
        more = content.get("additional_creators")
        named = more if self.version >= FIRST_WITH_INFINITE_CREATORS and isinstance(more, list) else []
        return user_id in (create.get("sender"), *named)

    def _default(self, key: str, default: int) -> int:
        return self._number(_mapping(self.levels).get(key), default)

    def _number(self, value: Any, default: int) -> int:
        """A level as it is written; old rooms may have it as text (fragment of room versions 1 to 9)."""
        if isinstance(value, str) and self.version <= LAST_WITH_STRINGS and (text := STRING.fullmatch(value)):
            value = int(text[1])
        return value if type(value) is int and abs(value) <= HIGHEST else default


def _mapping(value: Any) -> Mapping[Any, Any]:
    return value if isinstance(value, Mapping) else {}
