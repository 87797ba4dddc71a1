"""Reads contents for Matrix back, and judges them as a strict client does."""

import json
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from chatops.commands import COMMANDS
from chatops.platforms.matrix import limits
from chatops.platforms.matrix.content import Content, posts
from config.texts import texts_in
from digests.markup import parse
from storage.messages import Message

SV = texts_in("sv")
KEYS = {"msgtype", "body", "format", "formatted_body", "m.mentions"}
# What Tuva uses of the tags in spec.matrix.org/v1.16/client-server-api/#mroommessage-msgtypes, and where each stands.
FLOW = {"", "li", "blockquote"}
WORDS = {"p", "li", "strong", "em", "a"}
PARENTS = {
    "p": FLOW,
    "ul": FLOW,
    "ol": FLOW,
    "pre": FLOW,
    "hr": FLOW,
    "blockquote": FLOW,
    "li": {"ul", "ol"},
    "strong": WORDS,
    "em": WORDS,
    "a": WORDS,
    "code": WORDS | {"pre"},
    "br": WORDS | {"code"},
}
VOID = {"br", "hr"}
ATTRIBUTES = {("a", "href"), ("ol", "start")}
NESTING_LIMIT = 100


class Page(HTMLParser):
    """The words and links of a formatted body. Fails on any tag, attribute or nesting that is not allowed."""

    def __init__(self, content: Content) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self._open = [""]
        self.feed(content["formatted_body"])
        self.close()
        assert self._open == [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert self._open[-1] in PARENTS[tag], (tag, self._open)
        assert tag not in self._open or tag in {"ul", "ol", "li", "blockquote", "em", "strong"}
        assert {(tag, name) for name, _ in attrs} <= ATTRIBUTES
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in VOID:
            self._open.append(tag)
        assert len(self._open) <= NESTING_LIMIT

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        assert self._open[-1] not in {"", "ul", "ol", "blockquote"} or not data.strip()
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = unknown_decl = handle_pi = handle_comment


def html(content: Content) -> str:
    """Its formatted body. A line end between two blocks is for previews, and no part of what is shown."""
    return re.sub(r"(?<=>)\n(?=<)", "", str(content["formatted_body"]))


def post(body: str, **parts: Any) -> Content:
    """The one post of a good message."""
    [content] = posts(Message(body, **parts), SV, COMMANDS)
    assert_good(content)
    return content


def several(body: str, **parts: Any) -> tuple[Content, ...]:
    """The posts of a message that is too long for one."""
    contents = posts(Message(body, **parts), SV, COMMANDS)
    for content in contents:
        assert_good(content)
    assert len(contents) > 1
    return contents


def size(content: Content) -> int:
    """What the words of a content take, in bytes of JSON."""
    said = (content["body"], content["formatted_body"])
    return sum(len(json.dumps(words, ensure_ascii=False).encode()) - 2 for words in said)


def assert_good(content: Content) -> None:
    """Every client takes it, nothing that somebody typed is obeyed, and its plain text is complete."""
    assert content.keys() == KEYS
    assert (content["msgtype"], content["format"]) == ("m.notice", "org.matrix.custom.html")
    assert content["m.mentions"] == {}
    assert size(content) <= limits.POST
    page = Page(content)
    for link in page.links:
        assert link.startswith(("http://", "https://", "mailto:"))
        assert "@" not in unquote(link.partition("#")[2]), link
    place = 0
    for word in " ".join(page.words).split():
        place = content["body"].index(word, place) + len(word)


def words(*contents: Content) -> str:
    """The words that a reader sees, without space."""
    return squeezed("".join(word for content in contents for word in Page(content).words))


def squeezed(text: str) -> str:
    """Without space."""
    return "".join(text.split())


def words_of(source: str) -> str:
    """The words of a Markdown text as Matrix is to show them, without space."""
    return squeezed(_said(parse(source)))


def _said(element: Element) -> str:
    inside = (element.text or "") + "".join(_said(child) + (child.tail or "") for child in element)
    url = element.get("href", "")
    if url and not inside.strip():
        return url
    in_two = element.find(".//a") is not None
    is_text = "@" in unquote(url.partition("#")[2]) or len((inside + url).encode()) > limits.LINK
    return f"{inside} ({url})" if url and (in_two or (is_text and inside != url)) else inside
