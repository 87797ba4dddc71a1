"""What somebody might write to make Tuva say or do something else, and what judges every exit it leaves by."""

import json
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

CORPUS = Path(__file__).with_name("corpus") / "injections.json"
# By kind: HTML, Markdown links, mentions, header lines, templates, unseen characters, transcripts and so on.
INJECTIONS: dict[str, list[str]] = json.loads(CORPUS.read_text("utf-8"))
STRINGS = [text for kind in INJECTIONS.values() for text in kind]

# Everything that text from people may become in HTML.
HARMLESS_TAG = re.compile(
    r'</?(?:p|ul|ol|li|strong|em|code|pre|blockquote)>|<br>|<hr>|<a(?: href="(?:https?://|mailto:)[^"<>]*")?>|</a>'
)
HEADER = re.compile(rb"[!-9;-~]+:(?: [ -~]*|)(?:\r\n[ \t][ -~]+)*")
# Control, invisible and direction signs, private use, halves of characters.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ue000-\uf8ff\ufeff"
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)

# Attributes whose values differ from page to page; any other is of the template, value and all.
OWN = frozenset({"href", "action", "aria-label"})

TICKS = " ".join("`" * ticks for ticks in range(1, 70))
NESTED = {
    "list": "\n".join("    " * depth + "- a" for depth in range(33)),
    "list by two": "\n".join("  " * depth + "- a" for depth in range(49)),
    "quote": "\n".join(">" * depth + " a" for depth in range(68)),
    "both": "\n".join("    " * depth + "> - a" for depth in range(32)),
    "brackets": "[" * 1_250 + "]" * 1_250,
    "round ones": "[a]" + "(" * 1_200 + ")" * 1_200,
    "emphasis": "*a **b " * 178 + " b** a*" * 178,
    "ever more ticks": TICKS,
    "ever more stars": TICKS.replace("`", "*"),
}
SIGNS = re.split(
    r"\s+",
    r"""[ ] ( ) < > * ** *** _ __ ` `` ~~~ # & \ | ! - + . " ' : = a å é 한 ﷺ ![[]() ]( [a]( ![a]( [a][b] [a](http://
[[a](http://b) [a](mailto: *a_ a_ a*b*c *a**b*c *_*_ **_a `a ``a` a`b``c \` \* \[ <a <!-- <![CDATA[ <? <script> &amp;
&#x >- -> 1. http:// http://a.b/( http://a.b/.,; (http://a) *a`b* `a*b`* www. [^1] {: |a| #a .a""",
)
# With the spaces and line ends that count.
SPACED = (
    *(" ", "\t", "    ", "a ", "a  \n", "\na", "\n>a\n\n", "\ta\n", "[a](http://b) ", "[a]: http://b\n", "[^1]: a\n"),
    *("*a ", "**a ", "***a** ", "_a ", "_*a*_ ", "***a* b", "**a*b**c ", "```\n", "~~~\n", "<a ", "<a href="),
    *("> ", ">>\n", "> \n", "> - ", "- ", "- - ", "+ ", "1. ", "1. a\n", "- a\n", "- a\n\n", "- a\n  - b\n", "> 1. - "),
    *("* * *\n", "---\n", "a\n=\n", "a\n-\n", "# ", "# a\n", "a|b\n-|-\n", "https://a.se/ ", "a@b.c "),
    *("🏳\ufe0f\u200d🌈", "👩\u200d", "x\u0323\u0301", "\u0301\u0323", "\u0344", "\u0f71\u0f72\u0f74", "क\u200d"),
    *("ᄀ\u1161\u11a8", "\u200b", "\ue000", "\u2028", "\u00a0"),
)


def filled(pattern: str, size: int) -> str:
    """`pattern` again and again, up to a size."""
    return (pattern * (size // max(len(pattern), 1) + 1))[:size]


def hostile_texts(size: int) -> dict[str, str]:
    """Texts of a size that ask much of whoever reads them, by what they are made of."""
    repeated = {f"{pattern!a} repeated": filled(pattern, size) for pattern in (*SIGNS, *SPACED)}
    return repeated | {f"nested: {name}": filled(text, size) for name, text in NESTED.items()}


class Shapes(HTMLParser):
    """What a page is made of: each tag with its attributes, comments and style sheets; and its links and words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.shapes: set[tuple[str, ...]] = set()
        self.hidden: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.sheets: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shapes.add((tag, *(name if name in OWN else f"{name}={value}" for name, value in attrs)))
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_comment(self, data: str) -> None:
        self.hidden.append(data)

    def handle_decl(self, decl: str) -> None:
        self.hidden.append(decl)

    def unknown_decl(self, data: str) -> None:
        self.hidden.append(data)

    def handle_pi(self, data: str) -> None:
        self.hidden.append(data)

    def handle_data(self, data: str) -> None:
        (self.sheets if self.cdata_elem else self.words).append(data)


def assert_harmless(html: str) -> None:
    """Nothing in `html` is a tag or an attribute but the few that Markdown may become."""
    rest = HARMLESS_TAG.sub("", html)
    assert "<" not in rest, html
    assert ">" not in rest, html
    assert not UNSEEN.search(rest), ascii(html)


def assert_console_safe(line: str) -> None:
    """`line` is one line, without control characters, and no command or comment of a transcript."""
    assert not UNSEEN.search(line.replace("\t", "")), ascii(line)
    assert line.splitlines() in ([line], []), ascii(line)
    assert not line.startswith(("> ", "# ")), line
    assert line not in (">", "#")


def read_letter(raw: bytes) -> EmailMessage:
    """A letter's bytes, which must be legal: whole lines of ASCII, folded headers, no part with a defect."""
    assert raw.isascii()
    assert b"\0" not in raw
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", raw)
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    head, _, _ = raw.partition(b"\r\n\r\n")
    for header in re.split(rb"\r\n(?![ \t])", head):
        assert HEADER.fullmatch(header), header
    letter = message_from_bytes(raw, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    assert not any(part.defects for part in letter.walk())
    return letter


def anatomy(letter: EmailMessage) -> tuple[list[str], list[str]]:
    """The names of its headers and the kinds of its parts, in order."""
    return letter.keys(), [part.get_content_type() for part in letter.walk()]
