"""Which pictures a story shows: copies once, the one of most outlets first."""

from dataclasses import replace
from datetime import UTC, datetime

from tawatur.ids import picture_id
from tawatur.model import Analysis, Article, ArticleId, OutletKey, Picture, Report, Why
from tawatur.picture import KeptPicture, PictureState
from tawatur.stories.pictures import LEADING_WIDTH, NEAR, are_copies, distance, leading, pictures

NOW = datetime(2026, 3, 9, tzinfo=UTC)
ALIKE = [f"{bits:032x}" for bits in (0, (1 << NEAR) - 1, (1 << 127) - 1)]


def report(name: str, **told: str) -> Report:
    picture = Picture(address=f"https://cdn.example/{name}.jpg", **told)
    article = Article(
        id=ArticleId(name), outlet=OutletKey(f"outlet-{name}"), origin=name, collected=NOW, title="T", picture=picture
    )
    return Report(article=article, analysis=Analysis(article=article.id, version="1"), why=Why(key="first"))


def kept(name: str, *, width: int = 800, height: int = 600, likeness: str = "") -> KeptPicture:
    address = f"https://cdn.example/{name}.jpg"
    known = KeptPicture(id=picture_id(address), address=address, outlet=OutletKey(name), found=NOW)
    return replace(
        known,
        state=PictureState.KEPT,
        width=width,
        height=height,
        likeness=likeness or f"{hash(name) & (1 << 127) - 1:032x}",
    )


def test_copies_are_told_by_their_likeness() -> None:
    same, near, far = (kept(name, likeness=like) for name, like in zip("abc", ALIKE, strict=True))
    assert are_copies(same, near)
    assert not are_copies(same, far)
    assert are_copies(same, replace(far, id=same.id))
    assert distance("", ALIKE[0]) > NEAR
    assert distance("", "") > NEAR
    assert distance(ALIKE[0], ALIKE[1]) == NEAR


def test_the_same_picture_in_several_outlets_is_one_and_leads() -> None:
    reports = [report("a"), report("b"), report("c", caption="C", alt="T"), report("d")]
    having = {
        "a": kept("a", likeness=ALIKE[2]),
        "b": kept("b", likeness=ALIKE[0], width=1600, height=1200),
        "c": kept("c", likeness=ALIKE[1]),
    }
    first, second = pictures(reports, having)  # type: ignore[arg-type]
    assert (first.article, first.caption, first.outlets) == ("c", "C", ("outlet-b", "outlet-c")), (
        "the one with a caption"
    )
    assert first.alt == "", "a headline is no description"
    assert (second.article, second.outlets) == ("a", ("outlet-a",))
    assert leading((first, second)) == first


def test_the_largest_of_copies_is_shown_where_none_has_a_caption() -> None:
    having = {"a": kept("a", likeness=ALIKE[0]), "b": kept("b", likeness=ALIKE[0], width=1600, height=1200)}
    (one,) = pictures([report("a", credit="A"), report("b", credit="B")], having)  # type: ignore[arg-type]
    assert (one.article, one.credit, one.width, one.height) == ("b", "B", 1600, 1200)
    assert one.outlets == ("outlet-a", "outlet-b")


def test_wide_ones_go_before_high_ones_and_small_ones_last() -> None:
    having = {
        "a": kept("a", width=LEADING_WIDTH - 1, height=200, likeness=ALIKE[0]),
        "b": kept("b", width=600, height=800, likeness=ALIKE[2]),
        "c": kept("c", likeness="5" * 32),
    }
    found = pictures([report("a"), report("b"), report("c")], having)  # type: ignore[arg-type]
    assert [one.article for one in found] == ["c", "b", "a"]
    assert leading(found[2:]) is None
    assert leading(()) is None


def test_a_story_without_kept_pictures_has_none() -> None:
    assert pictures([report("a")], {}) == ()
