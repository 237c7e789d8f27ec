"""A story as an issue tells it: the account at the chosen length, who says what, what differs, and what is new where it was told.

Sentences are those of the story's account. A story that has been going on for longer than the issue looks back is told by its
latest turn: the headline and the first sentence of the report that stands for what came last, and what else its account has
from since then. Whoever reads every day does not want to be told how it began.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tawatur.digest.issue_changes import changes_of
from tawatur.digest.issue_sources import Sources, repeats
from tawatur.model import (
    AccountPart,
    AccountSentence,
    Article,
    ArticleId,
    Backing,
    OutletKey,
    Point,
    PointKind,
    Saying,
    Span,
    StoryHead,
    Version,
)
from tawatur.newsletter import (
    IssueDifference,
    IssueMoment,
    IssueReason,
    IssueSentence,
    IssueStory,
    IssueVersion,
    Length,
)
from tawatur.stories.headline import best
from tawatur.stories.lead import lead_of
from tawatur.stories.revision import Revision
from tawatur.stories.whole import Kept, Whole

#: How many sentences an issue tells of a story at most, and how many differences.
SENTENCES: Mapping[Length, int] = {Length.SHORT: 1, Length.MEDIUM: 3, Length.LONG: 20}
DIFFERENCES: Mapping[Length, int] = {Length.SHORT: 1, Length.MEDIUM: 2, Length.LONG: 6}
#: How many sentences still stand beneath what has changed, of a story that was told before.
TOLD_BEFORE: Mapping[Length, int] = {Length.SHORT: 0, Length.MEDIUM: 1, Length.LONG: 3}
#: How many sources a story names.
SOURCES = 16
#: What a line of a list begins with, which says little without the others.
_BULLETS = ("-", "–", "—", "•", "*", "·")
#: Of so many reports that came last the one is found that stands for the latest turn.
NEWEST = 4
#: A longer sentence, in characters, gives way to a shorter one of the same account.
LONGEST = 330


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A story that may be told. ``articles`` are those of its reports that the issue may name, ``names`` those of outlets.

    ``seen`` are the reports that were told or read before; where there are any, ``whole`` is the story with its reports, and
    ``chains`` the versions of their pages. ``before`` and ``after`` are other stories of its affair, which has lasted ``days``.
    """

    head: StoryHead
    kept: Kept
    articles: Mapping[ArticleId, Article]
    names: Mapping[OutletKey, str]
    reasons: tuple[IssueReason, ...] = ()
    section: str = ""
    seen: frozenset[ArticleId] = frozenset()
    whole: Whole | None = None
    chains: Mapping[ArticleId, Sequence[Revision]] = field(default_factory=dict)
    before: tuple[IssueMoment, ...] = ()
    after: tuple[IssueMoment, ...] = ()
    days: int = 0

    @property
    def reports(self) -> frozenset[ArticleId]:
        """Return all reports of the story."""
        return frozenset(self.kept.order)

    def published(self, article: ArticleId) -> datetime | None:
        """Return when a report appeared, as its story tells it; None where nobody knows."""
        if article not in self.articles:
            return None
        return self.kept.days.get(article, self.articles[article].published).at


def story_of(page: Page, length: Length, since: datetime) -> IssueStory | None:
    """Return a story as an issue tells it; None where all of it was told before, or there is nothing to tell."""
    sources = Sources(page.kept, page.articles, page.names)
    changes = changes_of(page.seen, page.whole, page.chains, sources) if page.whole else ()
    if page.seen and not changes:
        return None
    turn = turn_of(page, since)
    room = TOLD_BEFORE[length] if changes else SENTENCES[length]
    said = [one.text for one in changes if one.text]
    chosen = (one for one in sentences_of(page, room, turn) if not any(repeats(one.text, each) for each in said))
    sentences = tuple(_sentence(one, sources) for one in chosen)
    if not sentences and not changes:
        return None
    differ = (one for one in page.kept.telling.agreement.differ if one.kind is PointKind.FIGURE)
    differences = tuple(found for one in differ if len((found := _difference(one, sources)).versions) > 1)
    sources.add_outlets(SOURCES)
    head = page.head
    return IssueStory(
        id=head.id,
        title=turn.title if turn else head.title,
        first=head.first,
        latest=head.latest,
        reports=head.reports,
        outlets=len(head.outlets),
        independent=head.independent,
        sentences=sentences,
        sources=sources.found,
        reasons=page.reasons,
        section=page.section,
        differences=differences[: DIFFERENCES[length]],
        changes=changes,
        before=page.before,
        after=page.after,
        days=page.days,
        invented=head.invented,
    )


@dataclass(frozen=True, slots=True)
class Turn:
    """The latest turn of a story: the report that stands for it, its headline, and all reports since."""

    article: ArticleId
    title: str
    lead: str
    reports: frozenset[ArticleId]


def turn_of(page: Page, since: datetime) -> Turn | None:
    """Return the latest turn of a story that has been going on since before a time; None of a new one."""
    if page.head.first >= since:
        return None
    dated = ((at, one) for one in page.articles.values() if (at := page.published(one.id)) and at >= since)
    fresh = [one for _, one in sorted(dated, key=lambda pair: (pair[0], pair[1].id))]
    found = best(fresh[-NEWEST:])
    if found is None:
        return None
    return Turn(found.id, found.title, lead_of(found), frozenset(one.id for one in fresh))


def sentences_of(page: Page, room: int, turn: Turn | None) -> list[AccountSentence]:
    """Return the sentences that an issue has room for: those of the account, or of the latest turn with what leads it in front."""
    account = page.kept.telling.account
    title = turn.title if turn else page.head.title
    chosen = [_lead(page, turn)] if turn and turn.lead and not repeats(turn.lead, title) else []
    usable = [
        at
        for at, one in enumerate(account.sentences)
        if (turn is None or one.sayings[0].article in turn.reports)
        and not one.text.startswith(_BULLETS)
        and not any(repeats(one.text, said) for said in (title, *(each.text for each in chosen)))
    ]
    ranked = sorted(usable, key=lambda at: (at not in account.short, len(account.sentences[at].text) > LONGEST, at))
    chosen += [account.sentences[at] for at in sorted(ranked[: max(room - len(chosen), 0)])]
    return (chosen or list(account.sentences))[:room]


def _lead(page: Page, turn: Turn) -> AccountSentence:
    """Return the first sentence of the report that stands for the latest turn, with all who say it where the account has it."""
    telling = page.kept.telling
    if same := next((one for one in telling.account.sentences if one.text == turn.lead), None):
        return same
    event = next((one for one in telling.events if one.text == turn.lead), None)
    start = max(page.articles[turn.article].text.find(turn.lead), 0)
    said = Saying(article=turn.article, span=Span(start, start + len(turn.lead)))
    return AccountSentence(
        text=turn.lead,
        part=AccountPart.HAPPENED,
        sayings=event.sayings if event else (said,),
        backing=event.backing if event else Backing(articles=(turn.article,), independent=1),
    )


def _sentence(one: AccountSentence, sources: Sources) -> IssueSentence:
    return IssueSentence(
        text=one.text,
        sources=sources.by_outlet(saying.article for saying in one.sayings),
        independent=one.backing.independent,
        part=one.part,
        speaker=one.speaker,
    )


def _difference(point: Point, sources: Sources) -> IssueDifference:
    standing = [one for one in point.versions if not one.superseded]
    return IssueDifference(
        reason=point.difference, category=point.category, versions=tuple(_version(one, sources) for one in standing)
    )


def _version(one: Version, sources: Sources) -> IssueVersion:
    return IssueVersion(
        value=one.value,
        text=one.wordings[0].text,
        sources=sources.by_outlet(wording.article for wording in one.wordings),
        independent=one.backing.independent,
    )
