"""What people have decided of a report: which others it stands with, and which not."""

from tawatur.model import ArticleId, Constraints


def named(letters: str) -> frozenset[ArticleId]:
    return frozenset(map(ArticleId, letters))


OBEYED = Constraints(
    together=(named("ab"), named("cd")),
    apart=((named("a"), named("xy")), (named("z"), named("a")), (named("c"), named("x"))),
)


def test_a_report_is_tied_to_its_group_and_to_itself() -> None:
    assert OBEYED.tied(ArticleId("a")) == OBEYED.tied(ArticleId("b")) == named("ab")
    assert OBEYED.tied(ArticleId("x")) == named("x")


def test_a_report_is_parted_from_the_other_sides_of_all_its_pairs() -> None:
    assert OBEYED.parted(ArticleId("a")) == named("xyz")
    assert OBEYED.parted(ArticleId("x")) == named("ac")
    assert OBEYED.parted(ArticleId("b")) == frozenset()
