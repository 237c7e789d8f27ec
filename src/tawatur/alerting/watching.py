"""What readers let be watched: newsletters that tell at once, made, changed and given up."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tawatur.alerting.scope import FOLLOWED
from tawatur.digest.interests import SubjectKind
from tawatur.errors import NewsletterNotFound, StoryNotFound
from tawatur.messages import catalogue
from tawatur.model import StoryId
from tawatur.newsletter import (
    About,
    Channel,
    Length,
    Newsletter,
    NewsletterId,
    NewsletterKind,
    Pause,
    QuietHours,
    Threshold,
)
from tawatur.reader import Language, Reader
from tawatur.searching.parse import parse
from tawatur.store import Store
from tawatur.store.alerts import AFFAIR
from tawatur.stories.naming import NameKind

#: The thresholds that can be chosen: how many independent sources, and within how many minutes.
SOURCES, MINUTES = (2, 3, 4, 5, 6, 8), (60, 120, 180, 360, 720)
#: Over how many minutes a search gathers; 0: it tells at once.
PACES = (0, 60, 180, 1440)
#: How many things a reader may let be watched: each costs whenever a story comes up.
MOST = 40
#: What is longer is no query that a person typed.
LONGEST_QUERY = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a form asks for. ``about`` is of what breaking news is told ("", "followed", "kind/key"), a query, or a story's id."""

    kind: str  # "breaking", "search" or "affair"
    about: str = ""
    sources: int = 3
    minutes: int = 120
    channels: frozenset[Channel] = frozenset({Channel.PUSH, Channel.EMAIL, Channel.WEBHOOK})


@dataclass(frozen=True, slots=True)
class Watching:
    """What the readers of a deployment let be watched."""

    store: Store

    def of(self, reader: Reader) -> tuple[Newsletter, ...]:
        """Return what a reader lets be watched, the first made first; what is paused too."""
        own = (one.newsletter for one in self.store.newsletters_of(reader.id))
        return tuple(one for one in own if tells_at_once(one))

    def watch(self, reader: Reader, wish: Wish, *, now: datetime) -> Newsletter | None:
        """Let something be watched for a reader; None where the wish is none, or he has too many."""
        known = self.of(reader)
        made = self._made(reader, wish, now)
        if made is None or len(known) >= MOST:
            return None
        for one in known:
            if (one.kind, one.subject, one.threshold) == (made.kind, made.subject, made.threshold):
                made = replace(one, channels=made.channels, paused=None)
        quiet = next((one.quiet for one in known if one.quiet), None)
        made = replace(made, quiet=made.quiet or quiet)
        self.store.put_newsletter(made, due=None)
        return made

    def _made(self, reader: Reader, wish: Wish, now: datetime) -> Newsletter | None:
        plain = Newsletter(
            id=NewsletterId(secrets.token_hex(8)),
            owner=reader.id,
            kind=NewsletterKind.SEARCH if wish.kind == "search" else NewsletterKind.BREAKING,
            made=now,
            length=Length.SHORT,
            language=reader.language,
            channels=wish.channels,
        )
        match wish.kind:
            case "breaking" if wish.sources in SOURCES and wish.minutes in MINUTES:
                about = self._scope(wish.about, reader.language)
                threshold = Threshold(sources=wish.sources, within=timedelta(minutes=wish.minutes))
                return replace(plain, subject=about, threshold=threshold) if about or not wish.about else None
            case "search" if wish.minutes in PACES and len(wish.about) <= LONGEST_QUERY:
                query = parse(wish.about).query
                within = timedelta(minutes=wish.minutes)
                about = About(kind="search", key=str(query), name=wish.about)
                threshold = Threshold(sources=1, within=within)
                return replace(plain, subject=about, threshold=threshold) if query.asks else None
            case "affair":
                title = self.title(wish.about)
                about = About(kind=AFFAIR, key=wish.about, name=title)
                threshold = Threshold(sources=1, within=timedelta(hours=2))
                named = catalogue(reader.language).text("alerts.affair.titled", name=title)
                return replace(plain, title=named, subject=about, threshold=threshold) if title else None
        return None

    def _scope(self, about: str, language: Language) -> About | None:
        """Return what breaking news is told of, None for all of it or for what is nothing."""
        if about == FOLLOWED:
            return About(kind=FOLLOWED, key=FOLLOWED, name=catalogue(language).text("alerts.scope.followed"))
        kind, _, key = about.partition("/")
        if not key or kind not in tuple(SubjectKind) or kind == SubjectKind.WORD:
            return None
        if kind == SubjectKind.TOPIC:
            return About(kind=kind, key=key)
        named = self.store.name(NameKind(kind), key)
        return About(kind=kind, key=key, name=named.name) if named else None

    def title(self, story: str) -> str:
        """Return the headline of a story, "" where there is none of this id."""
        try:
            return self.store.story_head(StoryId(story)).title
        except StoryNotFound:
            return ""

    # -- changing ----------------------------------------------------------------------------------------------------

    def own(self, reader: Reader, id: str) -> Newsletter | None:
        """Return one of a reader's, None where he has none of this id."""
        try:
            found = self.store.newsletter(NewsletterId(id)).newsletter
        except NewsletterNotFound:
            return None
        return found if found.owner == reader.id and tells_at_once(found) else None

    def pause(self, newsletter: Newsletter, *, paused: bool) -> None:
        """Let nothing be told, or let it be told again."""
        self.store.put_newsletter(replace(newsletter, paused=Pause.ASKED if paused else None), due=None)

    def by(self, newsletter: Newsletter, channels: Iterable[Channel]) -> None:
        """Let it be told by some channels."""
        self.store.put_newsletter(replace(newsletter, channels=frozenset(channels)), due=None)

    def drop(self, newsletter: Newsletter) -> None:
        """Let it be watched no more, and forget what was told."""
        self.store.drop_newsletter(newsletter.id)

    def quiet(self, reader: Reader, quiet: QuietHours | None) -> None:
        """Let nothing of a reader's be told in some hours."""
        with self.store.together():
            for one in self.of(reader):
                self.store.put_newsletter(replace(one, quiet=quiet), due=None)


def tells_at_once(newsletter: Newsletter) -> bool:
    """Say whether a newsletter is one of those that watch, or would if it were not paused."""
    if newsletter.kind is NewsletterKind.BREAKING:
        return newsletter.threshold is not None
    return newsletter.kind is NewsletterKind.SEARCH and newsletter.rhythm is None
