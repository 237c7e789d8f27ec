"""What newsletters are called, on pages, in letters and in feeds alike."""

from __future__ import annotations

from collections.abc import Callable

from tawatur.newsletter import About, Content, Newsletter
from tawatur.wording.words import Words


def title_of(one: Newsletter | Content, words: Words, *, apart: Callable[[str], str] = str) -> str:
    """Return what a newsletter is called: as its maker named it, else by its kind and what it is about.

    ``apart`` keeps a subject's name from moving what stands around it, where no markup does.
    """
    if one.title:
        return one.title
    key = f"letters.titled.{one.kind.value}"
    if one.subject is None or key not in words.messages:
        return words.text(f"letters.kind.{one.kind.value}")
    return words.text(key, name=apart(subject_of(one.subject, words)))


def subject_of(about: About, words: Words) -> str:
    """Return what a newsletter is about."""
    return words.text(f"section.{about.key}") if about.kind == "topic" else about.name or about.key
