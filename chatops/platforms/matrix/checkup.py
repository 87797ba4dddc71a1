"""What the homeserver answers to Tuva's account: whether it is one, the token, and every room that is a group's.

Asks and changes nothing, so it may run beside the service. Rate limits cannot be asked about: only the homeserver's own
administrators see them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from chatops.platforms.matrix.batches import NOTHING, Json, filter_of
from chatops.platforms.matrix.homeserver import OPERATORS, path_to
from chatops.platforms.matrix.making import VERSION
from chatops.platforms.matrix.powers import Powers
from config.settings import MatrixSettings
from config.texts import Texts

PATIENCE = aiohttp.ClientTimeout(total=10)
WELL_KNOWN = "/.well-known/matrix/client"
# What Tuva does in a room, by the event that does it.
DEEDS = {"m.room.message": "post", "m.reaction": "react", "m.room.redaction": "redact"}


class Unreached(Exception):
    """Nobody answered. Its text tells what happened."""


class Refused(Exception):
    """The homeserver said no where nothing should keep it. Its text is Matrix's word for why."""


@dataclass(frozen=True)
class Answer:
    """What was answered: HTTP's status, and the JSON in it, if it was any."""

    status: int
    told: Json | None

    @property
    def error(self) -> str:
        """Matrix's word for what is wrong; HTTP's where it has none; empty when nothing is."""
        if self.status < 400 and self.told is not None:
            return ""
        return str((self.told or {}).get("errcode") or f"HTTP {self.status}")


@dataclass(frozen=True)
class Door:
    """The homeserver's door. Raises Unreached."""

    session: aiohttp.ClientSession
    settings: MatrixSettings

    async def ask(self, *path: str, **query: str) -> Answer:
        """GET, as the account of the settings."""
        token = self.settings.access_token.get_secret_value()
        return await self.get(path_to(*path, query=query or None), {"Authorization": f"Bearer {token}"})

    async def get(self, path: str, headers: dict[str, str] | None = None, *, follow: bool = False) -> Answer:
        """GET. What redirects is not followed unless told so: a token is sent nowhere else."""
        try:
            url = self.settings.homeserver + path
            async with self.session.get(url, headers=headers, allow_redirects=follow, timeout=PATIENCE) as answer:
                return Answer(answer.status, await _json(answer))
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            raise Unreached(str(fault) or type(fault).__name__) from None


async def look(settings: MatrixSettings, rooms: Sequence[str], texts: Texts) -> tuple[list[str], list[str]]:
    """What is good to know and what is wrong, each a sentence. `rooms` are the ids of those that are bound."""
    async with aiohttp.ClientSession() as session:
        door = Door(session, settings)
        try:
            if problem := await _is_none(door, texts):
                return [], [problem]
            return await _account(door, rooms, texts)
        except Unreached as fault:
            return [], [texts.say("check-matrix-unreached", url=settings.homeserver, fault=str(fault))]


async def _is_none(door: Door, texts: Texts) -> str:
    """Whether somebody else answers there (spec.matrix.org client-server api, server discovery)."""
    answer = await door.get("/_matrix/client/versions")
    if answer.status < 400 and isinstance((answer.told or {}).get("versions"), list):
        return ""
    url = door.settings.homeserver
    if (elsewhere := await _elsewhere(door)) not in ("", url):
        return texts.say("check-matrix-elsewhere", url=url, homeserver=elsewhere)
    return texts.say("check-matrix-no-homeserver", url=url, error=f"HTTP {answer.status}")


async def _elsewhere(door: Door) -> str:
    """Where the homeserver is, as somebody tells who goes by its name; empty when nobody does."""
    told = (await door.get(WELL_KNOWN, follow=True)).told or {}
    homeserver = told.get("m.homeserver")
    base = homeserver.get("base_url") if isinstance(homeserver, dict) else None
    return base.rstrip("/") if isinstance(base, str) and urlsplit(base).scheme in ("http", "https") else ""


async def _account(door: Door, rooms: Sequence[str], texts: Texts) -> tuple[list[str], list[str]]:
    """Whose the token is; and if it is ours, where the account is."""
    settings = door.settings
    answer = await door.ask("account", "whoami")
    told = answer.told or {}
    if answer.error:
        return [], [_refused(answer, texts)]
    if (account := told.get("user_id")) != settings.user_id:
        return [], [texts.say("check-matrix-account", account=str(account), user_id=settings.user_id)]
    notes, problems = await _rooms(door, rooms, texts)
    notes += await _version(door, texts)
    if (device := told.get("device_id")) not in (None, settings.device_id):
        problems.insert(0, texts.say("check-matrix-device", device=str(device), device_id=settings.device_id))
    return notes, problems


async def _version(door: Door, texts: Texts) -> list[str]:
    """Where rooms that Tuva makes would not be safe from the loss of its account."""
    told = (await door.ask("capabilities")).told or {}
    versions = told.get("capabilities", {}).get("m.room_versions", {})
    if not versions or VERSION in versions.get("available", {}):
        return []
    return [texts.say("check-matrix-version", version=VERSION, usual=str(versions.get("default", "")))]


def _refused(answer: Answer, texts: Texts) -> str:
    """A token that has run out is told apart (spec.matrix.org client-server api, soft logout)."""
    if answer.error not in OPERATORS:
        return texts.say("check-matrix-error", error=answer.error, method="whoami")
    is_over = (answer.told or {}).get("soft_logout") is True
    return texts.say("check-matrix-token-over" if is_over else "check-matrix-token", error=answer.error)


async def _rooms(door: Door, rooms: Sequence[str], texts: Texts) -> tuple[list[str], list[str]]:
    joined = await door.ask("joined_rooms")
    if joined.error:
        return [], [texts.say("check-matrix-error", error=joined.error, method="joined_rooms")]
    inside = frozenset((joined.told or {}).get("joined_rooms", ()))
    outside = [room for room in rooms if room not in inside]
    invited = await _invited(door) if outside else frozenset()
    notes = [texts.say("check-matrix-room-invited", room=room) for room in outside if room in invited]
    problems = [await _shut(door, room, texts) for room in outside if room not in invited]
    for room in rooms:
        if room in inside:
            problems += await _room(door, room, texts)
    return notes, problems


async def _invited(door: Door) -> frozenset[str]:
    """Only a sync tells invitations; it reads on from nowhere, so it takes nothing from the service."""
    answer = await door.ask("sync", filter=filter_of(1), timeout="0", set_presence="offline")
    rooms = (answer.told or {}).get("rooms")
    return frozenset((rooms or NOTHING).get("invite", ()))


async def _shut(door: Door, room: str, texts: Texts) -> str:
    """A room that we are not in. One that we have left still tells so."""
    answer = await door.ask("rooms", room, "state", "m.room.member", door.settings.user_id)
    was_in = not answer.error
    account = door.settings.user_id
    return texts.say("check-matrix-room-left" if was_in else "check-matrix-room-unknown", room=room, account=account)


async def _room(door: Door, room: str, texts: Texts) -> list[str]:
    """What is wrong with a room that we are in: of what is for good only that."""
    try:
        return await _entered(door, room, await _called(door, room), texts)
    except Refused as refused:
        return [texts.say("check-matrix-error", error=str(refused), method=f"rooms/{room}/state")]


async def _entered(door: Door, room: str, called: str, texts: Texts) -> list[str]:
    if moved := await _state(door, room, "m.room.tombstone"):
        to = str(moved.get("replacement_room", "–"))
        return [texts.say("check-matrix-room-moved", room=called, to=to, account=door.settings.user_id)]
    if await _state(door, room, "m.room.encryption") is not None:
        return [texts.say("check-matrix-room-encrypted", room=called)]
    created = await door.ask("rooms", room, "state", "m.room.create", format="event")
    return _powerless(Powers(created.told, await _state(door, room, "m.room.power_levels")), called, door, texts)


def _powerless(powers: Powers, room: str, door: Door, texts: Texts) -> list[str]:
    account = door.settings.user_id
    lacking = [kind for kind in DEEDS if not powers.may_send(account, kind)]
    if not lacking:
        return []
    deeds = texts.listed([texts.say(f"check-matrix-may-{DEEDS[kind]}") for kind in lacking])
    needed = max(powers.needed(kind) for kind in lacking)
    return [texts.say("check-matrix-room-powerless", room=room, deeds=deeds, needed=str(needed), account=account)]


async def _called(door: Door, room: str) -> str:
    """As people know it, and as it is found."""
    name = (await _state(door, room, "m.room.name") or {}).get("name")
    return f"{name} ({room})" if isinstance(name, str) and name else room


async def _state(door: Door, room: str, kind: str) -> Json | None:
    """The content of a state event; None where there is none. Raises Refused."""
    answer = await door.ask("rooms", room, "state", kind)
    if answer.error not in ("", "M_NOT_FOUND"):
        raise Refused(answer.error)
    return None if answer.error else answer.told


async def _json(answer: aiohttp.ClientResponse) -> Json | None:
    try:
        told: Any = await answer.json(content_type=None)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
