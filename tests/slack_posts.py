"""Reads posts for Slack back, and judges them as strictly as Slack does."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from chatops.platforms.slack import limits
from chatops.platforms.slack.blocks import Post
from digests.markup import parse

ELEMENTS = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
KNOWN = ELEMENTS | {"rich_text", "divider", "header", "actions", "button", "plain_text", "text", "link"}
ENTITY = re.compile("&(?:amp|lt|gt);")


def nodes(post: Post, *types: str) -> list[dict[str, Any]]:
    """Everything in the blocks that has one of these types, in order."""
    return [node for node in _walked(post.blocks) if node["type"] in types]


def words(*posts: Post) -> str:
    """The words that the blocks show, buttons aside, without space."""
    shown = (node["text"] for post in posts for node in nodes(post, "header", "text", "link"))
    return squeezed("".join(text["text"] if isinstance(text, dict) else text for text in shown))


def squeezed(text: str) -> str:
    """Without space."""
    return "".join(text.split())


def words_of(source: str) -> str:
    """The words of a Markdown text as Slack is to show them, without space."""
    return squeezed(_said(parse(source)))


def assert_within_limits(post: Post) -> None:
    """Slack would take it."""
    assert len(post.text) <= limits.TEXT
    assert len(post.blocks) <= limits.BLOCKS
    assert len(json.dumps(post.blocks, ensure_ascii=False)) <= limits.BLOCKS_JSON
    for header in nodes(post, "header"):
        assert 1 <= len(header["text"]["text"]) <= limits.HEADER
    for buttons in nodes(post, "actions"):
        assert 1 <= len(buttons["elements"]) <= limits.ACTIONS
    for node in nodes(post, "button"):
        assert 1 <= len(node["text"]["text"]) <= limits.BUTTON_LABEL
    for node in nodes(post, "rich_text", *ELEMENTS):
        assert node["elements"]
        assert 0 <= node.get("indent", 0) <= limits.INDENT
    assert all(node["text"] for node in nodes(post, "text", "link"))


def assert_nothing_live(post: Post) -> None:
    """Nothing that somebody typed calls anybody, or leads elsewhere than to the web and to mail."""
    assert not re.search("[<>]", post.text), post.text
    assert "&" not in ENTITY.sub("", post.text), post.text
    assert {node["type"] for node in _walked(post.blocks)} <= KNOWN
    assert all(node["emoji"] is False for node in nodes(post, "plain_text"))
    assert all(link["url"].startswith(("http://", "https://", "mailto:")) for link in nodes(post, "link"))


def assert_text_holds_all(post: Post) -> None:
    """Who hears the text alone misses no word of the blocks."""
    heard = html.unescape(post.text)
    place = 0
    for node in nodes(post, "plain_text", "text", "link"):
        for word in node["text"].split():
            place = heard.index(word, place) + len(word)


def _walked(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "type" in value:
            yield value
        for inner in value.values():
            yield from _walked(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walked(inner)


def _said(element: Element) -> str:
    inside = (element.text or "") + "".join(_said(child) + (child.tail or "") for child in element)
    url = element.get("href", "")
    in_two = element.find(".//a") is not None
    too_long = len(html.escape(inside + url, quote=False)) > limits.LINK and inside != url
    return f"{inside} ({url})" if url and (in_two or too_long) else inside
