"""Bytes to text: what they are before what they say they are.

Order: byte-order mark, strict UTF-8, the encoding declared outside (an HTTP header), the one declared inside, a guess. Arabic text
without a declaration is mostly windows-1256, sometimes ISO-8859-6; the two share most letters' codes up to ض and none behind it, so
the better one is the one in which the text has more Arabic and fewer odd signs (both: ``plausibility``).
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from tawatur.model import RawDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_DECLARED = re.compile(rb"""(?:charset\s*=\s*|<\?xml[^>]*encoding\s*=\s*)["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]+")
# Letters as news uses them: of a hundred Arabic letters about twelve are alef, eleven lam, seven ya.
_COMMON = frozenset("النيمورتبعدسهكفقحجشطص")
_ODD = re.compile(
    "[\u0080-\u009f\u00a4\u00a6\u00b0-\u00b6\u00c0-\u00ff\ufffd\u0152\u0153\u0192\u02c6\u0679-\u06d5\u2021\u2030]"
)
_CONTROLS = bytes(byte for byte in range(32) if byte not in (9, 10, 11, 12, 13, 27))
_ALIASES = {"arabic": "iso-8859-6", "windows1256": "windows-1256", "utf8": "utf-8", "cp-1256": "windows-1256"}
#: Below this a text in an Arabic encoding is not Arabic.
LEAST_PLAUSIBLE = 0.5


def decode(document: RawDocument) -> str | None:
    """Return the text of a document, or None where no encoding fits its bytes."""
    content = document.content
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content, encoding)
    if is_binary(content) and not _is_utf16(content):
        return None
    text = None if _is_utf16(content) else _strict(content, "utf-8")
    if text is not None:
        return text
    return _declared(content, document.charset) or _arabic(content) or _nearly_utf8(content) or _guessed(content)


def is_binary(content: bytes) -> bool:
    """Say whether bytes are no text: control characters that no text holds."""
    head = content[:8192]
    if not head or head.startswith(tuple(mark for mark, _ in _MARKS)) or _is_utf16(head):
        return False
    if head.startswith(
        (b"%PDF", b"\x89PNG", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\xff\xd8\xff", b"\x28\xb5\x2f\xfd")
    ):
        return True
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return b"\0" in head or controls > len(head) * 0.02


def _is_utf16(content: bytes) -> bool:
    """Say whether bytes without a mark are UTF-16 in Arabic: every second byte is 06 or 00."""
    head = content[:1024]
    pages = (head[1::2], head[::2])
    return len(head) >= 16 and any(page.count(6) + page.count(0) > len(page) * 0.9 and page.count(6) for page in pages)


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        return None


def _declared(content: bytes, outside: str | None) -> str | None:
    """The text in a declared encoding, if it fits. The bytes are no UTF-8, so that declaration is known to be wrong."""
    inside = _DECLARED.search(content[:4096])
    for name in (outside, inside[1].decode("ascii") if inside else None):
        encoding = _ALIASES.get((name or "").lower(), (name or "").lower())
        if encoding and encoding.replace("_", "-") not in (
            "utf-8",
            "latin-1",
            "iso-8859-1",
            "windows-1252",
            "us-ascii",
        ):
            text = _strict(content, encoding)
            if text is not None and (not _arabic_encoding(encoding) or plausibility(text) >= LEAST_PLAUSIBLE):
                return text
    return None


def _arabic_encoding(name: str) -> bool:
    return "1256" in name or "8859-6" in name


def _arabic(content: bytes) -> str | None:
    """The text in the better of the two Arabic encodings, if it is Arabic in it."""
    if _is_utf16(content):
        return _strict(content, "utf-16-le" if content[1:1024:2].count(6) >= content[:1024:2].count(6) else "utf-16-be")
    texts = [text for name in ("cp1256", "iso-8859-6") if (text := _strict(content, name)) is not None]
    best = max(texts, key=plausibility, default=None)
    return best if best is not None and plausibility(best) >= LEAST_PLAUSIBLE else None


def plausibility(text: str) -> float:
    """Return how much a text looks like Arabic, from 0 to 1.

    The share of common Arabic letters among everything beyond ASCII, in words of a believable length.
    """
    beyond = [char for char in text if char > "\u007f" and char != "\u00a0"]
    if not beyond:
        return 0.0
    words = _ARABIC.findall(text)
    letters = sum(char in _COMMON for word in words if 1 < len(word) < 14 for char in word)
    return max(0.0, (letters - len(_ODD.findall(text))) / len(beyond))


def _nearly_utf8(content: bytes) -> str | None:
    """UTF-8 with a few broken characters, as a page cut in the middle has it: at most one in two hundred."""
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    return text if text.count("\ufffd") * 200 <= len(text) else None


def _guessed(content: bytes) -> str | None:
    best = from_bytes(content).best()
    return None if best is None or best.chaos > 0.1 else str(best)
