"""Markdown as Slack can show it: no tree, but paragraphs one after the other, each made of pieces."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, takewhile
from xml.etree.ElementTree import Element

from chatops.platforms.slack import limits
from chatops.platforms.slack.mrkdwn import escaped
from digests.markup import BLOCKS, HEADINGS, TEXTS_AT_HAND, parse

LOOKS = {"strong": "bold", "em": "italic", "code": "code"}
PLAIN: frozenset[str] = frozenset()


class Shape(StrEnum):
    """How a paragraph stands on the page. Lists have Slack's own words."""

    TEXT = "text"
    BULLET = "bullet"
    ORDERED = "ordered"
    CODE = "code"
    RULE = "rule"


@dataclass(frozen=True)
class Piece:
    """Words of one look (`bold`, `italic`, `code`). With a `url` they are a link."""

    words: str
    look: frozenset[str] = PLAIN
    url: str = ""

    @property
    def address(self) -> str:
        """Where a link leads, when its words do not say so."""
        return "" if self.url == self.words else self.url.removeprefix("mailto:")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph or list item. `number` counts the items of a list from 1; `indent` is how deep the list is."""

    pieces: tuple[Piece, ...] = ()
    shape: Shape = Shape.TEXT
    quoted: bool = False
    indent: int = 0
    number: int = 0

    @property
    def is_item(self) -> bool:
        """It is one of a list."""
        return self.shape in (Shape.BULLET, Shape.ORDERED)


@lru_cache(TEXTS_AT_HAND)
def paragraphs(source: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a Markdown text, in order."""
    return tuple(_blocks(parse(source), Paragraph()))


def trimmed(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """`pieces` without space at both ends."""
    kept = list(pieces)
    while kept and not kept[0].words.strip():
        del kept[0]
    while kept and not kept[-1].words.strip():
        del kept[-1]
    if kept:
        kept[0] = replace(kept[0], words=kept[0].words.lstrip())
        kept[-1] = replace(kept[-1], words=kept[-1].words.rstrip())
    return tuple(kept)


def _merged(pieces: Iterable[Piece]) -> list[Piece]:
    """Those of one look become one."""
    alike = groupby(filter(lambda piece: piece.words, pieces), key=lambda piece: (piece.look, piece.url))
    return [Piece("".join(piece.words for piece in run), look, url) for (look, url), run in alike]


def _blocks(parent: Element, place: Paragraph, look: frozenset[str] = PLAIN) -> Iterator[Paragraph]:
    """What stands in a block. `place` tells whether that is quoted, and how deep a list in it would be."""
    pieces = [Piece(parent.text or "", look)]
    for child in parent:
        if child.tag in BLOCKS or _is_lines_of_code(child):
            yield from _paragraph(pieces, place)
            yield from _block(child, place)
            pieces = []
        else:
            pieces += _inline(child, look)
        pieces.append(Piece(_tail(child), look))
    yield from _paragraph(pieces, place)


def _block(block: Element, place: Paragraph) -> Iterator[Paragraph]:
    match block.tag:
        case "hr":
            yield Paragraph(shape=Shape.RULE)
        case "code":
            yield Paragraph((Piece((block.text or "").strip("\n")),), Shape.CODE, place.quoted)
        case "ul" | "ol":
            yield from _items(block, place)
        case "blockquote":
            yield from _blocks(block, replace(place, quoted=True))
        case _:
            yield from _blocks(block, place, frozenset({"bold"}) if block.tag in HEADINGS else PLAIN)


def _items(parent: Element, place: Paragraph) -> Iterator[Paragraph]:
    """The items of a list. What is more than words in an item stands behind it."""
    shape = Shape.ORDERED if parent.tag == "ol" else Shape.BULLET
    deeper = replace(place, indent=min(place.indent + 1, limits.INDENT))
    for number, item in enumerate(parent, 1):
        inner = list(_blocks(item, deeper))
        own = list(takewhile(lambda inside: inside.shape is Shape.TEXT and inside.quoted is place.quoted, inner))
        if own:
            pieces = [piece for inside in own for piece in (Piece("\n"), *inside.pieces)]
            yield replace(place, pieces=trimmed(_merged(pieces)), shape=shape, number=number)
        yield from inner[len(own) :]


def _paragraph(pieces: list[Piece], place: Paragraph) -> Iterator[Paragraph]:
    if kept := trimmed(_merged(pieces)):
        yield Paragraph(kept, quoted=place.quoted)


def _is_lines_of_code(element: Element) -> bool:
    return element.tag == "code" and "\n" in (element.text or "")


def _inline(element: Element, look: frozenset[str]) -> list[Piece]:
    if element.tag == "br":
        return [Piece("\n", look)]
    if element.tag == "a":
        return _link(element, look)
    return _inside(element, look | {LOOKS[element.tag]} if element.tag in LOOKS else look)


def _inside(element: Element, look: frozenset[str]) -> list[Piece]:
    pieces = [Piece(element.text or "", look)]
    for child in element:
        pieces += [*_inline(child, look), Piece(_tail(child), look)]
    return pieces


def _link(link: Element, look: frozenset[str]) -> list[Piece]:
    """A link is one piece. One whose words hold an address of their own shows both; a very long one is text."""
    url, words = link.get("href", ""), "".join(link.itertext())
    if link.find(".//a") is not None:
        return [*_inside(link, look), Piece(" (", look), Piece(url, look, url), Piece(")", look)]
    words = words if words.strip() else url
    if len(escaped(words + url)) > limits.LINK:
        return [Piece(words if words == url else f"{words} ({url})", look)]
    inner = {LOOKS[element.tag] for element in link.iter() if element.tag in LOOKS}
    return [Piece(words, look | inner, url)]


def _tail(element: Element) -> str:
    """The parser puts a line end of its own behind each break."""
    tail = element.tail or ""
    return tail.removeprefix("\n") if element.tag == "br" else tail
