"""The methods by which an app makes channels, furnishes them and lets people in and out.

Each refuses as its page under docs.slack.dev/reference/methods says.
"""

import html
from typing import Any

from slackside.arguments import Arguments
from slackside.conversations import cut, told
from slackside.workspace import Channel, Json, Refused, Workspace

NAME = 80
TEXT = 250
PINS = 100
INVITED_AT_ONCE = 1_000
LISTED = {"public_channel": ("channel", "channels:read"), "private_channel": ("group", "groups:read")}


def create(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.create: a name is taken by whoever has it, also by what is archived or not to be seen."""
    name = arguments.text("name")
    _check_name(name)
    if name in {channel.name for channel in workspace.channels.values()}:
        raise Refused("name_taken")
    bot = workspace.identity.bot_user
    kind = "group" if arguments.flag("is_private") else "channel"
    channel = Channel(workspace.new_id("C"), name, kind, [], creator=bot)
    workspace.channels[channel.id] = channel
    enter(workspace, channel, bot)
    return {"ok": True, "channel": told(workspace, channel)}


def _check_name(name: str) -> None:
    if not name:
        raise Refused("invalid_name_required")
    if len(name) > NAME:
        raise Refused("invalid_name_maxlength")
    if any(not (sign.isalnum() and sign == sign.lower()) and sign not in "-_" for sign in name):
        raise Refused("invalid_name_specials")
    if not any(sign.isalnum() for sign in name):
        raise Refused("invalid_name_punctuation")


def of_user(workspace: Workspace, arguments: Arguments) -> Json:
    """users.conversations of the bot. A page may hold fewer than there is room for."""
    kinds = [_listed(workspace, each) for each in arguments.text("types", "public_channel").split(",")]
    page, following = cut(arguments, list(workspace.channels.values()), 100)
    shown = [each for each in page if each.kind in kinds and _is_listed(workspace, each)]
    shown = [each for each in shown if not (each.archived and arguments.flag("exclude_archived"))]
    channels = [{key: fact for key, fact in told(workspace, each).items() if key != "is_member"} for each in shown]
    return {"ok": True, "channels": channels, "response_metadata": {"next_cursor": following}}


def _listed(workspace: Workspace, wanted: str) -> str:
    if wanted not in LISTED:
        raise Refused("invalid_types")
    kind, scope = LISTED[wanted]
    if scope not in workspace.scopes:
        raise Refused("missing_scope", needed=scope, provided=",".join(workspace.scopes))
    return kind


def _is_listed(workspace: Workspace, channel: Channel) -> bool:
    is_too_new = workspace.lists_late and channel.creator == workspace.identity.bot_user
    return workspace.bot_is_in(channel) and not is_too_new


def set_topic(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.setTopic."""
    channel = _ours(workspace, arguments)
    channel.topic = _text(arguments.text("topic"))
    return {"ok": True, "channel": told(workspace, channel)}


def set_purpose(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.setPurpose."""
    channel = _ours(workspace, arguments)
    channel.purpose = _text(arguments.text("purpose"))
    return {"ok": True, "channel": told(workspace, channel)}


def _text(given: str) -> str:
    """As it is kept: with &amp; &lt; and &gt;, and that counts."""
    kept = html.escape(html.unescape(given), quote=False)
    if len(kept) > TEXT:
        raise Refused("too_long")
    return kept


def invite(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.invite: all of them, or nobody."""
    users = [each for each in arguments.text("users").split(",") if each]
    if not users:
        raise Refused("no_user")
    channel = _ours(workspace, arguments)
    for user in users[:INVITED_AT_ONCE]:
        _check_invited(workspace, channel, user)
    for user in users[:INVITED_AT_ONCE]:
        enter(workspace, channel, user, workspace.identity.bot_user)
    return {"ok": True, "channel": told(workspace, channel)}


def _check_invited(workspace: Workspace, channel: Channel, user: str) -> None:
    person = workspace.person(user)
    if person.deleted:
        raise Refused("cant_invite")
    if user == workspace.identity.bot_user:
        raise Refused("cant_invite_self")
    if user in channel.members:
        raise Refused("already_in_channel")
    if person.team != workspace.identity.team:
        raise Refused("no_external_invite_permission")
    others = (each for each in workspace.channels.values() if each.kind != "im")
    if person.ultra_restricted and any(user in each.members for each in others):
        raise Refused("ura_max_channels")


def kick(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.kick."""
    channel, user = workspace.channel(arguments.needed("channel")), arguments.needed("user")
    workspace.person(user)
    if user == workspace.identity.bot_user:
        raise Refused("cant_kick_self")
    if not workspace.bot_is_in(channel) or user not in channel.members:
        raise Refused("not_in_channel")
    leave(workspace, channel, user)
    return {"ok": True, "errors": {}}


def archive(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.archive."""
    channel = workspace.channel(arguments.needed("channel"))
    if channel.archived:
        raise Refused("already_archived")
    if not workspace.bot_is_in(channel):
        raise Refused("not_in_channel")
    channel.archived = True
    happened(workspace, "archive", channel, user=workspace.identity.bot_user)
    return {"ok": True}


def add_pin(workspace: Workspace, arguments: Arguments) -> Json:
    """pins.add."""
    channel, ts = workspace.channel(arguments.needed("channel")), arguments.needed("timestamp")
    if ts not in channel.messages:
        raise Refused("message_not_found")
    if not workspace.bot_is_in(channel):
        raise Refused("not_in_channel")
    if ts in channel.pins:
        raise Refused("already_pinned")
    if len(channel.pins) >= PINS:
        raise Refused("too_many_pins")
    channel.pins.append(ts)
    return {"ok": True}


def enter(workspace: Workspace, channel: Channel, user: str, inviter: str = "") -> Any:
    """Somebody is in it from now on, and all who are there hear so. What became of the event."""
    channel.members.append(user)
    workspace.joins.append((channel.id, user))
    event = _moved(workspace, "member_joined_channel", channel, user)
    return workspace.emit(event | ({"inviter": inviter} if inviter else {}), channel)


def leave(workspace: Workspace, channel: Channel, user: str) -> Any:
    """Somebody is in it no more. Who was put out hears `channel_left`, and the others who it was."""
    if user == workspace.identity.bot_user:
        first = happened(workspace, "left", channel, actor_id="U0")
        channel.members.remove(user)
        return first
    channel.members.remove(user)
    return workspace.emit(_moved(workspace, "member_left_channel", channel, user), channel)


def happened(workspace: Workspace, what: str, channel: Channel, **about: str) -> Any:
    """Tell of a channel: archive, unarchive, deleted, left."""
    family = "group" if channel.kind == "group" else "channel"
    event = {"type": f"{family}_{what}", "channel": channel.id, **about, "event_ts": workspace.new_ts()}
    return workspace.emit(event, channel if channel.kind == "group" or what == "left" else None)


def _moved(workspace: Workspace, kind: str, channel: Channel, user: str) -> Json:
    where = {"channel": channel.id, "channel_type": "C", "team": workspace.identity.team}
    return {"type": kind, "user": user, **where, "event_ts": workspace.new_ts()}


def _ours(workspace: Workspace, arguments: Arguments) -> Channel:
    channel = workspace.channel(arguments.needed("channel"))
    if channel.archived:
        raise Refused("is_archived")
    if not workspace.bot_is_in(channel):
        raise Refused("not_in_channel")
    return channel
