"""``tawatur search``: stories whose reports answer a query; and the index of search, made anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from tawatur.app import open_app
from tawatur.cli.story_list import print_json
from tawatur.cli.words import Words, words
from tawatur.config import load
from tawatur.model import Outlets
from tawatur.search import FoundReport, FoundStory, Results, Searcher
from tawatur.searching.parse import parse
from tawatur.searching.snippet import Piece
from tawatur.store import Store

#: How many articles are entered at once, and after how many it is said.
BATCH, SAID = 200, 2000


def search_command(asked: Sequence[str], *, page: int, as_json: bool) -> None:
    """Print a page of results."""
    settings = load()
    spoken = words(settings.language)
    parsed = parse(" ".join(asked))
    with open_app(settings) as app:
        outlets = app.all_outlets()
        found = Searcher(app.store, outlets).search(parsed.query, now=datetime.now(UTC), page=page)
    if as_json:
        print_json(_record(found))
        return
    for one in dict.fromkeys((*parsed.complaints, *found.complaints)):
        print(spoken.text(one.key, value=one.value) if one.value else spoken.text(one.key))
    for line in _lines(found, outlets, spoken):
        print(line)


def reindex_command() -> None:
    """Enter every article anew. What is found meanwhile grows from the last read articles on; a stopped run is gone on with."""
    settings = load()
    spoken = words(settings.language)
    with open_app(settings) as app:
        if not app.store.to_fill():
            app.store.forget_search()
        _fill(app.store, spoken)
    print(spoken.text("search.cli.filled"))


def _fill(store: Store, spoken: Words) -> None:
    done = 0
    while count := store.fill_search(BATCH):
        done += count
        if done % SAID < BATCH:
            print(spoken.text("search.cli.filling", n=done), flush=True)


def _lines(found: Results, outlets: Outlets, spoken: Words) -> list[str]:
    said = spoken.text("search.found", n=found.total) if found.total else spoken.text("search.nothing")
    lines = [spoken.text("search.newest_of", found=said) if found.more else said]
    if found.loose:
        lines.append(spoken.text("search.loose"))
    if found.few:
        lines.append(spoken.text("search.few"))
    lines += [f"{spoken.text('search.meant')} {one.instead}" for one in found.better if one.instead]
    return lines + [line for story in found.stories for line in _story(story, outlets, spoken)]


def _story(one: FoundStory, outlets: Outlets, spoken: Words) -> list[str]:
    told = spoken.text("web.independent", n=one.head.independent)
    lines = ["", f"{one.head.id}  " + spoken.text("search.cli.story", title=one.head.title, told=told)]
    for report in one.reports:
        outlet = outlets.get(report.outlet)
        title = _text(report.title) or spoken.text("search.untitled")
        lines.append(
            "  " + spoken.text("search.cli.report", outlet=outlet.name if outlet else report.outlet, title=title)
        )
        if report.around:
            lines.append(f"    {_text(report.around)}")
    return lines


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _record(found: Results) -> dict[str, object]:
    return {
        "query": str(found.query),
        "total": found.total,
        "more": found.more,
        "loose": found.loose,
        "few": found.few,
        "page": found.page,
        "stories": [
            {
                "id": one.head.id,
                "title": one.head.title,
                "independent": one.head.independent,
                "outlets": one.head.outlets,
                "reports": [_report(report) for report in one.reports],
                "others": one.others,
            }
            for one in found.stories
        ],
        "complaints": msgspec.to_builtins(found.complaints),
        "better": [str(one.query) for one in found.better],
    }


def _report(one: FoundReport) -> dict[str, object]:
    return {
        "id": one.id,
        "outlet": one.outlet,
        "title": _text(one.title),
        "around": _text(one.around),
        "score": one.score,
    }
