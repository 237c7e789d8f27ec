"""Joining windows: neighbours group the days between them both, and what they agree on there makes one story of two.

A story of the later window goes on with the story of the earlier one with which it shares most reports, one with one. Each report
stands where the window decided whose day it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec
import pyarrow as pa

from tawatur.archive.grouping import SCHEMA, grouped_file, windows_of
from tawatur.archive.job import WORK, put
from tawatur.archive.windows import Window
from tawatur.ids import content_id
from tawatur.model import ArticleId, StoryId
from tawatur.objects import Place, place
from tawatur.tables.files import read, write


@dataclass(slots=True)
class Joiner:
    """Takes windows in the order of time, and says for each of their stories which one it is over all of them."""

    before: Mapping[ArticleId, StoryId] = field(default_factory=dict)  # where the window before puts its articles

    def join(self, number: int, placed: Iterable[tuple[ArticleId, StoryId]]) -> dict[StoryId, StoryId]:
        """Return what each story of the next window is. ``placed`` are all its articles, those of the days around among them."""
        members: dict[StoryId, list[ArticleId]] = defaultdict(list)
        for article, story in placed:
            members[story].append(article)
        found = self._continued(members)
        taken = {*self.before.values(), *found.values()}
        for story in members:
            if story not in found:
                found[story] = _new(story, number, taken)
                taken.add(found[story])
        self.before = {article: found[story] for story, articles in members.items() for article in articles}
        return found

    def _continued(self, members: Mapping[StoryId, list[ArticleId]]) -> dict[StoryId, StoryId]:
        """Return the stories that go on with one of the window before."""
        shared: Counter[tuple[StoryId, StoryId]] = Counter()
        for story, articles in members.items():
            shared.update((story, self.before[article]) for article in articles if article in self.before)
        found: dict[StoryId, StoryId] = {}
        gone: set[StoryId] = set()
        for story, earlier in sorted(shared, key=lambda pair: (-shared[pair], pair)):
            if story not in found and earlier not in gone:
                found[story] = earlier
                gone.add(earlier)
        return found


def _new(story: StoryId, number: int, taken: set[StoryId]) -> StoryId:
    """Return an id for a story that goes on with none: its own, unless another one has that."""
    while story in taken:
        story = StoryId(content_id(story, str(number)))
    return story


@dataclass(slots=True)
class Reach:
    """Which windows hold reports of the stories that begin in each: more than itself where stories go on."""

    windows: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    homes: dict[StoryId, int] = field(default_factory=dict)  # of the stories that can still go on

    def add(self, number: int, stories: Iterable[StoryId]) -> list[int]:
        """Return in which window each of some stories begins, those of a window's own articles."""
        found = [self.homes.setdefault(story, number) for story in stories]
        for home in set(found):
            self.windows[home].add(number)
        return found

    def forget(self, going_on: Iterable[StoryId]) -> None:
        """Forget the stories that cannot go on."""
        kept = set(going_on)
        self.homes = {story: home for story, home in self.homes.items() if story in kept}


def join_windows(out: str) -> None:
    """Join the windows of a run into work files of their own, and note which of them each needs to be composed."""
    joiner, reach = Joiner(), Reach()
    for window in windows_of(out):
        placed = read(grouped_file(out, window.number))
        found = joiner.join(window.number, zip(placed["article"].to_pylist(), placed["story"].to_pylist(), strict=True))
        write(joined_file(out, window.number), _joined(window, placed, found, reach))
        reach.forget(found.values())
    noted = {str(home): sorted(held) for home, held in sorted(reach.windows.items())}
    put(place(out) / WORK / "joined" / "reach.json", msgspec.json.encode(noted))


def _joined(window: Window, placed: pa.Table, found: Mapping[StoryId, StoryId], reach: Reach) -> pa.Table:
    """Return a window's own articles with their stories over all windows, and where these begin."""
    own = placed.filter(pa.array([window.has(time) for time in placed["time"].to_pylist()], pa.bool_()))
    stories = [found[story] for story in own["story"].to_pylist()]
    at = SCHEMA.get_field_index("story")
    made = own.set_column(at, SCHEMA.field(at), pa.array(stories, pa.string()))
    return made.append_column("home", pa.array(reach.add(window.number, stories), pa.int32()))


def joined_file(out: str, number: int) -> Place:
    """Return where the work file of a joined window stands."""
    return place(out) / WORK / "joined" / f"{number:05d}.parquet"


def reach_of(out: str, number: int) -> list[int]:
    """Return which windows hold reports of the stories that begin in one; none where none does."""
    noted = msgspec.json.decode((place(out) / WORK / "joined" / "reach.json").read_bytes(), type=dict[str, list[int]])
    return noted.get(str(number), [])
