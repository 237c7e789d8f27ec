"""What the commands ``tawatur letters …`` do."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from tawatur.app import open_app
from tawatur.bouncing import UNSUBSCRIBE, came_back
from tawatur.cli.words import words
from tawatur.config import Settings, load
from tawatur.digest.rhythm import due
from tawatur.errors import ConfigError, EmailFault
from tawatur.letters.leaving import Leaving
from tawatur.mail import Signer
from tawatur.mail.bounce import read_report
from tawatur.mail.dkim import Algorithm, load_key, new_key
from tawatur.mail.message import sender_of
from tawatur.newsletter import Newsletter
from tawatur.reader import clean_email
from tawatur.store.deliveries import Suspension
from tawatur.store.outbox import Queued

#: The largest message that is read: servers send back the heads of a letter, or all of it.
MOST_BYTES = 1 << 20
#: How many addresses are listed, and characters of a DNS record in one string.
LISTED, STRING = 50, 255


def dkim_command(domain: str, selector: str, algorithm: Algorithm, output: Path | None) -> None:
    """Make a key where there is none, and print its DNS record and the settings that it needs."""
    settings = load()
    spoken = words(settings.language)
    domain = (domain or _own_domain(settings)).lower()
    path = (output or settings.home / f"dkim-{selector}.pem").absolute()
    if not path.exists():
        _write(path, new_key(algorithm))
        print(spoken.text("cli.letters.dkim.made", path=path))
    try:
        signer = Signer(domain, selector, load_key(path))
    except ValueError as error:
        raise ConfigError("TAWATUR_DKIM_KEY_FILE", str(path)) from error
    print(spoken.text("cli.letters.dkim.record"))
    print(f"\n{signer.place}. IN TXT ( {_quoted(signer.record())} )\n")
    print(spoken.text("cli.letters.dkim.settings"))
    print(f"\nTAWATUR_DKIM_DOMAIN={domain}\nTAWATUR_DKIM_SELECTOR={selector}\nTAWATUR_DKIM_KEY_FILE={path}")


def bounces_command(recipient: str) -> None:
    """Take note of one message that came back. What is no report, or of no letter of ours, is passed over and said."""
    settings = load()
    spoken = words(settings.language)
    report = read_report(sys.stdin.buffer.read(MOST_BYTES))
    now = datetime.now(UTC)
    with open_app(settings) as app:
        number = came_back(app.store, app.returns(), report, now, recipient=recipient)
        asked = number is not None and report.subject == UNSUBSCRIBE
        left = asked and Leaving(app.store).leave_by_letter(number or 0, now=now)
    if number is None:
        print(spoken.text("cli.letters.bounces.unknown"))
    elif left:
        print(spoken.text("cli.letters.bounces.left", number=number))
    else:
        print(spoken.text("cli.letters.bounces.taken", number=number))


def status_command(*, as_json: bool) -> None:
    """Print what waits, what is in doubt, and to whom nothing is sent any more."""
    settings = load()
    spoken = words(settings.language)
    with open_app(settings) as app:
        waiting, doubtful = app.store.waiting_letters(), app.store.doubtful_letters()
        suspended = app.store.suspensions(limit=LISTED)
        held = app.store.held()
    if as_json:
        found = {
            "waiting": len(waiting),
            "held": {"letters": held.letters, "newsletters": held.newsletters},
            "tried": [_letter(one) for one in waiting if one.error][:LISTED],
            "doubtful": [_letter(one) for one in doubtful],
            "suspended": [_suspension(one) for one in suspended],
        }
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    print(spoken.text("cli.letters.waiting", n=len(waiting)))
    if held:
        print(spoken.text("backup.held.letters", n=held.letters))
        print(spoken.text("backup.held.newsletters", n=held.newsletters))
        print(spoken.text("backup.held.release"))
    for one in [one for one in waiting if one.error][:LISTED]:
        print(spoken.text("cli.letters.tried", email=one.letter.email, n=one.tries, error=one.error))
    for one in doubtful:
        print(spoken.text("cli.letters.doubtful", number=one.number, email=one.letter.email))
    for stopped in suspended:
        day = spoken.day(stopped.since.date())
        print(spoken.text("cli.letters.suspended", email=stopped.email, day=day, detail=stopped.detail))


def release_command(*, send: bool) -> None:
    """Hold nothing back any more of what waited when a backup was made: send it, or give it up and go on with what comes."""
    settings, now = load(), datetime.now(UTC)
    spoken = words(settings.language)

    def following(newsletter: Newsletter) -> datetime | None:
        return due(newsletter.rhythm, after=now) if newsletter.rhythm else None

    with open_app(settings) as app:
        held = app.store.release(at=now, send=send, due=following)
    how = "sent" if send else "given_up"
    print(spoken.text(f"backup.released.{how}", n=held.letters))
    print(spoken.text("backup.released.newsletters", n=held.newsletters))


def resume_command(email: str) -> None:
    """Send newsletters to an address again."""
    settings = load()
    spoken, address = words(settings.language), clean_email(email)
    if not address:
        raise EmailFault(email)
    with open_app(settings) as app:
        app.store.lift_suspension(address)
    print(spoken.text("cli.letters.resumed", email=address))


def _own_domain(settings: Settings) -> str:
    """Return the domain that letters are from.

    Raises:
        ConfigError: the settings do not say.
    """
    if settings.postage.keys:
        return settings.postage.keys[0].domain
    sender = sender_of(settings.mail_from)
    if sender is None:
        raise ConfigError("TAWATUR_MAIL_FROM", settings.mail_from)
    return sender.address.rpartition("@")[2]


def _write(path: Path, key: bytes) -> None:
    """Write a key that nobody but its owner can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key)


def _quoted(record: str) -> str:
    """Return a record as name servers take it: in strings of 255 characters."""
    return " ".join(f'"{record[at : at + STRING]}"' for at in range(0, len(record), STRING))


def _letter(queued: Queued) -> dict[str, object]:
    return {
        "number": queued.number,
        "kind": queued.letter.kind,
        "email": queued.letter.email,
        "made": queued.made.isoformat(),
        "tries": queued.tries,
        "error": queued.error,
    }


def _suspension(one: Suspension) -> dict[str, object]:
    return {
        "email": one.email,
        "since": one.since.isoformat(),
        "hard": one.hard,
        "code": one.code,
        "detail": one.detail,
    }
