"""Days in words: with the month names of a region, and by the Hijri calendar."""

from __future__ import annotations

from datetime import date
from functools import cache

from babel import Locale
from babel.dates import format_date
from hijridate import Gregorian

#: The CLDR locale that has the month names of a region.
_LOCALES = {"egypt": "ar", "gulf": "ar_SA", "levant": "ar_LB", "tunis": "ar_TN", "maghreb": "ar_MA"}
_BOTH = ("levant", "egypt")


@cache
def day_in_words(day: date, pattern: str, language: str, months: str) -> str:
    """Return a day by a CLDR pattern, in Latin digits; ``months`` names the region whose months an Arabic one has."""
    if language == "ar":
        pattern = pattern.replace("MMMM", f"'{month_name(day.month, months)}'")
    return str(format_date(day, pattern, locale=language))


@cache
def month_name(month: int, months: str) -> str:
    """Return what a month (1..12) is called in a region; two names in one where that is "dual"."""
    if months == "dual":
        return "/".join(dict.fromkeys(month_name(month, one) for one in _BOTH))
    return str(Locale.parse(_LOCALES[months]).months["format"]["wide"][month])


@cache
def hijri_of(day: date) -> tuple[int, int, int] | None:
    """Return year, month and day by the calendar of Umm al-Qura; None outside of the years that it covers (1924 to 2077)."""
    try:
        year, month, number = Gregorian(day.year, day.month, day.day).to_hijri().datetuple()
    except OverflowError:
        return None
    return year, month, number
