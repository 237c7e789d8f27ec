"""Who asks for the interface: a program with a reader's key, or the reader himself in his browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException
from starlette.requests import Request

from tawatur.accounts.keyring import Keyring
from tawatur.reader import Reader
from tawatur.store.keys import Scope
from tawatur.web.session import Form, refuse_foreign, signed_in

_BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="key",
    description="A key that a reader made in his settings, for reading alone or for reading and writing.",
)
Bearer = Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]


@dataclass(frozen=True, slots=True)
class Doors:
    """The two doors of the interface, as dependencies that give the reader."""

    keyring: Keyring

    def reading(self, request: Request, bearer: Bearer) -> Reader:
        """Return whose key it is, or who is signed in.

        Raises:
            HTTPException: 401 for a key that is none.
            SignInNeeded: there is neither.
        """
        return self._of(bearer.credentials, Scope.READ, Scope.WRITE) if bearer else signed_in(request)

    def writing(self, request: Request, bearer: Bearer) -> Reader:
        """Return who may change what is his: by a key for writing, or from a page of ours.

        Raises:
            HTTPException: 401 for a key that is none, 403 for one that only reads, and for another site's page.
            SignInNeeded: there is neither key nor session.
        """
        if bearer is None:
            reader = signed_in(request)
            refuse_foreign(request, Form({}))
            return reader
        self._of(bearer.credentials, Scope.READ, Scope.WRITE)
        if (found := self._find(bearer.credentials, Scope.WRITE)) is None:
            raise HTTPException(403)
        return found

    def _of(self, token: str, *scopes: Scope) -> Reader:
        if (found := self._find(token, *scopes)) is None:
            raise HTTPException(401, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})
        return found

    def _find(self, token: str, *scopes: Scope) -> Reader | None:
        found = self.keyring.find(token, *scopes, now=datetime.now(UTC))
        return found[1] if found else None
