"""How a deployment is watched over: where figures are given and to whom, what is logged, how it ends; and the settings of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network

from tawatur.errors import ConfigError

#: How lines are logged: for people, or for programs; "" writes warnings for people into a file of the data folder.
FORMS = ("", "text", "json")
LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True, kw_only=True)
class Oversight:
    """``address`` is where figures and health are given beside the pages, host and port; None: where the pages are.

    Figures are open to this machine, to the networks of ``allow``, and to whoever has the ``token``. ``log`` is one of ``FORMS``,
    ``level`` one of ``LEVELS`` or "" for the form's own. ``drain`` is for how many seconds pages are still served once the end
    was asked for, and ``floor`` how many megabytes have to be free on the disk of the data folder.
    """

    address: tuple[str, int] | None = None
    allow: tuple[str, ...] = ()
    token: str = field(default="", repr=False)
    log: str = ""
    level: str = ""
    drain: float = 0.0
    floor: int = 200

    @property
    def least(self) -> str:
        """Return the lowest level that is logged."""
        return self.level or ("info" if self.log else "warning")


def oversight_of(environ: Mapping[str, str], token: str) -> Oversight:
    """Return what an environment says; ``token`` is read by the caller, since it is secret.

    Raises:
        ConfigError: a variable holds something that is no valid value for it.
    """
    return Oversight(
        address=_address(environ.get("TAWATUR_METRICS", "")),
        allow=_networks(environ.get("TAWATUR_METRICS_ALLOW", "")),
        token=_token(token),
        log=_one_of("TAWATUR_LOG", environ.get("TAWATUR_LOG", ""), FORMS),
        level=_one_of("TAWATUR_LOG_LEVEL", environ.get("TAWATUR_LOG_LEVEL", ""), ("", *LEVELS)),
        drain=_number("TAWATUR_DRAIN", environ.get("TAWATUR_DRAIN", "0"), 600),
        floor=_number("TAWATUR_DISK_FLOOR", environ.get("TAWATUR_DISK_FLOOR", "200"), 10_000_000),
    )


def _address(text: str) -> tuple[str, int] | None:
    """A host and a port, as "127.0.0.1:9464" or "[::1]:9464"."""
    if not text:
        return None
    host, _, port = text.rpartition(":")
    if host.strip("[]") and port.isascii() and port.isdecimal() and int(port) < 65536:
        return host.strip("[]"), int(port)
    raise ConfigError("TAWATUR_METRICS", text)


def _networks(text: str) -> tuple[str, ...]:
    items = tuple(text.replace(",", " ").split())
    for item in items:
        try:
            ip_network(item, strict=False)
        except ValueError as error:
            raise ConfigError("TAWATUR_METRICS_ALLOW", item) from error
    return items


def _token(text: str) -> str:
    """What is guessed at without end has to be long."""
    if text and not (16 <= len(text) <= 400 and text.isascii() and text.isprintable() and " " not in text):
        raise ConfigError("TAWATUR_METRICS_TOKEN", "")
    return text


def _one_of(name: str, text: str, words: tuple[str, ...]) -> str:
    if text in words:
        return text
    raise ConfigError(name, text)


def _number(name: str, text: str, most: int) -> int:
    if text.isascii() and text.isdecimal() and int(text) <= most:
        return int(text)
    raise ConfigError(name, text)
