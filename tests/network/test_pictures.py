"""Pictures by real HTTP: good ones are kept small, everything else ends with a reason, and nobody is told who reads."""

import asyncio
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from PIL import Image
from tests.network.hostile import (
    LOOPBACK,
    Handler,
    Request,
    Server,
    answer,
    endless,
    head,
    policy,
    raw,
    redirect,
    reset,
)
from tests.unit.drawing import drawn, packed
from tests.unit.pictures.test_rendering import png

from tawatur.app import App
from tawatur.config import Settings
from tawatur.fetch.http import Fetcher
from tawatur.ids import ArticleId, OutletKey, PictureId, StoryId, picture_id
from tawatur.messages import catalogue
from tawatur.model import (
    Analysis,
    Article,
    Decision,
    FeedAddress,
    Kind,
    Outlet,
    Outlets,
    Picture,
    Published,
    RawDocument,
    StoryHead,
    Why,
)
from tawatur.picture import KeptPicture, PictureState
from tawatur.pictures.album import Album
from tawatur.pictures.fetching import AGAIN, FRESH, TRIES, Pictures
from tawatur.store import Prepared, Store, open_store
from tawatur.stories.pictures import COMMON
from tawatur.stories.profile import profile

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
GOOD = packed(drawn(1, 1500, 1000))
JPEG = {"Content_Type": "image/jpeg"}


class Newsroom:
    """A store and an album, and reports that name pictures of a server."""

    def __init__(self, folder: Path) -> None:
        self.store: Store = open_store(folder / "store.sqlite3")
        self.album = Album(folder / "pictures")
        self.now = NOW

    def report(self, address: str, *, name: str = "", story: str = "", outlet: str = "") -> PictureId:
        """Keep a report that names a picture, each of an outlet of its own where none is named."""
        name = name or address
        article = Article(
            id=ArticleId(name), outlet=OutletKey(outlet or name), origin=name, collected=self.now, title="T",
            published=Published(at=self.now), picture=Picture(address=address),
        )  # fmt: skip
        analysis = Analysis(article=article.id, version="1")
        one = Prepared(article=article, analysis=analysis, profile=profile(article, analysis))
        document = RawDocument(content=name.encode(), origin=name, kind=Kind.TEXT, collected=self.now)
        self.store.add_document(document, prepared=[one])
        if story:
            why = Why(key="first")
            decision = Decision(article=article.id, story=StoryId(story), joined=False, why=why)
            self.store.place(decision, time=self.now)
            shown = StoryHead(
                id=StoryId(story), title="T", lead="", first=self.now, latest=self.now, reports=1,
                outlets=(article.outlet,), independent=1,
            )  # fmt: skip
            self.store.put_story(shown, ())
        return picture_id(address)

    def known(self, id: PictureId) -> KeptPicture:
        found = self.store.picture(id)
        assert found
        return found

    async def fetch(self, **rules: object) -> Pictures:
        """Fetch what is due. Time is no matter here, and the machine may be busy."""
        patient: dict[str, object] = {"limit": 8 << 20, "answer_time": 10.0, "total_time": 30.0}
        async with Fetcher(policy(**patient | rules)) as fetcher:
            made = Pictures(store=self.store, album=self.album, fetcher=fetcher, clock=lambda: self.now, idle=0.1)
            await made.run(asyncio.Event(), once=True)
        return made


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = Newsroom(tmp_path)
    yield made
    made.store.close()


async def fetched(room: Newsroom, routes: dict[str, Handler], **rules: object) -> tuple[dict[str, KeptPicture], Server]:
    """Fetch the picture at each path of a server; return what became of it by path."""
    async with Server(routes) as server:
        ids = {path: room.report(server.url(path)) for path in routes}
        await room.fetch(**rules)
    return {path: room.known(id) for path, id in ids.items()}, server


def test_good_pictures_are_kept_small(room: Newsroom) -> None:
    kinds = {"JPEG": "jpeg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}
    routes = {
        f"/{form}": answer(packed(drawn(1, 1500, 1000), form), Content_Type=f"image/{kinds[form]}") for form in kinds
    }
    found, server = asyncio.run(fetched(room, routes | {"/moved": redirect("/JPEG")}))
    for path, one in found.items():
        assert (one.state, one.next_at, one.width, one.height) == (PictureState.KEPT, None, 1500, 1000), path
        for width in (160, 480, 960):
            file = room.album.find(one.id, width)
            assert file
            with Image.open(file) as image:
                assert (image.format, image.width) == ("WEBP", width)
    for request in server.requests:
        assert not set(request.headers) & {"referer", "cookie", "authorization", "origin", "x-forwarded-for"}
        assert request.headers["user-agent"].startswith("Tawatur/")


def test_everything_else_ends_with_a_reason(room: Newsroom) -> None:
    bomb = zlib.compress(bytes(40_000_000), 9)
    packed_bomb = zlib.compress(bomb, 9)
    routes: dict[str, tuple[Handler, str, bool]] = {
        # what it answers, why nothing is kept, and whether it is asked again
        "/svg": (answer(b"<svg xmlns='http://www.w3.org/2000/svg'/>", Content_Type="image/svg+xml"), "picture.kind", False),
        "/svg.jpg": (answer(b"<svg xmlns='http://www.w3.org/2000/svg'/>", **JPEG), "picture.kind", False),
        "/html": (answer(b"<!doctype html><p>not here", **JPEG), "picture.kind", False),
        "/empty": (answer(b"", **JPEG), "picture.kind", False),
        "/pixels": (answer(png(30_000, 30_000), **JPEG), "picture.too_large", False),
        "/small": (answer(packed(drawn(1, 64, 64)), **JPEG), "picture.small", False),
        "/blank": (answer(packed(Image.new("RGB", (900, 600), "red")), **JPEG), "picture.blank", False),
        "/cut": (answer(GOOD[:9000], **JPEG), "picture.broken", True),
        "/huge": (answer(bytes(9 << 20), **JPEG), "fetch.too_large", False),
        "/endless": (endless(head(Content_Type="image/jpeg"), bytes(1 << 16)), "fetch.too_large", False),
        "/bomb": (answer(packed_bomb, Content_Encoding="deflate, deflate", **JPEG), "fetch.bomb", False),
        "/missing": (answer(b"no", status="404 Not Found"), "fetch.not_found", True),
        "/gone": (answer(b"no", status="410 Gone"), "fetch.gone", False),
        "/error": (answer(b"no", status="500 Oops"), "fetch.server", True),
        "/inward": (redirect("http://127.0.0.9/secret.jpg"), "fetch.private", False),
        "/metadata": (redirect("http://169.254.169.254/latest/meta-data/"), "fetch.private", False),
        "/file": (redirect("file:///etc/passwd"), "fetch.scheme", False),
        "/loop": (redirect("/loop"), "fetch.loop", False),
        "/silent": (raw(b"", every=5.0), "fetch.slow_answer", True),
        "/drip": (raw(head(Content_Type="image/jpeg", Content_Length=90_000), *[b"x"] * 50, every=0.1), "fetch.slow_body", True),
        "/reset": (reset(head(Content_Length=9999)), "fetch.broken_body", True),
    }  # fmt: skip
    found, _ = asyncio.run(fetched(room, {path: told[0] for path, told in routes.items()}, troubles=99))
    for path, (_, why, again) in routes.items():
        one = found[path]
        assert one.reason in catalogue("ar"), path
        assert one.state in (PictureState.FAILED, PictureState.REFUSED), path
        assert (one.reason, one.next_at is not None) == (why, again), path
        assert room.album.find(one.id, 480) is None
    assert room.store.pictures_of(StoryId("S")) == {}


def test_robots_are_kept_to(room: Newsroom) -> None:
    async def work() -> tuple[KeptPicture, list[str]]:
        robots = answer(b"User-agent: *\nDisallow: /private/", Content_Type="text/plain")
        async with Server({"/robots.txt": robots, "/private/1.jpg": answer(GOOD, **JPEG)}) as server:
            id = room.report(server.url("/private/1.jpg"))
            await room.fetch()
            return room.known(id), [request.path for request in server.requests]

    one, asked = asyncio.run(work())
    assert (one.state, one.reason, one.next_at) == (PictureState.FAILED, "fetch.robots", None)
    assert asked == ["/robots.txt"]


def test_what_could_not_be_had_is_tried_again_and_given_up_at_last(room: Newsroom) -> None:
    async def work() -> list[tuple[str, int, timedelta | None]]:
        seen = []
        async with Server({"/1.jpg": answer(b"no", status="503 Busy")}) as server:
            id = room.report(server.url("/1.jpg"))
            for _ in range(TRIES + 1):
                await room.fetch(first_rest=0.0)
                one = room.known(id)
                seen.append((one.state.value, one.tries, one.next_at - room.now if one.next_at else None))
                room.now = one.next_at or room.now + timedelta(hours=9)
        assert len(server.asked("/1.jpg")) == TRIES
        return seen

    assert asyncio.run(work()) == [
        ("failed", 1, AGAIN), ("failed", 2, 6 * AGAIN), ("failed", 3, None), ("failed", 3, None),
    ]  # fmt: skip


def test_a_picture_is_fetched_once_however_many_reports_name_it(room: Newsroom) -> None:
    async def work() -> Server:
        async with Server({"/1.jpg": answer(GOOD, **JPEG)}) as server:
            for name in "abc":
                room.report(server.url("/1.jpg"), name=name, story=f"S{name}")
            await room.fetch()
            room.report(server.url("/1.jpg"), name="d")
            room.now += timedelta(hours=1)
            await room.fetch()
        return server

    server = asyncio.run(work())
    assert len(server.asked("/1.jpg")) == 1
    shown = {one.head.id: one.glance.picture for one in room.store.headlines(limit=9)}
    assert {story: one and (one.article, one.width) for story, one in shown.items()} == {
        "Sa": ("a", 1500), "Sb": ("b", 1500), "Sc": ("c", 1500),
    }  # fmt: skip


def test_what_stands_over_many_stories_is_not_even_asked_for(room: Newsroom) -> None:
    async def work() -> tuple[KeptPicture, Server]:
        async with Server({"/filler.jpg": answer(GOOD, **JPEG)}) as server:
            for number in range(COMMON):
                id = room.report(server.url("/filler.jpg"), name=f"a{number}", story=f"S{number}", outlet="one")
            await room.fetch()
            return room.known(id), server

    one, server = asyncio.run(work())
    assert (one.state, one.reason) == (PictureState.REFUSED, "picture.common")
    assert server.requests == []


def test_pictures_of_yesterdays_news_are_left_alone(room: Newsroom) -> None:
    async def work() -> Server:
        async with Server({"/1.jpg": answer(GOOD, **JPEG)}) as server:
            room.report(server.url("/1.jpg"))
            room.now += FRESH + timedelta(seconds=1)
            await room.fetch()
        return server

    assert asyncio.run(work()).requests == []


def test_what_makes_room_is_shown_no_more_and_not_fetched_again(room: Newsroom) -> None:
    async def work() -> None:
        routes = {f"/{number}.jpg": answer(packed(drawn(number)), **JPEG) for number in range(3)}
        async with Server(routes) as server:
            for number, path in enumerate(routes):
                room.report(server.url(path), story=f"S{number}")
            await room.fetch()
            assert all(one.glance.picture for one in room.store.headlines(limit=9))
            room.album = Album(
                room.album.folder, room=sum(one.stat().st_size for one in room.album.folder.rglob("*.webp")) - 1
            )
            room.now += timedelta(minutes=1)
            made = await room.fetch()
            assert made.done["gone"] >= 1
            assert len(server.requests) == 4, "robots.txt and each picture, once"

    asyncio.run(work())
    shown = [one.glance.picture for one in room.store.headlines(limit=9)]
    states = room.store.count_pictures()
    assert states[PictureState.GONE] == shown.count(None) >= 1
    for one in shown:
        assert one is None or room.album.find(one.id, 480)


def test_a_picture_on_another_host_of_this_machine_is_not_asked_for(room: Newsroom) -> None:
    async def work() -> tuple[KeptPicture, Server]:
        async with Server({"/1.jpg": answer(GOOD, **JPEG)}, host="127.0.0.7") as server:
            id = room.report(server.url("/1.jpg"))
            await room.fetch()
            return room.known(id), server

    one, server = asyncio.run(work())
    assert (one.reason, one.next_at) == ("fetch.private", None)
    assert server.connections == 0


TEXT = "<p>{} The council of the harbour met on Monday and put off the works at the third quay until spring.</p>"


@pytest.mark.parametrize("illustrate", [True, False])
def test_a_crawl_brings_the_pictures_of_its_pages(illustrate: bool, tmp_path: Path) -> None:
    key = OutletKey("harbour")

    async def work() -> tuple[App, list[Request]]:
        async with Server({}) as server:
            picture = '<meta property="og:image" content="/photo.jpg">'
            body = "".join(TEXT.format(number) for number in range(4))
            page = (
                f"<html><head>{picture}</head><body><article><h1>The works at the quay wait</h1>{body}</article></body>"
            )
            at = format_datetime(datetime.now(UTC))
            item = f"<item><title>The works at the quay wait</title><link>{server.url('/1')}</link><pubDate>{at}</pubDate></item>"
            feed = (
                f"<rss version='2.0'><channel><title>Harbour</title><link>{server.url()}</link>{item}</channel></rss>"
            )
            server.routes |= {
                "/feed": answer(feed.encode(), Content_Type="application/rss+xml"),
                "/1": answer(page.encode()),
                "/photo.jpg": answer(GOOD, **JPEG),
            }
            settings = Settings(
                home=tmp_path, allow_private=(LOOPBACK,), delay=0, grade="fast", ports=frozenset({server.port})
            )
            app = App(settings=settings, store=open_store(settings.database), outlets=Outlets())
            outlet = Outlet(
                key=key, name="Harbour", hosts=(LOOPBACK,), feeds=(FeedAddress(url=server.url("/feed")),), zone="UTC"
            )
            app.store.add_outlets([outlet])
            album = app.album() if illustrate else None
            done = await app.crawl(asyncio.Event(), only=(key,), once=True, album=album)
            assert (done["articles"], done["kept"]) == (1, int(illustrate))
            return app, server.requests

    app, asked = asyncio.run(work())
    assert [one.path for one in asked if one.path == "/photo.jpg"] == ["/photo.jpg"] * illustrate
    (shown,) = app.store.headlines(limit=9)
    assert (shown.glance.picture is not None) is illustrate
    app.store.close()
