"""Pictures as telephones make them, for tests."""

import io
from typing import Any

from PIL import Image

ORIENTATION, GPS, TURNED = 0x0112, 0x8825, 6


def written(picture: Image.Image, kind: str = "JPEG", **more: Any) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def looked_at(content: bytes) -> Image.Image:
    """A file as a picture."""
    return Image.open(io.BytesIO(content))


def photo(width: int = 3000, height: int = 2000, colour: str = "red") -> bytes:
    """Lying on its side, with where and by whom it was taken."""
    notes = Image.Exif()
    notes[ORIENTATION] = TURNED
    notes.get_ifd(GPS).update({1: "N", 2: (58.0, 17.0, 3.0), 3: "E", 4: (12.0, 17.0, 3.0)})
    beside = {"exif": notes, "comment": b"hemligt", "xmp": b"<x:xmpmeta>Trollet</x:xmpmeta>"}
    return written(Image.new("RGB", (width, height), colour), **beside)


def tells_nothing(content: bytes) -> bool:
    """Nothing that was noted beside a photo is left in it."""
    words = (b"Exif", b"hemligt", b"Trollet", b"xmp")
    return not dict(looked_at(content).getexif()) and not any(word in content for word in words)
