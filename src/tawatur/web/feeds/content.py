"""What a feed says of a story, and of what a reader saved: HTML with language and direction, sources under every sentence.

All text is escaped here, so that there is nothing to clean; links lead to the outlets and to the story's page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from tawatur.model import AccountSentence, ArticleId, Outlets, Report
from tawatur.saved import Clipping, Saved
from tawatur.stories.lead import lead_of
from tawatur.web.feeds import Via, writable
from tawatur.web.reading import StoryPage
from tawatur.web.view.parts import link, outlet_view
from tawatur.web.words import Words

#: How many sentences of an account and how many reports an entry has: what readers of feeds still show.
SENTENCES, REPORTS = 24, 40


def story_html(page: StoryPage, outlets: Outlets, words: Words) -> str:
    """Return a story: how many independent sources tell it, its account, each sentence with who says it, and its reports."""
    story = page.story
    counted = words.text("web.outlets", n=story.outlets), words.text("web.independent", n=story.independent)
    named = {one.article.id: outlet_view(one.article.outlet, outlets, words).name for one in story.reports}
    sentences = "".join(_sentence(one, named, words) for one in page.telling.account.sentences[:SENTENCES])
    reports = "".join(_report(one, outlets, words) for one in story.reports[:REPORTS])
    return _whole(
        f"<p><b>{_text(words.listed(counted))}</b></p>\n{sentences}<h3>{_text(words.text('web.reports'))}</h3>\n<ul>\n{reports}</ul>"
    )


def saved_html(saved: Saved, clipping: Clipping | None, words: Words) -> str:
    """Return what a reader saved: his note, his highlights, his text."""
    parts = [f"<p><b>{_text(words.text('saving.note'))}</b> {_text(saved.note)}</p>\n"] if saved.note else []
    parts += [f"<blockquote>{_text(one.text)}</blockquote>\n" for one in saved.highlights]
    parts += [f"<p>{_text(one.text)}</p>\n" for one in clipping.blocks] if clipping else []
    return _whole("".join(parts))


def vias(reports: Iterable[Report], outlets: Outlets, words: Words) -> tuple[Via, ...]:
    """Return where the reports of a story stand, those that have an address."""
    found = ((outlet_view(one.article.outlet, outlets, words).name, link(one.article.url)) for one in reports)
    return tuple(Via(name, place.url) for name, place in found if place)[:REPORTS]


def _sentence(one: AccountSentence, named: Mapping[ArticleId, str], words: Words) -> str:
    outlets = dict.fromkeys(named[said.article] for said in one.sayings if said.article in named)
    speaker = f"<b>{_text(one.speaker)}:</b> " if one.speaker else ""
    sources = words.listed(outlets)
    if len(outlets) > 1:
        sources = f"{sources} — {words.text('web.independent', n=one.backing.independent)}"
    return f"<p>{speaker}{_text(one.text)} <small>({_text(sources)})</small></p>\n"


def _report(one: Report, outlets: Outlets, words: Words) -> str:
    article = one.article
    title, place = article.title or lead_of(article), link(article.url)
    linked = f'<a href="{_text(place.url)}">{_text(title)}</a>' if place else _text(title)
    day = f" ({_text(words.plain_day(article.published.at.date()))})" if article.published.at else ""
    return f"<li><b>{_text(outlet_view(article.outlet, outlets, words).name)}</b>: {linked}{day}</li>\n"


def _whole(body: str) -> str:
    return f'<div lang="ar" dir="rtl">\n{body}</div>'


def _text(text: str) -> str:
    return escape(writable(text))
