"""What an outlet of a local internet shows at a moment: its pages, and its feed in any form."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from tests.network.sites import Report, Site, report


@dataclass
class Served:
    """One outlet as it is served: what it was asked, and since when it publishes."""

    site: Site
    began: float
    asked: list[str] = field(default_factory=list)

    def published(self) -> list[Report]:
        passed = time.time() - self.began
        if self.site.manner == "flood":
            count = int(passed * self.site.a_second) + 30
            return [self.made(number) for number in range(max(0, count - 30), count)]
        return [one for one in self.site.reports if one.after <= passed]

    def made(self, number: int) -> Report:
        """Return a report of the manner "flood", the same one each time."""
        number += self.site.number * 1_000_000
        luck = random.Random(self.site.seed * 1_000_000_007 + number)
        return report(number, luck, (number % 1_000_000) / self.site.a_second)

    def find(self, number: int) -> Report | None:
        """Return a report by its number."""
        if self.site.manner == "flood":
            return self.made(number % 1_000_000)
        return next((one for one in self.site.reports if one.number == number), None)

    def at(self, one: Report) -> datetime:
        if self.site.manner == "flood":  # an hour of news goes by in a second: what is of the last days stays as much
            return datetime.fromtimestamp(self.began, UTC).replace(microsecond=0) + timedelta(
                hours=one.after, days=-400
            )
        at = datetime.fromtimestamp(self.began + one.after, UTC).replace(microsecond=0)
        return at + timedelta(days=400) if self.site.manner == "ahead" else at

    def link(self, one: Report, feed: str) -> str:
        root, manner = self.site.root, self.site.manner
        if manner == "short_links":
            return f"{root}/s/{one.number}"
        if manner == "tracking" or (manner == "twice" and feed == "/feed2"):
            return f"{root}/news/{one.number}?utm_source={feed[1:]}&utm_medium=rss&fbclid={one.number * 7}#top"
        if manner == "canonical":
            return f"{root}/news/{one.number}?from={feed[1:]}{one.number % 3}"
        return f"{root}/news/{one.number}"


def page(served: Served, one: Report) -> bytes:
    """Return a page with a header, a menu, the report, and a foot."""
    site = served.site
    dated = (
        ""
        if site.manner == "undated"
        else f'<meta property="article:published_time" content="{served.at(one).isoformat()}">'
    )
    canonical = f'<link rel="canonical" href="{site.root}/news/{one.number}">' if site.manner == "canonical" else ""
    body = "".join(f"<p>{escape(text)}</p>" for text in one.paragraphs)
    changing = f"<p hidden>{time.time()}</p>" if site.manner == "changing" else ""
    html = (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="{site.charset}"><title>{escape(one.title)}</title>'
        f'{dated}{canonical}</head><body><nav><a href="/">1</a> <a href="/2">2</a></nav>'
        f"<article><h1>{escape(one.title)}</h1>{body}</article><footer>{changing}<a href='/x'>3</a></footer></body></html>"
    )
    return html.encode(site.charset, "xmlcharrefreplace")


def feed(served: Served, path: str) -> bytes:
    """Return the feed of an outlet at this moment, the latest report first."""
    site = served.site
    shown = served.published()[::-1][:30]
    if site.manner == "twice" and path == "/feed2":
        shown = shown[::-1]
    text = _FORMS[site.form](served, shown, path)
    return text.encode(site.charset, "xmlcharrefreplace")


def _id(served: Served, one: Report, path: str) -> str:
    if served.site.manner == "same_ids":
        return "1"
    return f"{path}-{one.number}" if served.site.manner == "twice" else f"tag:{served.site.key},2031:{one.number}"


def _summary(one: Report) -> str:
    return one.paragraphs[0][:90] + "..."


def _whole(one: Report) -> str:
    return "".join(f"<p>{text}</p>" for text in one.paragraphs)


def _rss(served: Served, shown: Sequence[Report], path: str) -> str:
    whole = served.site.form == "rss_whole"
    items = "".join(
        f"<item><title>{escape(one.title)}</title><link>{escape(served.link(one, path))}</link>"
        f'<guid isPermaLink="false">{_id(served, one, path)}</guid>{_pub_date(served, one)}'
        f"<description>{escape(_summary(one))}</description>"
        + (f"<content:encoded><![CDATA[{_whole(one)}]]></content:encoded>" if whole else "")
        + "</item>"
        for one in shown
    )
    return (
        f'<?xml version="1.0" encoding="{served.site.charset}"?><rss version="2.0" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{served.site.key}</title>'
        f"<link>{served.site.root}/</link>{items}</channel></rss>"
    )


def _pub_date(served: Served, one: Report) -> str:
    return "" if served.site.manner == "undated" else f"<pubDate>{format_datetime(served.at(one))}</pubDate>"


def _atom(served: Served, shown: Sequence[Report], path: str) -> str:
    whole = served.site.form == "atom_whole"
    entries = "".join(
        f"<entry><title>{escape(one.title)}</title><link href='{escape(served.link(one, path))}'/>"
        f"<id>{_id(served, one, path)}</id><updated>{served.at(one).isoformat()}</updated>"
        f"<published>{served.at(one).isoformat()}</published><summary>{escape(_summary(one))}</summary>"
        + (f'<content type="html">{escape(_whole(one))}</content>' if whole else "")
        + "</entry>"
        for one in shown
    )
    return (
        f'<?xml version="1.0" encoding="{served.site.charset}"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{served.site.key}</title><link href='{served.site.root}/'/>{entries}</feed>"
    )


def _rdf(served: Served, shown: Sequence[Report], path: str) -> str:
    items = "".join(
        f'<item rdf:about="{_id(served, one, path)}"><title>{escape(one.title)}</title>'
        f"<link>{escape(served.link(one, path))}</link><dc:date>{served.at(one).isoformat()}</dc:date>"
        f"<description>{escape(_summary(one))}</description></item>"
        for one in shown
    )
    return (
        f'<?xml version="1.0" encoding="{served.site.charset}"?><rdf:RDF xmlns="http://purl.org/rss/1.0/" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{served.site.root}/"><title>{served.site.key}</title><link>{served.site.root}/</link></channel>'
        f"{items}</rdf:RDF>"
    )


def _json(served: Served, shown: Sequence[Report], path: str) -> str:
    items = [
        {
            "id": _id(served, one, path),
            "url": served.link(one, path),
            "title": one.title,
            "summary": _summary(one),
            "date_published": served.at(one).isoformat(),
        }
        for one in shown
    ]
    top = {"version": "https://jsonfeed.org/version/1.1", "title": served.site.key, "home_page_url": served.site.root}
    return json.dumps({**top, "items": items}, ensure_ascii=False)


def _sitemap(served: Served, shown: Sequence[Report], path: str) -> str:
    urls = "".join(
        f"<url><loc>{escape(served.link(one, path))}</loc><news:news><news:publication><news:name>{served.site.key}</news:name>"
        f"<news:language>ar</news:language></news:publication><news:publication_date>{served.at(one).isoformat()}"
        f"</news:publication_date><news:title>{escape(one.title)}</news:title></news:news></url>"
        for one in shown
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    )


_FORMS: dict[str, Callable[[Served, Sequence[Report], str], str]] = {
    "rss": _rss,
    "rss_whole": _rss,
    "atom": _atom,
    "atom_whole": _atom,
    "rdf": _rdf,
    "json": _json,
    "sitemap": _sitemap,
}
