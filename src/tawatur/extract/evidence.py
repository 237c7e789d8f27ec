"""What counts for an article beside its text: who wrote it and when it was published, the most trusted evidence first.

A time of publication is asked of JSON-LD, then of other metadata, of ``time`` elements, of the visible date line, of the address,
where nothing else is there of the time of the last change, and at last of a day that stands far from the text. A day behind the
day of reading, or before the web, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from tawatur.extract import assemble, credits, date_line, metadata, published, zones
from tawatur.extract.compose import Draft, date_of
from tawatur.extract.flow import Piece
from tawatur.extract.lines import comparable
from tawatur.extract.metadata import Metadata
from tawatur.model import Certainty, Outlets, Published

#: No page is older than this.
FIRST_DAY = date(1990, 1, 1)
_URL_DAY = re.compile(
    r"/(20\d\d)/(?:[a-z_-]+/)?(\d{1,2})/(\d{1,2})(?=[/_-]|$)"
    r"|[/_-](20\d\d)-(\d{1,2})-(\d{1,2})(?=[/_.-]|$)"
    r"|/(20\d\d)(\d\d)(\d\d)(?=[/_-])"
)


def told(meta: Metadata, draft: Draft, url: str | None, *, outlets: Outlets, latest: date) -> assemble.Told:
    """Return what a page says about its article, from its metadata and from what its lines told."""
    outlet = outlets.of_url(url)
    sites = {comparable(name) for name in (meta.site, outlet.name if outlet else "", outlet.name_en if outlet else "")}
    read = [credits.of_line(author, outlets) for author in meta.authors if comparable(author) not in sites]
    authors = tuple(dict.fromkeys(author for one in read for author in one.authors))
    return assemble.Told(
        title=draft.title,
        summary=meta.description,
        section=meta.section,
        authors=authors or draft.authors,
        agency=draft.agency or next((one.agency for one in read if one.agency), ""),
        url=url,
        published=_published(meta, draft, url, latest, outlet.zone if outlet else ""),
    )


def _published(meta: Metadata, draft: Draft, url: str | None, latest: date, zone: str) -> Published | None:
    """The time of publication. ``zone`` is the outlet's, in which the page shows its times, "" where it is not known."""
    told, shown = of_metadata(meta, latest), draft.stated
    if told is not None:
        return published.agreed(told, shown, zone)
    sure, named = shown if shown and shown.certainty is Certainty.STATED else None, of_url(url, latest)
    visible = _unswapped(sure, named) or named or shown or draft.changed
    return published.placed(visible, zone) if visible else _first(meta.changed, latest)


def _unswapped(shown: Published | None, named: Published | None) -> Published | None:
    """A visible time whose day and month stand in the other order than was read, where the address names that day."""
    if shown is None or shown.at is None or named is None or named.day is None or shown.day is None:
        return shown
    swapped = (shown.day.year, shown.day.day, shown.day.month) == (named.day.year, named.day.month, named.day.day)
    return replace(shown, at=shown.at.replace(month=named.day.month, day=named.day.day)) if swapped else shown


def of_metadata(meta: Metadata, latest: date) -> Published | None:
    """Return the first believable time of publication of a page's metadata."""
    return _first(meta.published, latest)


def _first(stated: Iterable[tuple[str, str]], latest: date) -> Published | None:
    found = (metadata.time_of(value, where) for where, value in stated)
    return next((one for one in found if one and one.day and FIRST_DAY <= one.day <= latest + timedelta(days=1)), None)


def elsewhere(pieces: Iterable[Piece], latest: date) -> Published | None:
    """Return the one day that a page states anywhere outside boxes of other articles, as in a column of details beside the text.

    The day of reading is none: it is the page's own calendar. Several days tell nothing, unless one is labelled as publication's.
    """
    own = [piece.line.text for piece in pieces if not piece.linked and piece.line.hint in zones.INSIDE]
    found = [(text, one) for text in own if (one := _stated(text, latest)) and one.day != latest]
    labelled = [one for text, one in found if date_line.is_publication(text)]
    chosen = labelled or [one for _, one in found]
    return chosen[0] if len({one.day for one in chosen}) == 1 else None


def _stated(text: str, latest: date) -> Published | None:
    if date_line.is_update(text):
        return None
    found = date_of(text, latest)
    return found if found and found.certainty is Certainty.STATED else None


def of_url(url: str | None, latest: date) -> Published | None:
    """Return the day that stands in an address: ".../2026/3/9/...", ".../2026-03-09-..."."""
    for found in _URL_DAY.finditer(url or ""):
        year, month, day = (int(part) for part in found.groups() if part)
        stated = published.from_iso(f"{year}-{month:02}-{day:02}", basis="url")
        if stated and stated.day and stated.day <= latest:
            return stated
    return None
