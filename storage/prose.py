"""What people write, cleaned once at the door; and how much of it the record takes."""

import re
import unicodedata

from storage.rules import RuleBroken

TITLE_LIMIT = 300
BODY_LIMIT = 2_500
MARKS_LIMIT = 8
ZERO_WIDTH_JOINER = "\u200d"
ZERO_WIDTH_NON_JOINER = "\u200c"
EMOJI_PARTS = re.compile("[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]")
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Cc control, Cf invisible and direction signs, Co private use, Cs halves of characters, Cn unassigned.
UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


def clean(text: str) -> str:
    """`text` as the record keeps it: composed (NFC), without control, direction and invisible characters.

    Line ends become `\\n`; spaces at the end of lines and of the text go. Piles of combining marks are cut at eight.
    """
    text = unicodedata.normalize("NFC", LINE_ENDS.sub("\n", text))
    kept: list[str] = []
    marks = 0
    for place, sign in enumerate(text):
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MARKS_LIMIT and _is_seen(text, place, sign):
            kept.append(sign)
    return "\n".join(line.rstrip() for line in "".join(kept).split("\n")).strip()


def title(text: str) -> str:
    """`text` as a title: one line. Raises RuleBroken when it is empty or over 300 characters."""
    text = " ".join(clean(text).split())
    if not text:
        raise RuleBroken("title-missing")
    return _at_most(text, TITLE_LIMIT, "title-too-long")


def body(text: str) -> str:
    """`text` as a body. Raises RuleBroken when it is over 2,500 characters."""
    return _at_most(clean(text), BODY_LIMIT, "body-too-long")


def _at_most(text: str, limit: int, key: str) -> str:
    if len(text) > limit:
        raise RuleBroken(key, length=str(len(text)), limit=str(limit))
    return text


def _is_seen(text: str, place: int, sign: str) -> bool:
    if sign in "\n\t":
        return True
    if sign in (ZERO_WIDTH_JOINER, ZERO_WIDTH_NON_JOINER):
        return _joins(text, place, sign)
    return unicodedata.category(sign) not in UNSEEN


def _joins(text: str, place: int, sign: str) -> bool:
    """A joiner is kept between parts of one emoji, and both joiners between letters of scripts that need them."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if not before or not after:
        return False
    in_script = unicodedata.category(before) in ("Lo", "Mn", "Mc") and unicodedata.category(after) == "Lo"
    in_emoji = bool(EMOJI_PARTS.match(before) and EMOJI_PARTS.match(after))
    return in_script or (sign == ZERO_WIDTH_JOINER and in_emoji)
