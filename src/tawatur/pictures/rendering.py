"""Bytes of others into small pictures of ours. What they are is told by the bytes; nothing of them but the colours is kept.

A picture is decoded in a process of its own (``begin``), so that what a hostile file does to a decoder it does to nothing else. Its
size is looked at before anything is unpacked. Whoever needs this module loads it late, since decoders are large.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, ImageStat, UnidentifiedImageError

from tawatur.model import Rejected
from tawatur.pictures.sizes import WIDTHS, widths_of

#: What is read. SVG is no picture but a program; the others are rare in news.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
#: The most pixels of an original: twice what the cameras of photographers give, 160 MB while it is unpacked.
MOST_PIXELS = 40_000_000
#: Smaller originals are signs and thumbnails; longer ones banners and tables.
LEAST_WIDTH, LEAST_HEIGHT, LONGEST = 200, 120, 3.0
#: What differs less from its mean, in grey levels of 255, shows nothing.
BLANK = 6.0
#: As far as pictures of news go, nobody sees the difference to 100 at these widths.
QUALITY, EFFORT = 74, 4
#: The memory that the process may have, in bytes.
MEMORY = 2 << 30
_SRGB = ImageCms.createProfile("sRGB")
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, IndexError, KeyError, TypeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A picture made small: its files (WebP) by width, the size of the original, and what it is told by (128 bits, hexadecimal)."""

    width: int
    height: int
    likeness: str
    files: dict[int, bytes]


def begin() -> None:
    """Furnish a process that renders: bound its memory, where the system can."""
    try:
        import resource
    except ImportError:  # no such thing on this system
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def render(content: bytes, origin: str) -> Rendered | Rejected:
    """Return the small pictures of a file, or why it has none: a message key under ``picture.``.

    Of one that moves, the first frame counts. What it says beside its colours (place, camera, author) is dropped.
    """
    try:
        with _strict(), Image.open(BytesIO(content), formats=FORMATS) as image:
            if reason := _refused(image):
                return Rejected(origin=origin, reason=reason, detail=f"{image.width} x {image.height}")
            size, picture = _decoded(image)
    except UnidentifiedImageError:
        return Rejected(origin=origin, reason="picture.kind", detail=_beginning(content))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        return Rejected(origin=origin, reason="picture.too_large", detail=type(error).__name__)
    except _BROKEN as error:
        return Rejected(origin=origin, reason="picture.broken", detail=type(error).__name__)
    if ImageStat.Stat(picture.convert("L").resize((64, 64))).stddev[0] < BLANK:
        return Rejected(origin=origin, reason="picture.blank")
    files = {width: _packed(picture, width) for width in widths_of(size[0])}
    return Rendered(width=size[0], height=size[1], likeness=likeness(picture), files=files)


@contextmanager
def _strict() -> Iterator[None]:
    """Let a file that says that it is very large fail where it would only be warned of."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _refused(image: Image.Image) -> str:
    """Why a file is not even unpacked, "" where it is. Only its head has been read."""
    wide, high = image.size
    if wide * high > MOST_PIXELS:
        return "picture.too_large"
    if min(wide, high) < LEAST_HEIGHT or max(wide, high) < LEAST_WIDTH:
        return "picture.small"
    return "picture.shape" if max(wide / high, high / wide) > LONGEST else ""


def _decoded(image: Image.Image) -> tuple[tuple[int, int], Image.Image]:
    """The size of the original as it is looked at, and the picture, no wider than the widest that is kept, in plain colours."""
    whole = image.size
    image.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))  # a JPEG need not be unpacked finer than that
    image.load()
    turned = ImageOps.exif_transpose(image)
    if (turned.width > turned.height) != (image.width > image.height):
        whole = whole[1], whole[0]
    turned.thumbnail((WIDTHS[-1], int(WIDTHS[-1] * LONGEST)), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return whole, _plain(turned)


def _plain(image: Image.Image) -> Image.Image:
    """The colours alone, as screens have them, on white where nothing was."""
    if image.mode in ("P", "PA", "LA", "RGBA", "RGBa", "La") or "transparency" in image.info:
        through = image.convert("RGBA")
        flat = Image.new("RGBA", image.size, "white")
        flat.alpha_composite(through)
        image, profile = flat.convert("RGB"), None
    else:
        profile = image.info.get("icc_profile")
    plain = _in_srgb(image, profile) if profile else image.convert("RGB")
    bare = Image.new("RGB", plain.size)  # nothing that the file said goes with it
    bare.paste(plain)
    return bare


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        made = ImageCms.profileToProfile(image, own, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):  # a profile that is none, or of other colours
        made = None
    return made or image.convert("RGB")


def _packed(picture: Image.Image, width: int) -> bytes:
    made = picture.copy()
    made.thumbnail((width, int(width * LONGEST)), Image.Resampling.LANCZOS)
    out = BytesIO()
    made.save(out, "WEBP", quality=QUALITY, method=EFFORT)
    return out.getvalue()


def as_jpeg(content: bytes) -> bytes:
    """Return one of our own files as JPEG, for mail programs that read nothing else."""
    out = BytesIO()
    with Image.open(BytesIO(content), formats=("WEBP",)) as image:
        image.convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def likeness(picture: Image.Image) -> str:
    """Return 128 bits that copies have in common: where the picture grows brighter, along its lines and along its columns.

    They are the difference hash (dHash), which survives other sizes, packing and brightness; cutting only in so far as the
    outlines stay.
    """
    grey = picture.convert("L")
    along = grey.resize((9, 8), Image.Resampling.BOX).tobytes()
    down = grey.resize((8, 9), Image.Resampling.BOX).tobytes()
    bits = [along[9 * y + x] < along[9 * y + x + 1] for y in range(8) for x in range(8)]
    bits += [down[8 * y + x] < down[8 * (y + 1) + x] for y in range(8) for x in range(8)]
    return f"{sum(bit << at for at, bit in enumerate(bits)):032x}"


def _beginning(content: bytes) -> str:
    """How a file begins, for people who look for what it was."""
    head = content.lstrip()[:40].decode("latin-1")
    return "".join(one for one in head if one.isprintable())
