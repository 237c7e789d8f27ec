"""The account of a story in the JSON interface: each sentence with where every report says it."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.model import Account, AccountSentence


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
