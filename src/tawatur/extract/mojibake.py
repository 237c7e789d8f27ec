"""Text that went through a wrong encoding on its way, brought back where that is sure.

Two accidents are common. UTF-8 was read as a single-byte encoding and stored again ("Ø§Ù„Ø®Ø¨Ø±" or "ط§ظ„ط®ط¨ط±" for "الخبر"): each
character is then two or more, the first of a few leads, the others of what that encoding has at 80 to BF. Or windows-1256 was read
as windows-1252 ("ÇáÎÈÑ"): words of accented Latin letters alone. Both are undone run by run, so that sound parts of a page stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from tawatur.extract import encodings

#: The encodings that UTF-8 is mistaken for.
_MISTAKEN = ("cp1252", "cp1256", "mac_roman")
# The commonest letters of Arabic, alef and lam, as these accidents leave them: a text without them is sound.
_COMMON = ("\u0627", "\u0644")
#: So many Arabic letters in a row, each as a pair of signs, are no accident.
SURE_PAIRS = 3
_ARABIC_LEADS = (0xD8, 0xD9, 0xDA, 0xDB)
# What the second encoding may hide on an Arabic page: its letters and signs, no accented Latin letters, which "أ،" would be.
_OF_ARABIC = re.compile("[\u00a0\u00ab\u00b7\u00bb\u0600-\u06ff\u2000-\u2bff\ufb50-\ufeff\U0001f000-\U0001faff]")
# A page has so many words of accented letters alone before they are taken for Arabic.
_LATIN_WORDS = 3
# What "ال" of windows-1256 is in windows-1252: every Arabic text has it.
_AL = "\u00c7\u00e1"
_LATIN_WORD = re.compile("(?<![A-Za-z])[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]{3,}(?![A-Za-z])")


def repaired(text: str) -> str:
    """Return a text without these accidents; a text that went wrong twice is brought back twice."""
    for _ in range(2):
        again = _from_latin(_from_utf8(text))
        if again == text:
            break
        text = again
    return text


def _from_utf8(text: str) -> str:
    for name in _MISTAKEN:
        if _is_suspect(text, name) and _suspect(name).search(text):
            return _sequences(name).sub(_undo(name), text)
    return text


def _is_suspect(text: str, name: str) -> bool:
    """Say whether a text holds a trace; single signs are looked for first, since that is the fastest of searches."""
    traces = _traces(name)
    return any(trace[-1] in text for trace in traces) and any(trace in text for trace in traces)


@cache
def _traces(name: str) -> tuple[str, ...]:
    """What the commonest letters look like behind the accident, and behind the same once more."""
    once = tuple(_mistaken(letter, name) for letter in _COMMON)
    return once + tuple(_mistaken(trace, name) for trace in once)


def _mistaken(text: str, name: str) -> str:
    chars = {code: char for char, code in _codes(name).items()}
    return "".join(chars[byte] if byte > 0x7F else chr(byte) for byte in text.encode())


def _undo(name: str) -> Callable[[re.Match[str]], str]:
    table = _codes(name)

    def undone(found: re.Match[str]) -> str:
        alone = {"\u00d8": "ح", "\u00d9": "ف"}.get(found.group()) if name == "cp1252" else None
        if alone:  # its second sign was one that nobody sees: a soft hyphen, or a control
            return alone
        char = bytes(table[char] for char in found.group()).decode("utf-8", "ignore")
        return char if char and (name != "cp1256" or _OF_ARABIC.match(char)) else found.group()

    return undone


@cache
def _codes(name: str) -> dict[str, int]:
    """The byte of each character of an encoding; what it leaves open stands for itself, as browsers have it."""
    found = {chr(code): code for code in range(0x80, 0xA0)}
    for code in range(0x80, 0x100):
        char = bytes([code]).decode(name, "ignore")
        if char:
            found[char] = code
    return found


def _class(name: str, codes: range | tuple[int, ...]) -> str:
    return "[" + "".join(re.escape(char) for char, code in _codes(name).items() if code in codes) + "]"


@cache
def _suspect(name: str) -> re.Pattern[str]:
    pair = _class(name, _ARABIC_LEADS) + _class(name, range(0x80, 0xC0))
    twice = "|".join(re.escape(_mistaken(trace, name)) for trace in _traces(name)[:2])
    return re.compile(f"(?:{pair}){{{SURE_PAIRS}}}|{twice}")


@cache
def _sequences(name: str) -> re.Pattern[str]:
    """The sequences of two to four characters that stand for one; a lead that lost its second sign."""
    tail = _class(name, range(0x80, 0xC0))
    two, three, four = (_class(name, codes) for codes in (range(0xC2, 0xE0), range(0xE0, 0xF0), range(0xF0, 0xF5)))
    alone = "|[\u00d8\u00d9](?=[\u00d8\u00d9\\W])" if name == "cp1252" else ""
    # Its leads are letters of Arabic: within a sound word ("شروط،") there is none.
    before = "(?<![\u0621-\u063a\u0641-\u064a])" if name == "cp1256" else ""
    return re.compile(f"{before}(?:{four}{tail}{{3}}|{three}{tail}{{2}}|{two}{tail}{alone})")


def _from_latin(text: str) -> str:
    """The text with the stretches of accented letters read as windows-1256, if they are Arabic so."""
    if _AL not in text:
        return text
    words = _LATIN_WORD.findall(text[:200_000])
    if len(words) < _LATIN_WORDS or encodings.arabic(_as_1256(" ".join(words))) < encodings.SURE:
        return text
    return _latin_stretch().sub(lambda found: _as_1256(found.group()), text)


@cache
def _latin_stretch() -> re.Pattern[str]:
    """Characters of the upper half alone, not beside Latin letters: "é" of a French word stays."""
    upper = _class("cp1252", range(0x80, 0x100))
    return re.compile(f"(?<![A-Za-z]){upper}+(?![A-Za-z])")


def _as_1256(text: str) -> str:
    table = _codes("cp1252")
    return bytes(table.get(char, 0x20) for char in text).decode("cp1256")
