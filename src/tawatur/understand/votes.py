"""People on whom two taggers vote: where a surer one and a second one disagree about who is named."""

from __future__ import annotations

from collections.abc import Collection

from tawatur.understand.edges import opens_no_name
from tawatur.understand.features import is_everyday
from tawatur.understand.names import first_name_count, later_name_count
from tawatur.understand.reporting import cue_of
from tawatur.understand.tagger import PERSON, Tagged
from tawatur.understand.tokens import Sentence

_HEARD = 3  # how often a word must be attested in names for a person whom the second tagger sees alone


def voted(tokens: Sentence, names: Collection[Tagged], others: Collection[Tagged]) -> tuple[Tagged, ...]:
    """Return the names of a sentence that a surer tagger found, ``names``, with what the second one, ``others``, adds of people.

    A name goes further back where the second tagger sees its beginning, since the rules of people take off what is none, and on to
    a family name that the lists know. Whom the second one sees alone must have a first name, and behind it names or words that no
    dictionary has.
    """
    people = [other for other in others if other.kind == PERSON]
    found = [
        _to_its_end(tokens, _from_its_start(tokens, name, people, names), people, names)
        if name.kind == PERSON
        else name
        for name in names
    ]
    found += [other for other in people if not _meets(other, names) and _is_name(tokens[other.first : other.last + 1])]
    return tuple(sorted(found))


def _from_its_start(tokens: Sentence, name: Tagged, people: Collection[Tagged], names: Collection[Tagged]) -> Tagged:
    """Return a name with the words before it that a second tagger counts to it and no other name has."""
    for other in people:
        if other.first < name.first <= other.last <= name.last:
            before = Tagged(other.first, name.first - 1, name.kind)
            spoken = any(cue_of(token.folded) for token in tokens[other.first : name.first])  # "وطالب فلان"
            return name if spoken or _meets(before, names) else name._replace(first=other.first)
    return name


def _to_its_end(tokens: Sentence, name: Tagged, people: Collection[Tagged], names: Collection[Tagged]) -> Tagged:
    """Return a name of one word with the one word behind it that a second tagger and the lists count to it."""
    follows = Tagged(name.last + 1, name.last + 1, name.kind)
    if name.first != name.last or Tagged(name.first, follows.last, name.kind) not in people or _meets(follows, names):
        return name
    token = tokens[follows.last]
    later = later_name_count(token.folded) >= _HEARD and not is_everyday(token.text)
    return name._replace(last=follows.last) if later else name


def _meets(one: Tagged, names: Collection[Tagged]) -> bool:
    return any(one.first <= name.last and name.first <= one.last for name in names)


def _is_name(tokens: Sentence) -> bool:
    """Say whether words are a first name and later names by what the lists know of them."""
    if len(tokens) < 2 or first_name_count(tokens[0].folded) < _HEARD or opens_no_name(tokens[0]):
        return False
    later = (later_name_count(token.folded) >= _HEARD or not is_everyday(token.text) for token in tokens[1:])
    return all(later)
