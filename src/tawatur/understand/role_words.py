"""Words of role by themselves, without their neighbours ("وللرئيس" holds "رئيس"), and words that no phrase of role runs across."""

from __future__ import annotations

from functools import cache, lru_cache

from tawatur.arabic.fold import fold_word
from tawatur.arabic.lexicon import REMEMBERED, lines
from tawatur.understand.features import strip_clitics
from tawatur.understand.names import PACKAGE, word_set
from tawatur.understand.reporting import cue_of

OWN = ("ها", "هم", "ه")  # "محاميه", "وزيرها"


@lru_cache(maxsize=REMEMBERED)
def role_word(folded: str) -> str:
    """Return the role word of a folded word without clitics, article and tanwin, or ""."""
    heads = word_set("role_heads.txt")
    bare = strip_clitics(folded)
    cue = cue_of(folded)
    if bare in word_set("role_barriers.txt") or (cue and cue[0].participle and bare not in heads):
        return ""  # "الأحد" is a day, not "أحد" with the article; "مشيرا" is no marshal
    for form in (
        bare,
        bare.removeprefix("ال"),
        folded[1:] if folded[:1] in "ولبفك" else "",
        folded[1:].removeprefix("ال") if folded[:1] in "وف" else "",
        bare[:-1] if bare[-1:] == "ا" else "",
        next((bare.removesuffix(own) for own in OWN if bare.endswith(own) and len(bare) > len(own) + 3), ""),
    ):
        if form in heads:
            return form
    return ""


@lru_cache(maxsize=REMEMBERED)
def head_of(text: str) -> str:
    """Return the role word of a word as published without clitics, article and tanwin ("وللرئيس" → "رئيس"), or ""."""
    folded = fold_word(text)
    head = role_word(folded)
    if not head and text.removeprefix("و") in _spelled():
        return folded.removeprefix("و").removeprefix("ال")
    if head and text[-1] == "ة" and head in word_set("role_heads_unsaid.txt"):
        return ""  # "شقيقة الوزير" is not "شقيقه الوزير"
    return head


def is_plainly_role(folded: str) -> bool:
    """Say whether a folded word is one of role and no first name as well ("ونظيره", but not "رائد")."""
    head = role_word(folded)
    return bool(head) and (head != folded or head not in word_set("role_heads_names.txt"))


def is_barrier_word(folded: str) -> bool:
    """Say whether no role phrase runs across a word: a particle, or a word of reporting that is none of role."""
    barriers = word_set("role_barriers.txt")
    if folded in barriers or (folded[0] == "و" and folded[1:] in barriers):
        return True
    return cue_of(folded) is not None and not role_word(folded)


@cache
def _spelled() -> frozenset[str]:
    """Role words that folding makes one with another word, as they are spelled."""
    return frozenset(lines(PACKAGE, "role_heads_spelled.txt"))
