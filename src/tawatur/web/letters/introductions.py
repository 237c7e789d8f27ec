"""What introduces a public newsletter: Markdown that its maker writes, as HTML of paragraphs, emphasis, links and lists."""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup

from tawatur.sanitise import clean

#: All of Markdown that an introduction may use: no HTML, no pictures, no headings, no code.
_USED = ("emphasis", "link", "autolink", "list", "blockquote", "newline", "escape", "entity")


@lru_cache(256)
def introduction(text: str) -> Markup:
    """Return what a text looks like on a page; nothing in it runs, loads or styles anything."""
    return clean(MarkdownIt("zero").enable(list(_USED)).render(text))


def first_lines(text: str) -> str:
    """Return the first paragraph of an introduction without its marks, for a list and a letter."""
    whole = introduction(text.strip().split("\n\n", 1)[0])
    return " ".join(Markup(whole).striptags().split())
