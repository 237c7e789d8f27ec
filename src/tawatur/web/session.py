"""Who asks: the reader who is signed in, and the proof that a form which changes something was sent from a page of ours.

    reader_of(request)          the reader, or None
    Depends(signed_in)          the reader; whoever is not signed in is led to where he can
    csrf(request)               what a form carries in its hidden field ``csrf``; in a template: ``{{ csrf_field() }}``
    Depends(changing)           the fields of a form that may change something

Nothing is looked up before it is asked for: a page that does not ask who reads it costs nothing more than before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import Depends
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tawatur.accounts import Accounts
from tawatur.accounts.sessions import LASTS, Found
from tawatur.accounts.tokens import hashed, new_token
from tawatur.reader import LOCAL, Preferences, Reader
from tawatur.web.guard import is_own, may_write

#: The largest form: a long note, or a thousand marked articles.
MOST_BYTES = 64 * 1024
#: The hidden field of a form, and the header of a request that sends no form.
FIELD, HEADER = "csrf", "x-csrf-token"
#: Cookies: of the session, and of a browser that is not signed in but is shown a form.
SESSION, VISIT = "tawatur", "tawatur-visit"


class SignInNeeded(Exception):
    """Only readers who are signed in have what was asked for."""


@dataclass(slots=True)
class Visit:
    """One request's way to its reader: what was looked up of him, and the cookies that its answer sets."""

    accounts: Accounts
    request: Request
    found: Found | None = None
    looked: bool = False
    alone: Reader | None = None  # the one reader of single-user mode, once he was asked for
    fresh: str = ""
    cookies: list[str] = field(default_factory=list)

    @property
    def secure(self) -> bool:
        """Say whether the browser came by https."""
        return self.request.url.scheme == "https"

    @property
    def now(self) -> datetime:
        """Return the time."""
        return datetime.now(UTC)

    @property
    def single(self) -> bool:
        """Say whether this is the one reader, at his machine."""
        return self.accounts.single and may_write(self.request)

    def cookie(self, name: str) -> str:
        """Return a cookie of ours that the browser sent."""
        return self.request.cookies.get(self._named(name), "")

    def set_cookie(self, name: str, value: str, *, seconds: int | None = None) -> None:
        """Let the answer set a cookie of ours, for as long as the browser runs where ``seconds`` is not given."""
        made = Response()
        made.set_cookie(
            self._named(name), value, max_age=seconds, path="/", secure=self.secure, httponly=True, samesite="lax"
        )
        self.cookies.append(made.headers["set-cookie"])

    def _named(self, name: str) -> str:
        """By https a cookie has the name that browsers let no other host and no unsafe page set."""
        return f"__Host-{name}" if self.secure else name

    def look(self) -> Found | None:
        """Look the session up, once, and let the browser keep it as long as it lasts now."""
        if not self.looked:
            self.looked = True
            token = "" if self.accounts.single else self.cookie(SESSION)
            self.found = self.accounts.sessions.find(token, now=self.now) if token else None
            if self.found and self.found.rolled:
                self.set_cookie(SESSION, token, seconds=int(LASTS.total_seconds()))
        return self.found

    def begin(self, token: str) -> None:
        """Let the browser hold a new session."""
        self.set_cookie(SESSION, token, seconds=int(LASTS.total_seconds()))

    def end(self) -> None:
        """Let the browser forget its session."""
        self.set_cookie(SESSION, "", seconds=0)

    def forget(self) -> None:
        """Know nobody any more for the rest of this request."""
        self.looked, self.found, self.alone = True, None, None

    def local(self) -> Reader:
        """Return the one reader of single-user mode, looked up once."""
        if self.alone is None:
            self.alone = self.accounts.local()
        return self.alone

    def key(self, *, make: bool) -> str:
        """Return what forms of this browser are bound to; ``make`` it where it has nothing yet."""
        if self.single:
            return LOCAL
        if found := self.look():
            return found.session.hash
        visit = self.fresh or self.cookie(VISIT)
        if not visit and make:
            visit = self.fresh = new_token()
            self.set_cookie(VISIT, visit)
        return hashed(visit) if visit else ""


def visit_of(request: Request) -> Visit | None:
    """Return the visit that a request is; None where the deployment has no accounts."""
    found: Visit | None = request.scope.get("state", {}).get("visit")
    return found


def reader_of(request: Request) -> Reader | None:
    """Return who asks, or None: nobody is signed in. One look-up where the browser has a session, none where it has not."""
    visit = visit_of(request)
    if visit is None:
        return None
    if visit.single:
        return visit.local()
    found = visit.look()
    return found.reader if found else None


def can_sign_in(request: Request) -> bool:
    """Say whether there is a way in for whoever asks: readers sign in here, and he has not yet."""
    visit = visit_of(request)
    return visit is not None and not visit.accounts.single and reader_of(request) is None


def signed_in(request: Request) -> Reader:
    """Return who asks.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    reader = reader_of(request)
    if reader is None:
        raise SignInNeeded
    return reader


def prefer(request: Request, change: Callable[[Preferences], Preferences]) -> None:
    """Keep what whoever asks prefers from now on, where he is a reader."""
    visit, reader = visit_of(request), reader_of(request)
    if visit and reader:
        visit.alone = None
        visit.accounts.store.put_reader(replace(reader, preferences=change(reader.preferences)))


def may_edit(request: Request) -> bool:
    """Say whether whoever asks may correct stories: an editor who is signed in; where nobody signs in, who is at this machine."""
    visit = visit_of(request)
    if visit is None or visit.accounts.single:
        return may_write(request)
    reader = reader_of(request)
    return reader is not None and reader.role.edits


def refuse_unproved(request: Request, proof: str) -> None:
    """Refuse what comes with a session and without the proof that a page of ours sent it.

    Raises:
        HTTPException: 403.
    """
    visit = visit_of(request)
    found = visit.look() if visit else None
    if visit and found and not visit.accounts.signer.signed(proof, "csrf", found.session.hash):
        raise HTTPException(403)


def csrf(request: Request) -> str:
    """Return what a form carries to prove that this browser got it from us.

    It stays the same for a session, so that pages do: with cookies that no other site's page can have sent, a page's length tells
    nobody anything.
    """
    visit = visit_of(request)
    return visit.accounts.signer.sign("csrf", visit.key(make=True)) if visit else ""


@dataclass(frozen=True, slots=True)
class Form:
    """The fields that were sent; those that were not are empty."""

    fields: Mapping[str, tuple[str, ...]]

    def one(self, name: str, longest: int = 500) -> str:
        """Return a field without blanks around it, cut where it is too long."""
        return self.raw(name).strip()[:longest]

    def raw(self, name: str) -> str:
        """Return a field as it was sent."""
        return next(iter(self.fields.get(name, ())), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a field."""
        return self.fields.get(name, ())

    def checked(self, name: str) -> bool:
        """Say whether a box was checked."""
        return self.raw(name) not in ("", "off", "false", "0")


async def changing(request: Request) -> Form:
    """Return the fields of a form, or of a JSON object, that may change something.

    Raises:
        HTTPException: 403 where it does not come from a page of ours, 413 where it is too long, 400 where it cannot be read.
    """
    form = form_of(await body_of(request), request.headers.get("content-type", ""))
    refuse_foreign(request, form)
    return form


def refuse_foreign(request: Request, form: Form) -> None:
    """Refuse what another site's page may have sent.

    Raises:
        HTTPException: 403.
    """
    if not is_own(request):
        raise HTTPException(403)
    visit = visit_of(request)
    if visit is not None:
        proof = form.raw(FIELD) or request.headers.get(HEADER, "")
        key = visit.key(make=False)
        if not key or not visit.accounts.signer.signed(proof, "csrf", key):
            raise HTTPException(403)


async def body_of(request: Request, most: int = MOST_BYTES) -> bytes:
    """Return the body of a request.

    Raises:
        HTTPException: 413 where it is too long.
    """
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise HTTPException(413)
    return body


def form_of(body: bytes, kind: str) -> Form:
    """Return the fields of a form, or of a JSON object, by its kind of content.

    Raises:
        HTTPException: 400 where it cannot be read.
    """
    if kind.partition(";")[0].strip().lower() == "application/json":
        return Form(_json_fields(body))
    try:
        found = parse_qs(body.decode("utf-8", errors="replace"), keep_blank_values=True, max_num_fields=2000)
    except ValueError as error:
        raise HTTPException(400) from error
    return Form({name: tuple(values) for name, values in found.items()})


def _json_fields(body: bytes) -> dict[str, tuple[str, ...]]:
    try:
        found: Any = json.loads(body or b"{}")
    except ValueError as error:
        raise HTTPException(400) from error
    if not isinstance(found, dict):
        raise HTTPException(400)
    return {name: tuple(map(_text, value if isinstance(value, list) else [value])) for name, value in found.items()}


def _text(value: object) -> str:
    text = value if isinstance(value, str) else "" if value is None else json.dumps(value)
    return text.encode(errors="replace").decode()  # half of a surrogate pair is no character


#: The fields of a form that changes something, and the reader who is signed in, as arguments of a handler.
Changing = Annotated[Form, Depends(changing)]
SignedIn = Annotated[Reader, Depends(signed_in)]


class Visits:
    """Middleware that makes each request a visit, and lets its answer set the cookies that this took."""

    def __init__(self, app: ASGIApp, accounts: Accounts) -> None:
        self.app, self.accounts = app, accounts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        visit = Visit(self.accounts, Request(scope))
        scope.setdefault("state", {})["visit"] = visit

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                _tell(MutableHeaders(scope=message), visit)
            await send(message)

        await self.app(scope, receive, told)


def _tell(headers: MutableHeaders, visit: Visit) -> None:
    """Set the cookies, and keep a page that is somebody's own out of caches that others share."""
    for cookie in visit.cookies:
        headers.append("Set-Cookie", cookie)
    if visit.found or visit.cookies or visit.single:
        headers.add_vary_header("Cookie")
        control = headers.get("Cache-Control", "no-cache")
        if "public" not in control and "private" not in control and "no-store" not in control:
            headers["Cache-Control"] = f"private, {control}"
