"""Apply an outlet's page rules: where its text and its headline stand, and what is no part of it.

Rules help; they never hurt: one that finds nothing, is no valid XPath, or is past its day counts for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml.etree import _Element as Element

from tawatur.model import Outlet, PageRule


@dataclass(frozen=True, slots=True)
class Ruled:
    """What an outlet's rules say of one page; each may be missing."""

    body: Element | None = None
    title: Element | None = None
    removed: frozenset[Element] = frozenset()


def applied(root: Element, outlet: Outlet | None, url: str | None, latest: date) -> Ruled:
    """Return what the outlet's rules find on a page; each part is of the first rule for its address that finds it."""
    rules = [rule for rule in (outlet.rules if outlet else ()) if _holds(rule, url, latest)]
    bodies = (element for rule in rules for element in _elements(root, rule.body))
    titles = (element for rule in rules for element in _elements(root, rule.title))
    removed = frozenset(element for rule in rules for path in rule.remove for element in _elements(root, path))
    return Ruled(next(bodies, None), next(titles, None), removed - {root})


def _holds(rule: PageRule, url: str | None, latest: date) -> bool:
    path = unquote(urlsplit(url or "").path)
    return path.startswith(rule.path) and (rule.valid_until is None or latest <= rule.valid_until)


def _elements(root: Element, path: str) -> list[Element]:
    """The elements that an expression finds; none where it is empty, broken, or finds something else."""
    if not path:
        return []
    try:
        found = root.xpath(path)
    except etree.XPathError:
        return []
    return [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []
