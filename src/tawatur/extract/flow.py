"""A page's markup as lines: one per paragraph, list item, cell or ``<br>``, with what the markup says about it.

The page is walked once and without recursion, so that neither size nor depth of a page matters.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache, lru_cache

from lxml import etree, html
from lxml.etree import _Element as Element

from tawatur.arabic.fold import clean
from tawatur.arabic.lexicon import rows
from tawatur.extract.lines import Line

_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "video", "audio",
    "canvas", "select", "option", "button", "input", "textarea", "head", "title", "meta", "link",
    "datalist", "dialog",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul", "caption",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BY_TAG = {"figure": "caption", "figcaption": "caption", "nav": "navigation", "aside": "sidebar", "footer": "sidebar"}
_SHOWN = re.compile(r"(?:^|\s)(?:d-\w+-(?:block|flex|inline|inline-block)|\w+:(?:block|flex|inline))(?:\s|$)")
_HIDDEN = re.compile(r"(?:^|\s)(?:d-none|hidden|hide|invisible|is-hidden)(?:\s|$)")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
# What divides the paragraphs of preformatted text.
_BLANK = re.compile(r"\n[ \t\r]*\n")
#: What lxml's own parser of HTML makes of elements, but of those of forms. That one asks a function of Python for each anew.
_CLASSES = etree.ElementDefaultClassLookup(element=html.HtmlElement)
#: A line is a link if so much of it is one.
LINKED = 0.8


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, the block element that it stands in, and the level of heading (1 to 6) or 0."""

    line: Line
    element: Element
    level: int = 0
    linked: bool = False
    hinter: Element | None = None  # the element whose name gave the line its hint


@dataclass(slots=True)
class _Open:
    """The line that is being gathered."""

    parts: list[str] = field(default_factory=list)  # the first one is more than blanks
    linked: int = 0
    url: str | None = None
    time: str = ""


def parse(text: str) -> Element | None:
    """Return the root element of a page, or None where there is no markup at all."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_CLASSES)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def pieces(root: Element, removed: Collection[Element] = ()) -> tuple[Piece, ...]:
    """Return the lines of an element in page order, without scripts, forms' fields and hidden parts.

    Lines in the elements of ``removed`` have the hint "page_rule": an outlet's rule says that they are no part of the article.
    """
    return _Walk(removed).of(root)


class _Walk:
    """One walk through a page; keeps what is open while it goes."""

    def __init__(self, removed: Collection[Element]) -> None:
        self.removed = removed
        self.found: list[Piece] = []
        self.blocks: list[tuple[Element, str, Element | None]] = []
        self.links: list[str | None] = []
        self.open = _Open()

    def of(self, root: Element) -> tuple[Piece, ...]:
        """Return the lines of an element."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, node in walk:
            if event == "start":
                if not isinstance(node.tag, str) or node.tag in _SKIPPED or is_hidden(node):
                    walk.skip_subtree()
                    continue
                self._start(node)
            else:
                self._end(node, last=node is root)
        self._flush()
        return tuple(self.found)

    def _start(self, node: Element) -> None:
        if node.tag == "br" or (node.tag == "time" and not self._labelled()):
            self._flush()
        hint = "page_rule" if node in self.removed else hint_of(node)
        if hint or node.tag in _BLOCKS:
            self._flush()
            self.blocks.append((node, *self._hint(node, hint)))
        if node.tag == "a":
            self.links.append(node.get("href"))
        if node.tag == "time":
            self.open.time = self.open.time or (node.get("datetime") or "").strip()
        self._add(node.text)

    def _hint(self, node: Element, hint: str) -> tuple[str, Element | None]:
        """The hint of an element, its own or that of the block around it; the article's body ends what is inherited."""
        if self.blocks and self.blocks[-1][1] == "page_rule":
            return self.blocks[-1][1:]
        if hint == "text":
            return "", None
        return (hint, node) if hint or not self.blocks else self.blocks[-1][1:]

    def _labelled(self) -> bool:
        """Say whether the line that is open ends with a label: "التاريخ:"."""
        return next((part.rstrip().endswith(":") for part in reversed(self.open.parts) if part.strip()), False)

    def _end(self, node: Element, *, last: bool) -> None:
        if not isinstance(node.tag, str):
            return
        if node.tag == "time":
            self._flush()
        if self.blocks and self.blocks[-1][0] is node:
            self._flush()
            self.blocks.pop()
        if node.tag == "a" and self.links:
            self.links.pop()
        if not last:
            self._add(node.tail)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self.open.parts or not text.isspace():
            self.open.parts.append(text)
        if self.links:
            self.open.linked += len(text.strip())
            self.open.url = self.open.url or self.links[-1]

    def _flush(self) -> None:
        gathered = self.open
        if not (gathered.parts or gathered.time or gathered.url):
            return
        self.open = _Open()
        if not gathered.parts or not self.blocks:
            return
        element, hint, hinter = self.blocks[-1]
        whole = "".join(gathered.parts)
        texts = [" ".join(clean(part).split()) for part in (_BLANK.split(whole) if element.tag == "pre" else [whole])]
        linked = gathered.linked >= LINKED * sum(map(len, texts))
        level = next((int(block.tag[1]) for block, *_ in self.blocks[-3:] if block.tag in _HEADINGS), 0)
        for text in texts:
            line = Line(text=text, hint=hint, url=gathered.url if linked else None, time=gathered.time)
            if text:
                self.found.append(Piece(line, element, level, linked, hinter))


def is_hidden(node: Element) -> bool:
    """Say whether an element is not shown to anybody."""
    style, name = node.get("style"), node.get("class")  # most elements have neither
    if node.get("hidden") is not None or (style and _HIDDEN_STYLE.search(style)):
        return True
    return bool(name and _HIDDEN.search(name) and not _SHOWN.search(name))


def hint_of(node: Element) -> str:
    """Return what tag, class, id and itemprop say about an element's text: a reason of removal, "caption", …, or ""."""
    names = f"{node.get('class') or ''} | {node.get('id') or ''} | {node.get('itemprop') or ''}"
    named = _hint_of_names(names) if len(names) > 6 else ""
    return named or _BY_TAG.get(node.tag, "")


@lru_cache(maxsize=20_000)
def _hint_of_names(names: str) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", names).lower()
    spaced = re.sub(r"[^a-z|]+", " ", spaced)
    if not _any_hint().search(spaced):
        return ""
    return next((hint for hint, pattern in _hints() if pattern.search(spaced)), "")


@cache
def _any_hint() -> re.Pattern[str]:
    words = "|".join(row[1] for row in rows("tawatur.extract", "markup.tsv"))
    return re.compile(rf"(?<![a-z])(?:{words})(?![a-z])")


@cache
def _hints() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row[0], re.compile(rf"(?<![a-z]){row[1]}(?![a-z])")) for row in rows("tawatur.extract", "markup.tsv"))
