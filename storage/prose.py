"""What people write, cleaned once at the door; and how much of it the record takes."""

import re
import unicodedata

from storage.rules import RuleBroken

TITLE_LIMIT = 300
BODY_LIMIT = 2_500
LINK_LIMIT = 500
LINKS_AT_MOST = 5
# No spaces, quotes or angles, so that it stays a link wherever it is shown.
LINK = re.compile(r"""https?://[^\s<>"'`\\/?#]+\.[^\s<>"'`\\]+|mailto:[^\s<>"'`\\@?]+@[^\s<>"'`\\@?]+""", re.IGNORECASE)
# What ends a link in Markdown, as an address may write it, too (RFC 3986, 2.1).
BRACKETS = {ord(sign): f"%{ord(sign):02X}" for sign in "()[]"}
MARKS_LIMIT = 8
# No letter of any language has as many marks, however it is written.
PILE_LIMIT = 32
ZERO_WIDTH_JOINER = "\u200d"
JOINERS = (ZERO_WIDTH_JOINER, "\u200c")
# Arrows, symbols and pictographs; a variation selector may stand behind one.
EMOJI = re.compile("[\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?")
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Cc control, Cf invisible and direction signs, Co private use, Cs halves of characters, Cn unassigned.
UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


def clean(text: str) -> str:
    """`text` as the record keeps it: composed (NFC), without control, direction and invisible characters.

    Line ends become `\\n`; spaces at the end of lines and of the text go. Piles of combining marks are cut at eight.
    Clean text stays as it is.
    """
    # What goes may bring together what then goes, or is composed, too.
    while (cleaner := _cleaned_once(text)) != text:
        text = cleaner
    return text


def title(text: str, missing: str = "title-missing") -> str:
    """`text` as a title: one line. Raises RuleBroken when it is empty (`missing`) or over 300 characters."""
    text = name(text)
    if not text:
        raise RuleBroken(missing)
    return text


def name(text: str, too_long: str = "title-too-long") -> str:
    """`text` as a name: one line. Raises RuleBroken when it is over 300 characters (`too_long`)."""
    return _at_most(" ".join(clean(text).split()), TITLE_LIMIT, too_long)


def body(text: str) -> str:
    """`text` as a body. Raises RuleBroken when it is over 2,500 characters."""
    return _at_most(clean(text), BODY_LIMIT, "body-too-long")


def link(text: str) -> str:
    """`text` as a link that opens a page, or writes a letter. Raises RuleBroken for what leads anywhere else."""
    text = clean(text)
    if text.lower().startswith("www."):
        text = f"https://{text}"
    if not LINK.fullmatch(text):
        raise RuleBroken("link-wrong", link=text)
    scheme, colon, rest = text.partition(":")  # a telephone writes Https: at the beginning of a line
    return _at_most(scheme.lower() + colon + rest.translate(BRACKETS), LINK_LIMIT, "link-too-long")


def links(text: str) -> list[str]:
    """The links in `text`, with spaces between them. Raises RuleBroken for what is none, and for more than five."""
    found = [link(word) for word in text.split()]
    if len(found) > LINKS_AT_MOST:
        raise RuleBroken("links-too-many", limit=str(LINKS_AT_MOST))
    return found


def folded(text: str) -> str:
    """Clean `text` as it is compared and searched: lower case, å as a, words with one space between them."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).split())


def _at_most(text: str, limit: int, key: str) -> str:
    if len(text) > limit:
        raise RuleBroken(key, length=str(len(text)), limit=str(limit))
    return text


def _cleaned_once(text: str) -> str:
    text = "".join(sign for sign in LINE_ENDS.sub("\n", text) if _may_stay(sign))
    text = "".join(sign for place, sign in enumerate(text) if sign not in JOINERS or _joins(text, place, sign))
    # Composing sorts every pile, which takes the square of its height: a high one is cut before, too.
    text = _without_piles(unicodedata.normalize("NFC", _without_piles(text, PILE_LIMIT)), MARKS_LIMIT)
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def _may_stay(sign: str) -> bool:
    return sign in "\n\t" or sign in JOINERS or unicodedata.category(sign) not in UNSEEN


def _without_piles(text: str, limit: int) -> str:
    kept: list[str] = []
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me") else 0
        if marks <= limit:
            kept.append(sign)
    return "".join(kept)


def _joins(text: str, place: int, sign: str) -> bool:
    """A joiner is kept between parts of one emoji, and both joiners between letters of scripts that need them."""
    before, after = text[max(place - 2, 0) : place], text[place + 1 : place + 2]
    if not before or not after:
        return False
    in_script = unicodedata.category(before[-1]) in ("Lo", "Mn", "Mc") and unicodedata.category(after) == "Lo"
    in_emoji = bool((EMOJI.fullmatch(before) or EMOJI.fullmatch(before[-1])) and EMOJI.match(after))
    return in_script or (sign == ZERO_WIDTH_JOINER and in_emoji)
