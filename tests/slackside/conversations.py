"""The conversations.* methods."""

from typing import Any

from slackside.arguments import Arguments
from slackside.workspace import Channel, Json, Message, Refused, Workspace

PAGE = 100
THREAD_PAGE = 1_000
LONGEST_PAGE = 1_000


def info(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.info."""
    return {"ok": True, "channel": told(workspace, workspace.channel(arguments.needed("channel")))}


def told(workspace: Workspace, channel: Channel) -> Json:
    """A channel as the Web API tells of it."""
    kinds = {"is_channel": "channel", "is_group": "group", "is_im": "im"}
    about: Json = {"id": channel.id, "is_archived": channel.archived, "is_mpim": False, "created": 1}
    about |= {key: channel.kind == kind for key, kind in kinds.items()}
    about |= {"is_private": channel.kind != "channel", "context_team_id": workspace.identity.team}
    if channel.kind == "im":
        return about | {"user": channel.members[-1], "is_user_deleted": False, "is_open": True}
    shared = {"is_shared": channel.shared, "is_ext_shared": channel.shared, "is_org_shared": False}
    names = {"name": channel.name, "name_normalized": channel.name, "is_general": False, "creator": channel.creator}
    said = {"topic": channel.topic, "purpose": channel.purpose}
    texts = {key: {"value": value, "creator": "", "last_set": 0} for key, value in said.items()}
    return about | shared | names | texts | {"is_member": workspace.bot_is_in(channel)}


def history(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.history: the newest first, without replies in threads."""
    channel = _readable(workspace, arguments)
    standing = [each for each in channel.messages.values() if each.thread_ts in (None, each.ts) or each.broadcast]
    return _page(workspace, arguments, [each for each in reversed(standing) if _within(each, arguments)], PAGE)


def replies(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.replies: the first message of the thread, then its replies, the oldest first."""
    channel = _readable(workspace, arguments)
    parent = channel.messages.get(arguments.needed("ts"))
    if parent is None:
        raise Refused("thread_not_found")
    found = [each for each in channel.replies(parent.ts) if _within(each, arguments)]
    return _page(workspace, arguments, [parent, *found], THREAD_PAGE)


def join(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.join: a public channel only."""
    channel = workspace.channel(arguments.needed("channel"))
    if channel.archived:
        raise Refused("is_archived")
    if channel.kind != "channel":
        raise Refused("method_not_supported_for_channel_type")
    if workspace.bot_is_in(channel):
        warned = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
        return {"ok": True, "channel": told(workspace, channel), **warned}
    channel.members.append(workspace.identity.bot_user)
    return {"ok": True, "channel": told(workspace, channel)}


def open_direct(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.open with one person."""
    person = workspace.person(arguments.needed("users"))
    if person.deleted:
        raise Refused("user_disabled")
    if person.is_bot:
        raise Refused("cannot_dm_bot")
    known = f"D{person.id[1:]}" in workspace.channels
    channel = workspace.direct(person.id)
    whole = told(workspace, channel) if arguments.flag("return_im") else {"id": channel.id}
    return {"ok": True, "no_op": known, "already_open": known, "channel": whole}


def members(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.members."""
    channel = workspace.channel(arguments.needed("channel"))
    shown, following = cut(arguments, channel.members, PAGE)
    return {"ok": True, "members": shown, "response_metadata": {"next_cursor": following}}


def _readable(workspace: Workspace, arguments: Arguments) -> Channel:
    channel = workspace.channel(arguments.needed("channel"))
    if not workspace.bot_is_in(channel):
        raise Refused("not_in_channel")
    return channel


def _within(message: Message, arguments: Arguments) -> bool:
    oldest, latest = _moment(arguments.text("oldest", "0")), _moment(arguments.text("latest", "9999999999"))
    at = _moment(message.ts)
    return oldest <= at <= latest if arguments.flag("inclusive") else oldest < at < latest


def _moment(ts: str) -> tuple[int, str]:
    try:
        seconds, _, fraction = (ts or "0").partition(".")
        return int(seconds), fraction.ljust(6, "0")
    except ValueError:
        raise Refused("invalid_arguments", f"[ERROR] invalid timestamp: {ts}") from None


def _page(workspace: Workspace, arguments: Arguments, found: list[Message], usual: int) -> Json:
    shown, following = cut(arguments, found, usual)
    whole = arguments.flag("include_all_metadata")
    answer: Json = {"ok": True, "messages": [workspace.message_json(each, with_metadata=whole) for each in shown]}
    answer |= {"has_more": bool(following), "pin_count": 0}
    return answer | ({"response_metadata": {"next_cursor": following}} if following else {})


def cut(arguments: Arguments, found: list[Any], usual: int) -> tuple[list[Any], str]:
    """One page of what there is, and the cursor of the next; empty at the end."""
    cursor, limit = arguments.text("cursor"), arguments.whole("limit", usual)
    if not 1 <= limit <= LONGEST_PAGE:
        raise Refused("invalid_limit")
    if cursor and not cursor.startswith("bmV4dDo"):
        raise Refused("invalid_cursor")
    start = int(cursor.removeprefix("bmV4dDo") or 0)
    end = start + limit
    return found[start:end], f"bmV4dDo{end}" if end < len(found) else ""
