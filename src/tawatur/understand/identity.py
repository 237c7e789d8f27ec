"""Who is the same person in several articles: told by names, roles and company kept, never by a family name alone.

Pure and without memory: ``compare`` judges two appearances, ``identities`` puts many of them together. Precision comes first:
where the evidence is thin the answer is ``UNKNOWN``, and two appearances that nothing joins stay two identities.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from tawatur.analysis import Analysis, Person
from tawatur.arabic.fold import fold
from tawatur.ids import ArticleId
from tawatur.model import Article
from tawatur.understand.mention import name_units
from tawatur.understand.name_likeness import Likeness, is_common_name, likeness
from tawatur.understand.role_fields import fields_of, is_office, says_little
from tawatur.understand.role_meaning import Role, role_told
from tawatur.understand.tokens import tokenize

SHARED_COMPANY = 2  # people or organisations that two articles must share where nothing else joins two full names
NEAR = timedelta(days=3)  # two articles that may tell of one happening
LOOK_BACK = 60  # the most identities of one family name that an appearance is compared with


class Verdict(StrEnum):
    """Whether two appearances are of one person."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its reason, a message key under ``identity.``, and what the reason rests on."""

    verdict: Verdict
    reason: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """A person in one article: the names in units, what the roles say, and the company kept there.

    ``company`` are the folded full names of the other people and of the organisations of the article; ``places`` those of places.
    """

    article: ArticleId
    person: Person
    at: datetime | None
    names: tuple[tuple[str, ...], ...]
    fathers: frozenset[int]
    roles: tuple[Role, ...]
    company: frozenset[str]
    places: frozenset[str]

    @property
    def lands(self) -> frozenset[str]:
        """Return the countries of the roles."""
        return frozenset(land for role in self.roles for land in role.lands)


@dataclass(slots=True)
class Identity:
    """Appearances of one person, the first one first, and why each later one was put with them."""

    appearances: list[Appearance]
    reasons: list[Judgement] = field(default_factory=list)


def appearances(article: Article, analysis: Analysis) -> tuple[Appearance, ...]:
    """Return the people of an article with what tells who they are."""
    named = {person.name: fold(person.name) for person in analysis.people}
    organizations = {fold(one.name) for one in analysis.organizations}
    places = frozenset(fold(one.name) for one in analysis.places)
    found = []
    for person in analysis.people:
        units, fathers = _units(person.name)
        others = {folded for name, folded in named.items() if name != person.name and " " in folded}
        found.append(
            Appearance(
                article=article.id,
                person=person,
                at=article.published.at,
                names=(units, *(_units(alias)[0] for alias in person.aliases)),
                fathers=fathers,
                roles=tuple(role_told(role) for role in (*person.roles, *person.meant)),
                company=frozenset(others | organizations),
                places=places,
            )
        )
    return tuple(found)


@lru_cache(maxsize=20_000)
def _units(name: str) -> tuple[tuple[str, ...], frozenset[int]]:
    return name_units([token.folded for token in tokenize(name) if token.is_word])


# --- Two appearances -----------------------------------------------------------------------------------------------------


def compare(one: Appearance, two: Appearance) -> Judgement:
    """Say whether two appearances are of one person."""
    if one.article == two.article:
        return Judgement(Verdict.OTHER, "identity.other.one_article")  # an article's people are told apart already
    alike = likeness(one.names[0], two.names[0], one.fathers | two.fathers)
    if alike is Likeness.NONE:
        return Judgement(Verdict.OTHER, "identity.other.name")
    against = _contradiction(one, two)
    if against:
        return against if alike is Likeness.FULL else replace(against, verdict=Verdict.UNKNOWN)
    role = _shared_role(one, two)
    company = sorted(one.company & two.company)
    if alike is Likeness.PART:
        return _by_part(one, two, role, company)
    if role:
        return Judgement(Verdict.SAME, "identity.same.role", (role,))
    if not is_common_name(_shorter(one, two)):
        return Judgement(Verdict.SAME, "identity.same.rare_name", (one.person.name,))
    if len(company) >= SHARED_COMPANY or (company and _near(one, two)):
        return Judgement(Verdict.SAME, "identity.same.company", tuple(company[:SHARED_COMPANY]))
    return Judgement(Verdict.UNKNOWN, "identity.unknown.common_name", (one.person.name,))


def _by_part(one: Appearance, two: Appearance, role: str, company: Sequence[str]) -> Judgement:
    """Judge a family name or a first name beside a full one: a role of one country joins them, with company or days between."""
    telling = bool(role) and bool(one.lands & two.lands)
    if telling and (company or _near(one, two) or _holds_office(one, two)):
        return Judgement(Verdict.SAME, "identity.same.part_and_role", (role,))
    return Judgement(
        Verdict.UNKNOWN, "identity.unknown.part_of_name", (min(one.person.name, two.person.name, key=len),)
    )


def _near(one: Appearance, two: Appearance) -> bool:
    """Say whether two articles are of the same days."""
    return one.at is not None and two.at is not None and abs(one.at - two.at) <= NEAR


def _shared_role(one: Appearance, two: Appearance) -> str:
    """Return the head of a role that both have, with nothing in it that keeps them apart, or ""."""
    for a in one.roles:
        for b in two.roles:
            if a.head and a.head == b.head and _agree(a, b):
                return a.head
    return ""


def _agree(a: Role, b: Role) -> bool:
    """Say whether two roles of one head can be one: countries meet, and the words of one are among those of the other."""
    if a.lands and b.lands and not a.lands & b.lands:
        return False
    if a.words and b.words:
        shared = len(a.words & b.words)
        return a.words <= b.words or b.words <= a.words or shared * 2 > min(len(a.words), len(b.words))
    return bool(a.lands & b.lands) and not says_little(a)


def _holds_office(one: Appearance, two: Appearance) -> bool:
    """Say whether both hold an office that only one has at a time ("الرئيس الأميركي")."""
    held = [{(role.head, role.lands, role.words) for role in of.roles if is_office(role)} for of in (one, two)]
    return bool(held[0] & held[1])


def _contradiction(one: Appearance, two: Appearance) -> Judgement | None:
    """Return why two appearances under like names are of two people: their work or their countries have nothing in common."""
    if _shared_role(one, two):
        return None
    verdict = Verdict.OTHER if is_common_name(_shorter(one, two)) else Verdict.UNKNOWN
    work = fields_of(one.roles), fields_of(two.roles)
    if work[0] and work[1] and not work[0] & work[1]:
        return Judgement(verdict, "identity.other.work", (*sorted(work[0]), *sorted(work[1])))
    clubs = "sport" in work[0] | work[1]  # "نجم ليفربول الإنجليزي" may be of any country
    if one.lands and two.lands and not one.lands & two.lands and not clubs:
        return Judgement(verdict, "identity.other.country", (*sorted(one.lands), *sorted(two.lands)))
    return None


def _shorter(one: Appearance, two: Appearance) -> tuple[str, ...]:
    return min(one.names[0], two.names[0], key=len)


# --- Many appearances ----------------------------------------------------------------------------------------------------


def identities(found: Iterable[Appearance]) -> list[Identity]:
    """Put appearances together, in the order given: each joins the one identity that it is the same as, or starts its own.

    Nothing joins where any appearance of the identity is of another person, or where two identities fit.
    """
    by_unit: dict[str, list[Identity]] = {}
    made: list[Identity] = []
    for appearance in found:
        near = {id(one): one for unit in _keys(appearance) for one in by_unit.get(unit, [])[-LOOK_BACK:]}
        fitting = [(one, judged) for one in near.values() if (judged := _joins(appearance, one)) is not None]
        if len(fitting) == 1:
            identity, judged = fitting[0]
            identity.appearances.append(appearance)
            identity.reasons.append(judged)
        else:
            identity = Identity([appearance])
            made.append(identity)
        for unit in _keys(appearance):
            kept = by_unit.setdefault(unit, [])
            if identity not in kept[-LOOK_BACK:]:
                kept.append(identity)
    return made


def _keys(appearance: Appearance) -> set[str]:
    """Return under what an appearance is looked for: the ends of the name, spelled alike."""
    units = appearance.names[0]
    return {units[0][:3], units[-1][:3], units[-1][-3:]}


def _joins(appearance: Appearance, identity: Identity) -> Judgement | None:
    """Return why an appearance belongs to an identity, or None: compared with the newest, and with the oldest."""
    kept = (
        identity.appearances
        if len(identity.appearances) <= 6
        else [*identity.appearances[:2], *identity.appearances[-4:]]
    )
    judged = [compare(one, appearance) for one in kept]
    if any(one.verdict is Verdict.OTHER for one in judged):
        return None
    return next((one for one in judged if one.verdict is Verdict.SAME), None)
