"""A letter: what it holds, and how it is set as plain text and as HTML of equal content."""

import itertools
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from config.texts import Texts
from digests import links, markup
from storage.messages import Illustration, Message

SHELL = Path(__file__).with_name("shell")
LINE_WIDTH = 72
# The sheet of 600 pixels, without its margins; and no higher than leaves room for words on a screen.
PICTURE_WIDTH, PICTURE_HEIGHT = 544, 400
# Most readers' letters are alike: each different one is set once.
EDITIONS_AT_HAND = 256


@dataclass(frozen=True)
class Item:
    """One noun (`proposal:12`) in a letter, as its card; `brief` shows its title alone.

    `typed` is Markdown that tells in chat, where the buttons of a letter are not, what to type.
    """

    noun: str
    card: Message
    brief: bool = False
    typed: str = ""


@dataclass(frozen=True)
class Section:
    """Items, or plain lines, under one heading. `more` says how many there are beside these, and `more_at` is where.

    `group` names whose part of the letter begins here, in a letter for several.
    """

    heading: str
    items: tuple[Item, ...] = ()
    more: str = ""
    lines: tuple[str, ...] = ()
    more_at: str = ""
    group: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter before anybody is its reader. `group` is the short name, `sender` the group's name.

    The `stream` is `digest`, which readers choose and can stop, or `system`, which is about what they look after.
    `forward` are the words of the link to what may be passed on.
    """

    group: str
    sender: str
    subject: str
    preheader: str
    heading: str
    opening: str
    sections: tuple[Section, ...]
    invitation: str
    why: str
    stream: str = "digest"
    forward: str = ""

    @property
    def is_chosen(self) -> bool:
        """Readers may change how often it comes, or stop it."""
        return self.stream == "digest"


def notice(group: str, sender: str, subject: str, why: str, **rest: Any) -> Letter:
    """A letter that nobody chose, which is about one matter; `rest` as in a Letter."""
    blank = {"preheader": subject, "opening": "", "sections": (), "invitation": ""}
    return Letter(group, sender, subject, heading=subject, why=why, stream="system", **blank | rest)


@lru_cache(maxsize=EDITIONS_AT_HAND)
def as_parts(letter: Letter, texts: Texts) -> dict[str, object]:
    """The letter as the outbox stores it: subject, text and HTML, with gaps where links of one reader go."""
    return {
        "stream": letter.stream,
        "group": letter.group,
        "sender": letter.sender,
        "subject": letter.subject,
        "text": text(letter, texts),
        "html": html(letter, texts),
    }


def as_message(letter: Letter) -> Message:
    """The letter as something said in chat."""
    blocks = [markup.escape(letter.opening)]
    for section in letter.sections:
        blocks += [f"**{markup.escape(heading)}**" for heading in (section.group, section.heading) if heading]
        blocks += [_as_block(item) for item in section.items]
        blocks += ["\n".join(f"- {markup.escape(line)}" for line in section.lines)] if section.lines else []
        blocks += [section.more] if section.more else []
    return Message("\n\n".join(filter(None, (*blocks, letter.invitation))), subject=letter.subject)


def html(letter: Letter, texts: Texts) -> str:
    """The letter as a page of its own, its styles inside (mail programs drop style sheets)."""
    page = _shell().render(letter=letter, texts=texts, markup=markup, links=links, size=_size)
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)
    return inliner.inline(page)


def text(letter: Letter, texts: Texts) -> str:
    """The letter as plain text: items under a heading numbered, every address on a line of its own."""
    return "\n".join(_lines(letter, texts)) + "\n"


def _lines(letter: Letter, texts: Texts) -> Iterator[str]:
    yield from (*_underlined(letter.heading, "="), "")
    if letter.opening:
        yield from (*_wrapped(letter.opening, ""), "")
    number = itertools.count(1)
    for section in letter.sections:
        yield from _section(section, number, texts)
    if letter.invitation:
        yield from (*_wrapped(letter.invitation, ""), "")
    if letter.forward:
        yield from (f"{letter.forward}:", f"  {links.FORWARD}", "")
    yield from ("-- ", *_wrapped(letter.why, ""))
    if letter.is_chosen:
        yield from _choices(texts)


def _section(section: Section, number: Iterator[int], texts: Texts) -> Iterator[str]:
    for heading, under in ((section.group, "="), (section.heading, "-")):
        if heading:
            yield from (*_underlined(heading, under), "")
    for item in section.items:
        yield from _item(item, f"{next(number)}. " if section.heading else "", texts)
    for line in section.lines:
        yield from (*_wrapped(f"– {line}", "", hanging="  "), "")
    if section.more:
        yield from (section.more, *([f"  {section.more_at}"] if section.more_at else []), "")


def _underlined(heading: str, sign: str) -> tuple[str, str]:
    return heading, sign * len(heading)


def _choices(texts: Texts) -> Iterator[str]:
    yield texts.say("letter-change") + ":"
    yield f"  {links.PREFERENCES}"
    yield texts.say("letter-stop") + ":"
    yield f"  {links.UNSUBSCRIBE}"


def _item(item: Item, mark: str, texts: Texts) -> Iterator[str]:
    indent = " " * len(mark)
    first, *rest = _wrapped(item.card.subject, indent)
    yield from (mark + first.strip(), *rest)
    if not item.brief:
        yield from _wrapped(markup.text(item.card.whole), indent)
        if item.card.illustration:
            yield from _wrapped(texts.say("card-picture", alt=item.card.illustration.alt), indent)
    yield ""
    yield from (indent + texts.say("letter-read") + ":", f"{indent}  {links.reading(item.noun)}")
    for action in item.card.actions:
        yield from (f"{indent}{action.label}:", f"{indent}  {links.pressing(action.command)}")
    yield ""


def _size(illustration: Illustration) -> tuple[int, int]:
    """How wide and how high a picture is shown, in pixels: never larger than it is."""
    scale = min(1.0, PICTURE_WIDTH / illustration.width, PICTURE_HEIGHT / illustration.height)
    return max(1, round(illustration.width * scale)), max(1, round(illustration.height * scale))


def _as_block(item: Item) -> str:
    title = f"**{markup.escape(item.card.subject)}**"
    return "\n".join(filter(None, (title, "" if item.brief else item.card.whole, item.typed)))


def _wrapped(words: str, indent: str, hanging: str = "") -> Iterator[str]:
    for line in words.split("\n"):
        yield from textwrap.wrap(
            line,
            LINE_WIDTH,
            initial_indent=indent,
            subsequent_indent=indent + hanging + " " * (len(line) - len(line.lstrip())),
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]


@cache
def _shell() -> Template:
    loader = FileSystemLoader(SHELL)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True).get_template(
        "letter.html.j2"
    )
