"""How much fits in one post on Slack, and where a longer text is cut."""

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, takewhile
from math import ceil
from typing import Any

from chatops.platforms.borders import as_one_sign, border
from chatops.platforms.slack import limits
from chatops.platforms.slack.mrkdwn import escaped
from chatops.platforms.slack.paragraphs import Paragraph, Piece, Shape, trimmed
from chatops.platforms.slack.rich_text import goes_on, node, text

# One measure for three limits: everything has a price in characters of `text`, of which a post may cost limits.TEXT.
PER_JSON = limits.TEXT / limits.BLOCKS_JSON
PER_BLOCK = limits.TEXT // limits.BLOCKS
# What stands around the words of a piece, of a paragraph, and of one that goes on with another, at most, in JSON.
PIECE_JSON = 100
PARAGRAPH_JSON = 280
FURTHER_JSON = 50


def price(said: str, blocks: Sequence[Any]) -> int:
    """The price of a whole post."""
    return max(len(said), _json_price(blocks), PER_BLOCK * len(blocks))


def filled(paragraphs: Sequence[Paragraph], room: int) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """As many paragraphs as fit, and the rest. One is cut only where the post would else stay half empty."""
    left = room
    before = None
    for place, paragraph in enumerate(paragraphs):
        cost = _cost(before, paragraph)
        if cost > left:
            keeps_whole = place and left < room // 2 and cost <= limits.TEXT
            head, tail = ((), (paragraph,)) if keeps_whole else _cut(paragraph, left)
            return (*paragraphs[:place], *head), (*tail, *paragraphs[place + 1 :])
        left, before = left - cost, paragraph
    return tuple(paragraphs), ()


def total(paragraphs: Sequence[Paragraph]) -> int:
    """What paragraphs cost together, at most."""
    return sum(_cost(None, paragraph) for paragraph in paragraphs)


def _cost(before: Paragraph | None, paragraph: Paragraph) -> int:
    if paragraph.shape is Shape.RULE:
        return 2 * PER_BLOCK
    around = FURTHER_JSON if before and goes_on(before, paragraph) else PARAGRAPH_JSON
    nodes = _json_price([node(piece) for piece in paragraph.pieces])
    return max(len(text([paragraph])) + 2, nodes + ceil(around * PER_JSON))


def _json_price(value: Sequence[Any]) -> int:
    return ceil(len(json.dumps(value, ensure_ascii=False)) * PER_JSON)


def _cut(paragraph: Paragraph, room: int) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """What fits of one paragraph, and what remains of it.

    The rest of a list's item is no item, and of a rule nothing remains: two posts are divided anyway.
    """
    words = "".join(as_one_sign(len(piece.words)) if piece.url else piece.words for piece in paragraph.pieces)
    prices = accumulate(_prices(paragraph.pieces), initial=ceil(PARAGRAPH_JSON * PER_JSON))
    reach = sum(1 for _ in takewhile(lambda spent: spent <= room, prices)) - 1
    # Signs that belong together go on in the next post; those that fill more than a post are cut all the same.
    at = border(words, reach, forced=room == limits.TEXT)
    head, tail = map(trimmed, _parted(paragraph.pieces, at))
    shape = Shape.TEXT if paragraph.is_item else paragraph.shape
    begun = (replace(paragraph, pieces=head),) if head else ()
    rest = (Paragraph(tail, shape, paragraph.quoted),) if head else (paragraph,)
    return begun, rest if tail else ()


def _prices(pieces: Sequence[Piece]) -> Iterator[int]:
    """What each sign costs, at most. A link costs all at its first, as it is taken whole."""
    around = ceil(PIECE_JSON * PER_JSON)
    for piece in pieces:
        costs = [len(escaped(sign)) for sign in piece.words]
        if piece.url:
            costs = [sum(costs) + len(escaped(piece.url)), *[0] * (len(costs) - 1)]
        costs[0] += around
        yield from costs


def _parted(pieces: Sequence[Piece], at: int) -> tuple[list[Piece], list[Piece]]:
    """What stands before the sign `at`, and what behind it."""
    starts = list(accumulate((len(piece.words) for piece in pieces), initial=0))
    place = bisect_right(starts, at) - 1
    head, tail = list(pieces[:place]), list(pieces[place:])
    if tail and at > starts[place]:
        piece, inside = tail[0], at - starts[place]
        head.append(replace(piece, words=piece.words[:inside]))
        tail[0] = replace(piece, words=piece.words[inside:])
    return head, tail
