"""The page of invitations, for administrators: who is invited, the form that invites somebody, and invitations taken back."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tawatur.accounts.links import INVITED
from tawatur.reader import Reader, Role, clean_email
from tawatur.store.readers import Purpose
from tawatur.web.readers.door import Door
from tawatur.web.readers.sheet import Field, Sheet, marked
from tawatur.web.session import Changing, SignedIn


class Inviting:
    """The page in one language."""

    def __init__(self, door: Door) -> None:
        self.door = door

    def show(self, request: Request, reader: SignedIn) -> Response:
        """Who is invited, and the form."""
        self._refuse(request, reader)
        return self._page(request, self._sheet())

    def invite(self, request: Request, form: Changing, reader: SignedIn) -> Response:
        """Invite somebody by a letter; where none are sent, show the link once."""
        self._refuse(request, reader)
        email, values = clean_email(form.raw("email")), {name: form.one(name, 254) for name in ("email", "role")}
        role = Role(values["role"]) if values["role"] in set(Role) else Role.READER
        if not email or self.door.accounts.store.reader_of_email(email):
            said = self.door.say("inviting.known") if email else self.door.say("wrong.email")
            return self._page(request, marked(self._sheet(), values=values, errors={"email": said}), status=422)
        links, now = self.door.accounts.links, datetime.now(UTC)
        links.withdraw(email, now=now)  # of several links the last one counts
        if self.door.accounts.sends:
            links.invite(email, self.door.language, role=role, now=now)
            return self.door.to("/settings/invitations?done=invited")
        path = links.make(Purpose.JOIN, email, fields={"role": role.value}, lasts=INVITED, now=now)
        return self._page(request, self._sheet(), link=f"{self.door.accounts.base}{self.door.prefix}{path}")

    def withdraw(self, request: Request, form: Changing, reader: SignedIn) -> Response:
        """Take an invitation back."""
        self._refuse(request, reader)
        self.door.accounts.links.withdraw(form.one("email", 254), now=datetime.now(UTC))
        return self.door.to("/settings/invitations?done=withdrawn")

    def _refuse(self, request: Request, reader: Reader) -> None:
        """Refuse whoever may not invite; where nobody signs in, there is nobody to invite.

        Raises:
            HTTPException: 403, 404.
        """
        self.door.visit(request)
        if reader.role is not Role.ADMIN:
            raise HTTPException(403)

    def _page(self, request: Request, sheet: Sheet, *, status: int = 200, link: str = "") -> Response:
        words = self.door.renderer.of(request).words
        found = self.door.accounts.links.invitations(now=datetime.now(UTC))
        answer = self.door.renderer.page(
            request,
            "readers/invitations.html",
            status=status,
            sheet=sheet,
            invitations=found,
            link=link,
            notice=self.door.notice(request),
            day=lambda at: words.day(at.date()),
            invented=False,
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _sheet(self) -> Sheet:
        say = self.door.say
        roles = tuple((role.value, say(f"inviting.role.{role.value}")) for role in Role)
        role = Field(name="role", label=say("inviting.role"), kind="select", options=roles, value=Role.READER.value)
        action = f"{self.door.prefix}/settings/invitations"
        return Sheet(action=action, button=say("inviting.action"), fields=(self.door.email(), role))


def routes(door: Door) -> APIRouter:
    """Return the routes of invitations."""
    inviting = Inviting(door)
    router = APIRouter(prefix=f"{door.prefix}/settings/invitations", include_in_schema=False)
    router.add_api_route("", inviting.show, methods=["GET", "HEAD"], response_model=None)
    router.add_api_route("", inviting.invite, methods=["POST"], response_model=None)
    router.add_api_route("/withdraw", inviting.withdraw, methods=["POST"], response_model=None)
    return router
