"""The texts of a feed's elements: plain, escaped markup, inline markup, base64; and what they say without markup."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from contextlib import suppress
from html import escape, unescape
from urllib.parse import urljoin

from lxml import etree, html
from lxml.etree import _Element as Element

from tawatur.arabic.fold import clean
from tawatur.extract.feed.names import is_atom, name_of
from tawatur.extract.feed.values import Text

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_CLOSED = re.compile(r"</[a-zA-Z]\w*>|<(?:br|img|hr)\b[^<>]*>|&#?\w+;")
# Characters that are none: windows-1252 under the numbers of Latin-1 (HTML 5 reads them so), and UTF-8 read as one byte a letter.
_C1 = re.compile(r"[\x80-\x9f]|&#(?:1[2-5]\d|[xX][89][0-9a-fA-F]);")
_TWICE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u2122]")
_NAMES = re.compile(r"</?([a-zA-Z]\w*)")
_HTML = frozenset({
    "a", "abbr", "acronym", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "center", "cite",
    "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "iframe", "img", "ins", "kbd", "li", "mark", "nav", "ol", "p",
    "picture", "pre", "q", "s", "samp", "section", "small", "source", "span", "strike", "strong", "sub", "summary",
    "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "video", "audio",
    "script", "style",
})  # fmt: skip
_SILENT = frozenset({"script", "style", "template", "applet", "iframe"})
_BASE = "{http://www.w3.org/XML/1998/namespace}base"


def text_of(element: Element, *, base: str, guess: bool = False) -> Text:
    """Return the text of an element.

    Args:
        element: a text construct: title, summary, description, content.
        base: the address that relative links in it are relative to.
        guess: the format leaves open whether the text is markup (a title of RSS), so what it looks like decides.
    """
    base = own_base(element, base)
    stated = (element.get("type") or "").lower().split(";")[0].strip()
    if len(element):
        return Text(
            _escaped_in_div(element) if stated in ("html", "text/html") else _inline(element), markup=True, base=base
        )
    value = repaired((element.text or "").strip())
    if element.get("mode") == "base64" or _is_binary(stated):
        return Text(_base64(value), markup=_is_html(stated), base=base)
    if _is_html(stated):
        return Text(value, markup=True, base=base)
    if stated or is_atom(element.tag):
        plainly = is_atom(element.tag) or stated not in ("", "text", "text/plain") or not looks_like_markup(value)
        return Text(value, markup=not plainly, base=base)
    return Text(value, markup=not guess or looks_like_markup(value), base=base)


def repaired(value: str) -> str:
    """Return text with the characters that wrong encodings left in it put right; a text without them is as it was."""
    if _C1.search(value):
        value = _C1.sub(lambda found: _windows(found[0]), value)
    if not _TWICE.search(value):
        return value
    for encoding in ("latin-1", "cp1252"):
        with suppress(UnicodeError):
            return value.encode(encoding).decode("utf-8")
    return value


def _windows(found: str) -> str:
    """The character that windows-1252 has under a number, given as itself or as ``&#146;``."""
    code = ord(found) if len(found) == 1 else int(found[3:-1], 16) if found[2] in "xX" else int(found[2:-1])
    return bytes([code]).decode("cp1252", "replace") if 0x80 <= code <= 0x9F else found


def _escaped_in_div(element: Element) -> str:
    """Markup that was escaped and then put into an element ``div`` all the same."""
    only = element[0]
    alone = len(element) == 1 and not len(only) and name_of(str(only.tag)) in ("div", "xhtml:div")
    outside = (element.text or "").strip() or (only.tail or "").strip()
    return (only.text or "") if alone and not outside and "<" in (only.text or "") else _inline(element)


def _is_html(stated: str) -> bool:
    return stated in ("html", "xhtml", "text/html", "application/xhtml+xml")


def _is_binary(stated: str) -> bool:
    """Say whether a media type means that the text is base64 (RFC 4287, 4.1.3.3)."""
    return "/" in stated and not stated.startswith("text/") and not stated.endswith(("+xml", "/xml"))


def _base64(value: str) -> str:
    try:
        return base64.b64decode(value.encode("ascii", "ignore")).decode("utf-8").strip()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return value


def looks_like_markup(value: str) -> bool:
    """Say whether text is surely HTML: a closed tag or an entity, and no tag that HTML does not have ("a <b" is plain)."""
    return _CLOSED.search(value) is not None and all(tag.lower() in _HTML for tag in _NAMES.findall(value))


def base_of(element: Element, base: str) -> str:
    """Return the address that what an element holds is relative to: its ``xml:base``, those above it, then ``base``."""
    for one in reversed([element, *element.iterancestors()]):
        base = own_base(one, base)
    return base


def own_base(element: Element, base: str) -> str:
    """Return ``base``, or what the element itself states in its place."""
    stated = (element.get(_BASE) or element.get("base") or element.get("BASE")) if element.attrib else None
    return joined(base, stated) if stated else base


def joined(base: str, value: str) -> str:
    """Return an address made absolute, or as it is where that cannot be."""
    try:
        return urljoin(base, value.strip())
    except ValueError:
        return value.strip()


def _inline(element: Element) -> str:
    """The markup inside an element, without namespaces: what feeds hold as XHTML, or forgot to escape."""
    parts = [escape(element.text or "", quote=False)]
    for event, one in etree.iterwalk(element, events=("start", "end")):
        if one is element or not isinstance(one.tag, str):
            continue
        parts.append(_opening(one) if event == "start" else _closing(one))
    return "".join(parts).strip()


def _opening(one: Element) -> str:
    attributes = "".join(f' {_local(name)}="{escape(str(value))}"' for name, value in one.attrib.items())
    return f"<{_local(one.tag)}{attributes}>{escape(one.text or '', quote=False)}"


def _closing(one: Element) -> str:
    name = _local(one.tag)
    end = "" if name in ("br", "img", "hr", "input") else f"</{name}>"
    return end + escape(one.tail or "", quote=False)


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def plain(text: Text) -> str:
    """Return what a text says, without markup, in one line."""
    if not text.markup or not _TAG.search(text.value):
        return " ".join(clean(unescape(text.value)).split())
    return " ".join(clean(unmarked(text.value)).split())


def unmarked(markup: str) -> str:
    """Return the words of markup with blanks where blocks part them, not yet cleaned."""
    try:
        root = html.fragment_fromstring(markup, create_parent="div", parser=_parser())
    except (etree.ParserError, ValueError, AssertionError):
        return unescape(_TAG.sub(" ", markup))
    return "".join(_said(root))


def _parser() -> html.HTMLParser:
    return html.HTMLParser(remove_comments=True, remove_pis=True)


def _said(root: Element) -> Iterator[str]:
    """The words of markup; block elements part them, scripts and styles say nothing."""
    silent = 0
    for event, one in etree.iterwalk(root, events=("start", "end")):
        quiet = not isinstance(one.tag, str) or one.tag in _SILENT
        if event == "start":
            silent += quiet
            if not silent:
                yield " " if one.tag not in _INLINE else ""
                yield one.text or ""
        else:
            silent -= quiet
            if not silent and one is not root:
                yield " " if one.tag not in _INLINE else ""
                yield one.tail or ""


_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
})  # fmt: skip


def named(element: Element, *names: str) -> str:
    """Return the text of the first child of one of these names, or ""."""
    for child in element:
        if isinstance(child.tag, str) and name_of(child.tag) in names:
            return " ".join((child.text or "").split())
    return ""
