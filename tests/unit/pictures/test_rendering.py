"""Bytes of others into small pictures: what is read, what is refused, and what is left of a file."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import ExifTags, Image, ImageCms, PngImagePlugin
from tests.unit.drawing import drawn, packed

from tawatur.messages import catalogue
from tawatur.model import Rejected
from tawatur.pictures.rendering import MOST_PIXELS, WIDTHS, Rendered, as_jpeg, render, widths_of
from tawatur.stories.pictures import NEAR, distance

SECRET = b"taken by nobody at 35.1 N"


def rendered(content: bytes) -> Rendered:
    found = render(content, "https://a.example/1")
    assert isinstance(found, Rendered), found
    return found


def reason(content: bytes) -> str:
    found = render(content, "https://a.example/1")
    assert isinstance(found, Rejected)
    assert found.key in catalogue("ar"), "people are told why"
    return found.key


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_every_kind_becomes_webp_in_the_widths(form: str) -> None:
    made = rendered(packed(drawn(1, 1500, 1000), form))
    assert (made.width, made.height) == (1500, 1000)
    assert list(made.files) == list(WIDTHS)
    for width, content in made.files.items():
        small = opened(content)
        assert (small.format, small.size, small.mode) == ("WEBP", (width, round(width / 1.5)), "RGB")


def test_nothing_is_blown_up() -> None:
    made = rendered(packed(drawn(1, 700, 500)))
    assert {width: opened(content).width for width, content in made.files.items()} == {160: 160, 480: 480, 960: 700}
    assert widths_of(300) == (160, 480)
    assert widths_of(480) == (160, 480)
    assert widths_of(5000) == WIDTHS


def test_the_first_frame_of_what_moves_counts() -> None:
    frames = [drawn(number, 400, 300) for number in range(3)]
    still = rendered(packed(frames[0], "GIF"))
    for form in ("GIF", "WEBP", "PNG"):
        moving = rendered(packed(frames[0], form, save_all=True, append_images=frames[1:], duration=90))
        assert distance(still.likeness, moving.likeness) <= 4
        assert not getattr(opened(moving.files[160]), "is_animated", False)


def test_what_a_file_says_beside_its_colours_is_dropped() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = SECRET.decode()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (35.0, 6.0, 0.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    told = packed(drawn(1), exif=exif, icc_profile=profile, comment=SECRET)
    note = PngImagePlugin.PngInfo()
    note.add_text("Author", SECRET.decode())
    assert SECRET in told
    for content in (told, packed(drawn(1), "PNG", pnginfo=note), packed(drawn(1), "WEBP", exif=exif, xmp=SECRET)):
        for small in rendered(content).files.values():
            assert SECRET not in small
            assert not opened(small).getexif()
            assert set(opened(small).info) <= {"loop", "background", "timestamp", "duration"}


def test_a_picture_stands_as_its_camera_was_held() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    made = rendered(packed(drawn(1, 900, 600), exif=exif))
    assert (made.width, made.height) == (600, 900)
    assert opened(made.files[160]).size == (160, 240)


def test_colours_are_those_of_screens() -> None:
    through = drawn(1, 400, 300).convert("RGBA")
    through.putalpha(0)
    through.paste(drawn(2, 200, 300), (0, 0))
    corner = opened(rendered(packed(through, "PNG")).files[480]).getpixel((390, 10))
    assert min(corner) > 245, "white where nothing was"  # type: ignore[type-var]
    for mode in ("CMYK", "L", "P", "1", "I;16"):
        source = drawn(1, 400, 300).convert("L").convert("I;16") if mode == "I;16" else drawn(1, 400, 300).convert(mode)
        assert opened(rendered(packed(source, "JPEG" if mode in ("CMYK", "L") else "PNG")).files[160]).mode == "RGB"
    assert rendered(packed(drawn(1), icc_profile=b"no profile at all")).width == 800


def png(width: int, height: int, *, data: bytes = b"") -> bytes:
    """A PNG that says it is so large, with whatever data."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data or zlib.compress(b"\0")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "kind"),
        (b"<?xml version='1.0'?><svg/>", "kind"),
        (b"<!doctype html><title>not found</title>", "kind"),
        (b"%PDF-1.7", "kind"),
        (b"BM" + bytes(100), "kind"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 900 600\n", "kind"),
        (packed(drawn(1), "TIFF"), "kind"),
        (packed(drawn(1), "ICO"), "kind"),
        (packed(drawn(1))[:5000], "broken"),
        (packed(drawn(1), "PNG")[:2000], "broken"),
        (b"\xff\xd8\xff\xe0" + bytes(200), "broken"),
        (png(900, 600), "broken"),
        (png(20_000, 20_000), "too_large"),
        (png(MOST_PIXELS // 1000 + 1, 1000), "too_large"),
        (png(2**31 - 1, 2**31 - 1), "too_large"),
        (packed(drawn(1, 120, 90)), "small"),
        (packed(drawn(1, 900, 100)), "small"),
        (packed(drawn(1, 1000, 300)), "shape"),
        (packed(drawn(1, 300, 1000)), "shape"),
        (packed(Image.new("RGB", (900, 600), "white")), "blank"),
    ],
)
def test_what_is_no_picture_of_news_is_refused(content: bytes, why: str) -> None:
    found = reason(content)
    assert found.removeprefix("picture.") in ((why, "kind") if why == "broken" else (why,))


def test_a_bomb_is_never_unpacked() -> None:
    packed_zeros = zlib.compress(bytes(300_000_000 // 100) * 1, 9) * 1
    assert reason(png(10_000, 10_000, data=packed_zeros)) == "picture.too_large"


def test_copies_are_alike_and_others_are_not() -> None:
    first = [rendered(packed(drawn(number))).likeness for number in range(8)]
    for number, likeness in enumerate(first):
        small = drawn(number, 1600, 1066).resize((640, 426))
        worn = Image.eval(small, lambda value: min(255, int(value * 1.08) + 4))
        for content in (packed(small, quality=40), packed(worn, "WEBP", quality=50)):
            assert distance(likeness, rendered(content).likeness) <= NEAR
        others = [distance(likeness, other) for at, other in enumerate(first) if at != number]
        assert min(others) > NEAR


def test_our_own_files_become_jpeg_for_mail() -> None:
    made = opened(as_jpeg(rendered(packed(drawn(1))).files[480]))
    assert (made.format, made.size) == ("JPEG", (480, 320))
    assert not made.getexif()
