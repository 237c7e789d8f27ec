"""The forms of the settings, and what is read of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from zoneinfo import available_timezones

from tawatur.reader import DIGITS, MONTHS, THEMES, Preferences, Reader
from tawatur.store.readers import Credentials
from tawatur.web.look import chosen, preferred
from tawatur.web.readers.door import Door
from tawatur.web.readers.sheet import Field, Sheet
from tawatur.web.session import Form


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Say whether a time zone has this name."""
    return name in _zones()


class Forms:
    """Makes the forms of the settings, in one language."""

    def __init__(self, door: Door) -> None:
        self.door = door

    def all(self, reader: Reader, proof: Credentials | None = None) -> tuple[Sheet, ...]:
        """Return all forms, as a reader's settings stand."""
        kept = proof or Credentials()
        return (
            self._profile(reader),
            self._preferences(reader.preferences),
            self._address(reader, kept),
            self._password(reader),
            self._proved("second/end", "second.end", reader, kept),
            self._proved("second/codes", "second.renew", reader, kept),
            self._delete(reader, kept),
        )

    def _sheet(self, name: str, button: str, fields: tuple[Field, ...], **more: object) -> Sheet:
        action = f"{self.door.prefix}/settings/{name}"
        return Sheet(name=name, action=action, button=self.door.say(button), fields=fields, **more)  # type: ignore[arg-type]

    def _profile(self, reader: Reader) -> Sheet:
        say = self.door.say
        hint = say("field.name.hint")
        name = Field(
            name="name", label=say("field.name"), autocomplete="name", required=False, value=reader.name, hint=hint
        )
        languages = tuple((code, say(f"language.{code}")) for code in ("ar", "en"))
        language = self._select("language", say("field.language"), languages, reader.language)
        return self._sheet("profile", "profile.action", (name, language))

    def _preferences(self, now: Preferences) -> Sheet:
        text = self.door.renderer.words.text
        fields = [
            self._choice("theme", THEMES, now.theme),
            self._choice("digits", DIGITS, now.digits),
            self._choice("months", MONTHS, now.months),
            Field(name="hijri", label=text("look.hijri"), kind="checkbox", required=False, checked=now.hijri),
            Field(name="plain", label=text("look.plain"), kind="checkbox", required=False, checked=now.plain),
        ]
        say = self.door.say
        hint = say("preferences.zone.hint")
        fields.append(Field(name="zone", label=say("preferences.zone"), value=now.zone, latin=True, hint=hint))
        hint = say("preferences.learn.hint")
        learn = Field(
            name="learn", label=say("preferences.learn"), kind="checkbox", required=False, checked=now.learn, hint=hint
        )
        return self._sheet("preferences", "profile.action", (*fields, learn))

    def preferences_of(self, form: Form) -> Preferences:
        """Return what a form chooses; the default for what it does not name rightly."""
        names = ("theme", "digits", "months")
        look = chosen(
            {name: form.one(name) for name in names} | {"hijri": form.checked("hijri"), "plain": form.checked("plain")}
        )
        return preferred(look, Preferences(learn=form.checked("learn"), zone=form.one("zone")))

    def _choice(self, name: str, values: tuple[str, ...], value: str) -> Field:
        text = self.door.renderer.words.text
        options = tuple((one, text(f"look.{name}.{one}")) for one in values)
        return self._select(name, text(f"look.{name}"), options, value)

    def _select(self, name: str, label: str, options: tuple[tuple[str, str], ...], value: str) -> Field:
        return Field(name=name, label=label, kind="select", options=options, value=value)

    def _address(self, reader: Reader, proof: Credentials) -> Sheet:
        fields = (self.door.email("new_email"), *self._proof(proof))
        return self._sheet("address", "address.action", fields, hidden=named_for(reader, proof))

    def _password(self, reader: Reader) -> Sheet:
        fields = (self.door.password("current", "current"), self.door.password("password", "new_password", new=True))
        return self._sheet("password", "password.action", fields, hidden=named_for(reader))

    def _delete(self, reader: Reader, proof: Credentials) -> Sheet:
        return replace(self._proved("delete", "delete.action", reader, proof), danger=True)

    def _proved(self, name: str, button: str, reader: Reader, proof: Credentials) -> Sheet:
        """Return a form that takes nothing but the present password, where there is one."""
        return self._sheet(name, button, self._proof(proof), hidden=named_for(reader, proof))

    def _proof(self, proof: Credentials) -> tuple[Field, ...]:
        """Return the field of the present password, where there is one."""
        return (self.door.password("current", "current"),) if proof.password else ()


def named_for(reader: Reader, proof: Credentials | None = None) -> tuple[tuple[str, str], ...]:
    """Return the field, hidden from sight, that tells the browser whose password a form takes; none where it takes none."""
    return (("username", reader.email),) if proof is None or proof.password else ()
