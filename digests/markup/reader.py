"""Reads Markdown, hardened.

Members' text comes through here, so: no raw HTML, no pictures, no reference links, one bounded pattern for links,
twenty levels at most. What cannot be parsed becomes plain text.
"""

import re
from html import unescape
from typing import Any, cast
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import BACKTICK_RE, BacktickInlineProcessor, DelimiterProcessor, InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

NESTING_LIMIT = 20
# [words](address): linear, because nothing in it can match in two ways; bounded, so that nobody scans far.
LINK = r"\[([^\[\]\n]{1,300})\]\((https?://[^\s()<>\[\]\x02]{1,2000}|mailto:[^\s()<>\[\]\x02]{1,300})\)"
BARE_LINK = r"(?<![\w/])(https?://[^\s<>\[\]()\"'\x02]{1,2000})"
# Python-Markdown's sign for an escaped character or code put aside: an address holds neither.
ESCAPED = "\x02"


class _Link(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: ARG002, N802
        link = Element("a", {"href": m.group(2)})
        link.text = m.group(1)
        return link, m.start(0), m.end(0)


class _BareLink(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        if data.startswith(ESCAPED, m.end(0)):
            return None, None, None
        address = m.group(1).rstrip(".,;:!?*")
        link = Element("a", {"href": address})
        link.text = AtomicString(address)
        return link, m.start(0), m.start(0) + len(address)


class _Code(BacktickInlineProcessor):
    """Code as the tree holds all text: unescaped. Who renders the tree escapes. Ticks that nothing closes are text."""

    def find_code_spans(self, start: int, text: str) -> tuple[int, int | None]:  # type: ignore[override]
        """Where the code begins and ends. `start` is the first of its ticks; as many close it."""
        ticks = len(text) - start - len(text[start:].lstrip("`"))
        closing = re.search(rf"(?<!`)`{{{ticks}}}(?!`)", text[start + ticks :])
        return start + ticks, closing and start + ticks + closing.start()

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        found, start, end = super().handleMatch(m, data)
        if isinstance(found, Element):
            found.text = AtomicString(unescape(found.text or ""))
        return found, start, end


class _Emphasis(DelimiterProcessor):
    """Stars and underscores. The library takes a sign too many in `*a**b*c`: from there on, all stay as they are."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        found, start, end = super().handleMatch(m, data)
        if found is None or _bare("".join(found.itertext())) == _bare(data[start:end]):
            return found, start, end
        self.reset()
        return None, m.start(0), len(data)


class _Floor(BlockProcessor):
    """Reads what lies below the deepest level as words: looking for levels in it would take long."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        return len(self.parser.state) > NESTING_LIMIT

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        return self.parser.blockprocessors["paragraph"].run(parent, blocks)


class _Shallow(Treeprocessor):
    """Cuts blocks that are nested too deep before inline markup is looked for in them."""

    def run(self, root: Element) -> None:
        for element in _at_depth(root, NESTING_LIMIT):
            words = " ".join("".join(element.itertext()).split())
            for child in list(element):
                element.remove(child)
            element.text = words
            element.tag = "li" if element.tag == "li" else "p"


class _ShallowWords(Treeprocessor):
    """Cuts inline markup that is nested too deep within the deepest block: its words stay."""

    def run(self, root: Element) -> None:
        for element in _at_depth(root, 2 * NESTING_LIMIT):
            words = "".join(element.itertext())
            for child in list(element):
                element.remove(child)
            element.text = words


def parse(source: str) -> Element:
    """The tree of a Markdown text: an Element `div` of blocks. Never raises: at worst it holds the text as it is."""
    try:
        return _parse(source)
    except RecursionError:
        return _plain(source)


def _reader() -> Markdown:
    """A new one for each text: a reader keeps state while it reads, and several threads read."""
    reader = Markdown(extensions=["nl2br"])
    reader.preprocessors.deregister("html_block")
    for name in ("reference", "code", "setextheader"):
        reader.parser.blockprocessors.deregister(name)
    reader.parser.blockprocessors.register(_Floor(reader.parser), "floor", 200)
    for name in ("reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref"):
        reader.inlinePatterns.deregister(name)
    for name in ("autolink", "automail", "html", "entity"):
        reader.inlinePatterns.deregister(name)
    reader.inlinePatterns.register(_Code(BACKTICK_RE), "backtick", 190)
    reader.inlinePatterns.register(_Link(LINK, reader), "link", 160)
    reader.inlinePatterns.register(_BareLink(BARE_LINK, reader), "bare_link", 120)
    emphasis = _Emphasis("*", "strong,em", reader)
    emphasis.add("_", "strong,em", smart=True)
    reader.inlinePatterns.register(emphasis, "em_strong", 60)
    reader.treeprocessors.register(_Shallow(reader), "shallow", 100)
    reader.treeprocessors.register(_ShallowWords(reader), "shallow_words", 15)
    return reader


def _at_depth(root: Element, depth: int) -> list[Element]:
    level = [root]
    for _ in range(depth):
        level = [child for parent in level for child in parent]
    return level


def _bare(words: str) -> str:
    return words.replace("*", "").replace("_", "")


def _parse(source: str) -> Element:
    reader = _reader()
    lines = source.split("\n")
    for preprocessor in reader.preprocessors:
        lines = preprocessor.run(lines)
    tree: Any = reader.parser.parseDocument(lines).getroot()
    for processor in reader.treeprocessors:
        changed = processor.run(tree)
        tree = tree if changed is None else changed
    return cast(Element, tree)


def _plain(source: str) -> Element:
    tree = Element("div")
    for paragraph in source.split("\n\n"):
        SubElement(tree, "p").text = paragraph
    return tree
