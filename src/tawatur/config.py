"""One typed ``Settings``; the only reader of the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from tawatur.errors import ConfigError
from tawatur.oversight import Oversight, oversight_of
from tawatur.postage import Postage, SigningKey
from tawatur.reader import clean_email
from tawatur.relay import Relay, relay_of

#: A host name: its last label is no number, so that a mistyped address is not taken for one.
_HOST = re.compile(r"(?:[a-z0-9_-]{1,63}\.)*(?![0-9]+\.?$)[a-z0-9_-]{1,63}\.?", re.IGNORECASE)
#: The analysers that come with the package; others are named as "MODULE:FUNCTION".
GRADES = ("fast", "fine", "hub", "chat")
_FUNCTION = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*", re.ASCII)
_SECONDS = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,3})?")


#: Who may become a reader: whoever has an address, whoever is invited, or nobody but by a command.
REGISTRATION = ("open", "invited", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcClient:
    """What an organisation's sign-in service (OpenID Connect) knows us by."""

    issuer: str
    id: str
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a deployment can choose.

    ``home`` is the data folder (``TAWATUR_HOME``), ``host`` and ``port`` are where ``tawatur serve`` listens
    (``TAWATUR_HOST``, ``TAWATUR_PORT``), ``language`` is what the command line speaks (``TAWATUR_LANG``: "ar" or "en").

    ``store`` is where the news is kept (``TAWATUR_STORE``: "postgresql://…", or a file; without it a file in the data folder).

    ``crawl`` lets ``tawatur serve`` read the outlets in the background (``TAWATUR_CRAWL``: "on" or "off").

    ``pictures`` are fetched, kept and shown (``TAWATUR_PICTURES``: "on" or "off"; None: where nobody but this machine reads);
    ``pictures_room`` is how many megabytes they may have (``TAWATUR_PICTURES_ROOM``).

    Of understanding: ``grade`` is how articles are analysed (``TAWATUR_GRADE``: one of ``GRADES``, or "MODULE:FUNCTION"),
    ``hub_model`` is the transformer of "hub" (``TAWATUR_HUB_MODEL``); ``chat_url``, ``chat_model`` and ``chat_key`` are where
    "chat" asks (``TAWATUR_CHAT_URL`` up to "/v1", ``TAWATUR_CHAT_MODEL``, ``TAWATUR_CHAT_KEY``).

    Of readers: ``accounts`` lets them sign in although nobody but this machine is listened to (``TAWATUR_ACCOUNTS``: "on" or
    "off"), ``registration`` is who may become one (``TAWATUR_REGISTRATION``: one of ``REGISTRATION``), ``base_url`` is where the
    pages stand for them (``TAWATUR_BASE_URL``), ``relay`` takes our letters (``TAWATUR_SMTP_URL``), which come from ``mail_from``
    (``TAWATUR_MAIL_FROM``); ``postage`` is how they leave (``TAWATUR_DKIM_DOMAIN``, ``TAWATUR_DKIM_SELECTOR``,
    ``TAWATUR_DKIM_KEY_FILE``, ``TAWATUR_BOUNCES``, ``TAWATUR_MAIL_PACE``, ``TAWATUR_MAIL_CONNECTIONS``, ``TAWATUR_OPERATOR``).
    ``oidc`` is the organisation that knows them (``TAWATUR_OIDC_ISSUER``, ``TAWATUR_OIDC_CLIENT_ID``,
    ``TAWATUR_OIDC_CLIENT_SECRET``). What is secret can stand in a file that a variable with ``_FILE`` behind its name names.

    Of fetching: ``contact`` is told to outlets (``TAWATUR_CONTACT``), ``allow_private`` may be fetched from although it is not
    public (``TAWATUR_ALLOW_PRIVATE``: host names, addresses, networks), ``ports`` are those of news (``TAWATUR_FETCH_PORTS``),
    ``delay`` is the seconds between two requests to a host (``TAWATUR_FETCH_DELAY``), ``connections`` how many there are at a
    time (``TAWATUR_FETCH_CONNECTIONS``).

    ``oversight`` is how all of it is watched over (``TAWATUR_METRICS``, ``TAWATUR_METRICS_ALLOW``, ``TAWATUR_METRICS_TOKEN``,
    ``TAWATUR_LOG``, ``TAWATUR_LOG_LEVEL``, ``TAWATUR_DRAIN``, ``TAWATUR_DISK_FLOOR``).
    """

    home: Path
    host: str = "127.0.0.1"
    port: int = 8000
    language: str = "ar"
    store: str = field(default="", repr=False)
    contact: str = ""
    allow_private: tuple[str, ...] = ()
    ports: frozenset[int] = frozenset({80, 443, 8080, 8443})
    delay: float = 1.0
    connections: int = 48
    crawl: bool = False
    pictures: bool | None = None
    pictures_room: int = 4096
    grade: str = "fine"
    hub_model: str = ""
    chat_url: str = ""
    chat_model: str = ""
    chat_key: str = field(default="", repr=False)
    accounts: bool = False
    registration: str = "invited"
    base_url: str = ""
    relay: Relay | None = None
    mail_from: str = ""
    postage: Postage = field(default_factory=Postage)
    oidc: OidcClient | None = None
    oversight: Oversight = field(default_factory=Oversight)

    @property
    def database(self) -> str | Path:
        """The address or the file of the store."""
        return self.store or self.home / "tawatur.sqlite3"

    @property
    def album(self) -> Path:
        """Where pictures lie."""
        return self.home / "pictures"


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of an environment.

    Raises:
        ConfigError: a variable holds something that is no valid value for it.
    """
    return Settings(
        home=_home(environ),
        host=environ.get("TAWATUR_HOST", "127.0.0.1"),
        port=_port(environ.get("TAWATUR_PORT", "8000")),
        language=_language(environ.get("TAWATUR_LANG", "ar")),
        store=_store(_secret(environ, "TAWATUR_STORE")),
        contact=_contact(environ.get("TAWATUR_CONTACT", "")),
        crawl=_switch("TAWATUR_CRAWL", environ.get("TAWATUR_CRAWL", "off")),
        pictures=_pictures(environ.get("TAWATUR_PICTURES", "")),
        pictures_room=_number("TAWATUR_PICTURES_ROOM", environ.get("TAWATUR_PICTURES_ROOM", "4096"), 1, 10_000_000),
        grade=_grade(environ.get("TAWATUR_GRADE", "fine")),
        hub_model=environ.get("TAWATUR_HUB_MODEL", ""),
        chat_url=environ.get("TAWATUR_CHAT_URL", ""),
        chat_model=environ.get("TAWATUR_CHAT_MODEL", ""),
        chat_key=environ.get("TAWATUR_CHAT_KEY", ""),
        allow_private=_places(environ.get("TAWATUR_ALLOW_PRIVATE", "")),
        ports=_ports(environ.get("TAWATUR_FETCH_PORTS", "80 443 8080 8443")),
        accounts=_switch("TAWATUR_ACCOUNTS", environ.get("TAWATUR_ACCOUNTS", "off")),
        registration=_registration(environ.get("TAWATUR_REGISTRATION", "invited")),
        base_url=_base_url(environ.get("TAWATUR_BASE_URL", "")),
        relay=_relay(_secret(environ, "TAWATUR_SMTP_URL")),
        mail_from=environ.get("TAWATUR_MAIL_FROM", "").strip(),
        postage=_postage(environ),
        oidc=_oidc(environ),
        oversight=oversight_of(environ, _secret(environ, "TAWATUR_METRICS_TOKEN")),
        delay=_delay(environ.get("TAWATUR_FETCH_DELAY", "1")),
        connections=_connections(environ.get("TAWATUR_FETCH_CONNECTIONS", "48")),
    )


def _home(environ: Mapping[str, str]) -> Path:
    """The data folder by the XDG base directory rules, unless ``TAWATUR_HOME`` moves it."""
    if chosen := environ.get("TAWATUR_HOME"):
        return Path(chosen).expanduser()
    base = environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "tawatur"


def _store(text: str) -> str:
    """An address of PostgreSQL, or the path of a file."""
    if "://" in text and urlsplit(text).scheme not in ("postgresql", "postgres"):
        raise ConfigError("TAWATUR_STORE", text.rpartition("@")[2])  # without the password
    return text.strip()


def _port(text: str) -> int:
    if text.isdecimal() and 0 <= int(text) < 65536:
        return int(text)
    raise ConfigError("TAWATUR_PORT", text)


def _switch(name: str, text: str) -> bool:
    if text in ("on", "off"):
        return text == "on"
    raise ConfigError(name, text)


def _pictures(text: str) -> bool | None:
    return _switch("TAWATUR_PICTURES", text) if text else None


def _language(text: str) -> str:
    if text in ("ar", "en"):
        return text
    raise ConfigError("TAWATUR_LANG", text)


def _grade(text: str) -> str:
    if text in GRADES or _FUNCTION.fullmatch(text):
        return text
    raise ConfigError("TAWATUR_GRADE", text)


def _contact(text: str) -> str:
    """Who we are goes into a header as it is: a mail address or a page, in ASCII."""
    if text.isascii() and text.isprintable() and len(text) <= 200 and not set(text) & set("()\\"):
        return text.strip()
    raise ConfigError("TAWATUR_CONTACT", text)


def _places(text: str) -> tuple[str, ...]:
    """Host names, addresses and networks, separated by commas or spaces."""
    items = tuple(text.replace(",", " ").split())
    for item in items:
        if not (_is_network(item) or _HOST.fullmatch(item)):
            raise ConfigError("TAWATUR_ALLOW_PRIVATE", item)
    return items


def _is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def _ports(text: str) -> frozenset[int]:
    return frozenset(_number("TAWATUR_FETCH_PORTS", one, 1, 65535) for one in text.replace(",", " ").split())


def _connections(text: str) -> int:
    return _number("TAWATUR_FETCH_CONNECTIONS", text, 1, 1000)


def _registration(text: str) -> str:
    if text in REGISTRATION:
        return text
    raise ConfigError("TAWATUR_REGISTRATION", text)


def _base_url(text: str) -> str:
    """An origin, without a path: every page stands where it says itself that it stands."""
    if not text:
        return ""
    parts = urlsplit(text.rstrip("/"))
    if parts.scheme in ("http", "https") and parts.netloc and text.rstrip("/") == f"{parts.scheme}://{parts.netloc}":
        return text.rstrip("/")
    raise ConfigError("TAWATUR_BASE_URL", text)


def _relay(text: str) -> Relay | None:
    found = relay_of(text) if text else None
    if text and not found:
        raise ConfigError("TAWATUR_SMTP_URL", text.rpartition("@")[2])  # without the password
    return found


def _postage(environ: Mapping[str, str]) -> Postage:
    """How letters leave. Several keys are named side by side: "one.pem two.pem", each with its selector."""
    bounces = environ.get("TAWATUR_BOUNCES", "").strip()
    if bounces and (clean_email(bounces) != bounces or "+" in bounces or not bounces.isascii()):
        raise ConfigError("TAWATUR_BOUNCES", bounces)
    return Postage(
        keys=_signing_keys(environ),
        bounces=bounces,
        pace=_number("TAWATUR_MAIL_PACE", environ.get("TAWATUR_MAIL_PACE", "0"), 0, 100_000),
        connections=_number("TAWATUR_MAIL_CONNECTIONS", environ.get("TAWATUR_MAIL_CONNECTIONS", "4"), 1, 50),
        operator=" ".join(environ.get("TAWATUR_OPERATOR", "").split())[:300],
    )


def _signing_keys(environ: Mapping[str, str]) -> tuple[SigningKey, ...]:
    domain, paths = environ.get("TAWATUR_DKIM_DOMAIN", "").lower(), environ.get("TAWATUR_DKIM_KEY_FILE", "").split()
    selectors = environ.get("TAWATUR_DKIM_SELECTOR", "").lower().split()
    if not domain and not paths:
        return ()
    if not _HOST.fullmatch(domain):
        raise ConfigError("TAWATUR_DKIM_DOMAIN", domain)
    for selector in selectors:
        if not _HOST.fullmatch(selector):
            raise ConfigError("TAWATUR_DKIM_SELECTOR", selector)
    if not paths:
        raise ConfigError("TAWATUR_DKIM_KEY_FILE", "")
    if len(selectors) != len(paths):
        raise ConfigError("TAWATUR_DKIM_SELECTOR", " ".join(selectors))
    return tuple(
        SigningKey(domain=domain, selector=selector, path=Path(path))
        for selector, path in zip(selectors, paths, strict=True)
    )


def _oidc(environ: Mapping[str, str]) -> OidcClient | None:
    issuer, client = environ.get("TAWATUR_OIDC_ISSUER", ""), environ.get("TAWATUR_OIDC_CLIENT_ID", "")
    if not issuer:
        return None
    if urlsplit(issuer).scheme not in ("http", "https") or not urlsplit(issuer).netloc:
        raise ConfigError("TAWATUR_OIDC_ISSUER", issuer)
    if not client:
        raise ConfigError("TAWATUR_OIDC_CLIENT_ID", client)
    return OidcClient(issuer=issuer, id=client, secret=_secret(environ, "TAWATUR_OIDC_CLIENT_SECRET"))


def _secret(environ: Mapping[str, str], name: str) -> str:
    """What a variable holds, or the file that the variable with ``_FILE`` behind its name names."""
    if path := environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ConfigError(f"{name}_FILE", path) from error
    return environ.get(name, "")


def _number(name: str, text: str, least: int, most: int) -> int:
    if text.isascii() and text.isdecimal() and least <= int(text) <= most:
        return int(text)
    raise ConfigError(name, text)


def _delay(text: str) -> float:
    if _SECONDS.fullmatch(text):
        return float(text)
    raise ConfigError("TAWATUR_FETCH_DELAY", text)
