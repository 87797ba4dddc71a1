"""What Slack would make active in a message: mentions, broadcasts, links. Where Slack is unclear, active.

docs.slack.dev/messaging/formatting-message-text; chat.postMessage and chat.update under «Formatting».
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from slackside.workspace import Message, Workspace

TOKEN = re.compile(r"<(?:[@#!][^<>]+|(?:https?|mailto|slack|tel):[^<>]*)>")
ADDRESS = re.compile(r"(?<![<\w|])https?://[^\s<>|]+")
LABELLED = re.compile(r"\]\([^)\s]+\)|(?<!\w)www\.\w[^\s<>]*")
BROADCAST = re.compile(r"(?<![\w<!])@(?:here|channel|everyone|group)\b")
NAME = re.compile(r"(?<![\w<&])[@#][\w.åäö-]+")
MENTIONS = {"user": "<@{user_id}>", "usergroup": "<!subteam^{usergroup_id}>", "channel": "<#{channel_id}>"}
NODES = MENTIONS | {"broadcast": "<!{range}>", "link": "<{url}>"}
AS_NAMES_ARE_READ = ("full", "client")


def live(workspace: "Workspace", message: "Message") -> list[str]:
    """Everything active in it, each as Slack writes it, in order."""
    names = message.link_names or message.parse in AS_NAMES_ARE_READ
    found = list(_in_text(workspace, message.text, addresses=message.parse != "none", names=names))
    return found + live_in_blocks(workspace, message.blocks)


def live_in_blocks(workspace: "Workspace", blocks: Any) -> list[str]:
    """Everything active in blocks, as in a view."""
    return list(_in_blocks(workspace, blocks))


def _in_text(workspace: "Workspace", text: str, *, addresses: bool, names: bool) -> Iterator[str]:
    yield from TOKEN.findall(text)
    if addresses:
        yield from ADDRESS.findall(text)
    if names:
        yield from BROADCAST.findall(text)
        known = {f"@{each.name}" for each in workspace.people.values()}
        known |= {f"#{each.name}" for each in workspace.channels.values()}
        yield from (name for name in NAME.findall(text) if name in known)


def _in_blocks(workspace: "Workspace", node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _in_blocks(workspace, each)
    elif isinstance(node, dict):
        yield from _in_node(workspace, node)
        for value in node.values():
            yield from _in_blocks(workspace, value)


def _in_node(workspace: "Workspace", node: dict[str, Any]) -> Iterator[str]:
    kind, text = node.get("type"), node.get("text")
    if kind in NODES:
        yield NODES[kind].format_map(node)
    elif kind == "date" and node.get("url"):
        yield f"<{node['url']}>"
    elif kind == "mrkdwn" and isinstance(text, str):
        loose = not node.get("verbatim", False)
        yield from _in_text(workspace, text, addresses=loose, names=loose)
    elif kind == "markdown" and isinstance(text, str):
        yield from _in_text(workspace, text, addresses=True, names=True)
        yield from LABELLED.findall(text)
