"""The issues of a newsletter as a feed: each issue an entry that says all that it tells."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from html import escape

from starlette.exceptions import HTTPException

from tawatur.errors import NewsletterNotFound
from tawatur.letters.addresses import page_path
from tawatur.newsletter import Newsletter, NewsletterId
from tawatur.reader import ReaderId
from tawatur.store import Store
from tawatur.store.newsletters import IssueHead
from tawatur.web.feeds import NEVER, Entry, Listed, Via, stable_id, stamped, writable
from tawatur.web.view.account import Citation, SentenceView
from tawatur.web.view.issue import IssueStoryView, IssueView, MomentView, issue_view
from tawatur.web.view.parts import link
from tawatur.web.words import Words
from tawatur.wording.titles import title_of

#: How many issues a feed has.
MOST = 20


def issues_listed(store: Store, newsletter: NewsletterId, words: Words, *, owner: ReaderId | None) -> Listed:
    """Return the issues of a newsletter of a reader, or with None of a public one.

    Entries of a private one lead to the secret addresses of its issues.

    Raises:
        HTTPException: 404 where he, or the operator, has no such newsletter.
    """
    try:
        kept = store.newsletter(newsletter).newsletter
    except NewsletterNotFound:
        raise HTTPException(404) from None
    if kept.owner != owner:
        raise HTTPException(404)
    heads = store.issues(kept.id, limit=MOST)
    title = title_of(kept, words)
    return Listed(
        title=title,
        path=f"/letters/{kept.id}/issues",
        stamp=stamped(title, words.language, words.look, *heads),
        updated=max((one.made for one in heads), default=NEVER),
        entries=lambda: tuple(map(partial(_entry, store, kept, words), heads)),
    )


def _entry(store: Store, newsletter: Newsletter, words: Words, head: IssueHead) -> Entry:
    issue = store.issue(head.id)
    view = issue_view(issue, words)
    leading = issue.content.leading
    place = f"/letter/{head.id}" if newsletter.public else page_path(store, head.id)
    titles = [one.title for one in issue.content.stories] + [one.title for one in issue.content.saved]
    reports = (source for story in issue.content.stories for source in story.sources)
    return Entry(
        id=stable_id("issue", head.id),
        title=f"{view.title}: {leading}" if leading else view.title,
        updated=head.made,
        published=issue.slot or head.made,
        path=f"{words.prefix}{place}",
        summary=words.listed(titles),
        content=issue_html(view, words),
        via=tuple(Via(one.name, found.url) for one in reports if (found := link(one.url))),
    )


def issue_html(view: IssueView, words: Words) -> str:
    """Return all that an issue tells; there is nothing to clean."""
    parts = [f"<p>{_text(view.day)} — {_text(view.counts)}</p>\n"]
    parts += [_story(one, words) for one in view.stories]
    parts += [
        f"<h2>{_text(one.title)}</h2>\n<p>{_text(one.lead)} <small>({_text(one.minutes)})</small></p>\n"
        for one in view.saved
    ]
    parts += _listed(words.text("issue.timeline"), (_moment(one) for one in view.moments))
    parts += _listed(words.text("issue.headlines"), (_text(one.title) for one in view.headlines))
    return f'<div lang="ar" dir="rtl">\n{"".join(parts)}</div>'


def _story(story: IssueStoryView, words: Words) -> str:
    why = words.listed(str(one) for one in story.reasons)
    counted = words.listed(
        (words.text("web.outlets", n=story.sources.outlets), words.text("web.independent", n=story.sources.independent))
    )
    lines = [f"<h2>{_text(story.title)}</h2>\n<p><small>{_text(why)} — {_text(counted)}</small></p>\n"]
    lines += _since(story, words)
    lines += [_sentence(one, words) for one in story.sentences]
    for point in story.differences:
        versions = words.listed(f"{one.text} ({_names(one.outlets, words)})" for one in point.versions)
        lines.append(f"<p><b>{_text(point.about)}:</b> {_text(versions)}</p>\n")
    lines += _listed(words.text("issue.before"), (_moment(one) for one in story.before))
    lines += _listed(words.text("issue.after"), (_moment(one) for one in story.after))
    return "".join(lines)


def _since(story: IssueStoryView, words: Words) -> list[str]:
    """Return what is new in a story that was told before."""
    if (found := story.since) is None:
        return []
    lines = [_text("".join(text for _, text in one.parts)) for one in found.figures]
    versus = f" {words.text('since.versus')} "
    lines += [f"{_text(words.text('since.claim'))} {_text(versus.join(one))}" for one in found.claims]
    lines += [f"{_text(words.text('since.said'))} {_text(one.text)} ({_text(one.outlet.name)})" for one in found.said]
    if found.sources:
        names = words.listed(one.name for one in found.sources)
        lines.append(f"{_text(words.text('since.sources', n=len(found.sources)))} {_text(names)}")
    lines += [f"{_text(words.text('since.revised'))} {_text(outlet.name)}" for _, outlet in found.revised]
    return _listed(words.text("issue.changed"), lines)


def _sentence(one: SentenceView, words: Words) -> str:
    speaker = f"<b>{_text(one.speaker)}:</b> " if one.speaker else ""
    return f"<p>{speaker}{_text(one.text)} <small>({_text(_names(one.cited, words))})</small></p>\n"


def _names(found: Iterable[Citation], words: Words) -> str:
    return words.listed(one.outlet.name for one in found)


def _moment(one: MomentView) -> str:
    return f"<b>{_text(one.clock)}</b> {_text(one.text)}"


def _listed(title: str, lines: Iterable[str]) -> list[str]:
    items = "".join(f"<li>{one}</li>\n" for one in lines)
    return [f"<h3>{_text(title)}</h3>\n<ul>\n{items}</ul>\n"] if items else []


def _text(text: str) -> str:
    return escape(writable(text))
