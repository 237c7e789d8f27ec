"""Feeds over HTTP: public ones, those of one reader under a key of his, and the page that lists both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from enum import StrEnum
from typing import Annotated
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import APIRouter, Path
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tawatur.accounts.keyring import Keyring
from tawatur.errors import NewsletterNotFound
from tawatur.newsletter import NewsletterId
from tawatur.reader import Reader
from tawatur.store import Store
from tawatur.store.keys import Scope
from tawatur.web.feeds import Feed, Listed, atom, jsonfeed, rss, stable_id
from tawatur.web.feeds.issues import issues_listed
from tawatur.web.feeds.lists import Lists, public
from tawatur.web.look import chosen
from tawatur.web.render import Renderer
from tawatur.web.searching import Asking
from tawatur.web.session import Changing, SignedIn, reader_of
from tawatur.web.turns import InTurn
from tawatur.web.view.parts import When, moment
from tawatur.web.words import Words, words
from tawatur.wording.titles import title_of

#: What stands before the id of a newsletter in the name of a key for the feed of its issues.
LETTERS = "/you/letters/"
#: Readers of feeds may keep an answer so long, in seconds.
FRESH = 300


class Form(StrEnum):
    """What a feed can be written as: the last part of its address."""

    ATOM = "atom"
    RSS = "rss"
    JSON = "json"


_WRITERS: dict[Form, tuple[str, Callable[[Feed], str]]] = {
    Form.ATOM: (atom.KIND, atom.write),
    Form.RSS: (rss.KIND, rss.write),
    Form.JSON: (jsonfeed.KIND, jsonfeed.write),
}
_ANSWERS: dict[int | str, dict[str, object]] = {
    200: {"content": {kind: {"schema": {"type": "string"}} for kind, _ in _WRITERS.values()}},
    304: {"description": "The list has not changed."},
    404: {},
}
Named = Annotated[str, Path(max_length=200)]


@dataclass(frozen=True, slots=True)
class OwnFeed:
    """A feed that a reader has made, as the page lists it."""

    id: str
    title: str
    made: When
    used: When | None


@dataclass(frozen=True, slots=True)
class PublicFeed:
    """A feed that everybody may have, as the page lists it; ``path`` is without the form."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Feeds:
    """The feeds in one language."""

    lists: Lists
    renderer: Renderer
    keyring: Keyring | None = None

    @property
    def prefix(self) -> str:
        """Return what stands before the paths of this language."""
        return self.renderer.words.prefix

    def answer(self, request: Request, listed: Listed, form: Form, *, own: bool = False) -> Response:
        """Return a list in a format, or that it has not changed since it was asked for last."""
        tag = f'W/"{listed.stamp}"'
        headers = {
            "ETag": tag,
            "Last-Modified": format_datetime(listed.updated.astimezone(UTC), usegmt=True),
            "Cache-Control": f"{'private' if own else 'public'}, max-age={FRESH}",
        }
        if own:
            headers["X-Robots-Tag"] = "noindex"
        if _unchanged(request, tag, listed.updated):
            return Response(status_code=304, headers=headers)
        kind, write = _WRITERS[form]
        return Response(write(self._feed(request, listed)), media_type=f"{kind}; charset=utf-8", headers=headers)

    def _feed(self, request: Request, listed: Listed) -> Feed:
        base, spoken = str(request.base_url).rstrip("/"), self.renderer.words
        query = f"?{request.url.query}" if request.url.query else ""
        return Feed(
            id=stable_id("list", f"{spoken.language}{listed.path}"),
            title=spoken.text("web.page_title", title=listed.title, product=spoken.text("product.name")),
            about=spoken.text("product.motto"),
            product=spoken.text("product.name"),
            language=spoken.language,
            here=f"{base}{request.url.path}{query}",
            page=f"{base}{self.prefix}{listed.path}",
            base=base,
            updated=listed.updated,
            entries=listed.entries(),
        )

    def own(self, request: Request, token: Named, form: Form) -> Response:
        """A list of one reader, by the key in its address."""
        found = self.keyring.find(token, Scope.FEED, now=datetime.now(UTC)) if self.keyring else None
        if found is None:
            raise HTTPException(404)
        key, reader = found
        look = chosen(asdict(reader.preferences)).wording
        return self.answer(
            request, self._own(key.name, reader, words(self.renderer.words.language, look)), form, own=True
        )

    def _own(self, name: str, reader: Reader, spoken: Words) -> Listed:
        """Return the list that a key is for."""
        parts = urlsplit(name)
        asked = dict(parse_qsl(parts.query))
        if parts.path == "/saved":
            return self.lists.saved(spoken, reader, tag=asked.get("tag", ""), state=asked.get("state", ""))
        if parts.path == "/you":
            return self.lists.picked(spoken, reader)
        if parts.path.startswith(LETTERS):
            letter = NewsletterId(parts.path.removeprefix(LETTERS))
            return issues_listed(self._store, letter, spoken, owner=reader.id)
        raise HTTPException(404)

    def issues(self, request: Request, newsletter: Named, form: Form) -> Response:
        """The issues of a public newsletter."""
        found = issues_listed(self._store, NewsletterId(newsletter), self.renderer.words, owner=None)
        return self.answer(request, found, form)

    @property
    def _store(self) -> Store:
        """Return where newsletters are kept; there are none where nobody has an account."""
        if self.lists.keeping is None:
            raise HTTPException(404)
        return self.lists.keeping.saving.store

    def page(self, request: Request, made: str = "") -> Response:
        """All feeds: the public ones, and those that the reader made."""
        renderer, reader = self.renderer.of(request), reader_of(request)
        spoken = renderer.words
        own = [
            OwnFeed(
                id=one.id,
                title=self._title(one.name, spoken),
                made=moment(one.made, spoken),
                used=moment(one.used, spoken) if one.used else None,
            )
            for one in (self.keyring.store.keys(reader.id) if reader and self.keyring else ())
            if one.scope is Scope.FEED
        ]
        tags = self._tags(reader)
        return renderer.page(
            request,
            "feed_list.html",
            public=self._public(spoken),
            own=own,
            made=made,
            tags=tags,
            picks=self.lists.personal is not None,
            invented=False,
        )

    def _public(self, spoken: Words) -> list[PublicFeed]:
        found = [PublicFeed(spoken.text(f"feeds.{one}"), f"/feeds/{one}") for one in ("newest", "widest")]
        sections = self.lists.reading.sections()
        return found + [PublicFeed(spoken.text(f"section.{one}"), f"/feeds/section/{one}") for one in sections]

    def _tags(self, reader: Reader | None) -> Mapping[str, int]:
        keeping = self.lists.keeping
        return keeping.saving.store.saved_tags(reader.id) if reader and keeping else {}

    def _title(self, name: str, spoken: Words) -> str:
        if name == "/you":
            return spoken.text("feeds.picked")
        if name.startswith(LETTERS):
            return self._letter(NewsletterId(name.removeprefix(LETTERS)), spoken)
        tag = dict(parse_qsl(urlsplit(name).query)).get("tag", "")
        return spoken.text("feeds.saved_tagged", tag=tag) if tag else spoken.text("feeds.saved")

    def _letter(self, letter: NewsletterId, spoken: Words) -> str:
        try:
            return title_of(self._store.newsletter(letter).newsletter, spoken)
        except NewsletterNotFound:  # it went, and its key stayed
            return letter

    def change(self, request: Request, given: Changing, reader: SignedIn) -> Response:
        """Make, renew or take back a feed of the reader's own; its address is shown once."""
        if self.keyring is None:
            raise HTTPException(404)
        now, id = datetime.now(UTC), given.one("id")
        match given.one("do"):
            case "make":
                tag = given.one("tag", 100)
                query = f"?{urlencode({'tag': tag})}" if tag else ""
                path = "/you" if given.one("list") == "you" else f"/saved{query}"
                made = self.keyring.make(reader.id, Scope.FEED, path, now=now)
            case "renew":
                made = self.keyring.renew(reader.id, id, now=now)
            case "drop":
                self.keyring.store.drop_key(reader.id, id)
                return self.page(request)
            case _:
                raise HTTPException(400)
        if made is None:
            raise HTTPException(409)
        base = str(request.base_url).rstrip("/")
        return self.page(request, f"{base}{self.prefix}/feeds/own/{made.token}")


def routes(feeds: Feeds, *, described: bool) -> APIRouter:
    """Return the routes in one language; ``described`` lets the description of the interface have those that anybody may ask."""
    router = APIRouter(prefix=f"{feeds.prefix}/feeds", route_class=InTurn, include_in_schema=described)
    for path, load in public(feeds.lists):
        _add(router, path, _feed(feeds, path, load), f"Feed: {path}")
    _add(router, "/letters/{newsletter}", feeds.issues, "The issues of a public newsletter")
    _add(router, "/own/{token}", feeds.own, "A feed of one reader, by the key in its address")
    pages = APIRouter(prefix=feeds.prefix, include_in_schema=False)
    pages.add_api_route("/feeds", feeds.page, methods=["GET", "HEAD"], response_model=None)
    pages.add_api_route("/feeds", feeds.change, methods=["POST"], response_model=None)
    return _both(router, pages)


def _both(*routers: APIRouter) -> APIRouter:
    both = APIRouter()
    for one in routers:
        both.include_router(one)
    return both


def _add(router: APIRouter, path: str, handler: Callable[..., Response], summary: str) -> None:
    router.add_api_route(
        f"{path}.{{form}}", handler, methods=["GET"], response_class=Response, responses=_ANSWERS, summary=summary
    )


def _feed(feeds: Feeds, path: str, load: Callable[..., Listed]) -> Callable[..., Response]:
    if "{section}" in path:

        def section(request: Request, section: Named, form: Form) -> Response:
            return feeds.answer(request, load(feeds.renderer.words, section=section), form)

        return section
    if "{key}" in path:

        def name(request: Request, key: Named, form: Form) -> Response:
            return feeds.answer(request, load(feeds.renderer.words, key=key), form)

        return name

    if path == "/search":

        def search(request: Request, form: Form, asked: Asking) -> Response:
            return feeds.answer(request, load(feeds.renderer.words, asked=asked), form)

        return search

    def plain(request: Request, form: Form) -> Response:
        return feeds.answer(request, load(feeds.renderer.words), form)

    return plain


def _unchanged(request: Request, tag: str, updated: datetime) -> bool:
    """Say whether whoever asks has what he asks for (RFC 9110: the tag decides where it is sent)."""
    if asked := request.headers.get("if-none-match"):
        return tag in asked or asked.strip() == "*"
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return updated.astimezone(UTC).replace(microsecond=0) <= since
    except (ValueError, TypeError):
        return False


def all_routes(lists: Lists, renderers: Iterable[Renderer], keyring: Keyring | None) -> APIRouter:
    """Return the routes of all languages; the Arabic ones are described, the others are the same."""
    return _both(*(routes(Feeds(lists, one, keyring), described=not one.words.prefix) for one in renderers))
