"""What the forms of letters send, as wishes, and back as hidden fields and parts of addresses."""

from __future__ import annotations

from dataclasses import fields
from urllib.parse import urlencode

from tawatur.newsletter import NewsletterKind
from tawatur.reader import Language, Reader
from tawatur.stories.naming import NameKind
from tawatur.subscriptions.wishes import LONGEST_DESCRIPTION, LONGEST_QUERY, Wish, usual
from tawatur.web.session import Form

#: The fields of a wish that are one text each.
_TEXTS = tuple(one.name for one in fields(Wish) if one.name != "days")
#: The field that a subject is typed into, by the kind that has it; of a section only its key is chosen.
_TYPED = {NewsletterKind.NAME.value: "name", NewsletterKind.SEARCH.value: "query"}


def wish_in(form: Form) -> Wish:
    """Return the wish that the whole form of a letter sends."""
    kind = form.one("kind")
    given = {name: form.one(name, LONGEST_DESCRIPTION) for name in _TEXTS if name in form.fields}
    wish = Wish(**{**given, "days": form.all("days")[:7]})  # type: ignore[arg-type]
    return _with_subject(wish, form, kind)


def short_wish_in(form: Form, reader: Reader) -> Wish:
    """Return the wish that one press makes: a kind, with the subject that it needs, and the usual for all else."""
    kind = next((one for one in NewsletterKind if one == form.one("kind")), None)
    wish = usual(kind, zone=reader.preferences.zone, language=reader.language) if kind else Wish()
    return _with_subject(wish, form, form.one("kind"))


def _with_subject(wish: Wish, form: Form, kind: str) -> Wish:
    changed = {"about": form.one("about", 40), "key": form.one("key", 200)}
    if kind == NewsletterKind.TOPIC.value:
        changed = {"about": NameKind.TOPIC.value, "key": form.one("section", 40) or changed["key"]}
    elif kind in _TYPED:
        changed["subject"] = form.one(_TYPED[kind], LONGEST_QUERY) or form.one("subject", LONGEST_QUERY)
        if choice := form.one("choice", 300):  # whom a name means that several have
            changed["about"], _, changed["key"] = choice.partition("/")
            changed["subject"] = ""
    return _changed(wish, changed)


def _changed(wish: Wish, values: dict[str, str]) -> Wish:
    return Wish(**{one.name: values.get(one.name, getattr(wish, one.name)) for one in fields(Wish)})


def pairs_of(wish: Wish) -> tuple[tuple[str, str], ...]:
    """Return the fields of a wish that are not empty, as a form holds them."""
    texts = tuple((name, str(getattr(wish, name))) for name in _TEXTS if getattr(wish, name))
    return (*texts, *(("days", day) for day in wish.days))


def query_of(wish: Wish) -> str:
    """Return a wish as the query of an address."""
    return urlencode(pairs_of(wish))


def wish_of_query(pairs: list[tuple[str, str]]) -> Wish:
    """Return the wish that the query of an address holds."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs[:60]:
        found[name] = (*found.get(name, ()), value)
    return wish_in(Form(found))


def started(reader: Reader, kind: str, language: Language, about: dict[str, str]) -> Wish:
    """Return the wish with which a form begins: the usual one of a kind, about what a page is about."""
    chosen = next((one for one in NewsletterKind if one == kind), NewsletterKind.MORNING)
    wish = usual(chosen, zone=reader.preferences.zone, language=language)
    return _changed(wish, {name: value[:LONGEST_QUERY] for name, value in about.items()})
