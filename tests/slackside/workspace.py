"""A workspace as Slack remembers it: people, channels, messages, and everything anybody ever saw."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from slackside.live import live

Json = dict[str, Any]


class Refused(Exception):
    """What Slack answers instead of doing what was asked."""

    def __init__(self, error: str, *messages: str, **facts: Any) -> None:
        super().__init__(error)
        self.answer: Json = {"ok": False, "error": error, **facts}
        if messages:
            self.answer["response_metadata"] = {"messages": list(messages)}


@dataclass
class Identity:
    """Who the workspace and the app are, and what the app may show to prove itself."""

    team: str
    domain: str
    app: str
    bot_user: str
    bot: str
    bot_token: str
    app_token: str
    signing_secret: str


@dataclass
class Person:
    """Somebody with an account; of another team, a stranger met in a shared channel."""

    id: str
    name: str
    email: str
    confirmed: bool = True
    locale: str = "sv-SE"
    zone: str = "Europe/Stockholm"
    restricted: bool = False
    ultra_restricted: bool = False
    team: str = ""
    deleted: bool = False
    is_bot: bool = False


@dataclass
class Message:
    """One message; `edited` counts its changes, `to` alone sees it, `parse` and `link_names` say how it is read."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    edited: int = 0
    reactions: dict[str, list[str]] = field(default_factory=dict)
    client_msg_id: str | None = None
    parse: str = ""
    link_names: bool = False
    broadcast: bool = False
    files: list[Json] = field(default_factory=list)
    shows_edited: bool = False
    to: str | None = None


@dataclass
class Channel:
    """A conversation; kind is channel (public), group (private) or im (with one person)."""

    id: str
    name: str
    kind: str
    members: list[str]
    shared: bool = False
    archived: bool = False
    creator: str = "U0"
    topic: str = ""
    purpose: str = ""
    pins: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)

    def replies(self, ts: str) -> list[Message]:
        """What stands in a thread, without its first message."""
        return [each for each in self.messages.values() if each.thread_ts == ts and each.ts != ts]


@dataclass
class Trigger:
    """A moment in which a person may be shown a modal."""

    by: str
    at: float
    used: bool = False


class Workspace:
    """All of it. `emit` is given each event as it happens, with its channel."""

    def __init__(self, identity: Identity, scopes: list[str], subscriptions: list[str]) -> None:
        self.identity = identity
        self.scopes = scopes
        self.subscriptions = set(subscriptions)
        self.token_error = ""
        self.restricted: set[str] = set()
        self.lists_late = False
        self.joins: list[tuple[str, str]] = []
        bot = Person(identity.bot_user, "tuva", "", team=identity.team, is_bot=True)
        self.people: dict[str, Person] = {bot.id: bot}
        self.channels: dict[str, Channel] = {}
        self.ephemerals: list[Message] = []
        self.files: dict[str, Any] = {}
        self.triggers: dict[str, Trigger] = {}
        self.seen: list[Json] = []
        self.emit: Callable[[Json, Channel | None], Any] = lambda event, channel: None
        self._last_ts = 0
        self._numbers = itertools.count(1)

    def new_ts(self) -> str:
        """A moment in microseconds that nothing else has."""
        self._last_ts = max(self._last_ts + 1, time.time_ns() // 1000)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_id(self, letter: str) -> str:
        """An identifier of its own."""
        return f"{letter}{next(self._numbers):010X}"

    def new_trigger(self, by: str) -> str:
        """A trigger, good for three seconds and one modal."""
        trigger = f"{next(self._numbers)}.{time.time_ns()}.{self.new_id('')}"
        self.triggers[trigger] = Trigger(by, time.monotonic())
        return trigger

    def person(self, person: str) -> Person:
        """Somebody this workspace knows, or user_not_found."""
        if person not in self.people:
            raise Refused("user_not_found")
        return self.people[person]

    def channel(self, channel: str | None) -> Channel:
        """A conversation the bot may know of, or channel_not_found."""
        found = self.channels.get(channel or "")
        if found is None or (found.kind != "channel" and not self.bot_is_in(found)):
            raise Refused("channel_not_found")
        return found

    def bot_is_in(self, channel: Channel) -> bool:
        """Whether the app's own user is a member."""
        return self.identity.bot_user in channel.members

    def direct(self, person: str) -> Channel:
        """The direct channel of the bot and a person; opened when it is new."""
        number = f"D{person[1:]}"
        members = [self.identity.bot_user, person]
        return self.channels.setdefault(number, Channel(number, "directmessage", "im", members))

    def add(self, message: Message) -> Message:
        """A new message: kept, seen, and told as an event."""
        self.add_told(message)
        return message

    def add_told(self, message: Message) -> Any:
        """The same, for who wants to know what became of the event."""
        channel = self.channels[message.channel]
        channel.messages[message.ts] = message
        self.witness("posted", message)
        event = self.message_json(message) | {"channel": channel.id, "event_ts": message.ts}
        return self.emit(event | {"channel_type": channel.kind}, channel)

    def change(self, message: Message, **changes: Any) -> Any:
        """A changed message: seen, and told as message_changed."""
        before = self.message_json(message)
        for name, value in changes.items():
            setattr(message, name, value)
        message.edited += 1
        self.witness("changed", message)
        after = self.message_json(message)
        return self._tell_hidden("message_changed", message, message=after, previous_message=before)

    def remove(self, message: Message) -> None:
        """A deleted message: gone for everybody, and told as message_deleted."""
        before = self.message_json(message)
        del self.channels[message.channel].messages[message.ts]
        self.witness("deleted", message)
        self._tell_hidden("message_deleted", message, previous_message=before, deleted_ts=message.ts)

    def witness(self, what: str, message: Message) -> None:
        """Write down what somebody saw; nothing is ever taken away from here."""
        told: Json = {"ts": message.ts, "channel": message.channel, "text": message.text, "blocks": message.blocks}
        told |= {"metadata": message.metadata, "to": message.to, "live": live(self, message)}
        self.seen.append({"at": time.monotonic(), "what": what, **told})

    def message_json(self, message: Message, *, with_metadata: bool = True) -> Json:
        """A message as the Web API and the events carry it."""
        told: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
        told |= self._marks(message)
        if message.user == self.identity.bot_user:
            told |= {"bot_id": self.identity.bot, "app_id": self.identity.app, "bot_profile": self._profile()}
        if message.metadata and with_metadata:
            told["metadata"] = message.metadata
        return told | self._thread(message)

    def _marks(self, message: Message) -> Json:
        home = self.person(message.user).team
        told: Json = {"team": home}
        if home != self.identity.team:
            told |= {"user_team": home, "source_team": home}
        told |= {key: value for key in ("blocks", "client_msg_id", "files") if (value := getattr(message, key))}
        if message.files:
            told["subtype"] = "file_share"
        if message.shows_edited:
            told["edited"] = {"user": message.user, "ts": message.ts}
        if message.reactions:
            who = message.reactions.items()
            told["reactions"] = [{"name": name, "users": users, "count": len(users)} for name, users in who]
        return told

    def _profile(self) -> Json:
        return {"id": self.identity.bot, "name": "tuva", "app_id": self.identity.app, "team_id": self.identity.team}

    def _thread(self, message: Message) -> Json:
        channel = self.channels.get(message.channel)
        if message.thread_ts is not None:
            parent = channel.messages.get(message.thread_ts) if channel else None
            return {"thread_ts": message.thread_ts} | ({"parent_user_id": parent.user} if parent else {})
        replies = channel.replies(message.ts) if channel and channel.messages.get(message.ts) else []
        if not replies:
            return {}
        users = list(dict.fromkeys(each.user for each in replies))
        counts = {"reply_count": len(replies), "reply_users_count": len(users), "reply_users": users}
        return {"thread_ts": message.ts, **counts, "latest_reply": replies[-1].ts}

    def _tell_hidden(self, subtype: str, of: Message, /, **facts: Any) -> Any:
        channel, ts = self.channels[of.channel], self.new_ts()
        about = {"channel": channel.id, "ts": ts, "event_ts": ts, "channel_type": channel.kind, "hidden": True}
        return self.emit({"type": "message", "subtype": subtype, **about, **facts}, channel)
