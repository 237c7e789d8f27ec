"""The one place that constructs: settings in, a working deployment out."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Protocol

from tawatur import outlets as packaged
from tawatur import pipeline, sample
from tawatur.accounts import Accounts
from tawatur.accounts.oidc import Oidc, policy_for
from tawatur.accounts.vault import Vault
from tawatur.alerting import Alerting
from tawatur.alerting.carrying import carry
from tawatur.alerting.finding import Finding
from tawatur.alerting.sending import hook_policy
from tawatur.alerting.telling import Rounds, Telling
from tawatur.analyzers import chosen
from tawatur.beside import reading_or_beside
from tawatur.collecting import collect_seldom
from tawatur.config import Settings
from tawatur.correcting import Corrector
from tawatur.crawl import Crawl, Rules
from tawatur.errors import ConfigError
from tawatur.fetch import files, pages
from tawatur.fetch.http import Fetcher
from tawatur.fetch.policy import Policy
from tawatur.filling import fill
from tawatur.helping import Helpers, Room
from tawatur.hosts import is_loopback
from tawatur.letters import Letters
from tawatur.letters.addresses import page_path
from tawatur.letters.carrying import Carrying
from tawatur.letters.recipients import KIND
from tawatur.mail import Mail, Returns, Sender, Signer
from tawatur.mail.dkim import load_key
from tawatur.mail.message import sender_of
from tawatur.messages import catalogue
from tawatur.model import OutletKey, Outlets, RawDocument, Rejected, Story, StoryId
from tawatur.objects import is_store
from tawatur.personal import Candidates
from tawatur.pictures import Album, Pictures, illustrated, keep_at_hand
from tawatur.posting import Manner, Post
from tawatur.renewing import renew
from tawatur.store import Store, open_store
from tawatur.store.outbox import Letter
from tawatur.store.subscribers import SubscriberId
from tawatur.stories.compose import compose
from tawatur.subscriptions import people

_SAMPLE = "sample"
#: The file of the data folder that holds the key of sealed secrets.
VAULT = "accounts.key"


class Watch(pipeline.Watch, Protocol):
    """Whoever looks on while files are read."""

    def files(self, count: int, size: int) -> None:
        """This many files of this many bytes in all are to be read."""

    def file(self) -> None:
        """The next file is begun."""

    def bytes(self, count: int) -> None:
        """This many bytes of files have been read."""

    def fetching(self, count: int) -> None:
        """This many addresses are to be fetched."""

    def fetched(self) -> None:
        """An address has been fetched, or could not be."""

    def passed(self, reason: str) -> None:
        """A record of an archive has been passed over, which is no error; ``reason`` is a key under ``passed.``."""


@dataclass(frozen=True, slots=True)
class App:
    """One deployment.

    ``outlets`` are those that come with the package and those of the data folder's own; the store holds others that came with
    the news. ``faults`` is what is wrong in the files of the data folder.
    """

    settings: Settings
    store: Store
    outlets: Outlets
    faults: tuple[packaged.Fault, ...] = ()

    def __enter__(self) -> App:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.store.close()

    def read(self, paths: Sequence[str], *, published: date | None, watch: Watch, workers: int = 1) -> pipeline.Reading:
        """Read files, folders and addresses into the store. ``published`` is the day that all appeared, where known.

        Where ``workers`` are more than one, so many processes take documents apart beside this one, which keeps them.
        """
        outlets = self.all_outlets()
        with reading_or_beside(self.store, datetime.now(UTC)) as (read, now):
            given = files.Given(collected=now, published=published, outlets=outlets)
            items = read_places(paths, given, watch, fetch_policy(self.settings))
            analyzer = partial(chosen, self.settings)
            room = Room(outlets=outlets, store=self.settings.database, now=now, analyzer=analyzer)
            with Helpers(workers, room) as ahead:
                return read(
                    items,
                    store=self.store,
                    outlets=outlets,
                    now=now,
                    watch=watch,
                    analyze=analyzer(),
                    ahead=ahead,
                )

    def group(self, paths: Sequence[str], *, watch: Watch) -> list[Rejected]:
        """Read files into the store and group them, without making stories for pages; return what was rejected."""
        outlets = self.all_outlets()
        with self.store.reading(datetime.now(UTC)) as now:
            items = read_files(paths, files.Given(collected=now, outlets=outlets), watch)
            analyze = chosen(self.settings)
            reading = pipeline.gather(items, store=self.store, outlets=outlets, now=now, watch=watch, analyze=analyze)
            pipeline.group(self.store, watch, now=now)
        return reading.rejected

    def put_sample(self, *, watch: pipeline.Watch, album: Album | None = None) -> bool:
        """Put the sample edition into the store, and its pictures into an album, once for all; return whether that was to do."""
        if self.store.marked(_SAMPLE):
            return False
        self.store.add_outlets(sample.outlets().known)
        with self.store.reading(datetime.now(UTC)) as now:
            given = files.Given(collected=now, outlets=self.all_outlets())
            documents = sample_documents(given)
            reading = pipeline.read(documents, store=self.store, outlets=given.outlets, now=now, watch=watch)
        if album:
            keep_at_hand(self.store, album, reading.articles, sample.picture)
        self.store.mark(_SAMPLE, at=now)
        return True

    async def crawl(
        self,
        stop: asyncio.Event,
        *,
        only: tuple[OutletKey, ...] = (),
        once: bool = False,
        rules: Rules | None = None,
        album: Album | None = None,
    ) -> Counter[str]:
        """Read the outlets' sources and the pages that they name until ``stop`` is set; return what was done, counted.

        ``once`` ends as soon as all is done that was due; ``only`` names the outlets that are read, all where it names none.
        Pictures are fetched into an ``album``, none where none is given.
        """
        async with Fetcher(fetch_policy(self.settings)) as fetcher:
            crawl = Crawl(
                store=self.store,
                outlets=self.all_outlets(),
                fetcher=fetcher,
                rules=rules or Rules(),
                only=only,
                where=self.settings.database,
                analyzer=partial(chosen, self.settings),
            )
            pictures = Pictures(store=self.store, album=album, fetcher=fetcher) if album else None
            await illustrated(crawl.run, pictures, stop, once=once)
            return crawl.done + pictures.done if pictures else crawl.done

    def album(self, *, host: str = "") -> Album | None:
        """Return where pictures lie, None where there are none: as the settings say, else where nobody but this machine reads.

        ``host`` is where the pages are served, by default that of the settings.
        """
        alone = is_loopback(host or self.settings.host) and not self.settings.accounts
        wanted = alone if self.settings.pictures is None else self.settings.pictures
        return Album(self.settings.album, room=self.settings.pictures_room << 20) if wanted else None

    async def renew(self, stop: asyncio.Event) -> None:
        """Make stories anew that an older release composed, or that were composed with other outlets known."""
        await renew(self.store, self.all_outlets(), stop)

    async def fill(self, stop: asyncio.Event) -> None:
        """Enter the articles for search that are older than its index."""
        await fill(self.store, stop)

    def story(self, story: StoryId) -> Story:
        """Return a whole story.

        Raises:
            StoryNotFound: no story has this id.
        """
        self.store.story_head(story)
        reports = self.store.reports(story)
        return compose(story, reports, outlets=self.all_outlets(), related=self.store.related(story))

    def corrector(self) -> Corrector:
        """Return what makes people's corrections."""
        return Corrector(self.store, self.all_outlets())

    def accounts(self, *, host: str = "", base: str = "") -> Accounts:
        """Return the readers' accounts where the pages are served at a host, by default that of the settings.

        ``base`` is their address, for letters, where the settings do not name one. On this machine alone nobody need sign in,
        unless the settings want that.

        Raises:
            ConfigError: letters are to be sent, and the settings do not say from whom, or name a key that is none.
        """
        settings, at = self.settings, host or self.settings.host
        if settings.relay and not self._sender():
            raise ConfigError("TAWATUR_MAIL_FROM", settings.mail_from)
        self._signers()
        named = f"[{at}]" if ":" in at else at
        place = settings.base_url or base.rstrip("/") or f"http://{named}:{settings.port}"
        return Accounts(
            self.store,
            single=is_loopback(at) and not settings.accounts,
            registration=settings.registration,
            base=place,
            sends=settings.relay is not None,
            oidc=self._organisation(place),
            vault=Vault(settings.home / VAULT),
        )

    def _organisation(self, base: str) -> Oidc | None:
        client = self.settings.oidc
        if client is None:
            return None
        policy = policy_for(client, fetch_policy(self.settings))
        return Oidc(client, f"{base}/oidc/callback", partial(Fetcher, policy))

    async def keep_accounts(self, accounts: Accounts, stop: asyncio.Event) -> None:
        """Send the letters that are due until ``stop`` is set, and forget what has expired.

        Without a relay letters wait for the operator.
        """
        post = self.post(accounts)
        await asyncio.gather(accounts.tidy(stop), *([post.run(stop)] if post else []))

    def post(self, accounts: Accounts) -> Post | None:
        """Return what sends letters; None without a relay."""
        relay, sender = self.settings.relay, self._sender()
        manner = replace(self.manner(), quiet=self.carrying(accounts).rests)
        return Post(self.store, relay, sender, self.writer(accounts), manner) if relay and sender else None

    def writer(self, accounts: Accounts) -> Callable[[Letter, datetime], Mail | None]:
        """Return what writes the letters of the outbox, whatever their kind; the forms of issues are held."""
        carrying = self.carrying(accounts)

        def write(letter: Letter, now: datetime) -> Mail | None:
            return carrying.write(letter, now) if letter.kind == KIND else self.write(accounts, letter, now)

        return write

    def carrying(self, accounts: Accounts) -> Carrying:
        """Return what writes the letters that carry issues."""
        subscribers = people.People(self.store, accounts.signer, accounts.base)

        def yours(subscriber: SubscriberId) -> str:
            found = self.store.subscriber(subscriber)
            return f"/newsletters/yours/{subscribers.token(found)}" if found else ""

        page, operator = partial(page_path, self.store), self.settings.postage.operator
        return Carrying(self.store, accounts.base, page, operator, yours)

    def letters(self) -> Letters:
        """Return what makes the issues of newsletters."""
        return Letters(self.store, self.outlets, carriers=(partial(carry, self.store),))

    async def keep_letters(self, stop: asyncio.Event) -> None:
        """Make the issues of newsletters that are due until ``stop`` is set."""
        await self.letters().run(stop)

    async def keep_alerts(self, accounts: Accounts, stop: asyncio.Event) -> None:
        """Find what readers are to be alerted of, tell it, and send it to browsers and webhooks, until ``stop`` is set."""
        letters = self.letters()
        finding = Finding(self.store, letters.all_outlets, Candidates(self.store))
        rounds = Rounds(finding, Telling(self.store, letters))
        alerting = Alerting(self.store, accounts.base, self._contact(accounts))
        async with Fetcher(hook_policy(fetch_policy(self.settings))) as fetcher:
            await asyncio.gather(rounds.run(stop), alerting.sending(fetcher).run(stop))

    def _contact(self, accounts: Accounts) -> str:
        """Return where the makers of browsers find the operator: his mail address, or where the pages stand."""
        sender, contact = self._sender(), self.settings.contact
        if "@" in contact and "/" not in contact:
            return f"mailto:{contact}"
        return f"mailto:{sender.address}" if sender else accounts.base

    def write(self, accounts: Accounts, letter: Letter, now: datetime) -> Mail | None:
        """Return what a letter of the outbox says, whatever its kind; None where there is nothing to send."""
        if letter.kind == people.KIND:
            return people.People(self.store, accounts.signer, accounts.base).write(letter, now)
        return accounts.write(letter, now)

    def manner(self) -> Manner:
        """Return how letters leave."""
        postage = self.settings.postage
        return Manner(
            signers=self._signers(), returns=self.returns(), pace=postage.pace, connections=postage.connections
        )

    def returns(self) -> Returns:
        """Return where letters come back to."""
        return Returns(self.store.secret("letters"), self.settings.postage.bounces)

    def _signers(self) -> tuple[Signer, ...]:
        keys = self.settings.postage.keys
        try:
            return tuple(Signer(one.domain, one.selector, load_key(one.path)) for one in keys)
        except (OSError, ValueError) as error:
            raise ConfigError("TAWATUR_DKIM_KEY_FILE", " ".join(str(one.path) for one in keys)) from error

    def _sender(self) -> Sender | None:
        found = sender_of(self.settings.mail_from)
        name = catalogue(self.settings.language).text("product.name")
        return replace(found, name=found.name or name) if found else None

    def refresh(self) -> None:
        """Let the machine follow what people have corrected."""
        pipeline.refresh(self.store, self.all_outlets(), now=datetime.now(UTC))

    def all_outlets(self) -> Outlets:
        """Return the outlets of the package and the data folder, and those that came with the news, which win over them."""
        return self.outlets.joined(self.store.outlets())


def open_app(settings: Settings, *, database: str | Path | None = None) -> App:
    """Open a deployment in a process of its own. ``database`` names another store than the one of its data folder.

    Raises:
        StoreError: the store cannot be opened.
    """
    collect_seldom()
    own = packaged.load_own(settings.home)
    store = open_store(database or settings.database)
    return App(settings=settings, store=store, outlets=known_outlets(own), faults=own.faults)


def known_outlets(own: packaged.Contents | None = None) -> Outlets:
    """Return the packaged outlets, the invented ones of the sample edition, and a data folder's own, which win over them."""
    known = packaged.load().joined(sample.outlets().known)
    return known.joined(own.outlets, own.families) if own else known


def fetch_policy(settings: Settings) -> Policy:
    """Return the rules of fetching that a deployment has chosen."""
    return Policy(
        contact=settings.contact,
        allow_private=settings.allow_private,
        ports=settings.ports,
        delay=settings.delay,
        connections=settings.connections,
    )


def read_places(
    places: Sequence[str], given: files.Given, watch: Watch, policy: Policy
) -> Iterator[RawDocument | Rejected]:
    """Yield the documents of files and folders, here or in object stores, then of addresses, telling ``watch`` how far that is."""
    addresses = [place for place in places if pages.is_address(place) and not is_store(place)]
    if len(addresses) < len(places):
        yield from read_files([place for place in places if place not in addresses], given, watch)
    if addresses:
        watch.fetching(len(addresses))
        yield from pages.read(addresses, given, policy=policy, watch=watch.fetched)


def read_files(paths: Sequence[str], given: files.Given, watch: Watch) -> Iterator[RawDocument | Rejected]:
    """Yield the documents of files and folders, telling ``watch`` how far that is. Folders are walked twice, and never held."""
    sizes = [0, 0]
    for one in files.walk(paths):
        sizes[0] += 1
        sizes[1] += files.size(one) if isinstance(one, Path) else 0
    watch.files(sizes[0], sizes[1])
    for one in files.walk(paths):
        watch.file()
        if isinstance(one, Rejected):
            yield one
        else:
            yield from files.read(one, given, watch=watch.bytes, passed=watch.passed)


def sample_documents(given: files.Given) -> Iterator[RawDocument | Rejected]:
    """Yield the documents of the sample edition."""
    for item in sample.items():
        yield files.document(f"sample/{item.name}", item.content, given, outlet=item.outlet)
