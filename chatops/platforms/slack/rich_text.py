"""Paragraphs as Slack's rich_text, whose text is never obeyed; and as the text that screen readers read."""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Any

from chatops.platforms.slack.mrkdwn import escaped
from chatops.platforms.slack.paragraphs import Paragraph, Piece, Shape

Json = dict[str, Any]


def blocks(paragraphs: Iterable[Paragraph]) -> list[Json]:
    """The blocks: one rich_text between each two dividers (docs.slack.dev/reference/block-kit/blocks)."""
    made: list[Json] = []
    for is_rule, run in groupby(paragraphs, key=lambda paragraph: paragraph.shape is Shape.RULE):
        made.append({"type": "divider"} if is_rule else {"type": "rich_text", "elements": _elements(list(run))})
    return made


def text(paragraphs: Sequence[Paragraph]) -> str:
    """Every word of the paragraphs, and the addresses of links, as escaped mrkdwn."""
    shown = [paragraph for paragraph in paragraphs if paragraph.pieces]
    between = ["\n" if before.is_item and after.is_item else "\n\n" for before, after in pairwise(shown)]
    return "".join(map("".join, zip(["", *between], map(_line, shown), strict=False)))


def node(piece: Piece) -> Json:
    """A text or link node (docs.slack.dev/reference/block-kit/blocks/rich-text-block)."""
    made: Json = {"type": "link", "url": piece.url} if piece.url else {"type": "text"}
    made["text"] = piece.words
    if piece.look:
        made["style"] = dict.fromkeys(sorted(piece.look), True)
    return made


def goes_on(before: Paragraph, paragraph: Paragraph) -> bool:
    """Whether a paragraph is part of the same element as the one before."""
    follows = paragraph.shape is not Shape.ORDERED or paragraph.number == before.number + 1
    alike = (before.shape, before.quoted, before.indent) == (paragraph.shape, paragraph.quoted, paragraph.indent)
    return alike and follows and paragraph.shape is not Shape.CODE


def _line(paragraph: Paragraph) -> str:
    mark = {Shape.BULLET: "• ", Shape.ORDERED: f"{paragraph.number}. "}.get(paragraph.shape, "")
    words = (f"{piece.words} ({piece.address})" if piece.address else piece.words for piece in paragraph.pieces)
    return "    " * paragraph.indent + mark + escaped("".join(words))


def _elements(run: list[Paragraph]) -> list[Json]:
    made = [_element(run[0])]
    for before, paragraph in pairwise(run):
        if not goes_on(before, paragraph):
            made += [*_distance(before, paragraph), _element(paragraph)]
        elif paragraph.is_item:
            made[-1]["elements"].append(_section(paragraph))
        else:
            made[-1]["elements"] += [{"type": "text", "text": "\n\n"}, *map(node, paragraph.pieces)]
    return made


def _distance(before: Paragraph, paragraph: Paragraph) -> list[Json]:
    """An empty line, but not before a list that belongs to what it follows."""
    belongs = paragraph.is_item and before.shape is not Shape.CODE and before.quoted is paragraph.quoted
    return [] if belongs else [{"type": "rich_text_section", "elements": [{"type": "text", "text": "\n"}]}]


def _element(paragraph: Paragraph) -> Json:
    border = {"border": 1} if paragraph.quoted else {}
    if paragraph.is_item:
        return _list(paragraph) | border
    if paragraph.shape is Shape.CODE:
        return {"type": "rich_text_preformatted", "elements": [*map(node, paragraph.pieces)]} | border
    return _section(paragraph) | ({"type": "rich_text_quote"} if paragraph.quoted else {})


def _list(first: Paragraph) -> Json:
    """A list that begins, or goes on, with this item: `offset` is how many came before."""
    offset = {"offset": first.number - 1} if first.shape is Shape.ORDERED and first.number > 1 else {}
    made = {"type": "rich_text_list", "style": first.shape, "indent": first.indent, "elements": [_section(first)]}
    return made | offset


def _section(paragraph: Paragraph) -> Json:
    return {"type": "rich_text_section", "elements": [*map(node, paragraph.pieces)]}
