"""How a feed is doing is judged by its own rhythm."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tawatur.ids import OutletKey
from tawatur.outlets import checks
from tawatur.outlets.health import Check, Contents, State, arabic_share, judged, patience

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
ARABIC_LETTER = "\u0633"


def check(*, age: timedelta | None = None, gap: timedelta | None = None, **more: object) -> Check:
    contents = Contents(entries=10, latest=None if age is None else NOW - age, gap=gap)
    return Check(outlet=OutletKey("a"), url="http://a/", state=State.LIVE, at=NOW, contents=contents, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("gap", "age", "state"),
    [
        (timedelta(minutes=10), timedelta(hours=12), State.LIVE),  # a night
        (timedelta(minutes=10), timedelta(days=2.9), State.LIVE),  # a weekend
        (timedelta(minutes=10), timedelta(days=3.1), State.STALE),
        (timedelta(days=1), timedelta(days=9), State.LIVE),
        (timedelta(days=1), timedelta(days=11), State.STALE),
        (timedelta(days=30), timedelta(days=119), State.LIVE),
        (timedelta(days=30), timedelta(days=121), State.STALE),  # never more than four months
        (None, timedelta(days=29), State.LIVE),  # one entry tells no rhythm
        (None, timedelta(days=31), State.STALE),
        (timedelta(0), timedelta(days=1), State.LIVE),  # all at one moment
        (timedelta(hours=1), None, State.LIVE),  # undated: nothing is known against it
        (timedelta(hours=1), -timedelta(hours=5), State.LIVE),  # a clock that runs ahead
    ],
)
def test_stale_is_what_has_been_quiet_for_many_of_its_gaps(
    gap: timedelta | None, age: timedelta | None, state: State
) -> None:
    assert judged(check(age=age, gap=gap)).state is state


def test_patience_never_shrinks_as_the_gap_grows() -> None:
    gaps = [timedelta(hours=hours) for hours in range(0, 2000, 5)]
    waits = [patience(gap) for gap in gaps]
    assert waits == sorted(waits)


def test_the_worst_that_holds_is_told() -> None:
    fresh = timedelta(hours=1)
    assert judged(check(age=fresh, gap=fresh, seconds=11.0)).state is State.SLOW
    assert judged(check(age=fresh, gap=fresh, seconds=11.0, moved="http://b/")).state is State.MOVED
    assert judged(check(age=timedelta(days=99), gap=fresh, moved="http://b/")).state is State.STALE
    assert judged(check(age=fresh, gap=fresh, seconds=3.0), slow=2.0).state is State.SLOW
    empty = Check(outlet=OutletKey("a"), url="http://a/", state=State.LIVE, at=NOW, contents=Contents())
    assert judged(empty).state is State.EMPTY
    dead = Check(outlet=OutletKey("a"), url="http://a/", state=State.DEAD, at=NOW)
    assert judged(dead) is dead


def test_the_share_of_arabic_counts_letters_only() -> None:
    assert arabic_share(f"{ARABIC_LETTER}{ARABIC_LETTER} 12 a!b") == 0.5
    assert arabic_share("") == arabic_share("12 … !") == 0.0


def test_checks_are_kept_by_address_and_old_ones_let_go(tmp_path: Path) -> None:
    home = tmp_path / "new"
    assert checks.load(home) == {}
    first = check(age=timedelta(hours=1), gap=timedelta(hours=1))
    checks.keep(home, [first])
    assert checks.load(home) == {first.url: first}
    later = Check(
        outlet=OutletKey("b"), url="http://b/", state=State.DEAD, at=NOW + timedelta(days=366), reason="fetch.gone"
    )
    checks.keep(home, [later])
    assert checks.load(home) == {later.url: later}
    assert [path.name for path in home.iterdir()] == [checks.NAME]


def test_a_damaged_file_of_checks_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / checks.NAME).write_text("[{", encoding="utf-8")
    assert checks.load(tmp_path) == {}
    checks.keep(tmp_path, [check()])
    assert len(checks.load(tmp_path)) == 1
