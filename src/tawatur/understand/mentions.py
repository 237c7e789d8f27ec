"""Where people are named: stretches of tokens that the tagger sees, and the places where a name stands again."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from itertools import zip_longest

from tawatur.understand.completion import completed
from tawatur.understand.edges import opens_no_name, parts_of, trimmed
from tawatur.understand.features import is_common
from tawatur.understand.mention import CLITICS, Mention, mention_of
from tawatur.understand.names import first_name_count, later_name_count, place
from tawatur.understand.reading import Reading
from tawatur.understand.reporting import cue_of
from tawatur.understand.tagger import PERSON
from tawatur.understand.tokens import Sentence, Token
from tawatur.understand.traits import may_be_family

_SHORTEST = 2  # letters of "و" with a name that are too few
_HEARD = 3  # how often a name must be attested to be one that starts with the letter


def tagged_mentions(reading: Reading) -> list[Mention]:
    """Return the people that the tagger sees, in order."""
    found: list[Mention] = []
    for at, (tokens, tags) in enumerate(zip(reading.sentences, reading.tags, strict=True)):
        stretches = _joined(tokens, [(tag.first, tag.last) for tag in tags if tag.kind == PERSON])
        for (first, last), further in zip_longest(stretches, stretches[1:]):
            start, end = completed(tokens, first, last)
            if further and further[0] == last + 1:
                end = last  # what follows is another name
            conjoined = any(behind == first - 1 for _, behind in stretches) and _conjoins(tokens[first])
            for one, other, cut in parts_of(tokens, first if conjoined else start, end):
                mention = trimmed(at, tokens, one, other, 1 if conjoined and one == first else cut)
                if mention:
                    found.append(mention)
    return found


def _joined(tokens: Sentence, stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches that touch, unless both are whole names ("استقبل فلان بن فلان فلان بن فلان") or "و" stands between."""
    found: list[tuple[int, int]] = []
    for first, last in stretches:
        touches = bool(found) and found[-1][1] == first - 1 and not _conjoins(tokens[first])
        goes_on = touches and (found[-1][0] == found[-1][1] or first == last)
        if goes_on or (found and found[-1][1] == first - 2 and _is_hyphen(tokens, first - 1)):
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _is_hyphen(tokens: Sentence, at: int) -> bool:
    """Say whether a token is a hyphen inside a name: "بيير-إمريك"."""
    tight = tokens[at - 1].end == tokens[at].start and tokens[at].end == tokens[at + 1].start
    return tokens[at].text == "-" and tight


def _conjoins(token: Token) -> bool:
    """Say whether a word that the tagger takes for the start of a name opens with "و": it is none with the letter."""
    folded = token.folded
    return folded[0] == "و" and len(folded) > _SHORTEST and first_name_count(folded) + later_name_count(folded) < _HEARD


def recurring_mentions(reading: Reading, named: list[Mention]) -> list[Mention]:
    """Return the places where a name that the text gives in full stands again, or a part of it alone, untagged."""
    whole = {mention.units[0]: mention.units for mention in named if len(mention.units) > 1}
    parts = {unit for mention in named if len(mention.units) > 1 for unit in _telling(mention)}
    taken = {(m.sentence, token) for m in named for token in range(m.first, m.last + 1)}
    wanted = {clitic + unit for unit in (*whole, *parts) for clitic in ("", *CLITICS)}
    found = []
    for at, tokens in enumerate(reading.sentences):
        for where, token in enumerate(tokens):
            if token.folded not in wanted:
                continue
            last = _end_of_whole(tokens, where, whole)
            if last and not any((at, near) in taken for near in range(where, last + 1)):
                found.append(mention_of(at, tokens, where, last, tagged=False, cut=_match(token.folded, whole)))
                taken.update((at, near) for near in range(where, last + 1))
                continue
            cut = _match(token.folded, parts)
            if cut is not None and (at, where) not in taken and _may_be_name(tokens, where, cut):
                found.append(mention_of(at, tokens, where, where, tagged=False, cut=cut))
    return found


def _end_of_whole(tokens: Sentence, where: int, whole: Mapping[str, tuple[str, ...]]) -> int:
    """Return the last token of a name that stands at a token as the text gives it in full elsewhere, or 0."""
    cut = _match(tokens[where].folded, whole)
    if cut is None:
        return 0
    units = whole[tokens[where].folded[cut:]]
    words = tuple(token.folded for token in tokens[where + 1 : where + len(units)])
    return where + len(units) - 1 if words == units[1:] else 0


def _telling(mention: Mention) -> Iterator[str]:
    """Yield the units by which a person is called alone: the last name, and a first name that is rare."""
    units = mention.units
    if len(units) - 1 not in mention.fathers:
        yield units[-1]
    if first_name_count(units[0]) < 20:
        yield units[0]


def _match(folded: str, parts: Container[str]) -> int | None:
    if folded in parts:
        return 0
    return 1 if folded[:1] in CLITICS and folded[1:] in parts else None


def _may_be_name(tokens: Sentence, where: int, cut: int) -> bool:
    token = tokens[where]
    bare = token.folded[cut:]
    if len(bare) < 3 or (place(bare) and later_name_count(bare) < 20):
        return False
    if not is_common(token.text[cut:]) or may_be_family(bare):
        return True
    before = tokens[where - 1] if where else None
    return before is not None and before.is_word and (cue_of(before.folded) is not None or opens_no_name(before))
