"""Parts of a block that is too long: what stands before one of its signs, and what behind."""

from xml.etree.ElementTree import Element

from chatops.platforms.borders import BLOCK, as_one_sign
from chatops.platforms.matrix.blocks import LISTS, shown
from digests.markup import BLOCKS

# What is left of an item whose beginning stands elsewhere.
REST = "div"


def signs(element: Element) -> str:
    """What an element holds, a character for each sign. No border is to be found in a link."""
    inside = (element.text or "") + "".join(signs(child) + (child.tail or "") for child in element)
    if element.tag == "a":
        return as_one_sign(len(inside))
    return ("\n" if element.tag == "br" else BLOCK if element.tag in BLOCKS else "") + inside


def excerpt(block: Element, start: int, stop: int) -> list[Element]:
    """A copy that holds only the signs from `start` to `stop`, in their tags; nothing where there are no words."""
    copy = _copy(block, start, stop)
    return _unmarked(copy) if _says_something(copy) else []


def _copy(element: Element, start: int, stop: int) -> Element:
    copy = Element(REST if element.tag == "li" and start > 0 else element.tag, element.attrib)
    place = 1 if element.tag in BLOCKS else 0
    _say(copy, element.text, start - place, stop - place)
    place += len(element.text or "")
    for number, child in enumerate(element):
        size = len(signs(child))
        if place < stop and place + size > start:
            inner = _copy(child, start - place, stop - place)
            if inner.tag == "br" or _says_something(inner):
                if element.tag == "ol" and number and not len(copy):
                    copy.set("start", str(int(element.get("start", 1)) + number))
                copy.append(inner)
        place += size
        _say(copy, child.tail, start - place, stop - place)
        place += len(child.tail or "")
    return copy


def _say(element: Element, words: str | None, start: int, stop: int) -> None:
    """Add the signs from `start` to `stop` of some words behind what an element holds."""
    part = (words or "")[max(start, 0) : max(stop, 0)]
    if len(element):
        element[-1].tail = (element[-1].tail or "") + part
    else:
        element.text = (element.text or "") + part


def _says_something(element: Element) -> bool:
    """There are words in it, or a rule."""
    return bool("".join(element.itertext()).strip()) or any(element.iter("hr"))


def _unmarked(block: Element) -> list[Element]:
    """The rest of an item is none: it stands before the rest of its list, and has no mark."""
    if block.tag in (*LISTS, "blockquote", REST) and len(block):
        block[:] = [part for inner in block for part in _unmarked(inner)]
    if block.tag == REST:
        return shown(block)
    if block.tag not in LISTS:
        return [block]
    rest = [inner for inner in block if inner.tag != "li"]
    block[:] = block[len(rest) :]
    if rest and block.tag == "ol":
        block.set("start", str(int(block.get("start", 1)) + 1))
    return [*rest, block] if len(block) else rest
