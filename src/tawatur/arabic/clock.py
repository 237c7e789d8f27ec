"""Clock times: "الساعة 17:42 بتوقيت غرينتش", "العاشرة والنصف مساء", "14:05 بتوقيت مكة"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import lines, rows
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
    return {fold(word): part for part, before, *behind in entries for word in (before, *behind) if word}


def dial_words() -> Iterable[str]:
    """Return the folded words that stand behind a clock time for a part of the day, for ``on_dial``."""
    return _dial()


def on_dial(hour: int, words: str) -> int:
    """Bring an hour of the twelve-hour dial to twenty-four by the folded words behind it ("ليلا"); 13 and more stay."""
    return _on_dial(hour, _dial().get(squeezed(words), ""))


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
def _counts() -> dict[str, int]:
    """Hours in words as they are counted, folded, behind "الساعة" alone: "ثلاثة" → 3."""
    return {
        fold(form): int(value)
        for value, role, forms in rows(_PACKAGE, "number_words.tsv")
        for form in forms.split("|")
        if role in ("small", "ten", "only") and float(value) <= 10
    }


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
    digits = (
        rf"(?(lead)(?:ال{MAYBE})?)(?P<hour>\d{{1,2}})(?:(?:[:.,]|(?<=\d\d))(?P<minute>\d{{2}})(?::\d{{2}})?(?!\d))?"
    )
    past = rf"(?P<fraction>{words_pattern(_fractions())})|(?P<minutes>{number_pattern()}){BLANK}(?:دقيقه|دقائق)"
    to = rf"الا{BLANK}(?P<to>{words_pattern(_fractions())})"
    parts = rf"(?:{BLANK}(?:و{MAYBE}(?:{past})|{to})(?!\w))?"
    words = rf"(?P<word>{words_pattern(_hours())})|(?(lead)(?P<count>{words_pattern(_counts())})(?!\w)|(?!))"
    dial = rf"(?:{MAYBE}[,،]?{MAYBE}(?:من{BLANK}|في{BLANK})?(?P<dial>{words_pattern(_dial())})(?!\w))?"
    lead = rf"(?P<lead>(?:عند{BLANK})?(?:حوالي{BLANK})?(?:تمام{BLANK})?الساعه{BLANK})?"
    return rf"{lead}(?:{digits}|{words}){parts}{dial}(?:{MAYBE}{zone_pattern()})?"


@cache
def _finder() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w:./])(?:[بلوف])?{clock_pattern()}(?![\w:])(?![.]\d)")


def read(found: re.Match[str]) -> Clock | None:
    """Return the clock time of a match of ``clock_pattern``, or None where it is none."""
    hour, minute = _hour(found), _minute(found)
    hour, minute = (hour - 1, 60 - minute) if found["to"] else (hour, minute)
    part = _dial().get(squeezed(found["dial"] or ""), "")
    half = not part and 1 <= hour <= 12 and not (found["hour"] or "").startswith("0")
    hour = _on_dial(hour, part)
    if hour == 24:
        hour = 0
    if not 0 <= hour <= 23 or minute > 59:
        return None
    offset, zone = zone_of(found)
    return Clock(hour, minute, offset, zone, half=half and offset is None)


def _hour(found: re.Match[str]) -> int:
    if found["word"]:
        return _hours()[squeezed(found["word"])]
    return _counts()[squeezed(found["count"])] if found["count"] else int(found["hour"])


def with_part(clock: Clock, words: str) -> Clock:
    """Return a clock time on the half of the day that the folded words of its day name ("مساء السبت", "هذه الليلة")."""
    if not clock.half:
        return clock
    found = _day_words().match(words)
    part = _part_words()[squeezed(found[0])] if found else ""
    return replace(clock, hour=_on_dial(clock.hour, part) % 24, half=False) if part else clock


@cache
def _part_words() -> dict[str, str]:
    relative = {fold(words): part[0] for _, words, *part in rows(_PACKAGE, "relative_days.tsv") if part}
    return {fold(before): part for part, before, *_ in rows(_PACKAGE, "day_parts.tsv") if before} | relative


@cache
def _day_words() -> re.Pattern[str]:
    return re.compile(rf"{words_pattern(_part_words())}(?!\w)")


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


def find(text: str, *, wide: bool = False) -> list[tuple[int, int, Clock]]:
    """Return start, end and value of the clock times of a folded text.

    Digits alone are none: "الساعة", a zone, or minutes with a part of the day must say so; ``wide`` takes "12:30" too. An hour in
    words alone ("الثالثة فجرا") needs a word before it that leads to a time, since "الجولة الثالثة مساء" counts rounds.
    """
    if not (wide or _hint().search(text)):
        return []
    found: list[tuple[int, int, Clock]] = []
    for match in _finder().finditer(text):
        clock = read(match) if _told(match, wide=wide) else None
        if clock:
            start = match.start("lead") if match["lead"] else max(match.start("hour"), match.start("word"))
            if found and clock.offset == 0 and re.fullmatch(r"[\s،,/-]*\(?", text[found[-1][1] : start]):
                start = found.pop()[0]  # "الساعة 19:50 (16:50 غرينتش)": one time, told twice
            found.append((start, match.end(), clock))
    return found


def _told(match: re.Match[str], *, wide: bool) -> bool:
    """Say whether the words of a match tell that they are a clock time."""
    if match["lead"] or match["zone"] or match["place"]:
        return True
    minutes = match["minute"] or match["minutes"] or match["fraction"] or match["to"]
    if minutes:
        whole = match["minute"] and match.end("hour") == match.start("minute")  # "1600", which may count anything
        return bool(match["dial"] and not whole) or (wide and bool(match["minute"] and ":" in match[0]))
    if wide and (match["word"] or match["hour"]) and _with_day().match(match.string, match.end()):
        return True
    if not (match["word"] and match["dial"]):
        return False
    before = match.string[max(0, match.start("word") - 12) : match.start("word")]
    return wide or bool(_lead_before().search(before))


@cache
def _with_day() -> re.Pattern[str]:
    """What a number is a time before: "8 هذا المساء"."""
    relative = [words for _, words, *part in rows(_PACKAGE, "relative_days.tsv") if part]
    return re.compile(rf"{MAYBE}[،,]?{MAYBE}{words_pattern(relative)}(?!\w)")


@cache
def _lead_before() -> re.Pattern[str]:
    leads = words_pattern(lines(_PACKAGE, "clock_leads.txt"))
    return re.compile(rf"(?<!\w)و?{leads}{BLANK}$")


@cache
def _hint() -> re.Pattern[str]:
    """What a text without clock times lacks: a sign or word that tells one, or an hour in words before a part of the day."""
    words = rf"{words_pattern(_hours())}{BLANK}(?:(?:و|الا|من{BLANK})?{words_pattern([*_dial(), *_fractions()])}|و)"
    return re.compile(rf"الساعه|توقيت|غرين|جرين|ت ?[.]? ?غ|gmt|utc|:|{words}")
