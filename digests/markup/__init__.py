"""Markdown: parsed once into a tree, which every platform renders in its own way."""

import re
from functools import lru_cache

from digests.markup.reader import parse
from digests.markup.writer import BLOCKS, HEADINGS, as_html, as_text

__all__ = ["BLOCKS", "HEADINGS", "TEXTS_AT_HAND", "as_html", "as_text", "escape", "html", "parse", "text"]

SPECIAL = re.compile(r"([\\`*_{}\[\]()>#+\-.!])")
# The same item stands in many letters and cards.
TEXTS_AT_HAND = 1_000


def escape(text: str) -> str:
    """`text` as Markdown that shows it literally."""
    return SPECIAL.sub(r"\\\1", text)


@lru_cache(TEXTS_AT_HAND)
def html(source: str) -> str:
    """Markdown as HTML for letters and pages, where a heading is a paragraph like any other."""
    tree = parse(source)
    for element in tree.iter():
        if element.tag in HEADINGS:
            element.tag = "p"
    return as_html(tree)


@lru_cache(TEXTS_AT_HAND)
def text(source: str) -> str:
    """Markdown as plain text."""
    return as_text(parse(source))
