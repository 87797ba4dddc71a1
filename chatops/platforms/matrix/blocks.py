"""Markdown as Matrix can show it: the tree in the simplest tags, with links that say where they lead.

The tags that clients take: spec.matrix.org/latest/client-server-api/#mroommessage-msgtypes
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, TreeBuilder

from chatops.platforms.matrix import limits
from digests.markup import BLOCKS, HEADINGS, parse

Node = Element | str
LISTS = ("ul", "ol")


def blocks(source: str) -> list[Element]:
    """The blocks of a Markdown text, in order."""
    return shown(parse(source))


def shown(parent: Element) -> list[Element]:
    """What is inside an element, as blocks: words that stand loose are paragraphs."""
    return [*element("div", parent)]


def element(tag: str, *nodes: Node, **attributes: str) -> Element:
    """An element of our own with these words and elements in it."""
    page = _Page(tag, attributes)
    for node in nodes:
        page.show(node)
    return page.close()


class _Page:
    """A tree that is being written."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self._made = TreeBuilder()
        self._made.start(tag, attributes)
        self._root = tag

    def close(self) -> Element:
        """The tree."""
        return self._made.end(self._root)

    def show(self, node: Node) -> None:
        """Write a node as Matrix can show it."""
        if isinstance(node, str):
            self._made.data(node)
        elif node.tag == "a":
            self._link(node)
        elif node.tag in ("p", "div"):
            self._flow(node)
        elif node.tag in HEADINGS:
            self._wrapped(_nodes(node), "p", "strong")
        elif _is_lines_of_code(node):
            self._wrapped([(node.text or "").strip("\n")], "pre", "code")
        elif _is_tight(node):
            self._wrapped(_trimmed(_nodes(node)), "li")
        elif node.tag == "pre" or node.tag not in BLOCKS:
            self._wrapped(_nodes(node), node.tag)
        else:
            self._made.start(node.tag, dict(node.attrib))
            self._flow(node)
            self._made.end(node.tag)

    def _flow(self, parent: Element) -> None:
        """Blocks as they are, and what stands between them as paragraphs."""
        for is_block, run in groupby(_nodes(parent), _is_block):
            if is_block:
                self._wrapped(run)
            elif nodes := _trimmed(run):
                self._wrapped(nodes, "p")

    def _wrapped(self, nodes: Iterable[Node], *tags: str) -> None:
        for tag in tags:
            self._made.start(tag, {})
        for node in nodes:
            self.show(node)
        for tag in reversed(tags):
            self._made.end(tag)

    def _link(self, link: Element) -> None:
        """A link without words shows its address; one whose words hold an address of their own shows both.

        What a client would draw as a person is text, and so is what is very long.
        """
        url, words = link.get("href", ""), "".join(link.itertext())
        if link.find(".//a") is not None:
            self._wrapped([*_nodes(link), " (", _address(url), ")"])
        elif _names_a_person(url) or len((words + url).encode()) > limits.LINK:
            self._wrapped([*_nodes(link), "" if words == url else f" ({url})"])
        else:
            self._made.start("a", {"href": url})
            self._wrapped(_nodes(link) if words.strip() else [url])
            self._made.end("a")


def _nodes(parent: Element) -> Iterator[Node]:
    """Words and elements, in order. The parser puts a line end of its own behind each break."""
    yield parent.text or ""
    for child in parent:
        yield child
        tail = child.tail or ""
        yield tail.removeprefix("\n") if child.tag == "br" else tail


def _trimmed(run: Iterable[Node]) -> list[Node]:
    """Without breaks and empty words at both ends."""
    nodes = list(run)
    while nodes and _is_empty(nodes[0]):
        del nodes[0]
    while nodes and _is_empty(nodes[-1]):
        del nodes[-1]
    return nodes


def _is_empty(node: Node) -> bool:
    return not node.strip() if isinstance(node, str) else node.tag == "br"


def _is_block(node: Node) -> bool:
    return not isinstance(node, str) and (node.tag in BLOCKS or _is_lines_of_code(node))


def _is_lines_of_code(node: Element) -> bool:
    return node.tag == "code" and "\n" in (node.text or "").strip("\n")


def _is_tight(node: Element) -> bool:
    """An item of words alone, and of lists behind them."""
    inside = [child for child in node if _is_block(child)]
    return node.tag == "li" and all(child.tag in LISTS and _is_empty(child.tail or "") for child in inside)


def _address(url: str) -> Element:
    link = Element("a", {"href": url})
    link.text = url
    return link


def _names_a_person(url: str) -> bool:
    """`https://matrix.to/#/@anna:example.org`, also encoded, or in a client's own way.

    spec.matrix.org/latest/appendices/#matrixto-navigation
    """
    return "@" in unquote(urlsplit(url).fragment)
