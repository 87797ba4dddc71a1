"""What a POST to a response_url does: docs.slack.dev/interactivity/handling-user-interaction#message_responses."""

import time
from typing import Any

from slackside.arguments import Arguments
from slackside.block_kit import check_message
from slackside.chat import whisper
from slackside.payloads import ResponseUrl
from slackside.workspace import Json, Message, Refused, Workspace

USES = 5
SECONDS = 1_800


def respond(workspace: Workspace, url: ResponseUrl, given: Json) -> None:
    """Show, replace or delete, as the body says; Refused when the address is used up or the body is wrong."""
    if time.monotonic() - url.made > SECONDS:
        raise Refused("expired_url")
    if url.uses >= USES:
        raise Refused("used_url")
    arguments = Arguments(given)
    if arguments.flag("delete_original"):
        _delete(workspace, url)
    elif arguments.flag("replace_original") and url.message:
        _replace(workspace, url.message, content(given))
    else:
        show(workspace, url.channel, url.by, given)
    url.uses += 1


def show(workspace: Workspace, channel: str, by: str, given: Json) -> Message:
    """A new message, to one person unless it says in_channel."""
    said = content(given)
    if given.get("response_type") == "in_channel":
        who = workspace.identity.bot_user
        return workspace.add(Message(workspace.new_ts(), channel, who, thread_ts=given.get("thread_ts"), **said))
    return whisper(workspace, channel, by, **said)


def content(given: Json) -> dict[str, Any]:
    """Text and blocks, or no_text."""
    blocks = check_message(Arguments(given).structure("blocks", "invalid_blocks_format"))
    if not given.get("text") and not blocks:
        raise Refused("no_text")
    return {"text": given.get("text") or "", "blocks": blocks}


def _delete(workspace: Workspace, url: ResponseUrl) -> None:
    message = url.message
    if message is None:
        return
    if message.to:
        workspace.ephemerals[:] = [each for each in workspace.ephemerals if each is not message]
        workspace.witness("deleted", message)
    else:
        workspace.remove(message)


def _replace(workspace: Workspace, message: Message, said: dict[str, Any]) -> None:
    if not message.to:
        workspace.change(message, **said)
        return
    message.text, message.blocks = said["text"], said["blocks"]
    message.edited += 1
    workspace.witness("changed", message)
