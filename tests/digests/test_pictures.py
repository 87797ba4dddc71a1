"""What comes out of a picture that somebody sent: small, upright, and nothing beside it; or a sentence."""

import os
import zlib

import pytest
from PIL import Image, ImageCms

from digests import pictures
from digests.pictures import LARGEST, small
from jpegs import GPS, looked_at, photo, tells_nothing, written
from storage.rules import RuleBroken

RED, WHITE = (254, 0, 0), (255, 255, 255)


def refused(content: bytes) -> str:
    with pytest.raises(RuleBroken) as refusal:
        small(content)
    return refusal.value.key


def test_a_photo_is_small_upright_and_says_nothing_of_where_it_was_taken() -> None:
    assert looked_at(photo()).getexif().get_ifd(GPS)
    made = small(photo())
    seen = looked_at(made.content)
    assert (made.width, made.height) == seen.size == (747, 1120)
    assert tells_nothing(made.content)
    assert not tells_nothing(photo())


def test_what_is_full_of_detail_is_small_enough_for_a_letter_all_the_same() -> None:
    noise = Image.frombytes("RGB", (1500, 1100), os.urandom(1500 * 1100 * 3))
    assert len(small(written(noise, quality=95)).content) <= LARGEST


def test_a_small_picture_keeps_its_size() -> None:
    made = small(written(Image.new("RGB", (40, 30))))
    assert (made.width, made.height) == (40, 30)


@pytest.mark.parametrize(("mode", "kind"), [("RGBA", "PNG"), ("LA", "PNG"), ("RGBA", "WEBP"), ("RGBA", "GIF")])
def test_what_is_transparent_lies_on_white(mode: str, kind: str) -> None:
    made = small(written(Image.new(mode, (30, 20)), kind))
    assert looked_at(made.content).getpixel((5, 5)) == WHITE


def test_of_what_moves_the_beginning_is_shown() -> None:
    rest = [Image.new("RGB", (30, 20), "blue")]
    moving = written(Image.new("RGB", (30, 20), "red"), "GIF", save_all=True, append_images=rest)
    assert looked_at(small(moving).content).getpixel((5, 5)) == RED


def test_grey_of_sixteen_bits_is_as_grey_in_eight() -> None:
    grey = written(Image.new("I;16", (30, 20), 0x8000), "PNG")
    assert looked_at(small(grey).content).getpixel((5, 5)) == (128, 128, 128)


def test_of_grey_of_sixteen_bits_one_may_be_transparent_and_the_next_is_not() -> None:
    grey = Image.frombytes("I;16", (30, 20), (b"\x34\x12" * 15 + b"\x35\x12" * 15) * 20)
    seen = looked_at(small(written(grey, "PNG", transparency=0x1234)).content)
    assert [seen.getpixel((x, 5)) for x in (2, 27)] == [WHITE, (0x12, 0x12, 0x12)]


def test_colours_are_those_of_the_profile_beside_them() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"----", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"----", b"gXYZ", 1)
    red = written(Image.new("RGB", (30, 20), "red"), "PNG", icc_profile=swapped)
    seen = looked_at(small(red).content).getpixel((5, 5))
    assert isinstance(seen, tuple)
    assert seen[0] < 5
    assert seen[1] > 250


@pytest.mark.parametrize("profile", [b"junk" * 50, b"\0" * 200])
def test_a_profile_that_cannot_be_read_changes_nothing(profile: bytes) -> None:
    red = written(Image.new("RGB", (30, 20), "red"), icc_profile=profile)
    assert looked_at(small(red).content).getpixel((5, 5)) == RED


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("notes", [b"junk" * 9, b"Exif\0\0MM\0*\0\0\0\x08\0\x05\x01\x12\0\x03\0\0\xff\xff"])
def test_a_picture_is_whole_also_where_what_is_noted_beside_it_is_not(kind: str, notes: bytes) -> None:
    assert small(written(Image.new("RGB", (40, 30)), kind, exif=notes)).width == 40


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"<html><script>alert(1)</script></html>", "picture-unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture-unknown"),
        (b"%PDF-1.7", "picture-unknown"),
        (b"", "picture-unknown"),
        (written(Image.new("RGB", (9, 9)), "BMP"), "picture-unknown"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "picture-heic"),
        (photo()[:4000], "picture-broken"),
        (b"\xff\xd8\xff" + b"<html>" * 9, "picture-unknown"),
    ],
)
def test_what_is_no_picture_is_refused_by_its_content(content: bytes, key: str) -> None:
    assert refused(content) == key


def test_a_picture_of_forty_megabytes_is_refused_unread() -> None:
    assert refused(b"\xff\xd8\xff" + bytes(40 * 1024**2)) == "picture-too-large"


def test_a_small_file_that_unfolds_to_a_huge_picture_is_refused_before_it_is_unfolded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Image.Image, "load", lambda *_: pytest.fail("it was unfolded"))
    for side in (8_000, 20_000):
        bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", side.to_bytes(4, "big") * 2 + b"\1\0\0\0\0") + chunk(b"IDAT", b"")
        assert refused(bomb) == "picture-pixels"


def chunk(name: bytes, content: bytes) -> bytes:
    """A part of a PNG (w3.org/TR/png-3, 5.3)."""
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")


def test_what_is_as_large_as_may_be_is_taken() -> None:
    pictures.require_size(pictures.LARGEST_UPLOAD)
