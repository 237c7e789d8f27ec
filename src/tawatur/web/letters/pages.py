"""The reader's page of letters, and of each one: made, changed, sent, paused and deleted. Every act is a form, without a script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tawatur.reader import Language, Reader
from tawatur.subscriptions.choices import MOST_LETTERS, Choices, Enough
from tawatur.subscriptions.sayings import by_clocks, clock
from tawatur.subscriptions.wishes import Fault, Wish, Wrong, wish_of
from tawatur.subscriptions.zones import cities, cities_called
from tawatur.web.letters.answers import page_of
from tawatur.web.letters.forms import short_wish_in, started, wish_in, wish_of_query
from tawatur.web.letters.office import Office
from tawatur.web.render import Renderer
from tawatur.web.session import Changing, Form, SignedIn, may_edit
from tawatur.web.view.letters import (
    fault_in_words,
    form_view,
    issue_views,
    kind_views,
    letter_view,
    section_options,
)
from tawatur.wording.titles import title_of

#: What a page may say of what was just done; the address holds only the name.
DONE = ("made", "changed", "sent", "issued", "nothing", "paused", "later", "resumed", "deleted", "busy", "full")
#: How many issues the page of a letter lists.
LISTED = 12


@dataclass(frozen=True, slots=True)
class LetterPages:
    """The pages in one language."""

    office: Office
    renderer: Renderer

    # -- all of them -------------------------------------------------------------------------------------------------

    def index(self, request: Request, reader: SignedIn) -> Response:
        """All letters of the reader, and those that can be made by one press."""
        return self._index(request, reader)

    def _index(
        self, request: Request, reader: Reader, *, wish: Wish | None = None, faults: tuple[Fault, ...] = ()
    ) -> Response:
        words, now, store = self.renderer.of(request).words, datetime.now(UTC), self.office.store
        own = Choices(store, reader.id).all()
        zone = reader.preferences.zone
        return self._page(
            request,
            "letters/index.html",
            status=422 if faults else 200,
            letters=[
                letter_view(one, words, now=now, email=reader.email, issues=store.issues(one.newsletter.id, limit=1))
                for one in own
            ],
            kinds=kind_views(words),
            topics=section_options(words),
            wish=wish or Wish(),
            errors={one.field: fault_in_words(one, words) for one in faults},
            names=next((one.names for one in faults if one.names), ()),
            full=words.text("letters.full", n=MOST_LETTERS) if len(own) >= MOST_LETTERS else "",
            where=self._where(reader, request),
            zone=by_clocks(zone, words),
            time=clock(datetime(2000, 1, 1, 7).time(), words),
            unzoned=zone == "UTC",
            cities=tuple(dict.fromkeys(one.label for one in cities(words.language))),
            edits=may_edit(request),
        )

    def _where(self, reader: Reader, request: Request) -> str:
        words = self.renderer.of(request).words
        if not reader.email:
            return words.text("letters.no_mail")
        if not self.office.sends:
            return words.text("letters.unsent")
        return words.text("letters.by_mail", email=f"\u2068{reader.email}\u2069")

    def make(self, request: Request, reader: SignedIn, form: Changing) -> Response:
        """Make a letter by one press, or choose by whose clocks letters come."""
        if form.one("do") == "zone":
            return self._set_zone(request, reader, form)
        wish = short_wish_in(form, reader)
        try:
            made = Choices(self.office.store, reader.id).make(wish, now=datetime.now(UTC))
        except Wrong as error:
            return self._index(request, reader, wish=wish, faults=error.faults)
        except Enough:
            return self._to("?done=full")
        return self._to(f"/{made.id}?done=made")

    def _set_zone(self, request: Request, reader: Reader, form: Form) -> Response:
        typed = form.one("zone", 100)
        found = cities_called(typed, self.renderer.words.language)
        if len(found) != 1:
            reason = "zone_several" if found else "zone"
            fault = Fault(field="zone", reason=reason, places=tuple(one.label for one in found[:8]))
            return self._index(request, reader, wish=Wish(zone=typed), faults=(fault,))
        self.office.store.put_reader(replace(reader, preferences=replace(reader.preferences, zone=found[0].zone)))
        return self._to("")

    # -- the form ----------------------------------------------------------------------------------------------------

    def new(
        self,
        request: Request,
        reader: SignedIn,
        kind: str = "morning",
        about: str = "",
        key: str = "",
        subject: str = "",
    ) -> Response:
        """The form of a new letter, about what a page is about that leads here."""
        asked = request.query_params
        language: Language = "en" if self.renderer.words.language == "en" else "ar"
        if "days" in asked or "within" in asked:  # back from a preview, with all that was chosen
            return self.form(request, wish_of_query(asked.multi_items()))
        wish = started(reader, kind, language, {"about": about, "key": key, "subject": subject})
        return self.form(request, wish)

    def create(self, request: Request, reader: SignedIn, form: Changing) -> Response:
        """Make a letter as the form says; what was typed stays where something is wrong."""
        wish = wish_in(form)
        try:
            made = Choices(self.office.store, reader.id).make(wish, now=datetime.now(UTC))
        except Wrong as error:
            return self.form(request, wish, faults=error.faults)
        except Enough:
            return self._to("?done=full")
        return self._to(f"/{made.id}?done=made")

    def form(
        self, request: Request, wish: Wish, *, faults: tuple[Fault, ...] = (), letter: str = "", title: str = ""
    ) -> Response:
        """Return the page of the form as it was filled in; ``letter`` and ``title`` are of the one that is changed."""
        words = self.renderer.of(request).words
        action = f"{words.prefix}/you/letters/{f'{letter}/change' if letter else 'new'}"
        return self._page(
            request,
            "letters/form.html",
            status=422 if faults else 200,
            form=form_view(wish, words, action=action, faults=faults, fixed=bool(letter)),
            letter=letter,
            title=title,
        )

    # -- one of them -------------------------------------------------------------------------------------------------

    def one(self, request: Request, reader: SignedIn, letter: str) -> Response:
        """A letter: when it comes, what is in it, what was sent, and what can be done with it."""
        words, store = self.renderer.of(request).words, self.office.store
        found = Choices(store, reader.id).find(letter)
        issues = store.issues(found.newsletter.id, limit=LISTED)
        view = letter_view(found, words, now=datetime.now(UTC), email=reader.email, issues=issues)
        return self._page(
            request,
            "letters/one.html",
            letter=view,
            issues=tuple(issue_views(issues, found.newsletter, words)),
            more=found.issues > LISTED,
            back=self.office.said_back(reader) if view.state in ("refused", "bounced") else "",
            where=self._where(reader, request),
            feed=self.office.has_feed(reader, found.newsletter.id),
        )

    def change(self, request: Request, reader: SignedIn, letter: str) -> Response:
        """The form of a letter as it is."""
        found = Choices(self.office.store, reader.id).find(letter).newsletter
        words = self.renderer.of(request).words
        return self.form(request, wish_of(found), letter=letter, title=title_of(found, words))

    def save(self, request: Request, reader: SignedIn, letter: str, form: Changing) -> Response:
        """Change a letter as the form says."""
        choices = Choices(self.office.store, reader.id)
        before = choices.find(letter).newsletter
        wish = replace(wish_in(form), kind=before.kind.value)
        try:
            choices.change(letter, wish, now=datetime.now(UTC))
        except Wrong as error:
            title = title_of(before, self.renderer.of(request).words)
            return self.form(request, wish, faults=error.faults, letter=letter, title=title)
        return self._to(f"/{letter}?done=changed")

    def delete(self, request: Request, reader: SignedIn, letter: str) -> Response:
        """Ask once more before a letter is deleted."""
        found = Choices(self.office.store, reader.id).find(letter).newsletter
        title = title_of(found, self.renderer.of(request).words)
        return self._page(request, "letters/delete.html", letter=letter, title=title)

    def act(self, request: Request, reader: SignedIn, letter: str, form: Changing) -> Response:
        """Send, pause, resume or delete a letter; make, renew or take back the address of its feed."""
        choices, now, do = Choices(self.office.store, reader.id), datetime.now(UTC), form.one("do")
        acts: dict[str, Callable[[], str]] = {
            "send": lambda: self.office.send(choices.find(letter), now=now),
            "pause": lambda: self._pause(choices, letter, form, now),
            "resume": lambda: self._resume(choices, reader, letter, now),
        }
        if do == "delete":
            choices.drop(letter)
            return self._to("?done=deleted")
        if do in ("feed", "unfeed"):
            return self._feed(request, reader, letter, make=do == "feed")
        if do not in acts:
            raise HTTPException(400)
        back = "" if form.one("back") == "list" else f"/{letter}"
        return self._to(f"{back}?done={acts[do]()}")

    def _pause(self, choices: Choices, letter: str, form: Form, now: datetime) -> str:
        until = _day(form.one("until"))
        if until and until <= now.date():
            until = None
        later = until if choices.find(letter).newsletter.rhythm else None
        choices.pause(letter, now=now, until=later)
        return "later" if later else "paused"

    def _resume(self, choices: Choices, reader: Reader, letter: str, now: datetime) -> str:
        self.office.trust_again(reader)
        choices.resume(letter, now=now)
        return "resumed"

    def _feed(self, request: Request, reader: Reader, letter: str, *, make: bool) -> Response:
        found = Choices(self.office.store, reader.id).find(letter).newsletter
        if make:
            token = self.office.make_feed(reader, found.id, now=datetime.now(UTC))
            base = str(request.base_url).rstrip("/")
            prefix = self.renderer.words.prefix
            return self._page(
                request,
                "letters/feed.html",
                letter=letter,
                title=title_of(found, self.renderer.of(request).words),
                made=f"{base}{prefix}/feeds/own/{token}",
            )
        self.office.drop_feed(reader, found.id)
        return self._to(f"/{letter}")

    # -- parts -------------------------------------------------------------------------------------------------------

    def _page(self, request: Request, template: str, *, status: int = 200, **shown: object) -> Response:
        return page_of(self.renderer, request, template, DONE, status=status, **shown)

    def _to(self, rest: str) -> Response:
        return RedirectResponse(f"{self.renderer.words.prefix}/you/letters{rest}", 303)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def routes(pages: LetterPages) -> APIRouter:
    """Return the routes in one language; those with a fixed name come before those of single letters."""
    router = APIRouter(prefix=pages.renderer.words.prefix, include_in_schema=False)
    for path, page in (
        ("/you/letters", pages.index),
        ("/you/letters/new", pages.new),
        ("/you/letters/{letter}", pages.one),
        ("/you/letters/{letter}/change", pages.change),
        ("/you/letters/{letter}/delete", pages.delete),
    ):
        router.add_api_route(path, page, methods=["GET", "HEAD"], response_model=None)
    for path, form in (
        ("/you/letters", pages.make),
        ("/you/letters/new", pages.create),
        ("/you/letters/{letter}", pages.act),
        ("/you/letters/{letter}/change", pages.save),
    ):
        router.add_api_route(path, form, methods=["POST"], response_model=None)
    return router
