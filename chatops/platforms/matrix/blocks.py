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


def blocks(source: str) -> list[Element]:
    """The blocks of a Markdown text, in order."""
    return shown(parse(source))


def shown(element: Element) -> list[Element]:
    """What is inside an element, as blocks: words that stand loose are paragraphs."""
    made = TreeBuilder()
    made.start("div", {})
    _flow(made, element)
    return [*made.end("div")]


def element(tag: str, *nodes: Node, **attributes: str) -> Element:
    """An element of our own with these words and elements in it."""
    made = TreeBuilder()
    made.start(tag, attributes)
    for node in nodes:
        _show(made, node)
    return made.end(tag)


def _show(made: TreeBuilder, node: Node) -> None:
    if isinstance(node, str):
        made.data(node)
    elif node.tag == "a":
        _link(made, node)
    elif node.tag == "p":
        _flow(made, node)
    elif node.tag in HEADINGS:
        _wrapped(made, _nodes(node), "p", "strong")
    elif _is_lines_of_code(node):
        _wrapped(made, [(node.text or "").strip("\n")], "pre", "code")
    elif _is_tight(node):
        _wrapped(made, _trimmed(_nodes(node)), "li")
    elif node.tag == "pre" or node.tag not in BLOCKS:
        _wrapped(made, _nodes(node), node.tag)
    else:
        made.start(node.tag, {})
        _flow(made, node)
        made.end(node.tag)


def _flow(made: TreeBuilder, element: Element) -> None:
    """Blocks as they are, and what stands between them as paragraphs."""
    for is_block, run in groupby(_nodes(element), _is_block):
        if is_block:
            for node in run:
                _show(made, node)
        elif nodes := _trimmed(run):
            _wrapped(made, nodes, "p")


def _wrapped(made: TreeBuilder, nodes: Iterable[Node], *tags: str) -> None:
    for tag in tags:
        made.start(tag, {})
    for node in nodes:
        _show(made, node)
    for tag in reversed(tags):
        made.end(tag)


def _nodes(element: Element) -> Iterator[Node]:
    """Words and elements, in order. The parser puts a line end of its own behind each break."""
    yield element.text or ""
    for child in element:
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


def _is_lines_of_code(element: Element) -> bool:
    return element.tag == "code" and "\n" in (element.text or "").strip("\n")


def _is_tight(element: Element) -> bool:
    """An item of words alone, and of lists behind them."""
    return element.tag == "li" and all(node.tag in ("ul", "ol") for node in element if _is_block(node))


def _link(made: TreeBuilder, link: Element) -> None:
    """A link without words shows its address; one whose words hold an address of their own shows both.

    What a client would draw as a person is text, and so is what is very long.
    """
    url, words = link.get("href", ""), "".join(link.itertext())
    if link.find(".//a") is not None:
        _inside(made, link)
        made.data(" (")
        _address(made, url)
        made.data(")")
    elif _names_a_person(url) or len((words + url).encode()) > limits.LINK:
        _inside(made, link)
        made.data("" if words == url else f" ({url})")
    elif words.strip():
        made.start("a", {"href": url})
        _inside(made, link)
        made.end("a")
    else:
        _address(made, url)


def _inside(made: TreeBuilder, element: Element) -> None:
    _wrapped(made, _nodes(element))


def _address(made: TreeBuilder, url: str) -> None:
    _link(made, element("a", url, href=url))


def _names_a_person(url: str) -> bool:
    """`https://matrix.to/#/@anna:example.org`, also encoded, or in a client's own way.

    spec.matrix.org/latest/appendices/#matrixto-navigation
    """
    return "@" in unquote(urlsplit(url).fragment)
