"""Whether a story is one that a newsletter may tell as breaking news: of all that breaks, of what its reader follows, or of one
subject; and never what he mutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tawatur.digest.facets import Candidate
from tawatur.digest.interests import Interests, Subject, SubjectKind, interests
from tawatur.digest.select import PASSING, muted
from tawatur.newsletter import About, Newsletter
from tawatur.store import Store

#: The kind of subject by which a newsletter tells of what its reader follows alone.
FOLLOWED = "followed"


@dataclass(frozen=True, slots=True)
class Scope:
    """What one story is about, for all who watch."""

    store: Store
    candidate: Candidate
    now: datetime

    def wanted(self, newsletter: Newsletter) -> bool:
        """Say whether a newsletter is to tell the story."""
        if newsletter.owner is None:
            return is_about(self.candidate, newsletter.subject, Interests())
        cares = interests(self.store.choices(newsletter.owner), now=self.now)
        return not muted(self.candidate, cares) and is_about(self.candidate, newsletter.subject, cares)


def is_about(candidate: Candidate, about: About | None, cares: Interests) -> bool:
    """Say whether a story is about a subject more than in passing; None is everything."""
    if about is None:
        return True
    if about.kind == FOLLOWED:
        return any(_central(candidate, subject) for subject in cares.followed)
    return about.kind in tuple(SubjectKind) and _central(candidate, Subject(SubjectKind(about.kind), about.key))


def _central(candidate: Candidate, subject: Subject) -> bool:
    found = candidate.facet(subject)
    return found is not None and (found.share >= PASSING or subject.kind is SubjectKind.OUTLET)
