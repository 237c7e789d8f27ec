"""Broken XML made well-formed: references that XML knows, tags that pair.

An outlet's own script prints most feeds, and forgets to escape an ampersand, a ``<br>``, a title with "<" in it; or the feed is cut
off. A parser's own recovery closes one element for every end tag that does not fit, so that one forgotten ``</b>`` swallows the
entry behind it. Here an end tag closes what it belongs to, with all that was left open inside; one of nothing is dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape
from html.entities import html5

#: Deeper than this nothing in a feed stands; tags that go deeper are dropped (libxml2 stops at 256).
DEEPEST = 200
#: What a feed's own entities may become in all.
_ENTITIES = 500_000
_DEFINED = re.compile(r"""<!ENTITY\s{1,20}(\w{1,50})\s{1,20}(?:"([^"<&%]{0,500})"|'([^'<&%]{0,500})')\s{0,20}>""")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&(?:#(\d{1,7}|[xX][0-9a-fA-F]{1,6});|(\w{1,50});)?")
_MARK = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)"
    r"|<(?P<end>/?)(?P<name>[A-Za-z_][\w:.-]{0,99})(?P<rest>(?:\s(?:[^<>\"']|\"[^\"<]{0,5000}\"|'[^'<]{0,5000}')*)?/?)>|<",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([A-Za-z_][\w:.-]{0,99})\s*=\s*("[^"<]*"|'[^'<]*'|[^\s"'<>]+)""")
_OWN = frozenset({"lt", "gt", "amp", "quot", "apos"})
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})
_NEVER_NESTED = frozenset({"item", "entry"})


def repaired(body: str, doctype: str = "") -> str:
    """Return the text of a feed as XML that can be parsed.

    ``doctype`` is its document type, which is no part of the result: of what it defines only plain words are used.
    """
    defined = {name: one or other for name, one, other in _DEFINED.findall(doctype)}
    return "".join(_Repair(defined).pieces(_FORBIDDEN.sub("", body)))


class _Repair:
    """One walk over a text, with the elements that are open."""

    def __init__(self, defined: Mapping[str, str]) -> None:
        self._defined = defined
        self._spent = 0
        self._open: list[str] = []
        self._count: Counter[str] = Counter()

    def pieces(self, body: str) -> Iterator[str]:
        at = 0
        for found in _MARK.finditer(body):
            yield self._referenced(body[at : found.start()])
            yield from self._mark(found)
            at = found.end()
        yield self._referenced(body[at:])
        yield from self._close(0)

    def _mark(self, found: re.Match[str]) -> Iterator[str]:
        mark, name = found[0], found["name"]
        if mark == "<":
            yield "&lt;"
        elif name is None:
            yield _section(mark)
        elif found["end"]:
            yield from self._end(name)
        else:
            yield from self._start(name, self._attributes(found["rest"]), alone=mark.endswith("/>"))

    def _start(self, name: str, attributes: str, *, alone: bool) -> Iterator[str]:
        if name in _NEVER_NESTED and self._count[name]:
            yield from self._close(_last(self._open, name))
        if alone or name.lower() in _VOID:
            yield f"<{name}{attributes}/>"
        elif len(self._open) < DEEPEST:
            self._open.append(name)
            self._count[name] += 1
            yield f"<{name}{attributes}>"

    def _end(self, name: str) -> Iterator[str]:
        if self._count[name]:
            yield from self._close(_last(self._open, name))

    def _close(self, until: int) -> Iterator[str]:
        while len(self._open) > until:
            name = self._open.pop()
            self._count[name] -= 1
            yield f"</{name}>"

    def _attributes(self, rest: str) -> str:
        """The attributes of a tag, each once and in quotation marks."""
        found = {name: value.strip("\"'") for name, value in reversed(_ATTRIBUTE.findall(rest.rstrip("/ ")))}
        return "".join(
            f' {name}="{self._referenced(value).replace(chr(34), "&quot;")}"' for name, value in found.items()
        )

    def _referenced(self, text: str) -> str:
        return _REFERENCE.sub(self._reference, text) if "&" in text else text

    def _reference(self, found: re.Match[str]) -> str:
        number, name = found[1], found[2]
        if number:
            return f"&#{number.lower()};" if _is_allowed(number) else ""
        if name in _OWN:
            return found[0]
        value = self._defined.get(name) or html5.get(f"{name};") if name else None
        if value is None:
            return "&amp;" + found[0][1:]
        self._spent += len(value)
        return escape(value) if self._spent <= _ENTITIES else ""


def _section(mark: str) -> str:
    """A section of CDATA as it is, closed where it was cut off; comments and instructions say nothing."""
    if not mark.startswith("<![CDATA["):
        return ""
    return mark if mark.endswith("]]>") else f"{mark}]]>"


def _last(names: list[str], name: str) -> int:
    return len(names) - 1 - names[::-1].index(name)


def _is_allowed(number: str) -> bool:
    """Say whether the character with a number, "38" or "x26", may stand in XML."""
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    return code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
