"""Signing in with an organisation (OpenID Connect): authorization code with PKCE, state and nonce.

    begin       where the browser is sent, and what it has to bring back unchanged (``Journey``)
    finish      the code becomes an identity token, whose signature, issuer, audience, time and nonce are verified

Everything that is asked of the organisation goes through the guarded fetch. Its own host may stand in a private network, since the
operator named it; other hosts that its description names may not, unless the settings allow them.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from tawatur.config import OidcClient
from tawatur.fetch.http import Fetched, Fetcher, Refused
from tawatur.fetch.policy import Policy

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

#: Signatures by a key that only the organisation has; none by a secret that we share with it.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
#: How long the way there and back may take, how far clocks may be apart, and how long a description is believed.
JOURNEY, DRIFT, BELIEVED = timedelta(minutes=10), timedelta(minutes=1), timedelta(hours=1)
_JSON = "application/json"


class OidcFailed(Exception):
    """The organisation could not be asked, or did not answer as it should; the log gets what it was."""


class Journey(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser takes along to the organisation and back. ``reader`` is who links his account; "" signs somebody in."""

    state: str
    nonce: str
    verifier: str
    until: float
    language: str
    goal: str = ""
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the organisation knows. ``email`` is "" unless the organisation has confirmed it."""

    issuer: str
    subject: str
    email: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Provider:
    """The organisation's description of itself, and its keys."""

    at: datetime
    authorize: str
    token: str
    basic: bool  # the secret goes into the header; else into the form
    names_itself: bool  # in the address that leads back (RFC 9207)
    keys: KeySet


@dataclass
class Oidc:
    """An organisation. ``fetcher`` makes what fetches, ``back`` is the address where it leads back to."""

    client: OidcClient
    back: str
    fetcher: Callable[[], Fetcher]
    _known: _Provider | None = field(default=None, repr=False)

    async def begin(self, *, now: datetime, language: str, goal: str = "", reader: str = "") -> tuple[str, Journey]:
        """Return where to send a browser, and what it takes along.

        Raises:
            OidcFailed: the organisation cannot be asked.
        """
        provider = await self._provider(now)
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        until = (now + JOURNEY).timestamp()
        journey = Journey(
            state=state, nonce=nonce, verifier=verifier, until=until, language=language, goal=goal, reader=reader
        )
        asked = {
            "response_type": "code",
            "client_id": self.client.id,
            "redirect_uri": self.back,
            "scope": "openid email profile",
            "state": state,
            "nonce": nonce,
            "code_challenge": _challenge(verifier),
            "code_challenge_method": "S256",
        }
        mark = "&" if urlsplit(provider.authorize).query else "?"
        return f"{provider.authorize}{mark}{urlencode(asked)}", journey

    async def finish(self, journey: Journey, given: Mapping[str, str], *, now: datetime) -> Identity:
        """Return who came back with a code.

        Raises:
            OidcFailed: something of it is not as it should be.
        """
        provider = await self._provider(now)
        if now.timestamp() > journey.until or not secrets.compare_digest(given.get("state", ""), journey.state):
            raise OidcFailed("state")
        issuer = given.get("iss", self.client.issuer if not provider.names_itself else "")
        if issuer != self.client.issuer or not given.get("code"):
            raise OidcFailed(given.get("error", "iss"))
        token = await self._token(provider, given["code"], journey.verifier)
        return _identity(self._claims(token, provider.keys, journey.nonce, now))

    def _claims(self, token: str, keys: KeySet, nonce: str, now: datetime) -> dict[str, Any]:
        from joserfc import jwt  # late, as below: few deployments have an organisation
        from joserfc.errors import JoseError

        wanted = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=int(DRIFT.total_seconds()),
            iss={"essential": True, "value": self.client.issuer},
            aud={"essential": True, "value": self.client.id},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
            wanted.validate(claims)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            self._known = None  # the keys may have changed
            raise OidcFailed(f"id_token: {error}") from error
        if claims.get("azp", self.client.id) != self.client.id:
            raise OidcFailed("azp")
        return claims

    async def _token(self, provider: _Provider, code: str, verifier: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.back,
            "client_id": self.client.id,
            "code_verifier": verifier,
        }
        headers = {"Accept": _JSON}
        if self.client.secret and provider.basic:
            both = f"{quote(self.client.id, safe='')}:{quote(self.client.secret, safe='')}"
            headers["Authorization"] = "Basic " + base64.b64encode(both.encode()).decode()
        elif self.client.secret:
            form["client_secret"] = self.client.secret
        kind = "application/x-www-form-urlencoded"
        async with self.fetcher() as fetcher:
            found = _json(
                await fetcher.post(provider.token, urlencode(form).encode(), content_type=kind, headers=headers)
            )
        token = found.get("id_token")
        if not isinstance(token, str):
            raise OidcFailed("no id_token")
        return token

    async def _provider(self, now: datetime) -> _Provider:
        """Return the organisation's description, asked for anew when it is old."""
        if self._known is None or now - self._known.at > BELIEVED:
            async with self.fetcher() as fetcher:
                self._known = await self._ask(fetcher, now)
        return self._known

    async def _ask(self, fetcher: Fetcher, now: datetime) -> _Provider:
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        place = self.client.issuer.rstrip("/") + "/.well-known/openid-configuration"
        told = _json(await fetcher.get(place, accept=_JSON, robots=False))
        if told.get("issuer") != self.client.issuer:
            raise OidcFailed(f"issuer {told.get('issuer')}")
        try:
            keys = KeySet.import_key_set(_json(await fetcher.get(told["jwks_uri"], accept=_JSON, robots=False)))  # type: ignore[arg-type]
            methods = told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
            return _Provider(
                at=now,
                authorize=str(told["authorization_endpoint"]),
                token=str(told["token_endpoint"]),
                basic="client_secret_basic" in methods,
                names_itself=bool(told.get("authorization_response_iss_parameter_supported")),
                keys=keys,
            )
        except (KeyError, TypeError, ValueError, JoseError) as error:
            raise OidcFailed(f"description: {error}") from error


def policy_for(client: OidcClient, base: Policy) -> Policy:
    """Return the rules of fetching for an organisation: its own host and port are allowed, since the operator named them."""
    parts = urlsplit(client.issuer)
    ports = {parts.port or (443 if parts.scheme == "https" else 80)}
    return Policy(
        contact=base.contact,
        allow_private=(*base.allow_private, parts.hostname or ""),
        ports=base.ports | ports,
        delay=0,
        total_time=20,
    )


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _json(answer: Fetched | Refused) -> dict[str, Any]:
    if isinstance(answer, Refused):
        raise OidcFailed(f"{answer.url}: {answer.reason} {answer.detail}")
    try:
        found = msgspec.json.decode(answer.content)
    except msgspec.DecodeError as error:
        raise OidcFailed(f"{answer.url}: {error}") from error
    if not isinstance(found, dict):
        raise OidcFailed(answer.url)
    return found


def _identity(claims: Mapping[str, Any]) -> Identity:
    email, name = claims.get("email"), claims.get("name")
    confirmed = claims.get("email_verified") in (True, "true") and isinstance(email, str)
    return Identity(
        issuer=str(claims["iss"]),
        subject=str(claims["sub"]),
        email=str(email) if confirmed else "",
        name=name[:100] if isinstance(name, str) else "",
    )
