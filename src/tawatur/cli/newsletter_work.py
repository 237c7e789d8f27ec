"""What the commands ``tawatur newsletters …`` do."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import typer

from tawatur.app import App, open_app
from tawatur.cli.run import REJECTED
from tawatur.config import load
from tawatur.errors import NewsletterFault, NewsletterNotFound, NewsletterUnknown, SubscriberListFault
from tawatur.newsletter import Length, NewsletterKind
from tawatur.store.newsletters import Scheduled
from tawatur.store.subscribers import Audience, Subscriber
from tawatur.subscriptions.choices import Choices
from tawatur.subscriptions.lists import BadRow, bring_in, given_out, written
from tawatur.subscriptions.people import People
from tawatur.subscriptions.sayings import comes, next_in_words
from tawatur.subscriptions.wishes import Wish, Wrong, usual
from tawatur.wording.titles import title_of
from tawatur.wording.words import Words, words


@dataclass(frozen=True, slots=True)
class Given:
    """What a newsletter is to be, as it was written; "" where it is as usual."""

    subject: str = ""
    days: str = ""
    at: str = ""
    zone: str = "UTC"
    length: Length = Length.MEDIUM
    words: str = "ar"


@dataclass(frozen=True, slots=True)
class Desk:
    """A deployment's public newsletters, in one language."""

    app: App
    spoken: Words

    @property
    def choices(self) -> Choices:
        """Return the newsletters."""
        return Choices(self.app.store, None)

    @property
    def people(self) -> People:
        """Return their people."""
        return People(self.app.store, self.app.accounts().signer)

    def at(self, slug: str) -> Scheduled:
        """Return a newsletter.

        Raises:
            NewsletterUnknown: none has this address.
        """
        try:
            return self.choices.at(slug)
        except NewsletterNotFound as error:
            raise NewsletterUnknown(slug) from error

    def say(self, key: str, **arguments: object) -> None:
        """Print a line."""
        print(self.spoken.text(f"cli.newsletters.{key}", **arguments))

    def title(self, one: Scheduled) -> str:
        """Return what a newsletter is called."""
        return title_of(one.newsletter, self.spoken)


@contextmanager
def _desk() -> Iterator[Desk]:
    settings = load()
    with open_app(settings) as app:
        yield Desk(app, words(settings.language))


def list_command(*, as_json: bool) -> None:
    """Print the newsletters."""
    with _desk() as desk:
        found, audiences = desk.choices.all(), desk.app.store.audiences()
        rows = [(one, audiences.get(one.newsletter.id, Audience())) for one in found]
        if as_json:
            print(json.dumps([_record(*row) for row in rows], ensure_ascii=False, indent=2))
            return
        for one, audience in rows:
            _say_line(desk, one, audience)
        if not found:
            desk.say("none")


def _say_line(desk: Desk, one: Scheduled, audience: Audience) -> None:
    text, newsletter = desk.spoken.text, one.newsletter
    state = text(f"letters.state.{newsletter.paused.value}") if newsletter.paused else text("newsletters.desk.runs")
    kind, when = text(f"letters.kind.{newsletter.kind.value}"), comes(newsletter, desk.spoken)
    desk.say("line", slug=newsletter.slug, title=newsletter.title, kind=kind, state=state, rhythm=when)
    counts = {name: getattr(audience, name) for name in ("subscribed", "stopped", "left")}
    desk.say("people", **{name: text(f"newsletters.desk.{name}", n=count) for name, count in counts.items()})


def add_command(kind: NewsletterKind, *, slug: str, title: str, description: str, given: Given) -> None:
    """Make a newsletter.

    Raises:
        NewsletterFault: it cannot be made so.
        SlugTaken: another one has the address.
    """
    wish = _wish(kind, given)
    with _desk() as desk:
        try:
            made = desk.choices.make(
                replace(wish, slug=slug, title=title, description=description), now=datetime.now(UTC)
            )
        except Wrong as error:
            said = [
                desk.spoken.text(f"letters.wrong.{one.reason}", places="; ".join(one.places)) for one in error.faults
            ]
            raise NewsletterFault(slug or title, " ".join(said)) from error
        desk.say("added", title=made.title, url=f"{desk.app.accounts().base}/newsletters/{made.slug}")


def _wish(kind: NewsletterKind, given: Given) -> Wish:
    wish = usual(kind, zone=given.zone, language="en" if given.words == "en" else "ar")
    wish = replace(wish, length=given.length.value, subject=given.subject, at=given.at or wish.at)
    if kind is NewsletterKind.TOPIC:
        wish = replace(wish, about="topic", key=given.subject)
    return replace(wish, days=tuple(given.days)) if given.days else wish


def pause_command(slug: str) -> None:
    """Let a newsletter rest."""
    with _desk() as desk:
        found = desk.at(slug)
        desk.choices.pause(found.newsletter.id, now=datetime.now(UTC))
        desk.say("paused", title=desk.title(found))


def resume_command(slug: str) -> None:
    """Let a newsletter come again."""
    with _desk() as desk:
        found, now = desk.at(slug), datetime.now(UTC)
        due, rhythm = desk.choices.resume(found.newsletter.id, now=now), found.newsletter.rhythm
        when = next_in_words(due, rhythm.zone, desk.spoken, now=now) if due and rhythm else None
        desk.say("resumed", title=desk.title(found), when=when or desk.spoken.text("letters.at_once"))


def subscribers_command(slug: str, *, as_json: bool) -> None:
    """Print the subscribers of a newsletter."""
    with _desk() as desk:
        found = given_out(desk.people, desk.at(slug).newsletter.id)
        if as_json:
            print(json.dumps([_person(one) for one in found], ensure_ascii=False, indent=2))
            return
        for one in found:
            how = desk.spoken.text(f"cli.newsletters.how.{one.consent.how}", source=one.consent.source)
            desk.say("subscriber", email=one.email, day=desk.spoken.day(one.consent.at.date()), how=how)


def import_command(slug: str, file: Path, *, dry_run: bool) -> None:
    """Bring subscribers in; rows that bring nobody in are told, and make the command end with status 1.

    Raises:
        SubscriberListFault: the file is no such table.
    """
    with _desk() as desk:
        newsletter = desk.at(slug).newsletter.id
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise SubscriberListFault(str(file), "UTF-8") from error
        try:
            count, bad = bring_in(desk.people, text, newsletter, now=datetime.now(UTC), keep=not dry_run)
        except SubscriberListFault as error:
            raise SubscriberListFault(str(file), desk.spoken.text("cli.newsletters.columns")) from error
        _say_bad(desk, bad)
        desk.say("would" if dry_run else "imported", n=count)
    if bad:
        raise typer.Exit(REJECTED)


def _say_bad(desk: Desk, bad: tuple[BadRow, ...]) -> None:
    for one in bad:
        why = desk.spoken.text(f"cli.newsletters.row.{one.reason}", value=one.value)
        print(desk.spoken.text("cli.newsletters.row", line=one.line, why=why), file=sys.stderr)
    if bad:
        print(desk.spoken.text("cli.newsletters.bad_rows", n=len(bad)), file=sys.stderr)


def export_command(slug: str, output: Path | None) -> None:
    """Give out the subscribers of a newsletter."""
    with _desk() as desk:
        found = tuple(given_out(desk.people, desk.at(slug).newsletter.id))
        if output is None:
            print(written(found), end="")
            return
        output.write_text(written(found), encoding="utf-8")
        desk.say("exported", n=len(found))


def remove_command(slug: str, *, yes: bool) -> None:
    """Remove a newsletter, once it is sure."""
    with _desk() as desk:
        found = desk.at(slug)
        if not yes:
            typer.confirm(desk.spoken.text("cli.newsletters.removing", title=desk.title(found)), abort=True)
        desk.choices.drop(found.newsletter.id)
        desk.say("removed", title=desk.title(found))


def _record(one: Scheduled, audience: Audience) -> dict[str, object]:
    newsletter = one.newsletter
    return {
        "slug": newsletter.slug,
        "title": newsletter.title,
        "kind": newsletter.kind.value,
        "paused": newsletter.paused.value if newsletter.paused else None,
        "due": one.due.isoformat() if one.due else None,
        "issues": one.issues,
        "subscribed": audience.subscribed,
        "stopped": audience.stopped,
        "left": audience.left,
    }


def _person(one: Subscriber) -> dict[str, str]:
    consent = one.consent
    return {
        "email": one.email,
        "language": one.language,
        "confirmed": consent.at.isoformat(),
        "how": consent.how,
        "source": consent.source,
        "network": consent.network,
    }
