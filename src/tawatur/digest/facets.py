"""What a story is about, as readers choose by it: its names, its topic, its outlets and its words, each with how central it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tawatur.digest.interests import Facet, Subject, SubjectKind
from tawatur.model import StoryHead
from tawatur.stories.entry import family_key
from tawatur.stories.keys import keys_of
from tawatur.stories.signature import Signature, TraitKind

#: What a name is worth that all reports of a story have; the rest is for where it stands in them.
NAMED = 0.5
#: What a word is worth that the headline or the lead has.
SAID = 1.0
_KINDS = {
    TraitKind.PERSON: SubjectKind.PERSON,
    TraitKind.PLACE: SubjectKind.PLACE,
    TraitKind.ORGANIZATION: SubjectKind.ORGANIZATION,
}
_WORDS = (TraitKind.WORD, TraitKind.PAIR)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedHere:
    """A name of a story: how many of its reports name it, and how many stories do at all."""

    subject: Subject
    name: str
    reports: int
    stories: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A story that can be picked. ``said`` are the keys of its headline and lead in a line, with blanks around each."""

    head: StoryHead
    section: str = ""
    facets: Mapping[Subject, Facet]
    said: str = ""

    def facet(self, subject: Subject) -> Facet | None:
        """Return how a story is about a subject; None where it is not."""
        found = self.facets.get(subject)
        if subject.kind is SubjectKind.WORD and f" {subject.key} " in self.said:
            return Facet(subject=subject, name=found.name if found else subject.key, share=SAID)
        return found


@lru_cache(maxsize=10_000)
def word_key(words: str) -> str:
    """Return the key of a word or phrase that is followed: the same for its spellings, and with and without clitics."""
    return " ".join(key for key in keys_of(words) if key)


def candidate(
    head: StoryHead, signature: Signature | None, *, section: str = "", named: Iterable[NamedHere] = ()
) -> Candidate:
    """Return a story made ready for choosing. ``named`` are the names that the store knows in it, topics and outlets aside."""
    central = _central(signature)
    found = [_name(one, head, central) for one in named]
    found += _words(signature)
    found += [_outlet(key, head) for key in head.outlets]
    if section:
        found.append(Facet(subject=Subject(SubjectKind.TOPIC, section), name=section, share=1.0))
    said = f" {word_key(f'{head.title} {head.lead}')} "
    return Candidate(head=head, section=section, facets={one.subject: one for one in found}, said=said)


def _name(one: NamedHere, head: StoryHead, central: Mapping[tuple[SubjectKind, str], float]) -> Facet:
    kind = one.subject.kind
    key = family_key(one.name) if kind is SubjectKind.PERSON else word_key(one.name)
    share = NAMED * min(one.reports / max(head.reports, 1), 1) + (1 - NAMED) * central.get((kind, key), 0.0)
    return Facet(subject=one.subject, name=one.name, share=round(share, 3), stories=one.stories)


def _central(signature: Signature | None) -> dict[tuple[SubjectKind, str], float]:
    """Return how central the names are by which a story is known again."""
    traits = signature.traits if signature else ()
    return {(_KINDS[one.kind], one.key): one.weight for one in traits if one.kind in _KINDS}


def _words(signature: Signature | None) -> list[Facet]:
    traits = signature.traits if signature else ()
    return [
        Facet(subject=Subject(SubjectKind.WORD, one.key), name=one.shown, share=one.weight)
        for one in traits
        if one.kind in _WORDS
    ]


def _outlet(key: str, head: StoryHead) -> Facet:
    return Facet(subject=Subject(SubjectKind.OUTLET, key), name=key, share=round(1 / len(head.outlets), 3))
