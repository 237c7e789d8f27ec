"""What the commands ``tawatur readers …`` do."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import typer

from tawatur.accounts import passwords
from tawatur.accounts.links import INVITED, new_id
from tawatur.app import App, open_app
from tawatur.cli.words import Words, words
from tawatur.config import Settings, load
from tawatur.errors import EmailFault, NoLetters, PasswordFault, ReaderKnown, ReaderNotFound
from tawatur.reader import Language, Reader, Role, clean_email
from tawatur.store.readers import Credentials, Purpose


def list_command(*, as_json: bool) -> None:
    """Print the readers."""
    settings = load()
    spoken = words(settings.language)
    with open_app(settings) as app:
        found = [one for one in app.store.readers() if not one.local]
    if as_json:
        print(json.dumps([_record(one) for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        role = spoken.text(f"cli.readers.role.{one.role.value}")
        print(
            spoken.text("cli.readers.line", email=one.email, name=one.name, role=role, day=spoken.day(one.made.date()))
        )
    if not found:
        print(spoken.text("cli.readers.none"))


def add_command(email: str, *, role: Role, name: str, password: bool, send: bool) -> None:
    """Add a reader by a password that is asked for, a link that is printed, or one that is sent."""
    settings = load()
    spoken, address, now = words(settings.language), _email(email), datetime.now(UTC)
    with open_app(settings) as app:
        if app.store.reader_of_email(address):
            raise ReaderKnown(address)
        if password:
            proof = Credentials(password=passwords.hashed(_asked(address, spoken)))
            made = Reader(id=new_id(), email=address, name=name, language=_language(settings), role=role, made=now)
            app.store.add_reader(made, proof)
            print(spoken.text("cli.readers.added", email=address))
        elif send:
            app.accounts().links.invite(address, _language(settings), role=role, now=now)
            print(spoken.text("cli.readers.sent", email=address))
        else:
            fields = {"role": role.value, "name": name}
            made_link = app.accounts().links.make(Purpose.JOIN, address, fields=fields, lasts=INVITED, now=now)
            _say_link(app, spoken, "cli.readers.invited", made_link)


def role_command(email: str, role: Role) -> None:
    """Change what a reader may do. With another right comes another session."""
    settings = load()
    spoken = words(settings.language)
    with open_app(settings) as app:
        reader = _reader(app, email)
        with app.store.together():
            app.store.put_reader(replace(reader, role=role))
            app.store.drop_sessions(reader.id)
        print(
            spoken.text("cli.readers.changed", email=reader.email, role=spoken.text(f"cli.readers.role.{role.value}"))
        )


def reset_command(email: str, *, second: bool) -> None:
    """Print a link by which a reader chooses a new password."""
    settings = load()
    spoken, now = words(settings.language), datetime.now(UTC)
    with open_app(settings) as app:
        reader = _reader(app, email)
        if second:
            app.accounts().own.end_second(reader, now=now)
        path = app.accounts().links.make(Purpose.RESET, reader.email, reader=reader.id, now=now)
        _say_link(app, spoken, "cli.readers.reset", path)


def link_command(email: str) -> None:
    """Print the links of the letters that wait for an address, and take these letters for sent."""
    settings = load()
    spoken, address, now = words(settings.language), _email(email), datetime.now(UTC)
    with open_app(settings) as app:
        accounts, said = app.accounts(), 0
        for queued in [one for one in app.store.waiting_letters(address) if not one.letter.bulk]:
            mail = app.write(accounts, queued.letter, now)
            app.store.letter_done(queued.number, at=now)
            if mail and mail.link:
                print(spoken.text("cli.readers.waiting", subject=mail.subject))
                print(f"  {mail.link}")
                said += 1
    if not said:
        raise NoLetters(address)


def remove_command(email: str) -> None:
    """Remove a reader."""
    settings = load()
    spoken = words(settings.language)
    with open_app(settings) as app:
        reader = _reader(app, email)
        app.store.drop_reader(reader.id)
        print(spoken.text("cli.readers.removed", email=reader.email))


def _say_link(app: App, spoken: Words, key: str, path: str) -> None:
    prefix = "" if app.settings.language == "ar" else f"/{app.settings.language}"
    print(spoken.text(key))
    print(f"  {app.accounts().base}{prefix}{path}")


def _email(text: str) -> str:
    found = clean_email(text)
    if not found:
        raise EmailFault(text)
    return found


def _reader(app: App, email: str) -> Reader:
    found = app.store.reader_of_email(_email(email))
    if not found:
        raise ReaderNotFound(email)
    return found


def _asked(email: str, spoken: Words) -> str:
    """Ask for a password, twice; it is not shown."""
    asked: str = typer.prompt(spoken.text("cli.readers.password"), hide_input=True, confirmation_prompt=True)
    if fault := passwords.fault(asked, email):
        lacks = max(1, passwords.SHORTEST - len(passwords.normal(asked)))
        raise PasswordFault(email, spoken.text(f"readers.password.{fault}", n=lacks))
    return asked


def _language(settings: Settings) -> Language:
    return "en" if settings.language == "en" else "ar"


def _record(reader: Reader) -> dict[str, str]:
    return {
        "id": reader.id,
        "email": reader.email,
        "name": reader.name,
        "language": reader.language,
        "role": reader.role.value,
        "made": reader.made.isoformat(),
    }
