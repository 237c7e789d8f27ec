"""OPML 1.0 and 2.0: the list of feeds that readers and desks hand to one another, in and out.

``read`` takes any such list, ``write`` makes one; reading what was written gives the same value again, and writing what was read of
it the same text. ``subscriptions`` flattens a list, ``by_site`` gathers what is of one outlet, ``of_outlets`` makes a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from lxml.etree import _Element as Element

from tawatur.extract.address import address
from tawatur.extract.feed import tree
from tawatur.model import Rejected
from tawatur.outlet import FeedAddress, Outlet

#: What an outline's own fields are called, in lower case; a program writes them as it likes ("xmlURL", "xmlurl").
_FIELDS = {
    "text": "text",
    "title": "title",
    "type": "type",
    "xmlurl": "xmlUrl",
    "htmlurl": "htmlUrl",
    "category": "category",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One line of the list: a feed, or a folder of others. ``other`` holds the attributes that are not ours, in their order."""

    text: str = ""
    title: str = ""
    type: str = ""  # "rss", "link", "include"; "" for a folder
    feed: str = ""  # xmlUrl, as written
    homepage: str = ""  # htmlUrl, as written
    categories: tuple[str, ...] = ()  # "/news/egypt"
    other: tuple[tuple[str, str], ...] = ()
    inside: tuple[Outline, ...] = ()

    @property
    def name(self) -> str:
        """Return what the line is called: text, else title."""
        return self.text or self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Opml:
    """A list of feeds. ``head`` holds the fields of its head but the title, in their order."""

    version: str = "2.0"
    title: str = ""
    head: tuple[tuple[str, str], ...] = ()
    outlines: tuple[Outline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One feed of a list, with the folders that it stands in, the outermost first."""

    name: str
    feed: str
    homepage: str = ""
    folders: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


# In


def read(text: str, *, origin: str = "") -> Opml | Rejected:
    """Return the list that a text holds, or why it is none: "too_large", "broken_opml".

    Broken attributes are read as far as they go. ``origin`` is what a rejection names as its place.
    """
    reason = tree.refused(text)
    root = None if reason else tree.parse(text.lstrip("\ufeff"))
    if root is None or _local(root) != "opml":
        return Rejected(origin=origin, reason=reason or "broken_opml")
    head = next((one for one in root if _local(one) == "head"), root)
    fields = [(str(one.tag), _line(one.text)) for one in head if _line(one.text) and not str(one.tag).startswith("{")]
    body = next((one for one in root if _local(one) == "body"), root)
    return Opml(
        version=root.get("version") or "1.0",
        title=next((value for name, value in fields if name.lower() == "title"), ""),
        head=tuple({name: value for name, value in fields if name.lower() != "title"}.items()),
        outlines=tuple(_outline(one) for one in body if _local(one) == "outline"),
    )


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _outline(element: Element) -> Outline:
    known: dict[str, str] = {}
    other: dict[str, str] = {}
    for name, value in element.attrib.items():
        field = _FIELDS.get(str(name).lower())
        if field:
            known.setdefault(field, _line(str(value)))
        elif not str(name).startswith("{"):
            other[str(name)] = str(value)
    categories = (one.strip() for one in known.get("category", "").split(","))
    return Outline(
        text=known.get("text", ""),
        title=known.get("title", ""),
        type=known.get("type", ""),
        feed=known.get("xmlUrl", ""),
        homepage=known.get("htmlUrl", ""),
        categories=tuple(one for one in categories if one),
        other=tuple(other.items()),
        inside=tuple(_outline(one) for one in element if _local(one) == "outline"),
    )


def subscriptions(found: Opml) -> tuple[Subscription, ...]:
    """Return the feeds of a list in its order, each address once; lines without a web address are folders or nothing."""
    once: dict[str, Subscription] = {}
    for one in _flat(found.outlines, ()):
        once.setdefault(one.feed, one)
    return tuple(once.values())


def _flat(outlines: Iterable[Outline], folders: tuple[str, ...]) -> Iterator[Subscription]:
    for one in outlines:
        url = address(one.feed.replace("feed://", "https://", 1)) if one.feed else None
        if url:
            yield Subscription(
                name=one.name,
                feed=url,
                homepage=address(one.homepage) or "",
                folders=folders,
                categories=one.categories,
            )
        yield from _flat(one.inside, folders if url else (*folders, one.name) if one.name else folders)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The feeds of a list that stand on one site: what an outlet can be made of."""

    name: str
    homepage: str
    feeds: tuple[FeedAddress, ...]


def by_site(found: Opml) -> tuple[Site, ...]:
    """Return the feeds of a list gathered by the site that they are of, in the order of the list.

    The site is the host of the homepage, else of the feed. It is called as its folder is, if that holds nothing else, and then a
    feed's own name is its section; otherwise as its first feed.
    """
    sites: dict[str, list[Subscription]] = {}
    folders: dict[tuple[str, ...], set[str]] = {}
    for one in subscriptions(found):
        host = (urlsplit(one.homepage or one.feed).hostname or "").removeprefix("www.")
        sites.setdefault(host, []).append(one)
        folders.setdefault(one.folders, set()).add(host)
    return tuple(_site(host, members, folders) for host, members in sites.items())


def _site(host: str, members: list[Subscription], folders: dict[tuple[str, ...], set[str]]) -> Site:
    first = members[0]
    own = len(members) > 1 and bool(first.folders) and folders[first.folders] == {host}
    name = first.folders[-1] if own and all(one.folders == first.folders for one in members) else ""
    return Site(
        name=name or first.name or host,
        homepage=next((one.homepage for one in members if one.homepage), f"https://{host}/"),
        feeds=tuple(FeedAddress(url=one.feed, section=_section(one.name, name)) for one in members),
    )


def _section(feed: str, site: str) -> str:
    """What a feed is about, where its site has a name of its own: "الأفق - اقتصاد" is "اقتصاد"."""
    return "" if not site or feed == site else feed.removeprefix(f"{site} - ")


# Out


def write(opml: Opml) -> str:
    """Return a list as OPML text, UTF-8 declared, one line an outline, with a line break at its end."""
    head = [("title", opml.title), *opml.head] if opml.title else list(opml.head)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<opml version={quoteattr(opml.version)}>",
        "  <head>",
        *(f"    <{name}>{escape(value)}</{name}>" for name, value in head),
        "  </head>",
        "  <body>",
        *_written(opml.outlines, "    "),
        "  </body>",
        "</opml>",
    ]
    return "\n".join(lines) + "\n"


def _written(outlines: Iterable[Outline], indent: str) -> Iterator[str]:
    for one in outlines:
        if one.inside:
            yield f"{indent}<outline{_attributes(one)}>"
            yield from _written(one.inside, indent + "  ")
            yield f"{indent}</outline>"
        else:
            yield f"{indent}<outline{_attributes(one)}/>"


def _attributes(one: Outline) -> str:
    own = [
        ("text", one.text), ("title", one.title), ("type", one.type), ("xmlUrl", one.feed), ("htmlUrl", one.homepage),
        ("category", ",".join(one.categories)),
    ]  # fmt: skip
    told = [(name, value) for name, value in own if value or name == "text"]
    return "".join(f" {name}={_quoted(value)}" for name, value in (*told, *one.other))


def _quoted(value: str) -> str:
    return quoteattr(value, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def of_outlets(outlets: Iterable[Outlet], *, title: str = "", language: str = "ar") -> Opml:
    """Return the feeds of outlets as a list: a line for an outlet with one feed, a folder for one with several.

    ``language`` chooses the name: the Arabic one, or for "en" the English one where there is one.
    """
    lines = (_of_outlet(one, language) for one in outlets if one.feeds)
    return Opml(title=title, outlines=tuple(lines))


def _of_outlet(outlet: Outlet, language: str) -> Outline:
    name = (outlet.name_en or outlet.name) if language == "en" else outlet.name
    country = (f"/{outlet.country}",) if outlet.country else ()
    feeds = tuple(
        Outline(
            text=f"{name} - {one.section}" if one.section else name,
            type="rss",
            feed=one.url,
            homepage=outlet.homepage,
            categories=country,
        )
        for one in outlet.feeds
    )
    return feeds[0] if len(feeds) == 1 else Outline(text=name, inside=feeds)
