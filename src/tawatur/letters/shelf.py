"""What a reader saved and has not read, as an issue tells it: with how long each takes to read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from tawatur.digest.issue import Made, Span, make_saved
from tawatur.errors import StoryNotFound
from tawatur.letters.opening import names_of
from tawatur.model import ArticleId, Outlets, StoryId
from tawatur.newsletter import IssueSaved, Newsletter
from tawatur.saved import Saved, SavedKind, SavedState, Wanted
from tawatur.store import Store
from tawatur.store.newsletters import ToldStory
from tawatur.stories.clipping import version_of

#: Words of Arabic that are read in a minute: the mean of native readers, aloud (IReST; Trauzettel-Klosinski and others 2012).
WORDS_A_MINUTE = 138
#: How many saved things are looked at.
MOST = 200


def unread(
    store: Store, newsletter: Newsletter, found: Span, told: Collection[ToldStory], outlets: Outlets
) -> Made | None:
    """Return the issue of what the owner of a newsletter saved and has not read."""
    if newsletter.owner is None:
        return None
    before = {str(one.story) for one in told}
    wanted = replace(Wanted(state=SavedState.UNREAD), limit=MOST)
    saved = store.saved_list(newsletter.owner, wanted)
    new = [one for one in saved if one.id not in before][: newsletter.most]
    rest = [one for one in saved if one not in new]
    shown = [*(_shown(store, one, newsletter, outlets) for one in new), *(_bare(one) for one in rest)]
    return make_saved(newsletter, shown, found, before)


def _shown(store: Store, saved: Saved, newsletter: Newsletter, outlets: Outlets) -> IssueSaved:
    text = next((one.text for one in store.clippings(saved.clippings[:1])), saved.lead)
    names = names_of(saved.outlets, outlets, newsletter.language)
    return replace(
        _bare(saved),
        lead=saved.lead,
        outlets=tuple(names[key] for key in saved.outlets),
        minutes=max(1, round(len(text.split()) / WORDS_A_MINUTE)),
        changed=_version(store, saved) not in ("", saved.version),
    )


def _bare(saved: Saved) -> IssueSaved:
    return IssueSaved(id=saved.id, kind=saved.kind, of=saved.of, title=saved.title, at=saved.at)


def _version(store: Store, saved: Saved) -> str:
    """Return what tells whether a saved thing says something else now; "" where nobody can tell."""
    if saved.kind is SavedKind.ARTICLE:
        return store.current(ArticleId(saved.of))
    if saved.kind is SavedKind.STORY:
        try:
            return version_of(store.story_head(StoryId(saved.of)))
        except StoryNotFound:
            return ""
    return ""
