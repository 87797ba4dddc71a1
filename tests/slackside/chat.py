"""The chat.* methods."""

import json
from typing import Any

from slackside.arguments import Arguments
from slackside.block_kit import check_message
from slackside.workspace import Channel, Json, Message, Refused, Workspace

SPLIT_AT = 4_000
CUT_AT = 40_000
UPDATE_TEXT = 4_000
METADATA = 8_000
NOTHING_TO_SHOW = "This content can't be displayed."


def post_message(workspace: Workspace, arguments: Arguments) -> Json:
    """chat.postMessage: text over 4,000 characters comes out as several messages, over 40,000 it is cut."""
    channel = _writable(workspace, arguments)
    content = _content(arguments)
    thread = _thread(channel, arguments)
    text = content.pop("text")[:CUT_AT]
    pieces = [text] if content["blocks"] else [text[at : at + SPLIT_AT] for at in range(0, len(text) or 1, SPLIT_AT)]
    posted = [_post(workspace, channel, arguments, text=piece, thread_ts=thread, **content) for piece in pieces]
    told = workspace.message_json(posted[0])
    return {"ok": True, "channel": channel.id, "ts": posted[0].ts, "message": told}


def _post(workspace: Workspace, channel: Channel, arguments: Arguments, **content: Any) -> Message:
    message = Message(
        workspace.new_ts(),
        channel.id,
        workspace.identity.bot_user,
        metadata=metadata(arguments),
        parse=arguments.text("parse"),
        link_names=arguments.flag("link_names"),
        broadcast=arguments.flag("reply_broadcast"),
        client_msg_id=arguments.text("client_msg_id") or None,
        **content,
    )
    return workspace.add(message)


def update(workspace: Workspace, arguments: Arguments) -> Json:
    """chat.update: blocks go when only text is given; metadata stays unless it is given."""
    channel = workspace.channel(arguments.needed("channel"))
    if channel.archived:
        raise Refused("is_inactive")
    message = _own(workspace, channel, arguments, "cant_update_message")
    content = _content(arguments)
    if len(arguments.text("text")) > UPDATE_TEXT:
        raise Refused("msg_too_long")
    if "metadata" in arguments.given:
        content["metadata"] = metadata(arguments)
    reading = {"parse": arguments.text("parse", "client"), "link_names": arguments.flag("link_names")}
    workspace.change(message, **content, **reading, shows_edited=not content["blocks"])
    told = workspace.message_json(message)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "text": message.text, "message": told}


def delete(workspace: Workspace, arguments: Arguments) -> Json:
    """chat.delete."""
    channel = workspace.channel(arguments.needed("channel"))
    message = _own(workspace, channel, arguments, "cant_delete_message")
    workspace.remove(message)
    return {"ok": True, "channel": channel.id, "ts": message.ts}


def post_ephemeral(workspace: Workspace, arguments: Arguments) -> Json:
    """chat.postEphemeral: only to somebody who is in the channel."""
    channel = _writable(workspace, arguments)
    user = arguments.needed("user")
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    content = _content(arguments)
    message = whisper(workspace, channel.id, user, thread_ts=arguments.text("thread_ts") or None, **content)
    message.parse, message.link_names = arguments.text("parse"), arguments.flag("link_names")
    return {"ok": True, "message_ts": message.ts}


def whisper(workspace: Workspace, channel: str, user: str, **content: Any) -> Message:
    """An ephemeral message: seen by one person, kept by nobody."""
    message = Message(workspace.new_ts(), channel, workspace.identity.bot_user, to=user, **content)
    workspace.ephemerals.append(message)
    workspace.witness("whispered", message)
    return message


def get_permalink(workspace: Workspace, arguments: Arguments) -> Json:
    """chat.getPermalink."""
    channel = workspace.channel(arguments.needed("channel"))
    ts = arguments.needed("message_ts")
    if ts not in channel.messages:
        raise Refused("message_not_found")
    link = f"https://{workspace.identity.domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"ok": True, "channel": channel.id, "permalink": link}


def metadata(arguments: Arguments) -> Json | None:
    """The metadata of a message, at most 8,000 characters."""
    given = arguments.structure("metadata", "invalid_metadata_format")
    if not given:
        return None
    if not isinstance(given, dict) or not isinstance(given.get("event_payload"), dict) or not given.get("event_type"):
        raise Refused("invalid_metadata_format")
    if len(json.dumps(given, ensure_ascii=False)) > METADATA:
        raise Refused("metadata_too_large")
    return given


def _writable(workspace: Workspace, arguments: Arguments) -> Channel:
    number = arguments.needed("channel")
    channel = workspace.direct(number) if number in workspace.people else workspace.channel(number)
    if channel.archived:
        raise Refused("is_archived")
    if not workspace.bot_is_in(channel):
        raise Refused("not_in_channel")
    return channel


def _content(arguments: Arguments) -> Json:
    blocks = check_message(arguments.structure("blocks", "invalid_blocks_format"))
    text = arguments.text("text")
    if not text and not blocks:
        raise Refused("no_text")
    return {"text": text or NOTHING_TO_SHOW, "blocks": blocks}


def _thread(channel: Channel, arguments: Arguments) -> str | None:
    """Where the first message of a thread is gone, Slack posts to the channel without a word (slack-go issue 1571)."""
    parent = channel.messages.get(arguments.text("thread_ts"))
    return (parent.thread_ts or parent.ts) if parent else None


def _own(workspace: Workspace, channel: Channel, arguments: Arguments, otherwise: str) -> Message:
    message = channel.messages.get(arguments.needed("ts"))
    if message is None:
        raise Refused("message_not_found")
    if message.user != workspace.identity.bot_user:
        raise Refused(otherwise)
    return message
