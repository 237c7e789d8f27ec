"""Rows of values are the same whenever they are made, and hold what the window holds."""

from tests.unit.stories.synthetic import Shelf, many

from tawatur.model import StoryId
from tawatur.stories.background import background
from tawatur.stories.entry import Entry
from tawatur.stories.profile import Member
from tawatur.stories.window import Window


def window(count: int = 90) -> tuple[Window, list[Entry]]:
    full = Shelf()
    for number, profile in enumerate(many(count, days=6)):
        full.put(profile, StoryId(f"s{number}"))
    made = Window(full.recall, background())
    made.move(full.members[count // 2].profile.time)
    held = [one for number in range(count) for one in made.story(StoryId(f"s{number}"))]
    return made, held


def rows(made: Window, held: list[Entry]) -> dict[str, dict[str, float]]:
    return {one.article: dict(made.pairs.row(one)) for one in held}


def test_rows_are_alike_from_both_sides_and_in_whatever_order_they_are_asked_for() -> None:
    forth, back = window(), window()
    found = rows(*forth)
    assert found == rows(back[0], back[1][::-1])
    assert any(found.values())
    assert all(found[other][one] == value for one, row in found.items() for other, value in row.items())
    assert all(one not in row for one, row in found.items())


def test_what_comes_and_goes_is_in_all_rows_and_in_none() -> None:
    made, held = window()
    known = rows(made, held)
    some = held[:: len(held) // 8]
    for one in some:
        made.discard(one.article)
    left = [one for one in held if one not in some]
    assert all(one.article not in row for one in some for row in rows(made, left).values())
    for one in some:
        made.add(Member(profile=one.profile, story=one.story))
    assert rows(made, held) == known


def test_a_report_that_goes_before_its_row_is_made_leaves_the_rows_of_others() -> None:
    made, held = window()
    one = max(held, key=lambda report: len(made.pairs.row(report)))
    near = next(report for report in held if report.article in made.pairs.row(one))
    fresh, _ = window()
    first = fresh.held(one.article)
    assert near.article in fresh.pairs.row(first)
    fresh.discard(near.article)
    assert near.article not in fresh.pairs.row(first)
