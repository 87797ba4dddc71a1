"""Where a text that is too long for one message is cut: where a reader stumbles least."""

import unicodedata

# Stands in a text where a block within it begins: a list's item, a paragraph of a quote. No text of people's has it.
BLOCK = "\f"
JOINERS = ("\u200c", "\u200d")
SKIN_TONES = tuple(map(chr, range(0x1F3FB, 0x1F400)))
FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))


def border(words: str, reach: int, *, forced: bool) -> int:
    """Where to cut the first `reach` signs off: between blocks, else lines, else words, else two signs; 0 for nowhere.

    Signs that belong together are only cut when it is `forced`.
    """
    if reach <= 0 or reach >= len(words):
        return max(reach, 0)
    start = len(words) - len(words.lstrip(BLOCK))
    block = words.rfind(BLOCK, reach // 2, reach + 1)
    line = words.rfind("\n", reach // 2, reach + 1)
    space = max(words.rfind(" ", 0, reach + 1), words.rfind("\n", 0, reach + 1))
    between = next((at for at in range(reach, start, -1) if not _belong_together(words, at)), 0)
    return next((at for at in (block, line, space, between) if at > start), reach if forced else 0)


def as_one_sign(length: int) -> str:
    """What may stand for `length` signs in which no border is to be found: a letter with marks."""
    return "x" + "\u0301" * (length - 1)


def _belong_together(words: str, at: int) -> bool:
    """Whether what stands on both sides of `at` is one letter, emoji or flag."""
    before, after = words[at - 1], words[at]
    if before in FLAG_LETTERS and after in FLAG_LETTERS:
        return (at - len(words[:at].rstrip(FLAG_LETTERS))) % 2 == 1
    joined = before in JOINERS or after in JOINERS or after in SKIN_TONES
    return joined or unicodedata.category(after).startswith("M")
