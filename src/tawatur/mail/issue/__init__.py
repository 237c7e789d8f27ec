"""An issue of a newsletter as a letter: HTML and plain text that say the same, its subject, and the heads by which it can be ended.

What it says is made once; of its many copies only the addresses differ by which each is ended or changed.
"""

from __future__ import annotations

from dataclasses import replace

from tawatur.mail.isolate import isolated
from tawatur.mail.issue.foot import Foot, foot_of
from tawatur.mail.issue.text import text_of
from tawatur.mail.issue.told import Told, title_in, told
from tawatur.mail.markup import markup
from tawatur.mail.message import Mail, in_ascii
from tawatur.newsletter import Issue, Newsletter
from tawatur.recent import Recent
from tawatur.wording.words import Words

__all__ = ["Forms", "issue_mail", "subject_of", "title_in"]

#: Gmail cuts letters that are longer than 102 KB and hides what is behind, the foot with it.
MOST_BYTES = 98_000
#: What stands in a form for the addresses by which one copy is unsubscribed, and at which its recipient changes what he is sent.
_HOLE, _OWN = "https://unsubscribe.invalid/", "https://settings.invalid/"
#: How often a letter that is too long is made shorter, and how much at a time.
_STEPS = ("timeline", "differences", "sentences", "stories", "stories", "stories", "stories")


class Forms:
    """The forms of issues, the last ones of which are held: thousands of subscribers get the same."""

    def __init__(self, held: int = 64) -> None:
        self._held: Recent[tuple[str, str]] = Recent(held)

    def form(self, issue: Issue, words: Words, base: str, foot: Foot) -> tuple[str, str]:
        """Return text and HTML of an issue, with a hole for the address that differs."""
        key = (issue.id, issue.made, words.language, words.look, base, foot)
        return self._held.get(key, lambda: _form(issue, words, base, foot))


def issue_mail(
    issue: Issue,
    newsletter: Newsletter,
    words: Words,
    *,
    to: str,
    base: str,
    unsubscribe_url: str,
    page_url: str,
    settings_url: str = "",
    operator: str = "",
    forms: Forms | None = None,
) -> Mail:
    """Return an issue as a letter to somebody.

    ``base`` is where pages stand, with the prefix of the language; ``page_url`` is the issue on the web, and ``settings_url`` where
    its recipient changes what he is sent. Whoever asks ``unsubscribe_url`` by POST (RFC 8058) gets it no more.
    """
    title = title_in(issue.content, words)
    foot = foot_of(
        words,
        title,
        public=newsletter.public,
        page=page_url,
        unsubscribe=_HOLE,
        settings=_OWN if settings_url else "",
        operator=operator,
    )
    text, html = (forms or Forms(1)).form(issue, words, base, foot)
    return Mail(
        to=to,
        language=newsletter.language,
        subject=subject_of(issue, words),
        text=text.replace(_HOLE, unsubscribe_url).replace(_OWN, settings_url),
        html=html.replace(_HOLE, unsubscribe_url).replace(_OWN, settings_url),
        headers=_heads(newsletter, base, unsubscribe_url),
    )


def subject_of(issue: Issue, words: Words) -> str:
    """Return the subject of an issue: what it is called, and the headline of what it tells first, each apart."""
    title = title_in(issue.content, words)
    if not issue.content.leading:
        return title
    return words.text("mail.issue.subject", title=title, leading=isolated(issue.content.leading))


def _heads(newsletter: Newsletter, base: str, unsubscribe_url: str) -> tuple[tuple[str, str], ...]:
    host = in_ascii(base.partition("://")[2].partition("/")[0].partition(":")[0])
    name = newsletter.slug or newsletter.id
    return (
        ("List-Id", f"<{name.lower()}.letters.{host}>"),
        ("List-Unsubscribe", f"<{unsubscribe_url}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("Precedence", "list"),
    )


def _form(issue: Issue, words: Words, base: str, foot: Foot) -> tuple[str, str]:
    """Return text and HTML of an issue; of one that would be cut on its way, less, and that it is less."""
    whole = told(issue, words, base)
    shown, html = whole, _html(whole, issue, words, foot)
    for step in _STEPS:
        if len(html.encode()) + len(_HOLE) * 8 <= MOST_BYTES:
            break
        shown = replace(_shorter(shown, step), shortened=True)
        html = _html(shown, issue, words, foot)
    return text_of(replace(whole, shortened=False), words, foot), html


def _html(shown: Told, issue: Issue, words: Words, foot: Foot) -> str:
    notes = [name for name, is_so in (("invented", shown.invented), ("shortened", shown.shortened)) if is_so]
    return markup(
        "newsletter.mjml",
        words.language,
        told=shown,
        foot=foot,
        subject=subject_of(issue, words),
        notes=[words.text(f"mail.issue.{name}") for name in notes],
        t=words.text,
    )


def _shorter(shown: Told, step: str) -> Told:
    """Return an issue with less in it."""
    if step == "timeline":
        return replace(shown, timeline=())
    if step == "differences":
        return replace(
            shown, stories=tuple(replace(one, before=(), differences=one.differences[:2]) for one in shown.stories)
        )
    if step == "sentences":
        return replace(shown, stories=tuple(replace(one, sentences=one.sentences[:3]) for one in shown.stories))
    kept = max(1, len(shown.stories) * 2 // 3)
    return replace(shown, stories=shown.stories[:kept], headlines=shown.headlines[:10], saved=shown.saved[:20])
