"""Newsletters as their owners keep them: made, changed, paused, resumed, deleted; of one reader, or the operator's public ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from tawatur.accounts.tokens import new_token
from tawatur.digest import rhythm as clock
from tawatur.errors import NewsletterNotFound, SlugTaken
from tawatur.newsletter import Newsletter, NewsletterId, Pause
from tawatur.reader import ReaderId
from tawatur.store import Store
from tawatur.store.newsletters import Scheduled
from tawatur.subscriptions.wishes import Wish, Wishes

#: How many newsletters a reader may have: each is made and sent for him alone.
MOST_LETTERS = 20


class Enough(Exception):
    """A reader has as many newsletters as he may have."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The newsletters of one owner; None: those of the operator."""

    store: Store
    owner: ReaderId | None

    def all(self) -> tuple[Scheduled, ...]:
        """Return the newsletters, the first made first."""
        return self.store.newsletters_of(self.owner) if self.owner else self.store.public_newsletters()

    def find(self, newsletter: str) -> Scheduled:
        """Return one of them.

        Raises:
            NewsletterNotFound: there is none with this id, or it is somebody else's.
        """
        found = self.store.newsletter(NewsletterId(newsletter))
        if found.newsletter.owner != self.owner:
            raise NewsletterNotFound(newsletter)
        return found

    def at(self, slug: str) -> Scheduled:
        """Return a public newsletter by the last part of its page's address.

        Raises:
            NewsletterNotFound: none has it.
        """
        found = next((one for one in self.store.public_newsletters() if one.newsletter.slug == slug), None)
        if found is None:
            raise NewsletterNotFound(slug)
        return found

    def read(self, wish: Wish, *, now: datetime) -> Newsletter:
        """Return the newsletter that a wish would make, without keeping it.

        Raises:
            Wrong: something is wrong with the wish.
        """
        return Wishes(self.store).read(wish, id=NewsletterId(new_token()[:16]), owner=self.owner, made=now)

    def make(self, wish: Wish, *, now: datetime) -> Newsletter:
        """Make a newsletter.

        Raises:
            Wrong: something is wrong with the wish.
            Enough: the reader has as many as he may have.
            SlugTaken: another public one has the address.
        """
        made = self.read(wish, now=now)
        with self.store.together():
            known = self.all()
            if self.owner and len(known) >= MOST_LETTERS:
                raise Enough
            _refuse_taken(made, known)
            self.store.put_newsletter(made, due=_due(made, now))
        return made

    def change(self, newsletter: str, wish: Wish, *, now: datetime) -> Newsletter:
        """Make another newsletter of one; a day that has had its issue gets no second one.

        Raises:
            Wrong: something is wrong with the wish.
            NewsletterNotFound: there is none with this id.
            SlugTaken: another public one has the address.
        """
        before = self.find(newsletter)
        read = Wishes(self.store).read(wish, id=before.newsletter.id, owner=self.owner, made=before.newsletter.made)
        changed = replace(read, channels=before.newsletter.channels, paused=before.newsletter.paused)
        with self.store.together():
            if not self.owner:
                _refuse_taken(changed, self.all())
            self.store.put_newsletter(changed, due=_due_again(changed, before, now))
        return changed

    def pause(self, newsletter: str, *, now: datetime, until: date | None = None) -> None:
        """Let a newsletter rest: until it is resumed, or until a day by the clocks of its zone; what is sent at once only so.

        Raises:
            NewsletterNotFound: there is none with this id.
        """
        found = self.find(newsletter).newsletter
        if until and found.rhythm:
            begins = datetime.combine(until, time(), clock.zone_of(found.rhythm.zone)) - timedelta(microseconds=1)
            due = clock.due(found.rhythm, after=max(begins, now))
            self.store.put_newsletter(replace(found, paused=None), due=due)
        else:
            self.store.put_newsletter(replace(found, paused=Pause.ASKED), due=None)

    def resume(self, newsletter: str, *, now: datetime) -> datetime | None:
        """Let a newsletter come again, and return when next.

        Raises:
            NewsletterNotFound: there is none with this id.
        """
        before = self.find(newsletter)
        found = replace(before.newsletter, paused=None)
        due = _due_again(found, before, now)
        self.store.put_newsletter(found, due=due)
        return due

    def drop(self, newsletter: str) -> None:
        """Delete a newsletter with its issues.

        Raises:
            NewsletterNotFound: there is none with this id.
        """
        self.store.drop_newsletter(self.find(newsletter).newsletter.id)


def _refuse_taken(made: Newsletter, known: tuple[Scheduled, ...]) -> None:
    if made.slug and any(one.newsletter.slug == made.slug and one.newsletter.id != made.id for one in known):
        raise SlugTaken(made.slug)


def _due(newsletter: Newsletter, now: datetime) -> datetime | None:
    return clock.due(newsletter.rhythm, after=now) if newsletter.rhythm else None


def _due_again(changed: Newsletter, before: Scheduled, now: datetime) -> datetime | None:
    """Return when a newsletter is due that was changed or paused; on a day that had its issue it is not due again."""
    if changed.paused or not changed.rhythm:
        return None
    return clock.rearranged(changed.rhythm, now=now, last=before.slot, before=before.newsletter.rhythm)
