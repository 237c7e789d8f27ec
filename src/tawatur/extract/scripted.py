"""Find an article whose text stands in a page's scripts only: JSON-LD's ``articleBody``, the data of Next.js, Nuxt and Arc pages.

An object is the article's if it holds the page's headline; its text is the longest text in it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from lxml.etree import _Element as Element

from tawatur.arabic.fold import clean
from tawatur.extract import jsonld
from tawatur.extract.lines import comparable
from tawatur.extract.metadata import Metadata
from tawatur.extract.page_title import same_title

#: A shorter text is a summary, not an article.
LEAST_WORDS = 20
_HEADLINES = ("headline", "title", "name", "basic", "headlines", "articleTitle", "main_title", "mainTitle")
_DATES = ("datePublished", "publishedAt", "published_at", "publishDate", "publish_date", "publishedDate", "pubDate",
          "first_publish_date", "published", "date", "createdAt", "created_at", "display_date")  # fmt: skip
_LISTED = ("content_elements", "paragraphs", "blocks", "children", "body", "content", "components", "elements")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ASSIGNED = re.compile(
    r"(?:globalContent|__[A-Z_]{4,40}__|^\s*(?:window\.|var |const |let )[\w.]{3,60})\s*=\s*(?=[{\[])"
)
#: Scripts beyond this size are not read, in characters.
MOST = 3_000_000


def text_of(root: Element, meta: Metadata) -> tuple[str, str]:
    """Return the text of the page's article in its scripts, as markup or as lines, and its time as stated; or "" twice."""
    titles = [comparable(title) for title in meta.titles]
    best: tuple[str, str] = ("", "")
    for one in (found for value in _data(root) for found in jsonld.objects(value)):
        if not any(same_title(comparable(title), other) for title in _headlines(one) for other in titles):
            continue
        text = max(_texts(one), key=len, default="")
        if len(text) > len(best[0]):
            best = (text, next((value for key in _DATES if isinstance(value := one.get(key), str) and value), ""))
    return best if words(best[0]) >= LEAST_WORDS else ("", "")


def words(text: str) -> int:
    """Return how many words a text has, its markup not counted."""
    return len(_TAG.sub(" ", text).split())


def as_markup(text: str) -> str:
    """Return a text as markup: as it is where it has tags, else one paragraph a line."""
    if _TAG.search(text):
        return text
    if _TAG.search(unescaped := html.unescape(text)):
        return unescaped
    return "".join(f"<p>{html.escape(line)}</p>" for line in clean(text).split("\n") if line.strip())


def _data(root: Element) -> Iterator[object]:
    """The JSON values of a page's scripts that may hold articles."""
    for script in root.iter("script"):
        text = script.text or ""
        if len(text) < 200 or len(text) > MOST:
            continue
        kind = (script.get("type") or "").lower()
        if "json" in kind:
            yield from jsonld.values(text)
        elif assigned := _ASSIGNED.search(text):
            yield from jsonld.first(text, assigned.end())


def _headlines(one: Mapping[str, object]) -> Iterator[str]:
    for key in _HEADLINES:
        value = one.get(key)
        if isinstance(value, dict):
            value = value.get("basic") or value.get("rendered")
        if isinstance(value, str):
            yield value


def _texts(one: Mapping[str, object]) -> Iterator[str]:
    """The texts that an object holds itself, in an object below it, or in a list of parts."""
    for key, value in one.items():
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from (inner for inner in value.values() if isinstance(inner, str))
        elif isinstance(value, list) and key in _LISTED:
            yield "".join(_part(part) for part in value)


def _part(part: object) -> str:
    """A part of a list as markup: a text, or an object of type "text" or "paragraph" with its text."""
    if isinstance(part, str):
        return part if _TAG.search(part) else f"<p>{html.escape(part)}</p>"
    if not isinstance(part, dict) or str(part.get("type", "text")) not in (
        "text",
        "paragraph",
        "p",
        "raw_html",
        "header",
    ):
        return ""
    text = next((value for key in ("content", "text", "value", "html") if isinstance(value := part.get(key), str)), "")
    return text if text.lstrip().startswith("<p") else f"<p>{text}</p>"
