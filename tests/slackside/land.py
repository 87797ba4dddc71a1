"""The workspace as a test sets it up."""

import base64
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

from slackside.line import Line, identity

SCOPES = (
    "commands chat:write app_mentions:read reactions:read reactions:write channels:read channels:join channels:history "
    "groups:read groups:history im:write im:history users:read users:read.email files:read files:write "
    "channels:manage groups:write pins:write"
)
EVENTS = (
    "app_mention app_home_opened message.channels message.groups message.im reaction_added reaction_removed "
    "member_joined_channel member_left_channel channel_archive channel_unarchive channel_deleted channel_left "
    "group_archive group_unarchive group_deleted group_left channel_rename channel_id_changed "
    "user_change tokens_revoked app_uninstalled"
)


class Land:
    """The workspace: who and what is there."""

    def __init__(
        self,
        *,
        team: str = "T1",
        bot_user: str = "U0TUVA",
        scopes: str = SCOPES,
        events: str = EVENTS,
        pace: float = 0.01,
        ack_seconds: float = 3.0,
        port: int = 0,
    ) -> None:
        """`pace` scales Slack's pauses of 0, 60 and 300 s between the deliveries of one event."""
        who = identity(team, bot_user)
        told = {"identity": who, "scopes": scopes.split(), "events": events.split(), "port": port}
        self.line = Line(told | {"pace": pace, "ack_seconds": ack_seconds})
        self.api_url = f"http://127.0.0.1:{self.line.port}/api/"
        self.bot_token, self.app_token, self.signing_secret = who["bot_token"], who["app_token"], who["signing_secret"]
        self.team, self.bot_user, self.app, self.bot = team, bot_user, who["app"], who["bot"]
        self.scopes = scopes.split()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self.line.close()

    def add_person(self, id: str, name: str, email: str = "", **facts: Any) -> None:
        """Facts: confirmed, locale, zone, restricted, ultra_restricted, team (another: a stranger), deleted, is_bot."""
        self.line.ask("add_person", id=id, name=name, email=email, **facts)

    def change_person(self, id: str, **facts: Any) -> None:
        """The same facts, others; nobody is told (see `happen` for user_change)."""
        self.line.ask("change_person", id=id, **facts)

    def add_channel(
        self,
        id: str,
        members: Iterable[str],
        *,
        private: bool = False,
        bot: bool = True,
        shared: bool = False,
        name: str = "",
    ) -> None:
        """A channel of these people, with the bot unless said otherwise."""
        who = [*members, self.bot_user] if bot else [*members]
        kind = "group" if private else "channel"
        self.line.ask("add_channel", id=id, name=name or id.lower(), kind=kind, members=who, shared=shared)

    def add_file(
        self, by: str, content: bytes, name: str = "bild.jpg", mimetype: str = "image/jpeg", **facts: Any
    ) -> str:
        """A file that somebody has sent; facts: size (as Slack tells it), alt, elsewhere, redirects. Its id."""
        about = {"content": base64.b64encode(content).decode(), "name": name, "mimetype": mimetype}
        return str(self.line.ask("add_file", by=by, **about, **facts))

    def change_file(self, id: str, **facts: Any) -> None:
        """The same facts, others; or deleted."""
        self.line.ask("change_file", id=id, **facts)

    def look_at_files(self) -> None:
        """Slack has looked at every file that it was given so far."""
        self.line.ask("look_at_files")

    def files_given(self) -> list[dict[str, Any]]:
        """The files that the app gave to Slack, their content as bytes."""
        found = [file for file in self.line.ask("files") if file["user"] == self.bot_user]
        return [file | {"content": base64.b64decode(file["content"])} for file in found]

    def invite_bot(self, channel: str, by: str = "") -> None:
        """The bot becomes a member, and is told."""
        self.line.ask("member", channel=channel, user=self.bot_user, present=True, by=by)

    def kick_bot(self, channel: str) -> None:
        """The bot is no member any more."""
        self.line.ask("member", channel=channel, user=self.bot_user, present=False, by="")

    def enter(self, channel: str, user: str) -> None:
        """Somebody goes into a channel by themselves; who is there is told."""
        self.line.ask("member", channel=channel, user=user, present=True, by="")

    def delete_channel(self, channel: str) -> None:
        """A channel is deleted; the app is told."""
        self.line.ask("delete_channel", channel=channel)

    def channels(self) -> list[dict[str, Any]]:
        """Every channel: id, name, kind, members, creator, topic, purpose, archived, pins."""
        return list(self.line.ask("channels"))

    def channel_called(self, name: str) -> dict[str, Any]:
        """The one channel of that name."""
        [found] = [channel for channel in self.channels() if channel["name"] == name]
        return found

    def joins(self) -> list[tuple[str, str]]:
        """Who has come into which channel, each time: (channel, user)."""
        return [(channel, user) for channel, user in self.line.ask("joins")]

    def list_late(self, on: bool = True) -> None:
        """The channels that the app has made are not in lists yet, or all are."""
        self.line.ask("list_late", on=on)

    def restrict(self, method: str, on: bool = True) -> None:
        """The workspace's settings keep the app from a method (restricted_action), or no longer."""
        self.line.ask("restrict", method=method, on=on)

    def archive(self, channel: str, archived: bool = True, by: str = "U1") -> None:
        """Archive a channel, or bring it back; the app is told."""
        self.line.ask("archive", channel=channel, archived=archived, by=by)

    def revoke_token(self, error: str = "token_revoked") -> None:
        """Every call is refused: token_revoked, account_inactive or invalid_auth; the app is told (tokens_revoked)."""
        self.line.ask("token", error=error)

    def restore_token(self) -> None:
        """The token is good again."""
        self.line.ask("token", error="")

    def take_scope(self, name: str) -> None:
        """The app loses a scope."""
        self.line.ask("scope", name=name, granted=False)
        self.scopes.remove(name)

    def give_scope(self, name: str) -> None:
        """The app gains a scope."""
        self.line.ask("scope", name=name, granted=True)
        self.scopes.append(name)

    def subscribe(self, names: str) -> None:
        """The events the app is told of, and no others."""
        self.line.ask("subscribe", names=names.split())

    def use_http(self, url: str | None) -> bool:
        """Deliver to this request URL (None: over sockets again); whether it answered the challenge."""
        return bool(self.line.ask("use_http", url=url))
