"""Blocks as the text a person reads."""

from collections.abc import Iterator
from typing import Any

LINES = {"rich_text_section", "rich_text_preformatted", "rich_text_quote"}
SAID = {"user": "@{user_id}", "channel": "#{channel_id}", "broadcast": "@{range}", "emoji": ":{name}:"}


def words(blocks: list[dict[str, Any]]) -> str:
    """The text of blocks, a line for each piece; buttons stand as [label]."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _lines(each)
    elif isinstance(node, dict):
        yield from _of_node(node)


def _of_node(node: dict[str, Any]) -> Iterator[str]:
    kind, text = node.get("type"), node.get("text")
    if kind in LINES:
        yield from "".join(_inline(each) for each in node["elements"]).strip("\n").split("\n")
    elif kind == "rich_text_list":
        for each in node["elements"]:
            first, *more = _lines(each)
            yield from (f"• {first}", *more)
    elif kind == "button":
        yield f"[{text['text']}]"
    elif isinstance(text, str):
        yield text
    else:
        for key in ("title", "label", "text", "fields", "elements", "accessory", "element", "placeholder", "options"):
            yield from _lines(node.get(key))
        yield from _lines(node.get("hint"))


def _inline(node: dict[str, Any]) -> str:
    kind = node["type"]
    if kind in SAID:
        return SAID[kind].format_map(node)
    return str(node.get("text") or node.get("url") or node.get("fallback") or "")
