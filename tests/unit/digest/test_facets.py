"""What a story is about: names by how many reports have them and where they stand, words of the headline, topic and outlets."""

from tests.unit.digest.making import NOW, head

from tawatur.digest.facets import NAMED, NamedHere, candidate, word_key
from tawatur.digest.interests import Subject, SubjectKind
from tawatur.model import StoryId
from tawatur.stories.entry import family_key
from tawatur.stories.signature import Signature, Trait, TraitKind

WAFA = Subject(SubjectKind.PERSON, "wafa-nahas")


def signature(*traits: Trait) -> Signature:
    return Signature(story=StoryId("s"), time=NOW, traits=traits, words={})


def trait(key: str, kind: TraitKind, weight: float = 1.0) -> Trait:
    return Trait(key=key, kind=kind, shown=key.title(), weight=weight)


def test_who_opens_a_story_is_more_central_than_who_is_named_in_it() -> None:
    here = NamedHere(subject=WAFA, name="Wafa Nahas", reports=2, stories=7)
    central = signature(trait(family_key("Wafa Nahas"), TraitKind.PERSON))
    (opening, named) = (candidate(head("s", sources=2), one, named=[here]).facets[WAFA] for one in (central, None))
    assert (opening.share, named.share) == (1.0, NAMED)
    assert (opening.stories, opening.name) == (7, "Wafa Nahas")
    rare = NamedHere(subject=WAFA, name="Wafa Nahas", reports=1)
    assert candidate(head("s", sources=5), None, named=[rare]).facets[WAFA].share == 0.1


def test_a_story_has_its_topic_its_outlets_and_its_words() -> None:
    made = candidate(
        head("s", sources=2, title="Strike of teachers"),
        signature(trait("school", TraitKind.WORD, 0.4), trait("pay rise", TraitKind.PAIR, 0.6)),
        section="society",
    )
    shares = {subject: facet.share for subject, facet in made.facets.items()}
    assert shares == {
        (SubjectKind.WORD, "school"): 0.4,
        (SubjectKind.WORD, "pay rise"): 0.6,
        (SubjectKind.TOPIC, "society"): 1.0,
        (SubjectKind.OUTLET, "o0"): 0.5,
        (SubjectKind.OUTLET, "o1"): 0.5,
    }
    assert made.facet(Subject(SubjectKind.WORD, word_key("teachers"))).share == 1.0
    assert made.facet(Subject(SubjectKind.WORD, "each")) is None
