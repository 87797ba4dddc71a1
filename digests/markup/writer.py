"""Writes a tree of Markdown as HTML and as plain text."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

import nh3

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | {"p", "li", "blockquote", "pre", "ul", "ol", "hr", "div"}
# Blocks that may begin on the line of a list's dash.
LINES = HEADINGS | {"p", "pre"}
TAGS = {"p", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "a", "br", "hr"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}


def as_html(tree: Element) -> str:
    """The blocks of a tree in a short list of harmless tags, with links to the web and to mail alone."""
    written = "".join(tostring(block, encoding="unicode", method="html") for block in tree)
    return nh3.clean(written, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None).strip()


def as_text(tree: Element) -> str:
    """The blocks of a tree in words: links with their address behind, lists with dashes, nothing else marked."""
    return "\n".join(line.rstrip() for line in _blocks(tree, "")).strip("\n")


def _blocks(parent: Element, indent: str) -> Iterator[str]:
    numbered = parent.tag == "ol"
    for place, block in enumerate(parent, int(parent.get("start", 1))):
        match block.tag:
            case "ul" | "ol":
                yield from _blocks(block, indent)
                if parent.tag == "div":
                    yield ""
            case "li":
                yield from _item(block, indent, f"{place}. " if numbered else "– ")
            case "blockquote":
                yield from (indent + "│ " + line for line in _blocks(block, "") if line)
                yield ""
            case "hr":
                yield from ("—", "")
            case _:
                yield from (indent + line for line in _inline(block).strip("\n").split("\n"))
                yield ""


def _item(item: Element, indent: str, mark: str) -> Iterator[str]:
    nested = [child for child in item if child.tag in BLOCKS]
    own = _inline(item).strip()
    if not own and nested and nested[0].tag in LINES:
        own = _inline(nested.pop(0)).strip()
    hanging = indent + " " * len(mark)
    first, *rest = own.split("\n")
    yield indent + mark + first
    yield from (hanging + line.strip() for line in rest)
    inner = Element("li")
    inner.extend(nested)
    yield from (line for line in _blocks(inner, hanging) if line)


def _inline(element: Element) -> str:
    words = element.text or ""
    for child in element:
        if child.tag not in BLOCKS:
            words += "\n" if child.tag == "br" else _inline(child) + _address(child)
        words += child.tail or ""
    return words.replace("\n\n", "\n")


def _address(element: Element) -> str:
    target = element.get("href")
    return f" ({target.removeprefix('mailto:')})" if target and target != element.text else ""
