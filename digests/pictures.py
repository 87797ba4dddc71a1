"""The only door to Pillow: whatever somebody sends, a small picture comes out, or a sentence.

What it is tells its content, never its name. Nothing of what a camera notes beside the picture is kept.
"""

import contextlib
import io
import itertools
import threading
import warnings
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from storage.rules import RuleBroken

LARGEST_UPLOAD = 20 * 1024 * 1024
# More than any telephone's camera makes; it is decoded in memory.
PIXELS_LIMIT = 50_000_000
# Twice the width of a letter, so that it is sharp on every screen.
LONGEST_SIDE = 1120
LARGEST = 200_000
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
SIDES = (LONGEST_SIDE, 840, 560)
QUALITIES = (85, 75, 65, 50)
# How the files of Apple's cameras begin, behind their length (ISO/IEC 23008-12, brands).
HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypheim", b"ftypheis", b"ftypmif1", b"ftypmsf1")
# A large picture takes 200 MB while it is decoded, a transparent one twice as much, and WebP more yet.
ONE_AT_A_TIME = threading.Lock()
# What a camera notes may be broken, which nobody here needs to know. But of too many pixels the library would only
# warn, too, and decode them all the same.
Image.MAX_IMAGE_PIXELS = PIXELS_LIMIT
warnings.filterwarnings("ignore", module=r"PIL\.")
warnings.simplefilter("error", Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Small:
    """A picture as it is kept: a JPEG, and its size in pixels."""

    content: bytes
    width: int
    height: int


def small(content: bytes) -> Small:
    """A JPEG, PNG, GIF or WebP made small. Raises RuleBroken for what is too large, or no such picture."""
    require_size(len(content))
    with ONE_AT_A_TIME:
        try:
            return _compressed(_upright(_opened(content)))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise RuleBroken("picture-pixels", limit=str(PIXELS_LIMIT // 1_000_000)) from None
        except RuleBroken:
            raise
        except Exception:  # each format's decoder stumbles in its own way
            raise RuleBroken("picture-broken") from None


def require_size(size: int) -> None:
    """Raises RuleBroken when a file of so many bytes is too large to be taken."""
    if size > LARGEST_UPLOAD:
        raise RuleBroken("picture-too-large", limit=str(LARGEST_UPLOAD // 1024**2))


def _opened(content: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(content), formats=FORMATS)
    except UnidentifiedImageError:
        raise RuleBroken("picture-heic" if content[4:12] in HEIC else "picture-unknown") from None


def _upright(picture: Image.Image) -> Image.Image:
    """The picture as it is looked at, on white, no longer than LONGEST_SIDE; of what moves, the beginning.

    It is made small first, in place: each copy of a large one would take as much memory once more.
    """
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture = _in_eight_bits(picture)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    turned = _in_plain_colours(_turned(picture))
    plain = Image.new("RGB", turned.size, "white")  # a new one, to which nothing is attached
    plain.paste(turned, mask=turned if turned.mode == "RGBA" else None)
    return plain


def _turned(picture: Image.Image) -> Image.Image:
    """As it was held; as it lies, where the note of that cannot be read."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # of whatever kind: the picture itself may be whole
        return picture


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    """Grey of sixteen bits would else be cut off, not made coarser; and what has a palette does not shrink well."""
    if picture.mode.startswith("I"):
        return _coarser(picture)
    if picture.mode in ("1", "P", "PA"):
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return picture


def _coarser(picture: Image.Image) -> Image.Image:
    """Grey of sixteen bits in eight. Which grey is transparent is told of all sixteen (w3.org/TR/png-3, 11.3.1.1)."""
    exact, clear = picture.convert("I"), picture.info.get("transparency")
    grey = exact.point(lambda grey: grey / 256).convert("L")
    if clear is not None:
        grey.putalpha(exact.point([0 if grey == clear else 255 for grey in range(1 << 16)], "L"))
    return grey


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    """Its colours in sRGB, which is what everybody shows where nothing else is said."""
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK"):
        with contextlib.suppress(Exception):  # of whatever kind: without, the colours are only a little off
            told, plain = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            picture = ImageCms.profileToProfile(picture, told, plain, outputMode="RGB") or picture
    return picture.convert(mode)


def _compressed(picture: Image.Image) -> Small:
    """The best of it that is small enough for a letter."""
    written = b""
    for side, quality in itertools.product(SIDES, QUALITIES):
        picture.thumbnail((side, side))
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True)
        written = out.getvalue()
        if len(written) <= LARGEST:
            break
    return Small(written, *picture.size)
