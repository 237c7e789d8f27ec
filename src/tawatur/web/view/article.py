"""One report's page: its text as published, in page order."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.article import RUNNING
from tawatur.model import Article, Block, BlockKind, Outlets
from tawatur.stories.lead import lead_of
from tawatur.web.reading import ArticlePage
from tawatur.web.view.changes import RevisionView, revision_views
from tawatur.web.view.copies import CopiedView, CopyView, copied_views, copy_view
from tawatur.web.view.front import Card, card
from tawatur.web.view.linked import linked
from tawatur.web.view.marks import Marks, Stretch
from tawatur.web.view.parts import Link, OutletView, When, link, outlet_view, when
from tawatur.web.view.picture import PictureView, picture_view
from tawatur.web.view.removed import Piece, pieces
from tawatur.web.view.report import credit
from tawatur.web.view.ways import Ways
from tawatur.web.words import Words

#: Blocks that the page shows at other places than in the run of the text.
_ELSEWHERE = (BlockKind.UPDATE, BlockKind.SOURCE_LINE)


@dataclass(frozen=True, slots=True)
class Item:
    """One block inside the text: "paragraph", "heading", "caption" or "related" (which may have a link)."""

    kind: str
    text: str
    link: Link | None
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The text before the first timed update (without a heading), or one timed update."""

    heading: str
    clock: str
    iso: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """Everything that an article's page shows. ``headless`` says that ``title`` is the first sentence."""

    id: str
    title: str
    headless: bool
    subtitle: str
    outlet: OutletView
    authors: tuple[str, ...]
    agency: str
    when: When | None
    original: Link | None
    sections: tuple[Section, ...]
    marks: tuple[str, ...]  # the kinds of what can be set off in the text
    source_line: str
    removed: tuple[Piece, ...]
    revisions: tuple[RevisionView, ...]  # all versions of the page, where it has several
    newest: str  # the id of the newest one, "" where this is it
    story: Card | None
    copy: CopyView | None
    copied: tuple[CopiedView, ...]
    invented: bool
    picture: PictureView | None = None


def article_view(page: ArticlePage, *, outlets: Outlets, words: Words, pictured: bool = False) -> ArticleView:
    """Return what an article's page shows, in one language, with its picture or without."""
    article = page.article
    picture = picture_view(page.picture, outlets=outlets, words=words) if pictured and page.picture else None
    outlet, marks = outlet_view(article.outlet, outlets, words), _marks(page)
    return ArticleView(
        id=article.id,
        title=article.title or lead_of(article),
        headless=not article.title,
        subtitle=article.subtitle,
        outlet=outlet,
        authors=article.authors,
        agency=credit(article, outlets),
        when=when(article.published, words),
        original=link(article.url),
        sections=sections(article, words, marks, said=picture.caption if picture else ""),
        marks=marks.kinds,
        source_line=article.source_line,
        removed=pieces(article, words),
        revisions=revision_views(page.revisions, article.id, words),
        newest=next((one.article for one in page.revisions[-1:] if one.article != article.id), ""),
        story=card(page.story, outlets, words) if page.story else None,
        copy=_copy(page, outlets, words),
        copied=copied_views(article.id, page.copies, outlets=outlets, words=words),
        invented=outlet.invented or (page.story is not None and page.story.invented),
        picture=picture,
    )


def _marks(page: ArticlePage) -> Marks:
    """Return what is set off in the text, with the ways from names to their pages."""
    links = linked(page.analysis, Ways(page.names)) if page.analysis and page.names else ()
    return Marks(page.analysis, links)


def _copy(page: ArticlePage, outlets: Outlets, words: Words) -> CopyView | None:
    """Return what the report is a copy of, None where it is none."""
    copy = next((one for one in page.copies if one.article == page.article.id), None)
    if copy is None or page.original is None:
        return None
    return copy_view(copy, texts=(page.article, page.original), outlets=outlets, words=words)


def sections(article: Article, words: Words, marks: Marks, *, said: str = "") -> tuple[Section, ...]:
    """Return the blocks of an article cut at its timed updates, in page order; empty sections are left out.

    A caption that is ``said`` under the picture already is left out too.
    """
    cut: list[tuple[Block | None, list[Item]]] = [(None, [])]
    at = 0  # in the running text, where spans count
    for block in article.blocks:
        stretches: tuple[Stretch, ...] = ()
        if block.kind in RUNNING:
            stretches = marks.of(block.text, at)
            at += len(block.text) + 1
        if block.kind is BlockKind.UPDATE:
            cut.append((block, []))
        elif block.kind not in _ELSEWHERE and not (block.kind is BlockKind.CAPTION and block.text == said):
            cut[-1][1].append(Item(block.kind.value, block.text, link(block.url), stretches))
    return tuple(_section(update, items, words) for update, items in cut if update or items)


def _section(update: Block | None, items: list[Item], words: Words) -> Section:
    if update is None:
        return Section(heading="", clock="", iso="", items=tuple(items))
    clock = words.clock(update.at) if update.at else update.clock or ""
    return Section(
        heading=words.text("web.update", clock=clock) if clock else update.text,
        clock=clock,
        iso=update.at.isoformat() if update.at else "",
        items=tuple(items),
    )
