"""What the namings of one article say of each other: which are one person, and where a name ends that stands elsewhere alone."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping

from rapidfuzz.distance import DamerauLevenshtein

from tawatur.understand.edges import opens_role
from tawatur.understand.features import is_everyday, strip_clitics
from tawatur.understand.mention import CLITICS, Mention, mention_of
from tawatur.understand.names import first_name_count, is_name_unit, later_name_count, nationality, place, word_set
from tawatur.understand.plain_words import is_news_word
from tawatur.understand.reading import Reading
from tawatur.understand.reporting import Tier, cue_of
from tawatur.understand.tokens import Sentence, Token

_SPELLINGS = 4  # letters that a word needs for another spelling of it to be told from another word
_SURE = 20
_OPENING = '"«“('
_OFTEN = 5  # how often two words must be attested as first names to be two names


# --- One person? ---------------------------------------------------------------------------------------------------------


def same_name(
    part: tuple[str, ...], whole: tuple[str, ...], fathers: Collection[int] = (), *, by_first: bool = False
) -> bool:
    """Say whether a name is another one, or a part by which its person is called.

    ``fathers`` are the numbers of units of the whole that name fathers; ``by_first``: people are called by the first name there.
    """
    if not part or part == whole:
        return part == whole
    if len(part) == len(whole):
        return len(part) > 1 and _alike(part, whole)
    if len(part) == 1:
        callable_by = whole[:1] if by_first else tuple(unit for at, unit in enumerate(whole) if at not in fathers)
        return any(_near(part[0], unit) for unit in callable_by)
    if len(part) > len(whole):
        return False
    return _alike(part, whole[: len(part)]) or _alike(part, whole[-len(part) :]) or part == (whole[0], whole[-1])


def _alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Say whether two names of one length are spellings of one: all units near, at least one equal."""
    return all(_near(x, y) for x, y in zip(a, b, strict=True)) and any(x == y for x, y in zip(a, b, strict=True))


def _near(a: str, b: str) -> bool:
    if a == b:
        return True
    if min(len(a), len(b)) < _SPELLINGS or (first_name_count(a) > _OFTEN and first_name_count(b) > _OFTEN):
        return False  # محمد and محمود are two names
    return DamerauLevenshtein.distance(a, b, score_cutoff=1) <= 1


def is_called_by_first_name(reading: Reading, mention: Mention) -> bool:
    """Say whether a title stands before a naming whose bearers are called by the first name: "الملك", "الأمير"."""
    before = mention.first - 1
    tokens = reading.sentences[mention.sentence]
    return before >= 0 and strip_clitics(tokens[before].folded) in word_set("titles_alone.txt")


def is_called(reading: Reading, mention: Mention, ends: Container[tuple[int, int]]) -> bool:
    """Say whether the words around a naming tell that it is somebody: "قالت فلانة", "فلان، نجل كذا", "فلان البالغ".

    ``ends`` are sentence and token where namings end: "فلان كذا وفلان".
    """
    tokens = reading.sentences[mention.sentence]
    if _holds_another(tokens, mention.last) or opens_role(tokens, mention.last):
        return False
    if mention.first:
        if tokens[mention.first].start < mention.span.start and (mention.sentence, mention.first - 1) in ends:
            return True
        before = tokens[mention.first - 1]
        cue = cue_of(before.folded)
        if cue and cue[0].tier is Tier.STRONG and not cue[0].participle and first_name_count(mention.units[0]) >= _SURE:
            return True
        if strip_clitics(before.folded).removeprefix("و") in word_set("owned_by_people.txt"):
            return True
        if _is_scorer(tokens, mention) or _is_by_country(tokens, mention):
            return True
    at = mention.last + 1
    if at < len(tokens) and tokens[at].folded in word_set("ages.txt"):
        return True
    at += at < len(tokens) and tokens[at].text in ("،", ",")
    return at < len(tokens) and (
        tokens[at].folded in word_set("kinship.txt") or tokens[at].folded in word_set("ages.txt")
    )


def _holds_another(tokens: Sentence, last: int) -> bool:
    """Say whether a plural goes on with whose they are: "منتقدو الممثلة"."""
    after = tokens[last + 1].folded if last + 1 < len(tokens) else ""
    return tokens[last].folded.endswith("و") and after.startswith("ال") and after not in word_set("role_barriers.txt")


def _is_by_country(tokens: Sentence, mention: Mention) -> bool:
    """Say whether whom the tagger sees stands behind the adjective of a country that is no noun's: "هدف البرازيلي فلان"."""
    at = mention.first - 1
    if not mention.tagged or not (tokens[at].folded.startswith("ال") and nationality(tokens[at].folded)):
        return False
    unit = tokens[mention.first]
    definite = at > 0 and tokens[at - 1].folded.startswith(("ال", "وال")) and not tokens[at - 1].folded.endswith("ان")
    return not definite and not is_everyday(unit.text) and not place(unit.folded)


def _is_scorer(tokens: Sentence, mention: Mention) -> bool:
    """Say whether a player is named as in reports of matches: "بتسديدة من فلان", "عن طريق فلان", "فلان في الدقيقة"."""
    behind = [token.folded for token in tokens[mention.last + 1 : mention.last + 3]]
    if behind == ["في", "الدقيقه"]:
        return True
    before = [token.folded for token in tokens[max(0, mention.first - 2) : mention.first]]
    if before == ["عن", "طريق"]:
        return True
    shots = word_set("scoring_words.txt")
    return len(before) == 2 and before[1] == "من" and (before[0] in shots or before[0][1:] in shots)


def is_named_after(reading: Reading, mention: Mention) -> bool:
    """Say whether a naming is part of the name of a place or an institution: "مطار الملك فلان", "شارع فلان"."""
    tokens = reading.sentences[mention.sentence]
    at = mention.first - 1
    at -= at > 0 and tokens[at].text in _OPENING
    while at >= 0 and tokens[at].folded in word_set("titles.txt"):
        at -= 1
    if at < 0 or not tokens[at].is_word:
        return False
    bare = strip_clitics(tokens[at].folded)
    if bare == "طريق" and at and tokens[at - 1].folded == "عن":
        return False  # "عن طريق فلان"
    holders = word_set("named_after.txt")
    return bare in holders or (bare[:1] in "وبلفك" and bare[1:] in holders)


# --- One name? -----------------------------------------------------------------------------------------------------------


def agreed(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Return the namings, cut where a part of one is a name that the article gives elsewhere and the rest is none.

    A word of descent alone ("ابن") names nobody.
    """
    mentions = [mention for mention in mentions if mention.units]
    wholes: dict[str, set[tuple[str, ...]]] = {}  # names of two units and more by the last
    for mention in mentions:
        if len(mention.units) > 1:
            wholes.setdefault(mention.units[-1], set()).add(mention.units)
    found: list[Mention] = []
    for mention in mentions:
        tokens = reading.sentences[mention.sentence]
        bare = (mention.units[0][1:], *mention.units[1:])
        if mention.units[0][0] in CLITICS and bare in wholes.get(
            bare[-1], ()
        ):  # "لحسن نصر الله" where the article names حسن نصر الله
            mention = mention_of(mention.sentence, tokens, mention.first, mention.last, cut=1)
        found.extend(_cut(tokens, mention, wholes))
    return found


def _cut(tokens: Sentence, mention: Mention, wholes: Mapping[str, Collection[tuple[str, ...]]]) -> Iterator[Mention]:
    """Yield a naming, or the one or two names in it that the article knows."""
    for at in range(mention.first + 1, mention.last + 1):
        left = mention_of(mention.sentence, tokens, mention.first, at - 1)
        right = mention_of(mention.sentence, tokens, at, mention.last, cut=0)
        if not left.units or not right.units:
            continue
        known_left, known_right = (_is_known(part, mention, wholes) for part in (left, right))
        if known_left and known_right:
            yield left
            yield right
            return
        if (
            known_right
            and first_name_count(left.units[0]) < _OFTEN
            and all(map(_is_no_first, tokens[mention.first : at]))
        ):
            yield right
            return
        rest = tokens[at : mention.last + 1]
        unheard = len(left.units) == 1 and any(not is_everyday(token.text) for token in rest)
        if known_left and not unheard and (all(map(_is_no_later, rest)) or _is_plain_rest(left, rest)):
            yield left
            return
    yield mention


def _is_plain_rest(left: Mention, rest: Sentence) -> bool:
    """Say whether what stands behind a whole name is one everyday word: "محمد فلان ثاني لاعب"."""
    return len(left.units) > 1 and len(rest) == 1 and is_news_word(rest[0].folded)


def _is_known(part: Mention, mention: Mention, wholes: Mapping[str, Collection[tuple[str, ...]]]) -> bool:
    """Say whether a part of a naming is the name, or the family name, of somebody whom the article names elsewhere."""
    if len(part.units) > 1:
        return part.units in wholes.get(part.units[-1], ())
    unit = part.units[0]
    if first_name_count(unit) > _OFTEN or len(unit) < _SPELLINGS:
        return False
    return any(whole != mention.units for whole in wholes.get(unit, ()))


def _is_no_first(token: Token) -> bool:
    folded = token.folded
    if first_name_count(folded) >= _OFTEN:
        return False
    return is_news_word(folded) or folded[0] in "وفي" or (first_name_count(folded) < 2 and is_everyday(token.text))


def _is_no_later(token: Token) -> bool:
    folded = token.folded
    return not is_name_unit(folded) or (later_name_count(folded) < _SURE and is_news_word(folded))
