"""Forms as values: what a template needs to show one, with what is wrong beside each field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["text", "email", "password", "code", "select", "checkbox"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. ``autocomplete`` is the browser's name for it; ``latin`` are values that run from left to right."""

    name: str
    label: str
    kind: Kind = "text"
    value: str = ""
    error: str = ""
    hint: str = ""
    autocomplete: str = "off"
    required: bool = True
    latin: bool = False
    options: tuple[tuple[str, str], ...] = ()
    checked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A form: where it goes, its fields, its button. ``name`` tells the forms of a page apart."""

    action: str
    button: str
    name: str = "form"
    title: str = ""
    lead: str = ""
    fields: tuple[Field, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    refusal: str = ""  # what is wrong with all of it
    danger: bool = False

    @property
    def wrong(self) -> tuple[Field, ...]:
        """Return the fields with which something is wrong."""
        return tuple(field for field in self.fields if field.error)

    @property
    def first(self) -> str:
        """Return the name of the field that has the focus: the first one with which something is wrong.

        Where something is wrong with all of them, it is what has to be typed again; a code that stands alone has it at once.
        """
        secrets = [field for field in self.fields if field.kind in ("password", "code")] if self.refusal else []
        alone = [field for field in self.fields if field.kind == "code" and len(self.fields) == 1]
        return next((field.name for field in (*self.wrong, *secrets, *alone)), "")


def marked(
    sheet: Sheet, *, values: dict[str, str] | None = None, errors: dict[str, str] | None = None, refusal: str = ""
) -> Sheet:
    """Return a form with what was typed, and what is wrong with it. What was typed into a password's field is not shown again."""
    fields = [_marked(field, values or {}, errors or {}) for field in sheet.fields]
    return replace(sheet, fields=tuple(fields), refusal=refusal)


def _marked(field: Field, values: dict[str, str], errors: dict[str, str]) -> Field:
    value = "" if field.kind in ("password", "code") else values.get(field.name, field.value)
    checked = bool(values.get(field.name)) if field.kind == "checkbox" and values else field.checked
    return replace(field, value=value, error=errors.get(field.name, ""), checked=checked)


def named(sheets: Sequence[Sheet]) -> dict[str, Sheet]:
    """Return forms by their names."""
    return {sheet.name: sheet for sheet in sheets}
