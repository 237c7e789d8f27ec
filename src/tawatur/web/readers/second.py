"""The second step: set up by a picture that is scanned, taken away, and its recovery codes made anew."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import segno
from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from tawatur.accounts import second as steps
from tawatur.reader import Reader
from tawatur.web.readers.door import Door
from tawatur.web.readers.forms import Forms, named_for
from tawatur.web.readers.settings import Settings, unproved
from tawatur.web.readers.sheet import Field, Sheet, marked, named
from tawatur.web.session import Changing, SignedIn


class Second:
    """The pages of the second step, in one language."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.settings = Settings(door)

    def show(self, request: Request, reader: SignedIn) -> Response:
        """A new secret as a picture, and the form that takes its first code."""
        self.door.visit(request)
        return self._page(request, reader, self._sheet(reader, steps.new_secret()))

    async def begin(self, request: Request, form: Changing, reader: SignedIn) -> Response:
        """Set the step up, and show the recovery codes, once."""
        self.door.visit(request)
        secret, code = form.one("secret", 64), form.one("code", 20)
        if not steps.is_secret(secret):
            return self.show(request, reader)
        sheet = self._sheet(reader, secret)
        if said := await unproved(self.door, request, form, reader):
            return self._page(request, reader, marked(sheet, errors={"current": said}), status=422)
        codes = self.door.accounts.own.begin_second(reader, secret, code, now=datetime.now(UTC))
        if codes is None:
            said = self.door.say("refused.code")
            return self._page(request, reader, marked(sheet, errors={"code": said}), status=422)
        return self._codes(request, codes)

    async def end(self, request: Request, form: Changing, reader: SignedIn) -> Response:
        """Take the step away."""
        if said := await unproved(self.door, request, form, reader):
            return self._wrong(request, reader, "second/end", said)
        self.door.accounts.own.end_second(reader, now=datetime.now(UTC))
        return self.door.to("/settings?done=second_off#second")

    async def renew(self, request: Request, form: Changing, reader: SignedIn) -> Response:
        """Make new recovery codes, and show them, once."""
        if said := await unproved(self.door, request, form, reader):
            return self._wrong(request, reader, "second/codes", said)
        return self._codes(request, self.door.accounts.own.new_codes(reader))

    def _wrong(self, request: Request, reader: Reader, name: str, said: str) -> Response:
        sheets = Forms(self.door).all(reader, self.door.accounts.store.credentials(reader.id))
        sheet = marked(named(sheets)[name], errors={"current": said}, refusal="")
        return self.settings.page(request, reader, sheet, status=422)

    def _sheet(self, reader: Reader, secret: str) -> Sheet:
        say = self.door.say
        code = Field(name="code", label=say("field.code"), kind="code", autocomplete="one-time-code", latin=True)
        proof = self.door.accounts.store.credentials(reader.id)
        fields = (code, self.door.password("current", "current")) if proof.password else (code,)
        action = f"{self.door.prefix}/settings/second"
        hidden = (("secret", secret), *named_for(reader, proof))
        return Sheet(action=action, button=say("second.confirm"), fields=fields, hidden=hidden)

    def _page(self, request: Request, reader: Reader, sheet: Sheet, *, status: int = 200) -> Response:
        secret = dict(sheet.hidden)["secret"]
        answer = self.door.renderer.page(
            request,
            "readers/second.html",
            status=status,
            sheet=sheet,
            picture=picture(steps.address(secret, reader.email)),
            secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
            invented=False,
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _codes(self, request: Request, codes: tuple[str, ...]) -> Response:
        answer = self.door.renderer.page(request, "readers/codes.html", codes=codes, invented=False)
        answer.headers["Cache-Control"] = "no-store"
        return answer


def picture(address: str) -> Markup:
    """Return a QR code as SVG, dark on light whatever the page is, since readers of such codes want that."""
    written = io.BytesIO()
    code = segno.make(address, error="m")
    code.save(written, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, svgns=True, omitsize=True)
    return Markup(written.getvalue().decode())  # made by us of nothing but squares


def routes(door: Door) -> APIRouter:
    """Return the routes of the second step."""
    second = Second(door)
    router = APIRouter(prefix=door.prefix, include_in_schema=False)
    router.add_api_route("/settings/second", second.show, methods=["GET", "HEAD"], response_model=None)
    router.add_api_route("/settings/second", second.begin, methods=["POST"], response_model=None)
    router.add_api_route("/settings/second/end", second.end, methods=["POST"], response_model=None)
    router.add_api_route("/settings/second/codes", second.renew, methods=["POST"], response_model=None)
    return router
