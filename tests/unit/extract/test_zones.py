"""Parts of a page that are no article: by name, by heading, by repetition; and names that cannot be true."""

from tests.unit.extract.extracting import text_of

from tawatur.extract import flow, metadata, page_title, zones
from tawatur.extract.flow import Piece


def hints(markup: str) -> dict[str, str]:
    """The hints of a page's lines that count, by the id of the element in which each stands."""
    root = flow.parse(markup)
    assert root is not None
    pieces = flow.pieces(root)
    found, _ = zones.told_apart(pieces, page_title.announced(pieces, metadata.read(root)))
    return {_name(piece): piece.line.hint for piece in found if _name(piece)}


def _name(piece: Piece) -> str:
    return str(piece.element.get("data-n") or "")


def test_boxes_are_known_by_name_heading_and_repetition() -> None:
    found = hints(text_of("zones.html"))
    assert {name: found[name] for name in ("lead", "end")} == {"lead": "", "end": ""}
    assert {found[name] for name in ("named", "headed", "card1", "card2", "aside")} == {"related", "sidebar"}
    assert found["comment"] == "related"


def test_a_name_that_holds_the_headline_or_most_of_the_text_is_not_believed() -> None:
    page = text_of("zones.html")
    around = page.replace("<main>", '<main class="related">')
    assert hints(around)["lead"] == ""
    text = page.replace('<div class="t">', '<div class="share">')
    assert hints(text)["lead"] == ""
    marked = page.replace('<p data-n="lead">', '<p class="share" data-n="lead">')
    assert hints(marked)["lead"] == "share_bar"


def test_what_is_outside_is_named_as_elements_and_never_holds_the_headline() -> None:
    root = flow.parse(text_of("zones.html"))
    assert root is not None
    pieces = flow.pieces(root)
    title = page_title.announced(pieces, metadata.read(root))
    assert title is not None
    _, outside = zones.told_apart(pieces, title)
    assert outside
    assert not outside & {title.element, *title.element.iterancestors()}
