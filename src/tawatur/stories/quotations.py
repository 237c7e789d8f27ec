"""Statements that several reports quote: which are the same, word by word, who is named as speaker, who denies what others have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tawatur.arabic.fold import fold
from tawatur.model import Claim, Point, PointKind, Standing, Statement, StatementKind, Why, Wording
from tawatur.stories.alignment import Likeness, grouped
from tawatur.stories.assertions import Assertion
from tawatur.stories.comparing import Compared, point, shared_terms, version, wording
from tawatur.stories.facts import alone, conflict, is_alone, repeats, score
from tawatur.stories.keys import key_of
from tawatur.stories.wording import is_same, marks

#: From which score on two statements are one.
SAME = 0.5
#: The weight of words that two statements must share.
SHARED = 10.0
#: From which likeness on words are so much the same that another speaker is a difference, not another statement.
VERBATIM, VERBATIM_KEYS = 0.8, 5
#: The likeness that what is denied must have to what is stated.
DENIED = 0.5
#: Claims by which a speaker says that something is not so.
DENYING = (Claim.DENIED,)
STATING = (Claim.SAID, Claim.ANNOUNCED, Claim.CONFIRMED, Claim.ADMITTED)


def shared_statements(compared: Compared) -> Iterator[tuple[Point, list[Assertion]]]:
    """Yield the statements that several sources quote, with the assertions that they are made of."""
    said = compared.said
    scored = [
        (score(likeness), one, other)
        for one, other, likeness in compared.said_pairs
        if score(likeness) >= SAME and _joins(said[one], said[other], likeness, compared)
    ]
    for group in grouped(len(said), scored, [one.report for one in said], least=SAME):
        members = _of_one_matter([said[at] for at in group], compared)
        if len({one.source for one in members}) > 1:
            yield _point(members, compared), members


def _of_one_matter(members: list[Assertion], compared: Compared) -> list[Assertion]:
    """Return some statements without denials that answer none of them: what is denied is something else, or was long before."""
    stated = any(states(_statement(one)) and not one.negative for one in members)
    if not stated or _denials(members, compared):
        return members
    return [one for one in members if not denies(_statement(one)) or one.negative]


def lone_statements(compared: Compared) -> Iterator[tuple[Point, Assertion]]:
    """Yield the statements that one source alone has."""
    kept: list[Assertion] = []
    for one in compared.said:
        if is_alone(one, compared) and not any(repeats(one, before, compared) for before in kept):
            kept.append(one)
            yield alone(PointKind.STATEMENT, one, worded(one, compared), compared), one


def worded(one: Assertion, compared: Compared) -> Wording:
    """Return a statement as a wording, with who speaks."""
    statement = _statement(one)
    made = wording(one, compared)
    return replace(made, direct=statement.kind is StatementKind.DIRECT, speaker=statement.speaker)


def _statement(one: Assertion) -> Statement:
    if one.statement is None:
        raise ValueError("an assertion without a statement was taken for one")
    return one.statement


def _joins(one: Assertion, other: Assertion, found: Likeness, compared: Compared) -> bool:
    """Say whether two statements of much the same words are one: by who speaks, or since the words leave no doubt."""
    if found.shared < SHARED or conflict(one, other) == "value":
        return False
    if not other_speaker(one, other, compared):
        return True
    keys = min(len(one.held), len(other.held))
    return found.dice >= VERBATIM and keys >= VERBATIM_KEYS


def other_speaker(one: Assertion, other: Assertion, compared: Compared) -> bool:
    """Say whether two statements are given to two people by name, of whom neither report of the words names the other's."""
    first, second = _named(one, compared), _named(other, compared)
    if not first or not second or first & second:
        return False
    return not (first & _around(other, compared) or second & _around(one, compared))


def _named(one: Assertion, compared: Compared) -> frozenset[str]:
    """Return the keys of the speaker's name, where the speaker is a person with a name of two words or more."""
    speaker = fold(_statement(one).speaker)
    known = " " in speaker and speaker in compared.reads[one.report].people
    return frozenset(map(key_of, _statement(one).speaker.split())) if known else frozenset()


def _around(one: Assertion, compared: Compared) -> frozenset[str]:
    """Return the keys of the sentence in which a statement stands, and of its chain."""
    read, statement = compared.reads[one.report], _statement(one)
    sentence = read.sentence_at(statement.span.start)
    near = sentence.text if sentence else ""
    return frozenset(key_of(word) for word in f"{near} {' '.join(statement.via)}".split())


def _point(members: Sequence[Assertion], compared: Compared) -> Point:
    base = _base(members, compared)
    members = [base, *(one for one in members if one is not base)]
    wordings = [_marked(one, base, compared) for one in members]
    same = all(is_same(one.text, base.text) for one in members)
    terms = shared_terms(members, compared.weights)
    why = Why(
        key="same_words" if same else "same_statement",
        score=1.0 if same else round(_mean(members, base, compared), 3),
        terms=terms,
        like=compared.reads[base.report].article.id,
    )
    parted = _speakers(members, compared) or _denials(members, compared)
    if parted:
        difference, groups = parted
        versions = [version([wordings[at] for at in ats], compared.story, value=value) for value, ats in groups.items()]
        return point(PointKind.STATEMENT, Standing.DIFFER, versions, why, compared.story, difference)
    made = version(wordings, compared.story)
    standing = Standing.AGREED if made.backing.independent > 1 else Standing.ALONE
    return point(PointKind.STATEMENT, standing, (made,), why, compared.story)


def _base(members: Sequence[Assertion], compared: Compared) -> Assertion:
    """Return the wording that the others are held against: one in marks if any is, the one most like the others."""
    direct = [one for one in members if _statement(one).kind is StatementKind.DIRECT] or list(members)
    return max(direct, key=lambda one: (round(_mean(members, one, compared), 3), -one.report))


def _mean(members: Sequence[Assertion], base: Assertion, compared: Compared) -> float:
    """Return the mean likeness of a statement with the others, 0..1 (Dice)."""
    found = [compared.alike(base, one).dice for one in members if one is not base]
    return sum(found) / max(len(found), 1)


def _marked(one: Assertion, base: Assertion, compared: Compared) -> Wording:
    made = worded(one, compared)
    return made if one is base else replace(made, marks=marks(made.text, base.text))


def _speakers(members: Sequence[Assertion], compared: Compared) -> tuple[str, dict[str, list[int]]] | None:
    """Return the members by their speakers, where sources name different people."""
    groups: dict[str, list[int]] = {}
    for at, one in enumerate(members):
        like = next(
            (name for name, ats in groups.items() if not other_speaker(one, members[ats[0]], compared)),
            _statement(one).speaker,
        )
        groups.setdefault(like, []).append(at)
    sources = [{members[at].source for at in ats} for ats in groups.values()]
    return ("speaker", groups) if len(groups) > 1 and not set.intersection(*sources) else None


def _denials(members: Sequence[Assertion], compared: Compared) -> tuple[str, dict[str, list[int]]] | None:
    """Return the members that deny and those that state the same, where no source has both.

    Saying that it is not so is no stating, and what was denied long before is no answer.
    """
    stating = [at for at, one in enumerate(members) if states(_statement(one)) and not one.negative]
    denying = [
        at
        for at, one in enumerate(members)
        if denies(_statement(one))
        and not one.negative
        and not _looks_back(one, compared)
        and any(compared.alike(one, members[other]).dice >= DENIED for other in stating)
    ]
    if not denying or not stating or {members[at].source for at in denying} & {members[at].source for at in stating}:
        return None
    first, second = (_statement(members[ats[0]]) for ats in (stating, denying))
    return "denied", {first.cue or first.speaker: stating, second.cue or second.speaker: denying}


def _looks_back(one: Assertion, compared: Compared) -> bool:
    """Say whether the sentence of a statement goes back to what was before."""
    around = compared.reads[one.report].sentence_at(one.span.start)
    return around is not None and around.past


def denies(statement: Statement) -> bool:
    """Say whether the speaker says that the words are not so."""
    return statement.claim in DENYING and not statement.negated


def states(statement: Statement) -> bool:
    """Say whether the speaker says that the words are so."""
    return statement.claim in STATING and not statement.negated
