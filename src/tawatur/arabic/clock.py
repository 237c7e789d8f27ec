"""Clock times: "الساعة 17:42 بتوقيت غرينتش", "العاشرة والنصف مساء", "14:05 بتوقيت مكة"."""

from __future__ import annotations

import re
from functools import cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.arabic.numbers import evaluate, number_pattern
from tawatur.arabic.patterns import BLANK, MAYBE, squeezed, words_pattern
from tawatur.arabic.timex import Clock

_PACKAGE = "tawatur.arabic"


@cache
def zones() -> dict[str, int | None]:
    """Return minutes ahead of UTC by folded zone words; None where the offset is not fixed."""
    return {fold(words): int(offset) if offset else None for offset, words in rows(_PACKAGE, "zones.tsv")}


@cache
def _dial() -> dict[str, str]:
    """What the words behind a clock time say ("مساء" → "pm"), folded; the words before a day serve too ("من مساء الجمعة")."""
    entries = rows(_PACKAGE, "day_parts.tsv")
    return {fold(word): part for part, before, behind in entries for word in (before, behind)}


@cache
def _hours() -> dict[str, int]:
    """Hours in words, folded, with the article: "العاشرة" → 10, "الواحدة" → 1."""
    forms = {
        fold("ال" + form): int(number)
        for number, all_forms in rows(_PACKAGE, "ordinals.tsv")
        for form in all_forms.split("|")
        if int(number) <= 12
    }
    return {hour: number for hour, number in forms.items() if hour.endswith(("ه", "عشر"))} | {fold("الواحدة"): 1}


@cache
def _fractions() -> dict[str, int]:
    """Minutes by the folded words for parts of an hour."""
    entries = rows(_PACKAGE, "clock_fractions.tsv")
    return {fold(form): int(minutes) for minutes, forms in entries for form in forms.split("|")}


@cache
def zone_pattern() -> str:
    """Return a pattern for a zone with its introduction, for ``zone_of``: "بتوقيت مكة", "ت.غ", "(غرينتش)", "GMT+3"."""
    named = [zone for zone, offset in zones().items() if offset == 0]
    other = [zone for zone, offset in zones().items() if offset != 0]
    lead = rf"(?:(?:ب|حسب{BLANK}|وفق{BLANK})?(?:ال)?توقيت{BLANK})"
    shift = rf"(?:{MAYBE}(?P<shift>[+-]{MAYBE}\d{{1,2}}(?::?[0-5]\d)?)(?![\d:]))?"
    zone = rf"{lead}?(?P<zone>{words_pattern(named)})(?!\w){shift}"
    return rf"[(\[]?(?:{zone}|{lead}(?:مدينه{BLANK})?(?P<place>{words_pattern(other)})(?!\w))[)\]]?"


def zone_of(found: re.Match[str]) -> tuple[int | None, str]:
    """Return the minutes ahead of UTC that a match of ``zone_pattern`` names, None where they are not known, and its words."""
    zone = squeezed(found["zone"] or found["place"] or "")
    shift = re.fullmatch(r"([+-])(\d{1,2}):?(\d\d)?", "".join((found["shift"] or "").split()))
    if not shift:
        return zones().get(zone), zone
    minutes = int(shift[2]) * 60 + int(shift[3] or 0)
    return (minutes if shift[1] == "+" else -minutes) if minutes <= 14 * 60 else None, f"{zone}{shift[0]}"


def names_utc(text: str) -> bool:
    """Say whether a folded text names the zone UTC, by whatever words."""
    return any(found["zone"] and not found["shift"] for found in _zones().finditer(text))


@cache
def _zones() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){zone_pattern()}")


@cache
def clock_pattern() -> str:
    """Return a pattern with groups for a clock time that says it is one: "الساعة", a zone, or minutes with a part of the day."""
    digits = r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?::\d{2})?(?!\d))?"
    past = rf"(?P<fraction>{words_pattern(_fractions())})|(?P<minutes>{number_pattern()}){BLANK}(?:دقيقه|دقائق)"
    to = rf"الا{BLANK}(?P<to>{words_pattern(_fractions())})"
    words = rf"(?P<word>{words_pattern(_hours())})(?:{BLANK}(?:و{MAYBE}(?:{past})|{to})(?!\w))?"
    dial = rf"(?:{MAYBE}[,،]?{MAYBE}(?:من{BLANK}|في{BLANK})?(?P<dial>{words_pattern(_dial())})(?!\w))?"
    lead = rf"(?P<lead>(?:عند{BLANK})?(?:حوالي{BLANK})?(?:تمام{BLANK})?الساعه{BLANK})?"
    return rf"{lead}(?:{digits}|{words}){dial}(?:{MAYBE}{zone_pattern()})?"


@cache
def _finder() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w:./])(?:[بلوف])?{clock_pattern()}(?![\w:])(?![.]\d)")


def read(found: re.Match[str]) -> Clock | None:
    """Return the clock time of a match of ``clock_pattern``, or None where it is none."""
    hour = _hours()[squeezed(found["word"])] if found["word"] else int(found["hour"])
    minute = _minute(found)
    hour, minute = (hour - 1, 60 - minute) if found["to"] else (hour, minute)
    hour = _on_dial(hour, _dial().get(squeezed(found["dial"] or ""), ""))
    if hour == 24:
        hour = 0
    if hour > 23 or minute > 59:
        return None
    return Clock(hour, minute, *zone_of(found))


def _minute(found: re.Match[str]) -> int:
    if fraction := found["fraction"] or found["to"]:
        return _fractions()[squeezed(fraction)]
    return int(found["minute"] or (evaluate(found["minutes"]) if found["minutes"] else 0))


def _on_dial(hour: int, part: str) -> int:
    """Bring an hour of the twelve-hour dial to twenty-four."""
    if hour > 12 or not part:
        return hour
    afternoon = part == "pm" or (part == "noon" and hour not in (10, 11)) or (part == "night" and 6 <= hour < 12)
    return hour % 12 + (12 if afternoon else 0)


def find(text: str) -> list[tuple[int, int, Clock]]:
    """Return start, end and value of the clock times of a folded text.

    Digits alone are none: "الساعة", a zone, or minutes with a part of the day must say so.
    """
    if not re.search("الساعه|توقيت|غرين|جرين|ت ?[.]? ?غ|gmt|utc|:", text):
        return []
    found: list[tuple[int, int, Clock]] = []
    for match in _finder().finditer(text):
        told = match["lead"] or match["zone"] or match["place"] or (match["dial"] and match["minute"])
        clock = read(match) if told else None
        if clock:
            start = match.start("lead") if match["lead"] else max(match.start("hour"), match.start("word"))
            if found and clock.offset == 0 and re.fullmatch(r"[\s،,/-]*\(?", text[found[-1][1] : start]):
                start = found.pop()[0]  # "الساعة 19:50 (16:50 غرينتش)": one time, told twice
            found.append((start, match.end(), clock))
    return found
