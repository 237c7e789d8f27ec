"""The reader's page of alerts: what is watched, when he may be disturbed, and by which browsers and webhooks he is told.

All but the registering of a browser is done by forms, without a script.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response

from tawatur.alert import CEILINGS, WebhookId
from tawatur.alerting import Alerting
from tawatur.alerting.hooks import Hooks
from tawatur.alerting.watching import Watching, Wish
from tawatur.newsletter import Channel, Newsletter, QuietHours
from tawatur.reader import Reader
from tawatur.web.assets import FOLDER
from tawatur.web.guard import is_own
from tawatur.web.render import Renderer
from tawatur.web.session import Changing, Form, SignedIn, body_of, csrf, form_of
from tawatur.web.view import alerts as view

#: How many deliveries of a webhook are listed, and the most bytes of a browser's own word.
LISTED, MOST_BYTES = 20, 8192
#: What a page may say of what was just done; the address holds only the name.
DONE = ("watched", "changed", "paused", "resumed", "dropped", "manner", "hook", "on", "tested", "taken", "wrong")
WORKER = "push.js"


@dataclass(frozen=True, slots=True)
class AlertPages:
    """The page in one language. ``key`` is by what browsers know that messages are ours; ``mails`` says that mail is sent."""

    watching: Watching
    hooks: Hooks
    renderer: Renderer
    key: str
    mails: bool = True

    def show(self, request: Request, reader: SignedIn, search: str = "", affair: str = "") -> Response:
        """All that there is; ``search`` and ``affair`` are what a page of ours proposes to watch."""
        return self._page(request, reader, search=search[:500], affair=affair[:40])

    def change(self, request: Request, reader: SignedIn, form: Changing) -> Response:
        """Do what a form of the page asks for."""
        do = form.one("do")
        if do.startswith("hook"):
            return self._hook(request, reader, form, do)
        if do in ("browser-test", "browser-drop"):
            return self._browser(reader, form, do)
        if do == "manner":
            return self._manner(reader, form)
        return self._watch(reader, form) if do == "watch" else self._watched(reader, form, do)

    # -- what is watched ---------------------------------------------------------------------------------------------

    def _watch(self, reader: Reader, form: Form) -> Response:
        wish = Wish(
            kind=form.one("kind"),
            about=form.one("about"),
            sources=_number(form.one("sources"), 3),
            minutes=_number(form.one("minutes"), 0 if form.one("kind") == "search" else 120),
            channels=_channels(form),
        )
        made = self.watching.watch(reader, wish, now=datetime.now(UTC))
        return self._to("watched" if made else "wrong", "watched")

    def _watched(self, reader: Reader, form: Form, do: str) -> Response:
        one = self._own(reader, form)
        match do:
            case "by":
                self.watching.by(one, _channels(form))
                return self._to("changed", "watched")
            case "pause" | "resume":
                self.watching.pause(one, paused=do == "pause")
                return self._to(f"{do}d", "watched")
            case "drop":
                self.watching.drop(one)
                return self._to("dropped", "watched")
        raise HTTPException(400)

    def _own(self, reader: Reader, form: Form) -> Newsletter:
        if found := self.watching.own(reader, form.one("id")):
            return found
        raise HTTPException(404)

    def _manner(self, reader: Reader, form: Form) -> Response:
        begin, end = _clock(form.one("begin")), _clock(form.one("end"))
        zone, store = reader.preferences.zone, self.watching.store
        quiet = begin is not None and end is not None and begin != end and form.checked("quiet")
        self.watching.quiet(reader, QuietHours(begin=begin, end=end, zone=zone) if quiet and begin and end else None)
        if (ceiling := _number(form.one("ceiling"), 0)) in CEILINGS:
            store.put_ceiling(reader.id, ceiling)
        return self._to("manner", "manner")

    # -- browsers ----------------------------------------------------------------------------------------------------

    def _browser(self, reader: Reader, form: Form, do: str) -> Response:
        found = self.hooks.browser(reader, form.one("id"))
        if found is None:
            raise HTTPException(404)
        if do == "browser-drop":
            self.hooks.store.drop_browser(found.id)
            return self._to("dropped", "browsers")
        self.hooks.test(reader, Channel.PUSH, found.id, now=datetime.now(UTC))
        return self._to("tested", "browsers")

    def subscribe(self, request: Request, reader: SignedIn, form: Changing) -> Response:
        """Keep the browser that asks, by what its script sends."""
        made = self.hooks.subscribe(
            reader,
            form.one("endpoint", 2001),
            form.one("p256dh"),
            form.one("auth"),
            agent=request.headers.get("user-agent", ""),
            now=datetime.now(UTC),
        )
        return JSONResponse({"id": made.id} if made else {}, 201 if made else 400)

    # -- webhooks ----------------------------------------------------------------------------------------------------

    def _hook(self, request: Request, reader: Reader, form: Form, do: str) -> Response:
        now = datetime.now(UTC)
        if do == "hook":
            made = self.hooks.hook(reader, form.one("url", 2001), now=now)
            return (
                self._page(request, reader, secret=self.hooks.secret(made), of=made.id)
                if made
                else self._to("wrong", "hooks")
            )
        found = self.hooks.webhook(reader, form.one("id"))
        if found is None:
            raise HTTPException(404)
        match do:
            case "hook-secret":
                renewed = self.hooks.renew_secret(found)
                return self._page(request, reader, secret=self.hooks.secret(renewed), of=found.id)
            case "hook-test":
                self.hooks.test(reader, Channel.WEBHOOK, found.id, now=now)
                return self._to("tested", "hooks")
            case "hook-on":
                self.hooks.switch_on(found)
                return self._to("on", "hooks")
            case "hook-drop":
                self.hooks.store.drop_webhook(WebhookId(found.id))
                return self._to("dropped", "hooks")
        raise HTTPException(400)

    # -- the page ----------------------------------------------------------------------------------------------------

    def _page(self, request: Request, reader: Reader, **more: str) -> Response:
        renderer, store = self.renderer.of(request), self.watching.store
        words, watched = renderer.words, self.watching.of(reader)
        done = request.query_params.get("done", "")
        answer = renderer.page(
            request,
            "alerting.html",
            watched=view.watch_views(watched, words),
            options=self._options(reader, words.language, renderer),
            quiet=next((one.quiet for one in watched if one.quiet), None),
            mine=reader,
            browsers=view.browser_views(store.browsers(reader.id), words),
            hooks=self._hooks(reader, renderer),
            key=self.key,
            csrf=csrf(request),
            mails=self.mails and bool(reader.email),
            notice=words.text(f"alerts.done.{done}") if done in DONE else "",
            wrong=done == "wrong",
            invented=False,
            affair_title=self.watching.title(more.get("affair", "")),
            proposed={name: more.get(name, "") for name in ("search", "affair", "secret", "of")},
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _options(self, reader: Reader, language: str, renderer: Renderer) -> dict[str, tuple[view.Option, ...]]:
        words, store = renderer.words, self.watching.store
        return {
            "sources": view.source_options(words),
            "minutes": view.minute_options(words),
            "paces": view.pace_options(words),
            "ceilings": view.ceiling_options(store.ceiling(reader.id), words),
            "scopes": view.scope_options(store.sections(), words),
            "channels": view.channel_options(Channel, words),
        }

    def _hooks(self, reader: Reader, renderer: Renderer) -> tuple[view.HookView, ...]:
        store = self.watching.store
        return tuple(
            view.hook_view(one, store.dispatches(reader.id, target=one.id, limit=LISTED), renderer.words)
            for one in store.webhooks(reader.id)
        )

    def _to(self, done: str, place: str) -> Response:
        return RedirectResponse(f"{self.renderer.words.prefix}/you/alerts?done={quote(done)}#{place}", 303)


def _channels(form: Form) -> frozenset[Channel]:
    known = {one.value for one in Channel}
    return frozenset(Channel(one) for one in form.all("by") if one in known)


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else otherwise


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Worker:
    """What browsers themselves ask for: the script that shows messages, and a new address for theirs."""

    hooks: Hooks
    folder: Path = FOLDER

    def script(self) -> Response:
        """The script; it stands at the root, since that is what it may answer for. Browsers look for a new one every day."""
        headers = {"Cache-Control": "no-cache"}
        return FileResponse(self.folder / WORKER, media_type="text/javascript", headers=headers)

    async def renew(self, request: Request) -> Response:
        """Give a browser its new address. It proves itself by the old one, which nobody else knows; it has no form of ours."""
        if not is_own(request):
            raise HTTPException(403)
        form = form_of(await body_of(request, MOST_BYTES), request.headers.get("content-type", ""))
        fields = (form.one("old", 2001), form.one("endpoint", 2001), form.one("p256dh"), form.one("auth"))
        return Response(status_code=204 if self.hooks.renew(*fields) else 404)


def routes(alerting: Alerting, renderers: Iterable[Renderer], *, mails: bool = False) -> APIRouter:
    """Return the routes in all languages."""
    router, worker, hooks = APIRouter(include_in_schema=False), Worker(alerting.hooks), alerting.hooks
    for renderer in renderers:
        one = AlertPages(alerting.watching, hooks, renderer, alerting.vapid.public, mails)
        path = f"{renderer.words.prefix}/you/alerts"
        router.add_api_route(path, one.show, methods=["GET", "HEAD"], response_model=None)
        router.add_api_route(path, one.change, methods=["POST"], response_model=None)
        router.add_api_route(f"{path}/browser", one.subscribe, methods=["POST"], response_model=None)
    router.add_api_route(f"/{WORKER}", worker.script, methods=["GET", "HEAD"], response_model=None)
    router.add_api_route("/push/renew", worker.renew, methods=["POST"], response_model=None)
    return router
