"""How much fits in one post on Matrix, and where a longer text is cut."""

import json
import re
from bisect import bisect_left
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from chatops.platforms.borders import border
from chatops.platforms.matrix import limits
from chatops.platforms.matrix.excerpts import excerpt, signs
from digests.markup import as_html, as_text

# Two line ends in `body` and one in `formatted_body`, as JSON.
BETWEEN_BLOCKS = 6
ENDS = re.compile(r"(</(?:p|li|ul|ol|pre|blockquote)>|<hr>)(?=<)")
Blocks = tuple[Element, ...]


def written(blocks: Sequence[Element]) -> tuple[str, str]:
    """Blocks as plain text and as HTML, where a line end keeps them apart in previews, which leave the tags out."""
    tree = Element("div")
    tree.extend(blocks)
    return as_text(tree), ENDS.sub(r"\1\n", as_html(tree))


def price(blocks: Sequence[Element]) -> int:
    """How much blocks take of a post, in bytes."""
    return sum(len(json.dumps(said, ensure_ascii=False).encode()) - 2 for said in written(blocks))


def total(blocks: Sequence[Element]) -> int:
    """What blocks take beside others, at most."""
    return sum(price([block]) + BETWEEN_BLOCKS for block in blocks)


def filled(blocks: Sequence[Element], room: int) -> tuple[Blocks, Blocks]:
    """As many blocks as fit, and the rest. One is cut only where the post would else stay half empty."""
    left = room
    for place, block in enumerate(blocks):
        cost = total([block])
        if cost > left:
            keeps_whole = place and left < room // 2 and cost <= limits.POST
            head, tail = ((), (block,)) if keeps_whole else _cut(block, left)
            return (*blocks[:place], *head), (*tail, *blocks[place + 1 :])
        left -= cost
    return tuple(blocks), ()


def _cut(block: Element, room: int) -> tuple[Blocks, Blocks]:
    """What fits of one block, and what remains of it."""
    words = signs(block)
    # Every sign stands in both forms, and so takes two bytes at least.
    places = range(min(len(words), room // 2) + 1)
    reach = bisect_left(places, True, key=lambda at: total(excerpt(block, 0, at)) > room) - 1
    at = border(words, reach, forced=room == limits.POST)
    if not at:
        return (), (block,)
    space = words[at] if words[at] in " \n" else ""
    behind = len(words) - len(words[at:].lstrip(space)) if space else at
    return tuple(excerpt(block, 0, at)), tuple(excerpt(block, behind, len(words)))
