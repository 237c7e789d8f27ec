"""``tawatur outlets check`` and ``probe``: feeds are tried, and what came of it is told."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby

import msgspec
import typer

from tawatur import checking
from tawatur.app import fetch_policy, known_outlets
from tawatur.checking import Probe, Tell
from tawatur.cli import outlet_words
from tawatur.cli.faults import say_faults
from tawatur.cli.run import FAILED, REJECTED
from tawatur.cli.words import Words, words
from tawatur.config import Settings, load
from tawatur.errors import OutletUnknown
from tawatur.fetch.http import Fetcher, Policy
from tawatur.model import Outlet, Outlets
from tawatur.outlets import checks, load_own
from tawatur.outlets.health import FINE, Check, State
from tawatur.outlets.writing import toml


def check_command(only: Sequence[str], *, country: str, slow: float, timeout: float, as_json: bool) -> None:
    """Try feeds, keep what came of it, print it; leave with 1 where a feed or a file wants a hand.

    Raises:
        OutletUnknown: no outlet has a key that was given.
    """
    settings = load()
    spoken = words(settings.language)
    own = load_own(settings.home)
    outlets = known_outlets(own)
    wanted = checking.wanted(
        _chosen(outlets, [key for text in only for key in text.replace(",", " ").split()], country)
    )
    say_faults(own.faults, spoken)
    with _progress(len(wanted), spoken) as tell:
        found = asyncio.run(_check(wanted, _policy(settings, timeout), tell, slow))
    checks.keep(settings.home, found)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found)) + b"\n")
    else:
        for line in check_lines(found, outlets, spoken):
            print(line)
    wants_a_hand = own.faults or any(check.state not in FINE for check in found)
    raise typer.Exit(REJECTED if wants_a_hand else 0)


def _policy(settings: Settings, timeout: float) -> Policy:
    """Return the deployment's rules of fetching with another patience: for the connection and the head of the answer together."""
    policy = fetch_policy(settings)
    connect = min(policy.connect_time, timeout / 2)
    return replace(policy, connect_time=connect, answer_time=timeout - connect)


def _chosen(outlets: Outlets, keys: Sequence[str], country: str) -> list[Outlet]:
    for key in keys:
        if outlets.get(key) is None:
            raise OutletUnknown(key)
    return [
        outlet
        for outlet in outlets.known
        if not outlet.invented and (outlet.key in keys or not keys) and country in ("", outlet.country)
    ]


async def _check(wanted: Sequence[checking.Wanted], policy: Policy, tell: Tell, slow: float) -> tuple[Check, ...]:
    async with Fetcher(policy) as fetcher:
        return await checking.check_all(wanted, fetcher, tell=tell, slow=slow)


@contextmanager
def _progress(total: int, spoken: Words) -> Iterator[Tell]:
    """Give what is told of each check: a bar on a terminal's error output, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[last]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(spoken.text("outlet.checking"), total=total, last="")

        def tell(check: Check) -> None:
            line = f"{check.outlet}: {spoken.text(f'outlet.state.{check.state}')}"
            progress.update(task, advance=1, last=line)

        yield tell


def check_lines(found: Sequence[Check], outlets: Outlets, spoken: Words) -> Iterator[str]:
    """Yield the checks by state, what wants a hand last, then how many of each there are."""
    order = list(State)
    ranked = sorted(found, key=lambda check: order.index(check.state))
    for state, group in groupby(ranked, key=lambda check: check.state):
        yield spoken.text(f"outlet.state.{state}")
        for check in group:
            outlet = outlets.get(check.outlet)
            yield "  " + spoken.text("outlet.feed", name=outlet.name if outlet else check.outlet, url=check.url)
            yield from ("    " + line for line in _lines(check, spoken))
    counts = Counter(check.state for check in found)
    parts = [f"{spoken.text(f'outlet.state.{state}')} {counts[state]}" for state in order if counts[state]]
    if parts:
        yield ""
    yield spoken.text("outlet.checked", n=len(found))
    yield from (["  " + " · ".join(parts)] if parts else [])


def _lines(check: Check, spoken: Words) -> Iterator[str]:
    if check.state is State.SLOW:
        yield outlet_words.state(check, spoken)
    if why := outlet_words.reason(check, spoken):
        yield why
    if line := outlet_words.about(check, spoken):
        yield line
    if check.moved:
        yield spoken.text("outlet.moved_to", url=check.moved)


def probe_command(url: str, *, slow: float, timeout: float, as_json: bool) -> None:
    """Try an address and print what was found with a proposal; leave with 1 where nothing can be read, 2 without an answer."""
    settings = load()
    spoken = words(settings.language)
    outlets = known_outlets(load_own(settings.home))
    url = url if "://" in url else f"https://{url}"
    found = asyncio.run(_probe(url, _policy(settings, timeout), outlets, slow))
    if as_json:
        record = msgspec.to_builtins(found) | {"toml": toml(found.outlet) if found.outlet else None}
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(record)) + b"\n")
    else:
        for line in probe_lines(found, spoken):
            print(line)
    raise typer.Exit(FAILED if found.refused else 0 if found.outlet else REJECTED)


async def _probe(url: str, policy: Policy, outlets: Outlets, slow: float) -> Probe:
    async with Fetcher(policy) as fetcher:
        return await checking.probe(url, fetcher, outlets=outlets, slow=slow)


def probe_lines(found: Probe, spoken: Words) -> Iterator[str]:
    """Yield what stands at an address: whose it is, each feed with what it holds, and a table that is ready to be used."""
    if found.refused:
        reason = spoken.text(f"fetch.{found.refused.reason}")
        detail = found.refused.detail
        reason = spoken.text("cli.with_detail", line=reason, detail=detail) if detail else reason
        yield spoken.text("outlet.fault", place=found.url, reason=reason)
        return
    if found.known:
        yield spoken.text("outlet.known", name=found.known.name, outlet=found.known.key)
    yield spoken.text("outlet.found", n=len(found.checks))
    for check in found.checks:
        title = check.contents.title if check.contents and check.contents.title else outlet_words.short(check.url)
        yield "  " + spoken.text("outlet.feed", name=title, url=check.url)
        if check.state is not State.SLOW:
            yield "    " + outlet_words.state(check, spoken)
        yield from ("    " + line for line in _lines(check, spoken))
    if found.outlet:
        yield ""
        yield spoken.text("outlet.proposed", outlet=found.outlet.key)
        yield ""
        yield from toml(found.outlet).splitlines()
