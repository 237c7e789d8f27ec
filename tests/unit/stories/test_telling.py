"""A story is told from its reports alone."""

from tests.unit.stories.building import article, report

from tawatur.model import Outlets, StoryId
from tawatur.stories.compose import compose
from tawatur.stories.telling import tell


def test_the_same_reports_are_told_alike() -> None:
    outlets = Outlets(known=())
    reports = [report(article(name)) for name in ("bridge_one", "bridge_two", "bridge_copy")]
    one, other = (compose(StoryId("s"), given, outlets=outlets) for given in (reports, reports[::-1]))
    assert tell(one, outlets=outlets) == tell(other, outlets=outlets)
