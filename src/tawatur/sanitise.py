"""HTML of others made fit for a page of ours: what is on the list stays, everything else goes.

What extraction gives is text, and templates escape it; this is for the few texts that people write with markup for others to
read. Nothing in what comes out runs, loads, styles or sends anything, so that no reader is seen by anybody.
"""

from __future__ import annotations

import re

import nh3
from markupsafe import Markup

#: No text that somebody writes to introduce a letter or a page is longer; what is behind is cut off.
MOST = 50_000
#: What a text is made of. No pictures (they would be fetched elsewhere), no forms, no headings of a page's own title.
TAGS = frozenset({
    "p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "q", "cite", "pre", "code", "strong", "b",
    "em", "i", "u", "s", "del", "ins", "mark", "small", "sub", "sup", "abbr", "time", "a", "bdi", "bdo", "span", "div",
})  # fmt: skip
#: Elements that go with what they hold, since that is no text.
_WHOLE = frozenset({
    "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "title", "textarea", "select", "audio",
    "video", "canvas", "xmp", "noembed", "noframes", "plaintext",
})  # fmt: skip
#: Every element may say how it runs and in which language it is: Arabic with Latin names in it needs both.
_EVERYWHERE = frozenset({"lang", "title"})
_DIRECTIONS = frozenset({"rtl", "ltr", "auto"})
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_SCHEMES = frozenset({"http", "https", "mailto"})
#: A place on this site: one slash, and none of the signs by which browsers would be led to another host.
_HERE = re.compile(r"/(?![/\\])[^\s\\]*|#[\w-]+")


def clean(html: str) -> Markup:
    """Return HTML of which only text, its structure, its direction and its links are left, well-formed.

    It can stand in a template, or in a mail, as it is. Links lead to other sites without telling them where from.
    """
    return Markup(_CLEANER.clean(html[:MOST]))


def _attribute(tag: str, name: str, value: str) -> str | None:
    return None if name == "lang" and not _LANGUAGE.fullmatch(value) else value


def _relative(url: str) -> str | None:
    return url if _HERE.fullmatch(url) else None


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(_WHOLE),
    attributes={"*": set(_EVERYWHERE), "a": {"href"}, "time": {"datetime"}},
    tag_attribute_values={tag: {"dir": set(_DIRECTIONS)} for tag in TAGS},
    attribute_filter=_attribute,
    link_rel="noopener noreferrer nofollow",
    url_schemes=set(_SCHEMES),
    url_relative=_relative,
)
