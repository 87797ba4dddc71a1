"""The part of the control room that is about channels: who is there, and what becomes of them."""

from dataclasses import asdict, replace
from typing import Any

from slackside import rooms
from slackside.gestures import told
from slackside.workspace import Channel, Json, Workspace


class RoomControl:
    """Verbs are methods."""

    workspace: Workspace

    def add_channel(self, **about: Any) -> None:
        """A new channel."""
        self.workspace.channels[about["id"]] = Channel(**about)

    async def archive(self, channel: str, archived: bool, by: str) -> None:
        """Archive a channel, or bring it back, which the app is told."""
        room = self.workspace.channels[channel]
        room.archived = archived
        await told(rooms.happened(self.workspace, "archive" if archived else "unarchive", room, user=by))

    async def delete_channel(self, channel: str) -> None:
        """Delete a channel, with all that stands there; the app is told."""
        first = rooms.happened(self.workspace, "deleted", self.workspace.channels[channel])
        del self.workspace.channels[channel]
        await told(first)

    async def member(self, channel: str, user: str, present: bool, by: str) -> None:
        """Somebody comes or goes, or the bot is invited or kicked, which it is told."""
        room = self.workspace.channels[channel]
        if present:
            await told(rooms.enter(self.workspace, room, user, by))
        else:
            await told(rooms.leave(self.workspace, room, user))

    def channels(self) -> list[Json]:
        """Every channel there is, its messages aside."""
        return [asdict(replace(each, messages={})) for each in self.workspace.channels.values()]

    def joins(self) -> list[tuple[str, str]]:
        """Who has come into which channel, each time."""
        return self.workspace.joins

    def list_late(self, on: bool) -> None:
        """Whether channels that the app has made are not listed yet."""
        self.workspace.lists_late = on

    def restrict(self, method: str, on: bool) -> None:
        """Whether the workspace's settings keep the app from a method."""
        (self.workspace.restricted.add if on else self.workspace.restricted.discard)(method)
