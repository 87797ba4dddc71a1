"""Somebody on Matrix, for tests: the client-server API in plain HTTP, without the library that Tuva uses."""

import html
import json
import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

import httpx

Json = dict[str, Any]
Found = TypeVar("Found")
ASKING_SECONDS = 60.0
PAGE = 500
# How long a person waits for news before they look again at what is no news, such as Tuva's database.
GLANCE_SECONDS = 0.5
NOTHING: Json = {"types": []}


class Refused(AssertionError):
    """The homeserver said no: `status` is HTTP's, `code` Matrix's."""

    def __init__(self, status: int, told: Json) -> None:
        self.status = status
        self.code = str(told.get("errcode", ""))
        super().__init__(f"{status} {self.code} {told.get('error', '')}")


def line(url: str, **headers: str) -> httpx.Client:
    """A client of the homeserver. Reading the authorities' certificates, which loopback does without, is slow."""
    return httpx.Client(base_url=url, headers=headers, timeout=ASKING_SECONDS, verify=False)


def asked(answer: httpx.Response) -> Any:
    """What was answered. Raises Refused."""
    told = answer.json()
    if not answer.is_success:
        raise Refused(answer.status_code, told)
    return told


class Person:
    """An account, logged in on one device."""

    def __init__(self, url: str, user_id: str, token: str, device_id: str) -> None:
        self.user_id, self.token, self.device_id = user_id, token, device_id
        self._client = line(url, Authorization=f"Bearer {token}")
        self._since = ""

    def close(self) -> None:
        """Hang up; the account stays."""
        self._client.close()

    def ask(self, method: str, path: str, **rest: Any) -> Any:
        """Any call. Raises Refused."""
        return asked(self._client.request(method, path, **rest))

    def _do(self, method: str, *path: str, **rest: Any) -> Any:
        return self.ask(method, "/".join(["/_matrix/client/v3", *map(_quoted, path)]), **rest)

    # --- rooms ---

    def create_room(
        self,
        name: str = "",
        invite: Iterable[str] = (),
        *,
        is_direct: bool = False,
        encrypted: bool = False,
        version: str = "",
        **more: Any,
    ) -> str:
        """A private room; its id. `more` is what else createRoom takes."""
        wish: Json = {"preset": "private_chat", "invite": [*invite], "is_direct": is_direct, **more}
        if name:
            wish["name"] = name
        if version:
            wish["room_version"] = version
        if encrypted:
            algorithm = {"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
            wish["initial_state"] = [*wish.get("initial_state", []), algorithm]
        return str(self._do("POST", "createRoom", json=wish)["room_id"])

    def join(self, room: str, via: Sequence[str] = ()) -> None:
        """Join; `via` names servers that know the room."""
        self._do("POST", "join", room, params={"via": [*via]}, json={})

    def invite(self, room: str, user_id: str) -> None:
        """Invite."""
        self._do("POST", "rooms", room, "invite", json={"user_id": user_id})

    def kick(self, room: str, user_id: str) -> None:
        """Kick out, or take back an invitation."""
        self._do("POST", "rooms", room, "kick", json={"user_id": user_id})

    def leave(self, room: str) -> None:
        """Leave, or decline an invitation."""
        self._do("POST", "rooms", room, "leave", json={})

    def upgrade(self, room: str, version: str) -> str:
        """Replace a room; the new one's id."""
        return str(self._do("POST", "rooms", room, "upgrade", json={"new_version": version})["replacement_room"])

    def free(self, alias: str) -> None:
        """Another room may be called so."""
        self._do("DELETE", "directory", "room", alias)

    def rooms(self) -> list[str]:
        """The rooms joined."""
        return list(self._do("GET", "joined_rooms")["joined_rooms"])

    def invitations(self) -> list[str]:
        """The rooms invited to and neither joined nor declined."""
        return list(self.sync(limit=1).get("rooms", {}).get("invite", {}))

    # --- what is said ---

    def send(self, room: str, type: str, content: Json, txn: str = "") -> str:
        """Any event; its id. The same `txn` again gives the same event."""
        path = ("rooms", room, "send", type, txn or secrets.token_hex(8))
        return str(self._do("PUT", *path, json=content)["event_id"])

    def say(self, room: str, text: str, thread: str = "", mentions: Sequence[str] = (), **content: Any) -> str:
        """Words; the event's id. `thread` is the id of its root.

        As in Element a user id among the words becomes a name in the body and a pill in the formatted body; somebody
        mentioned who is not among the words is put before them.
        """
        for user_id in mentions:
            text = text if user_id in text else f"{user_id}: {text}"
        words = _words(text, {user_id: self.displayname(user_id) for user_id in mentions})
        if thread:
            words["m.relates_to"] = {"rel_type": "m.thread", "event_id": thread, "is_falling_back": True}
            words["m.relates_to"]["m.in_reply_to"] = {"event_id": thread}
        return self.send(room, "m.room.message", words | content)

    def show(self, room: str, content: bytes, caption: str = "", **info: Any) -> str:
        """A picture, and what is said with it; the event's id. `info` is what else is claimed of it."""
        kind = {"Content-Type": "image/jpeg"}
        address = self.ask("POST", "/_matrix/media/v3/upload", content=content, headers=kind)["content_uri"]
        shown: Json = {"msgtype": "m.image", "body": caption or "bild.jpg", "filename": "bild.jpg", "url": address}
        return self.send(room, "m.room.message", shown | {"info": {"size": len(content)} | info})

    def fetch(self, address: str) -> bytes:
        """What an `mxc:` address leads to."""
        answer = self._client.get(f"/_matrix/client/v1/media/download/{address.removeprefix('mxc://')}")
        return answer.raise_for_status().content

    def react(self, room: str, event_id: str, key: str) -> str:
        """A reaction; its own event's id."""
        relation = {"rel_type": "m.annotation", "event_id": event_id, "key": key}
        return self.send(room, "m.reaction", {"m.relates_to": relation})

    def edit(self, room: str, event_id: str, text: str) -> str:
        """Other words in place of those; the id of the replacing event."""
        relation = {"rel_type": "m.replace", "event_id": event_id}
        changed = {**_words(f"* {text}", {}), "m.new_content": _words(text, {}), "m.relates_to": relation}
        return self.send(room, "m.room.message", changed)

    def redact(self, room: str, event_id: str) -> str:
        """Take an event back; the id of the redaction."""
        return str(self._do("PUT", "rooms", room, "redact", event_id, secrets.token_hex(8), json={})["event_id"])

    def displayname(self, user_id: str) -> str:
        """Somebody's name."""
        return str(self._do("GET", "profile", user_id, "displayname")["displayname"])

    # --- what is there ---

    def set_state(self, room: str, type: str, content: Json, state_key: str = "") -> str:
        """Change a room's state; the event's id."""
        return str(self._do("PUT", "rooms", room, "state", type, state_key, json=content)["event_id"])

    def state(self, room: str) -> dict[tuple[str, str], Json]:
        """A room's state: the content by (type, state key)."""
        events = self._do("GET", "rooms", room, "state")
        return {(event["type"], event["state_key"]): event["content"] for event in events}

    def joined(self, room: str) -> list[str]:
        """The user ids of who is in a room."""
        return sorted(self._do("GET", "rooms", room, "joined_members")["joined"])

    def timeline(self, room: str) -> list[Json]:
        """All events of a room that this person may see, the oldest first."""
        return self._pages(f"/_matrix/client/v3/rooms/{_quoted(room)}/messages", "end")

    def relations(self, room: str, event_id: str) -> list[Json]:
        """What relates to an event, the oldest first."""
        path = f"/_matrix/client/v1/rooms/{_quoted(room)}/relations/{_quoted(event_id)}"
        return self._pages(path, "next_batch")

    def _pages(self, path: str, next_page: str) -> list[Json]:
        events: list[Json] = []
        params: Json = {"dir": "f", "limit": PAGE}
        while params.get("from", "the first"):
            page = self.ask("GET", path, params=params)
            events += page["chunk"]
            params["from"] = page.get(next_page, "")
        return events

    def sync(self, since: str = "", limit: int = 100, seconds: float = 0, **room: Any) -> Json:
        """What is new since a token. `limit` is of events a room; `room` is what else a room filter takes."""
        # Synapse answers the same question of the same device from a cache for two minutes.
        unlike = {"not_types": [secrets.token_hex(4)]}
        sieve = {"room": {"timeline": {"limit": limit, **unlike}, **room}, "presence": NOTHING}
        params = {"filter": json.dumps(sieve), "timeout": str(int(seconds * 1000))}
        return dict(self._do("GET", "sync", params=params | ({"since": since} if since else {})))

    def until(self, room: str, condition: Callable[[list[Json]], Found], seconds: float = 10) -> Found:
        """What the condition gives of the room's timeline, as soon as it gives something. Fails with the timeline."""
        deadline = time.monotonic() + seconds
        self._wait_for_news(0)
        while not (found := condition(events := self.timeline(room))):
            left = deadline - time.monotonic()
            assert left > 0, f"waited in vain; {self.user_id} sees\n{picture(events)}"
            self._wait_for_news(min(left, GLANCE_SECONDS))
        return found

    def listen(self) -> None:
        """What has happened before they ever looked is no news."""
        if not self._since:
            self._wait_for_news(0)

    def news(self, seconds: float) -> Json:
        """What has happened since, in all rooms; waits so long for something."""
        told = self.sync(self._since, 100, seconds, state=NOTHING)
        self._since = told["next_batch"]
        return dict(told.get("rooms", {}))

    def _wait_for_news(self, seconds: float) -> None:
        self._since = self.sync(self._since, 1, seconds, state=NOTHING)["next_batch"]


def picture(events: Iterable[Json]) -> str:
    """A timeline for the eye, a line an event."""
    return "\n".join(f"  {event['sender']} {event['type']}: {_gist(event)}" for event in events)


def _gist(event: Json) -> str:
    content = event["content"]
    return str(content["body"] if "body" in content else json.dumps(content, ensure_ascii=False))[:200]


def _words(text: str, names: dict[str, str]) -> Json:
    """A message as clients write it, with the mentioned (names by user id) as pills."""
    words: Json = {"msgtype": "m.text", "body": text, "m.mentions": {"user_ids": [*names]} if names else {}}
    if names:
        words |= {"format": "org.matrix.custom.html", "formatted_body": html.escape(text)}
    for user_id, name in names.items():
        pill = f'<a href="https://matrix.to/#/{user_id}">{html.escape(name)}</a>'
        words["body"] = words["body"].replace(user_id, name)
        words["formatted_body"] = words["formatted_body"].replace(user_id, pill)
    return words


def _quoted(part: str) -> str:
    return quote(part, safe="")
