"""Which pictures a story shows: copies folded into one, and the one that leads.

An agency's photograph goes through many outlets, cut and packed otherwise in each: two are copies where their likeness differs in
few of its bits. A picture that an outlet puts over many stories tells nothing of any.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tawatur.ids import ArticleId
from tawatur.model import Article, Report
from tawatur.picture import KeptPicture, StoryPicture

#: Of the 128 bits of a likeness, so many may differ between copies. Measured (``make bench NAME=pictures``): renditions of half the
#: size, packed hard, brightened or cut by a tenth stay within it in 95 of 100 cases and more; of 23,653 pairs of different pictures
#: none comes nearer than 25.
NEAR = 20
#: A picture that stands over so many stories is an outlet's filler, a column's head, or a portrait from the archive.
COMMON = 5
#: Narrower ones do not lead: they would be blown up, or leave a hole.
LEADING_WIDTH = 300


@dataclass(frozen=True, slots=True)
class _Seen:
    """A kept picture in the report that has it."""

    article: Article
    kept: KeptPicture

    @property
    def rank(self) -> tuple[bool, int]:
        """How good a rendition is: one with a caption before others, then the largest."""
        return bool(self.article.picture and self.article.picture.caption), self.kept.width * self.kept.height


def pictures(reports: Sequence[Report], kept: Mapping[ArticleId, KeptPicture]) -> tuple[StoryPicture, ...]:
    """Return the pictures of a story, copies once: first the one that leads, which most outlets show.

    Args:
        reports: the story's, oldest first.
        kept: the picture of each report whose picture is kept.
    """
    seen = [_Seen(one.article, kept[one.article.id]) for one in reports if one.article.id in kept]
    groups: list[list[_Seen]] = []
    for one in seen:
        group = next((found for found in groups if are_copies(found[0].kept, one.kept)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    made = [_shown(group) for group in groups]
    return tuple(sorted(made, key=_weight))  # stable: of equals, the earliest


def of_article(article: Article, kept: KeptPicture) -> StoryPicture:
    """Return the picture of a report alone."""
    return _shown([_Seen(article, kept)])


def leading(found: Sequence[StoryPicture]) -> StoryPicture | None:
    """Return the picture that lists show of a story, of those that ``pictures`` gives; None where none is good enough."""
    first = next(iter(found), None)
    return first if first and first.width >= LEADING_WIDTH else None


def are_copies(one: KeptPicture, other: KeptPicture) -> bool:
    """Say whether two are the same picture: of one address, or alike."""
    return one.id == other.id or distance(one.likeness, other.likeness) <= NEAR


def distance(one: str, other: str) -> int:
    """Return in how many bits two likenesses differ; more than any can where one is not known."""
    if not one or not other:
        return 4 * max(len(one), len(other)) + NEAR + 1
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _shown(group: Sequence[_Seen]) -> StoryPicture:
    best = max(group, key=lambda one: one.rank)
    told = best.article.picture
    return StoryPicture(
        id=best.kept.id,
        width=best.kept.width,
        height=best.kept.height,
        alt=told.alt if told and told.alt != best.article.title else "",
        caption=told.caption if told else "",
        credit=told.credit if told else "",
        article=best.article.id,
        outlet=best.article.outlet,
        outlets=tuple(dict.fromkeys(one.article.outlet for one in group)),
    )


def _weight(one: StoryPicture) -> tuple[bool, int, bool]:
    """Small ones come last; then those that fewer outlets show, then those that are higher than wide."""
    return one.width < LEADING_WIDTH, -len(one.outlets), one.height > one.width
