"""Plain text as a crawler saved it: the words of a page without its markup."""

from __future__ import annotations

from datetime import date

from tawatur.arabic.fold import clean
from tawatur.extract import assemble, compose
from tawatur.extract.lines import from_text
from tawatur.extract.split import split
from tawatur.model import Article, Outlets, RawDocument, Rejected


def articles(text: str, document: RawDocument, *, outlets: Outlets, latest: date) -> tuple[Article | Rejected, ...]:
    """Return the articles of a page of plain text; the page is rejected where it has no running text."""
    page = clean(text)
    drafts = [compose.draft(part, outlets=outlets, latest=latest) for part in split(from_text(page))]
    found = [assemble.article(draft, assemble.Told(), document=document, outlets=outlets) for draft in drafts]
    whole = tuple(one for one in found if assemble.has_text(one))
    if not whole:
        return (Rejected(origin=document.origin, reason="no_article"),)
    return assemble.dated(whole, document, latest=latest, page=page)
