"""How many independent sources say something."""

from tests.unit.stories.building import article, report, stated

from tawatur.model import ArticleId, Outlets, StoryId
from tawatur.stories.backing import backing
from tawatur.stories.compose import compose

FIRST = report(article("bridge_one", outlet="real"))
SECOND = report(article("bridge_two", outlet="made", published=stated(3)))
COPY = report(article("bridge_copy", outlet="third", published=stated(5)))
WHOLE = compose(StoryId("s"), (FIRST, SECOND, COPY), outlets=Outlets(known=()))


def test_a_copy_backs_nothing_that_its_original_says() -> None:
    found = backing((COPY.article.id, SECOND.article.id), WHOLE)
    assert (found.articles, found.independent) == (("bridge_two", "bridge_copy"), 1)


def test_all_reports_together_make_the_number_of_the_story() -> None:
    found = backing((report.article.id for report in WHOLE.reports), WHOLE)
    assert found.independent == WHOLE.independent == len(WHOLE.sources) == 2


def test_nobody_and_reports_of_other_stories_back_nothing() -> None:
    assert backing((), WHOLE).independent == 0
    assert backing((ArticleId("elsewhere"),), WHOLE) == backing((), WHOLE)
