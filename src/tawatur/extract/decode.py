"""Bytes to text: what they are before what they say they are.

Order: byte-order mark, UTF-16 without one, strict UTF-8, the Arabic encoding in which the text reads as Arabic (``encodings``), a
declaration that fits, UTF-8 with breaks or with parts in another encoding, a guess. Text that went wrong before it came here is
brought back where that is sure (``mojibake``).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from tawatur.extract import encodings
from tawatur.extract.mojibake import repaired
from tawatur.model import RawDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_CONTROLS = bytes(byte for byte in range(1, 32) if byte not in (9, 10, 11, 12, 13, 27))
_MAGIC = (b"%PDF", b"\x89PNG", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\xff\xd8\xff", b"\x28\xb5\x2f\xfd")
_UPPER = re.compile(rb"[\x80-\xff]+")
#: How much of a text is looked at to see whether parts of it are UTF-8.
LOOKED_AT = 200_000
#: Where less of the upper half is UTF-8 than this, what is so is so by accident.
MIXED = 0.2
#: Fewer bytes of the upper half say nothing of a language; then another declaration that fits decides.
FEW = 8
#: What may stand in a sound stretch of UTF-8 on an Arabic page: Latin and Arabic letters, signs, emoji.
_SOUND = re.compile(
    "[\u00a0-\u017f\u0300-\u036f\u0600-\u06ff\u0750-\u077f\u2000-\u2bff\ufb50-\ufeff\U0001f000-\U0001faff]+"
)


def decode(document: RawDocument) -> str | None:
    """Return the text of a document, or None where no encoding fits its bytes. Byte-order marks are no text."""
    text = _text(document.content, document.charset)
    return None if text is None else repaired(text).replace("\ufeff", "")


def _text(content: bytes, charset: str | None) -> str | None:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return encodings.strict(content[len(mark) :], name) or _broken(content[len(mark) :], name)
    if wide := _wide(content):
        return _broken(content, wide)
    if is_binary(content):
        return None
    text = encodings.strict(content, "utf-8")
    return text if text is not None else _not_utf8(content, charset)


def _broken(content: bytes, name: str) -> str | None:
    """The text of bytes whose encoding is known: what does not fit is shown as lost; None where most does not."""
    if name == "utf-8":
        return _nearly_utf8(content)
    text = content.decode(name, "replace")
    return text if text.count("\ufffd") * 20 <= len(text) else None


def is_binary(content: bytes) -> bool:
    """Say whether bytes are no text: control characters that no text holds."""
    head = content[:8192]
    if not head or head.startswith(tuple(mark for mark, _ in _MARKS)) or _wide(head):
        return False
    if head.startswith(_MAGIC):
        return True
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return head.count(0) * 200 > len(head) or controls > len(head) * 0.02


def _wide(content: bytes) -> str:
    """The name of UTF-16 without a mark, or "": every second byte is 00 (ASCII), 06 (Arabic), FB or FE (its shapes)."""
    head = content[:4096]
    if len(head) < 4:
        return ""
    shares = [sum(half.count(byte) for byte in (0, 6, 0xFB, 0xFE)) / len(half) for half in (head[1::2], head[::2])]
    little, big = shares
    if max(shares) < 0.7 or min(shares) > 0.2:
        return ""
    return "utf-16-le" if little > big else "utf-16-be"


def _not_utf8(content: bytes, charset: str | None) -> str | None:
    """The text of bytes that are no UTF-8 as a whole."""
    sound = _sound_share(content)
    names = list(encodings.declared(content, charset))
    if sound > MIXED:
        return _nearly_utf8(content)
    best = encodings.best_reading(content, names)
    fitting = (encodings.strict(content, name) for name in names if name not in encodings.ARABIC)
    told = next((text for text in fitting if text is not None), None)
    if best and best.score >= encodings.SURE and (told is None or _upper_bytes(content) >= FEW):
        return best.text
    if told is None and best and best.score >= encodings.POSSIBLE:
        return best.text
    if told is None and not sound and encodings.is_western(content, charset):
        told = encodings.strict(content, "cp1252")  # nothing in it is UTF-8, so it is none with breaks
    return told or _nearly_utf8(content) or _guessed(content)


def _upper_bytes(content: bytes) -> int:
    return sum(map(len, _UPPER.findall(content, 0, LOOKED_AT)))


def _sound_share(content: bytes) -> float:
    """How much of the upper half of the bytes is UTF-8 that an Arabic page may hold: 0 to 1."""
    runs = _UPPER.findall(content, 0, LOOKED_AT)
    good = sum(len(run) for run in runs if _sound(run))
    return good / max(1, sum(map(len, runs)))


def _sound(run: bytes) -> bool:
    text = encodings.strict(run, "utf-8")
    return text is not None and _SOUND.fullmatch(text) is not None


def _nearly_utf8(content: bytes) -> str | None:
    """UTF-8 with parts in an Arabic encoding, each read in its own, or with a few broken characters: at most one in two hundred."""
    broken = [run for run in _UPPER.findall(content) if encodings.strict(run, "utf-8") is None]
    best = encodings.best_reading(b" ".join(run for run in broken if not _mostly_utf8(run)))
    other = best.name if best and best.score >= encodings.POSSIBLE else ""
    text = "".join(_stretches(content, other))
    return text if text.count("\ufffd") * 200 <= max(len(text), 200) else None


def _stretches(content: bytes, other: str) -> Iterator[str]:
    """The text stretch by stretch: UTF-8, else the other encoding, else UTF-8 with breaks."""
    end = 0
    for found in _UPPER.finditer(content):
        yield content[end : found.start()].decode("ascii")
        run, end = found.group(), found.end()
        text = encodings.strict(run, "utf-8")
        if text is None and other and not _mostly_utf8(run):
            text = encodings.strict(run, other)
        yield run.decode("utf-8", "signs_of_1256") if text is None else text
    yield content[end:].decode("ascii")


def _mostly_utf8(run: bytes) -> bool:
    """Say whether a stretch is UTF-8 but for less than half of it."""
    return len(run.decode("utf-8", "ignore").encode()) * 2 > len(run)


def _sign(error: UnicodeError) -> tuple[str, int]:
    """A byte that is a quotation mark, a dash or a blank in windows-1256 (and 1252) is that; any other is lost."""
    assert isinstance(error, UnicodeDecodeError)
    char = error.object[error.start : error.start + 1].decode("cp1256")
    known = char in "«»“”‘’–—…•،؛؟\u00a0"
    return (char, error.start + 1) if known else ("\ufffd", error.end)


codecs.register_error("signs_of_1256", _sign)


def _guessed(content: bytes) -> str | None:
    from charset_normalizer import from_bytes  # late: few pages have to be guessed

    best = from_bytes(content).best()
    return None if best is None or best.chaos > 0.1 else str(best)
