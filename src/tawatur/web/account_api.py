"""The account of a story in the JSON interface: each sentence with where every report says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tawatur.model import Account, AccountSentence, Rewriting


@dataclass(frozen=True, slots=True, kw_only=True)
class SayingItem:
    """Where a report says something: ``start`` and ``end`` count characters of its text."""

    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceItem:
    """A sentence as it stands at the first of ``sayings``. ``part`` is "happened", "said" or "background"."""

    text: str
    part: str
    speaker: str
    independent: int
    sayings: tuple[SayingItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountItem:
    """A story told in sentences of its reports; ``short`` are the numbers of those that tell it in three."""

    sentences: tuple[SentenceItem, ...]
    short: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RewrittenItem:
    """A sentence of a model's; ``rests_on`` are numbers of the account's. Where it is not ``own`` it is that sentence itself."""

    text: str
    rests_on: tuple[int, ...]
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RewritingItem:
    """The account as a language model wrote it, each of its sentences checked against those that it rests on."""

    model: str
    at: datetime
    sentences: tuple[RewrittenItem, ...]


def rewriting_item(rewriting: Rewriting | None) -> RewritingItem | None:
    """Return the rewriting of an account as the interface gives it, None where there is none."""
    if rewriting is None:
        return None
    sentences = (RewrittenItem(text=one.text, rests_on=one.rests_on, own=one.own) for one in rewriting.sentences)
    return RewritingItem(model=rewriting.model, at=rewriting.at, sentences=tuple(sentences))


def account_item(account: Account) -> AccountItem:
    """Return an account as the interface gives it."""
    return AccountItem(sentences=tuple(map(_sentence, account.sentences)), short=account.short)


def _sentence(one: AccountSentence) -> SentenceItem:
    return SentenceItem(
        text=one.text,
        part=one.part.value,
        speaker=one.speaker,
        independent=one.backing.independent,
        sayings=tuple(
            SayingItem(article=saying.article, start=saying.span.start, end=saying.span.end) for saying in one.sayings
        ),
    )
