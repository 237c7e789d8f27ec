"""What a reader is alerted of, and by what, as the page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from tawatur.alert import CEILINGS, Browser, Dispatch, Webhook
from tawatur.alerting.scope import FOLLOWED
from tawatur.alerting.watching import MINUTES, PACES, SOURCES
from tawatur.newsletter import About, Channel, Newsletter, NewsletterKind
from tawatur.store.alerts import AFFAIR
from tawatur.web.readers.browsers import browser_of
from tawatur.web.view.parts import When, moment
from tawatur.web.words import Words

#: In which order channels are shown.
CHANNELS = (Channel.PUSH, Channel.EMAIL, Channel.WEBHOOK)
#: From so many minutes on a span is told in hours.
_HOUR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A choice of a list."""

    value: str
    name: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchView:
    """Something that is watched. ``kind`` is "breaking", "search" or "affair"; ``about`` what it is about, ``path`` its page."""

    id: str
    kind: str
    about: str
    path: str
    rule: str
    channels: tuple[Option, ...]
    paused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserView:
    """A browser that takes alerts. ``mark`` is by what a script knows that it is the one it runs in."""

    id: str
    name: str
    made: When
    reached: When | None
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TryView:
    """One delivery in the log of a webhook."""

    id: str
    when: When
    status: str
    said: str
    state: str  # "arrived", "waiting" or "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class HookView:
    """A webhook with its state: "new", "fine", "failing" or "off"."""

    id: str
    url: str
    state: str
    since: When | None
    reason: str
    log: tuple[TryView, ...]


def watch_views(watched: Iterable[Newsletter], words: Words) -> tuple[WatchView, ...]:
    """Return what a reader lets be watched."""
    return tuple(_watch(one, words) for one in watched)


def _watch(one: Newsletter, words: Words) -> WatchView:
    kind = kind_of(one)
    return WatchView(
        id=one.id,
        kind=kind,
        about=_about(one.subject, kind, words),
        path=_path(one.subject),
        rule=_rule(one, kind, words),
        channels=channel_options(one.channels, words),
        paused=one.paused is not None,
    )


def kind_of(one: Newsletter) -> str:
    """Return which of the three kinds of alerts a newsletter is."""
    if one.kind is NewsletterKind.SEARCH:
        return "search"
    return "affair" if one.subject and one.subject.kind == AFFAIR else "breaking"


def _about(about: About | None, kind: str, words: Words) -> str:
    if about is None:
        return words.text("alerts.scope.all")
    if about.kind == FOLLOWED:
        return words.text("alerts.scope.followed")
    if about.kind == "topic":
        return words.text(f"section.{about.key}")
    return about.name or about.key


def _path(about: About | None) -> str:
    return f"/story/{about.key}" if about and about.kind == AFFAIR else ""


def _rule(one: Newsletter, kind: str, words: Words) -> str:
    if one.threshold is None or kind == "affair":
        return words.text(f"alerts.rule.{kind}")
    minutes = int(one.threshold.within.total_seconds()) // 60
    if kind == "search":
        return (
            words.text("alerts.pace.gathered", within=span(minutes, words)) if minutes else words.text("alerts.pace.0")
        )
    return words.text("alerts.rule.passes", n=one.threshold.sources, within=span(minutes, words))


def span(minutes: int, words: Words) -> str:
    """Return a span of time in words."""
    if minutes % _HOUR:
        return words.text("alerts.minutes", n=minutes)
    return words.text("alerts.hours", n=minutes // _HOUR)


def channel_options(chosen: Iterable[Channel], words: Words) -> tuple[Option, ...]:
    """Return the channels as boxes to check."""
    held = set(chosen)
    return tuple(
        Option(value=one.value, name=words.text(f"alerts.channel.{one.value}"), chosen=one in held) for one in CHANNELS
    )


def source_options(words: Words) -> tuple[Option, ...]:
    """Return how many sources may be asked for."""
    return tuple(Option(value=str(n), name=words.text("alerts.sources", n=n), chosen=n == 3) for n in SOURCES)


def minute_options(words: Words) -> tuple[Option, ...]:
    """Return within what time that may be."""
    return tuple(Option(value=str(n), name=span(n, words), chosen=n == 120) for n in MINUTES)


def pace_options(words: Words) -> tuple[Option, ...]:
    """Return how soon a search may tell."""
    return tuple(Option(value=str(n), name=words.text(f"alerts.pace.{n}"), chosen=n == 0) for n in PACES)


def ceiling_options(ceiling: int, words: Words) -> tuple[Option, ...]:
    """Return how many alerts an hour there may be."""
    known = sorted({*CEILINGS, ceiling})
    return tuple(Option(value=str(n), name=words.text("alerts.an_hour", n=n), chosen=n == ceiling) for n in known)


def scope_options(sections: Sequence[str], words: Words) -> tuple[Option, ...]:
    """Return of what breaking news may be told."""
    first = [
        Option(value="", name=words.text("alerts.scope.all"), chosen=True),
        Option(value=FOLLOWED, name=words.text("alerts.scope.followed")),
    ]
    return (*first, *(Option(value=f"topic/{one}", name=words.text(f"section.{one}")) for one in sections))


def browser_views(browsers: Iterable[Browser], words: Words) -> tuple[BrowserView, ...]:
    """Return the browsers of a reader."""
    return tuple(
        BrowserView(
            id=one.id,
            name=browser_name(one.agent, words),
            made=moment(one.made, words),
            reached=moment(one.reached, words) if one.reached else None,
            mark=sha256(one.endpoint.encode()).hexdigest(),
        )
        for one in browsers
    )


def browser_name(agent: str, words: Words) -> str:
    """Return what a browser is called: its name and its system."""
    found = browser_of(agent)
    parts = [part for part in (found.name, found.system) if part]
    return words.listed(parts) if parts else words.text("alerts.browser.unknown")


def hook_view(hook: Webhook, log: Iterable[Dispatch], words: Words) -> HookView:
    """Return a webhook with what was sent to it."""
    state, since = _state(hook)
    return HookView(
        id=hook.id,
        url=hook.url,
        state=state,
        since=moment(since, words) if since else None,
        reason=words.text(f"alerts.hook.off.{hook.reason}") if hook.reason else "",
        log=tuple(_try(one, words) for one in log),
    )


def _state(hook: Webhook) -> tuple[str, datetime | None]:
    if hook.disabled:
        return "off", hook.disabled
    if hook.failing:
        return "failing", hook.failing
    return ("fine", hook.reached) if hook.reached else ("new", None)


def _try(one: Dispatch, words: Words) -> TryView:
    state = "waiting" if one.due else "arrived" if one.arrived else "failed"
    key = f"fetch.{one.error}" if f"fetch.{one.error}" in words.messages else f"alerts.error.{one.error}"
    said = words.text(key) if one.error and key in words.messages else one.error
    return TryView(
        id=f"msg_{one.id}",
        when=moment(one.made, words),
        status=str(one.status) if one.status else "",
        said=said,
        state=state,
    )
