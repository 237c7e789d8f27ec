"""People: one entry a person, under all the names and roles that the text gives."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from tawatur.arabic.fold import fold
from tawatur.model import Person, Span
from tawatur.understand.agreement import agreed, is_called, is_called_by_first_name, is_named_after, same_name
from tawatur.understand.callings import callings, known
from tawatur.understand.features import is_everyday
from tawatur.understand.mention import Mention
from tawatur.understand.mentions import recurring_mentions, tagged_mentions
from tawatur.understand.namelike import namelike_mentions
from tawatur.understand.names import first_name_count, nationality, place, word_set
from tawatur.understand.peers import meant_by
from tawatur.understand.predicates import predicates
from tawatur.understand.reading import Reading
from tawatur.understand.roles import Stretch, clitics_of_head, role_head, roles_after, roles_before
from tawatur.understand.tokens import Sentence, span_of

HEARD = 20  # how often a word of everyday use must be attested as a first name to be one alone
LOOK_BACK = 20  # role phrases before one that points at another's


@dataclass
class Draft:
    """A person while the text is read: namings in order, where roles stand, and whether some word leads up to the name."""

    units: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)
    roles: list[Span] = field(default_factory=list)
    meant: list[str] = field(default_factory=list)
    fathers: frozenset[int] = frozenset()
    is_called: bool = False


def find(reading: Reading) -> tuple[Person, ...]:
    """Return the people of a text in the order of their first naming."""
    return tuple(to_person(reading.text, draft) for draft in drafts(reading))


def drafts(reading: Reading) -> list[Draft]:
    """Return the people of a text with where each is named and given a role."""
    tagged = tagged_mentions(reading)
    tagged += namelike_mentions(reading, tagged)
    tagged = agreed(reading, tagged)
    mentions = sorted(tagged + recurring_mentions(reading, tagged), key=lambda mention: mention.span)
    after = [mention for mention in mentions if is_named_after(reading, mention)]
    inner = {mention.span for mention in after}
    found = _clustered(reading, [mention for mention in mentions if mention.span not in inner])
    _give_roles(reading, found, after)
    things = {mention.units for mention in after if len(mention.units) == 1}  # "جائزة سيزار"
    kept = [draft for draft in found if draft.units not in things and _is_person(draft, reading.text)]
    _resolve_peers(reading.text, kept)
    return sorted(kept, key=lambda draft: draft.mentions[0].span)


def to_person(text: str, draft: Draft) -> Person:
    """Return a draft as the person that the text makes of it."""
    names = list(dict.fromkeys(text[m.span.start : m.span.end] for m in draft.mentions))
    fullest = max(draft.mentions, key=lambda m: len(m.units))
    name = text[fullest.span.start : fullest.span.end]
    given = dict.fromkeys(text[span.start : span.end] for span in sorted(draft.roles))
    roles = tuple(role for role in given if not (role.startswith("لل") and f"ال{role[2:]}" in given))
    return Person(
        name=name,
        aliases=tuple(other for other in names if other != name),
        roles=roles,
        spans=tuple(mention.span for mention in draft.mentions),
        meant=tuple(dict.fromkeys(draft.meant)),
    )


# --- Who is who --------------------------------------------------------------------------------------------------------


def _clustered(reading: Reading, mentions: list[Mention]) -> list[Draft]:
    """Join the namings of a person: the fuller ones first, then the parts, each to the nearest fuller name."""
    found: list[Draft] = []
    by_unit: dict[str, dict[int, Draft]] = {}
    alone = {mention.units[0] for mention in mentions if len(mention.units) == 1}
    for mention in sorted(mentions, key=lambda m: -len(m.units)):
        by_first = is_called_by_first_name(reading, mention)
        near = {number: draft for key in _keys(mention.units) for number, draft in by_unit.get(key, {}).items()}
        fitting = [
            draft for draft in near.values() if same_name(mention.units, draft.units, draft.fathers, by_first=by_first)
        ]
        if fitting:
            draft = min(_called_so(fitting, mention, alone), key=lambda draft: _distance(draft, mention))
        elif mention.tagged:
            draft = Draft(mention.units, fathers=mention.fathers)
            found.append(draft)
            for key in _keys(mention.units):
                by_unit.setdefault(key, {})[len(found)] = draft
        else:
            continue
        insort(draft.mentions, mention, key=lambda m: m.span)
    return found


def _called_so(fitting: list[Draft], mention: Mention, alone: Collection[str]) -> list[Draft]:
    """Return those of several people of one family who may be called by it: not who is called by the first name alone."""
    if len(fitting) == 1 or len(mention.units) > 1 or any(draft.units[0] == mention.units[0] for draft in fitting):
        return fitting
    return [draft for draft in fitting if draft.units[0] not in alone] or fitting


def _keys(units: tuple[str, ...]) -> Iterable[str]:
    """Return what two names share that may be one: the first or the last two letters of a unit."""
    return dict.fromkeys(key for unit in units for key in (unit[:2] + "-", "-" + unit[-2:]))


def _distance(draft: Draft, mention: Mention) -> tuple[bool, int]:
    """Prefer the person who was named last before the mention."""
    behind = bisect_right(draft.mentions, mention.span.start, key=lambda m: m.span.start)
    return (not behind, mention.span.start - draft.mentions[behind - 1].span.start if behind else 0)


def _is_person(draft: Draft, text: str) -> bool:
    """Say whether a draft is a person: a name of two units or more, or one that is known or called by a title or a role."""
    if len(draft.units) > 1 or draft.units[0] in word_set("known_alone.txt"):
        return True
    roles = [fold(text[span.start : span.end]) for span in draft.roles]
    if any(" " in role or role in word_set("titles.txt") for role in roles):
        return True
    unit = draft.units[0]
    heard = (first_name_count(unit) >= HEARD and not unit.startswith("ال")) or not is_everyday(_shown(draft, text))
    return draft.is_called and any(m.tagged for m in draft.mentions) and heard and not place(unit)


def _shown(draft: Draft, text: str) -> str:
    span = draft.mentions[0].span
    return text[span.start : span.end]


# --- Roles -------------------------------------------------------------------------------------------------------------


def _give_roles(reading: Reading, found: list[Draft], after: list[Mention]) -> None:
    """Give each person the roles around the namings, then those that verbs give, then the role phrases that stand alone.

    ``after`` are namings inside the names of places and institutions.
    """
    taken: dict[int, set[int]] = {}
    for mention in (mention for draft in found for mention in draft.mentions):
        taken.setdefault(mention.sentence, set()).update(range(mention.first, mention.last + 1))
    used = {number: set(tokens) for number, tokens in taken.items()}
    for mention in after:
        used.setdefault(mention.sentence, set()).update(range(mention.first, mention.last + 1))
    ends = {(mention.sentence, mention.last) for draft in found for mention in draft.mentions}
    for draft in found:
        draft.is_called = len(draft.units) == 1 and any(is_called(reading, m, ends) for m in draft.mentions)
        for mention in draft.mentions:
            for stretch in _around(reading, mention, taken[mention.sentence]):
                used[mention.sentence].update(range(stretch[0], stretch[1] + 1))
                draft.is_called = True
                if role_head(reading.sentences[mention.sentence][stretch[0]]) not in word_set("role_heads_unsaid.txt"):
                    draft.roles.append(_role_span(reading, mention.sentence, stretch))
    namings = [draft.mentions for draft in found]
    for who, sentence, stretch in predicates(reading, namings, used):
        found[who].roles.append(_role_span(reading, sentence, stretch))
        used.setdefault(sentence, set()).update(range(stretch[0], stretch[1] + 1))
    people = [known(reading.text, draft.roles, draft.mentions) for draft in found]
    for who, sentence, stretch in callings(reading, people, used):
        found[who].roles.append(_role_span(reading, sentence, stretch))


def _resolve_peers(text: str, found: list[Draft]) -> None:
    """Say of each role that points at another's ("نظيره الأميركي") what it means."""
    spans = sorted(span for draft in found for span in draft.roles)
    for draft in found:
        for span in draft.roles:
            behind = bisect_right(spans, span)
            meant = meant_by(text, span, spans[max(0, behind - LOOK_BACK) : behind])
            if meant:
                draft.meant.append(meant)


def _around(reading: Reading, mention: Mention, taken: set[int]) -> list[Stretch]:
    tokens = reading.sentences[mention.sentence]
    # "وفلان" goes on with another person: what stands before it is the role of the one before
    conjoined = tokens[mention.first].start < mention.span.start
    before = [] if conjoined else roles_before(tokens, mention.first, taken)
    after = roles_after(tokens, mention.last, taken)
    if len(mention.units) == 1 and not before and not _is_introduced(tokens, mention.first):
        after = [stretch for stretch in after if stretch[0] > mention.last + 1]  # "وكرم وكيل الإمارة" names nobody
    named = before and before[0][1] > before[0][0] and tokens[before[0][0] - 1].folded in word_set("appoints.txt")
    if named and after:
        return after  # "اختار الرئيس فلانا، القائد السابق لكذا"
    return before + after


def _is_introduced(tokens: Sentence, first: int) -> bool:
    """Say whether a country's adjective stands before a name ("الروماني فلان مدرب الفريق"), or everybody knows the name."""
    if tokens[first].folded in word_set("known_alone.txt"):
        return True
    before = tokens[first - 1].folded if first else ""
    return before.startswith("ال") and nationality(before) != ""


def _role_span(reading: Reading, sentence: int, stretch: Stretch) -> Span:
    """Return where a role stands, without the clitics of its first word ("بالزعيم" → "الزعيم")."""
    span = span_of(reading.sentences[sentence], *stretch)
    return Span(span.start + clitics_of_head(reading.sentences[sentence][stretch[0]].folded), span.end)
