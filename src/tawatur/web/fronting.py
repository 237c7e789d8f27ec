"""What the front page and the pages of sections read: lists of stories, each off an index of the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tawatur.model import StoryHead, StoryId
from tawatur.store.headlines import Headline, Headlines
from tawatur.stories.topics import SECTIONS

#: How many stories each list of the front page has; the top loses those that other lists have.
TOP, NEWEST, WIDEST, LONE, OF_SECTION = 19, 8, 4, 5, 3
#: How many days with news the widest are looked for in.
DAYS = 3
#: How many stories one page of a list has.
PAGE = 24
#: The first of the top, which no other list repeats: the lead, those beside it and those under it.
BESIDE, LEADING = 2, 5


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list. ``older`` is the story behind which the next page begins, None on the last one."""

    found: tuple[Headline, ...]
    older: StoryId | None

    def without(self, stories: Iterable[StoryId]) -> Listing:
        """Return the page without some stories."""
        return replace(self, found=_others(self.found, frozenset(stories), len(self.found)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The lists of the front page; ``sections`` are those with stories, each with its heaviest ones."""

    top: Listing
    newest: tuple[Headline, ...] = ()
    widest: tuple[Headline, ...] = ()
    lone: tuple[Headline, ...] = ()
    sections: tuple[tuple[str, tuple[Headline, ...]], ...] = ()

    @property
    def heads(self) -> tuple[StoryHead, ...]:
        """Return the heads of all stories of the page."""
        lists = (self.top.found, self.newest, self.widest, self.lone, *(found for _, found in self.sections))
        return tuple(one.head for found in lists for one in found)

    def without(self, stories: Iterable[StoryId]) -> Front:
        """Return the page without some stories, which stand elsewhere on it."""
        gone = frozenset(stories)
        sections = ((key, _others(found, gone, len(found))) for key, found in self.sections)
        return replace(
            self,
            top=self.top.without(gone),
            newest=_others(self.newest, gone, len(self.newest)),
            widest=_others(self.widest, gone, len(self.widest)),
            lone=_others(self.lone, gone, len(self.lone)),
            sections=tuple((key, found) for key, found in sections if found),
        )


def listing(lists: Headlines, *, section: str = "", behind: StoryId | None = None, limit: int = PAGE) -> Listing:
    """Return a page of the stories by weight, of one section where ``section`` names it."""
    found = lists.headlines(limit=limit + 1, section=section, behind=behind)
    return Listing(found[:limit], found[limit - 1].head.id if len(found) > limit else None)


def front(lists: Headlines) -> Front:
    """Return the first page. A story stands in one of its lists: the leading ones come first, then the widest, then the newest."""
    top = listing(lists, limit=TOP)
    leading, rest = top.found[:LEADING], top.found[LEADING:]
    shown = _ids(leading)
    several = (one for one in lists.widest(days=DAYS, limit=WIDEST + len(shown)) if one.head.independent > 1)
    widest = _others(several, shown, WIDEST)
    shown |= _ids(widest)
    newest = _others(lists.newest(limit=NEWEST + len(shown)), shown, NEWEST)
    shown |= _ids(newest)
    rest = _others(rest, shown, len(rest))
    shown |= _ids(rest)
    lone = _others(lists.lone(limit=LONE + len(shown)), shown, LONE)
    of_each = ((one, lists.headlines(limit=TOP + OF_SECTION, section=one)) for one in sections_of(lists))
    sections = ((one, _others(found, shown | _ids(lone), OF_SECTION)) for one, found in of_each)
    return Front(
        top=Listing((*leading, *rest), top.older),
        newest=newest,
        widest=widest,
        lone=lone,
        sections=tuple((section, stories) for section, stories in sections if stories),
    )


def sections_of(lists: Headlines) -> tuple[str, ...]:
    """Return the sections that have stories, in the order in which a newspaper has them."""
    kept = set(lists.sections())
    return tuple(one for one in SECTIONS if one in kept)


def _ids(found: Iterable[Headline]) -> frozenset[StoryId]:
    return frozenset(one.head.id for one in found)


def _others(found: Iterable[Headline], shown: frozenset[StoryId], most: int) -> tuple[Headline, ...]:
    """Return the first of some stories that are not shown yet."""
    return tuple([one for one in found if one.head.id not in shown][:most])
