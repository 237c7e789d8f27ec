"""People's corrections of stories, carried out in the store: each is one transaction, kept with who, when and why.

What a correction asks for is obeyed from its moment on, until it is undone. The stories that it changed have their new heads at
once; what is related to them, and what the machine makes of later reports, follows with ``pipeline.refresh``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tawatur.errors import NothingNamed, ReportPending, StoryApart, StoryNotFound
from tawatur.model import ArticleId, Constraints, Correction, Outlets, Repair, Repaired, RepairKind, StoryId, Why
from tawatur.repairing import free, lives
from tawatur.store import Store
from tawatur.stories import correct
from tawatur.stories.compose import compose, head
from tawatur.stories.constraints import Passage, anew, constraints, settle
from tawatur.stories.correct import Plan, Signed, Standing, Step, back, first_id, refuse_undoing, step


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction that was made or undone, and the stories that it changed and that live."""

    correction: Correction
    stories: tuple[StoryId, ...]


@dataclass(frozen=True, slots=True)
class Corrector:
    """Makes corrections in a store. Ids of stories that have ended stand for where their reports are, where that is one story.

    Every method may raise ``StoryNotFound``, ``StoryApart`` and ``ArticleNotFound``; nothing has changed then.
    """

    store: Store
    outlets: Outlets

    def move(self, articles: Iterable[ArticleId], story: StoryId, *, by: Signed) -> Corrected:
        """Move reports of one story to another.

        Raises:
            ReportPending: the first one stands in no story yet.
            CorrectionRefused: see ``correct.move``.
        """
        with self.store.together():
            target = self._standing(story)
            going = [self._report(article) for article in articles]
            if not going:
                raise NothingNamed(target[0].story)
            origin = self.store.story_of(going[0])
            if origin is None:
                raise ReportPending(going[0])
            corrections = self.store.corrections()
            return self._keep(correct.move(going, self._standing(origin), target, by=by, corrections=corrections))

    def merge(self, story: StoryId, into: StoryId, *, by: Signed) -> Corrected:
        """Merge a story into another one, whose address stays.

        Raises:
            CorrectionRefused: see ``correct.merge``.
        """
        with self.store.together():
            origin, target = self._standing(story), self._standing(into)
            return self._keep(correct.merge(origin, target, by=by, corrections=self.store.corrections()))

    def split(self, story: StoryId, articles: Iterable[ArticleId], *, by: Signed) -> Corrected:
        """Make some reports of a story one of their own; the address stays with the larger part.

        Raises:
            CorrectionRefused: see ``correct.split``.
        """
        with self.store.together():
            going = [self._report(article) for article in articles]
            made = correct.split(going, self._standing(story), by=by, lives=lambda one: lives(self.store, one))
            return self._keep(made)

    def undo(self, number: int, *, by: Signed) -> Corrected:
        """Take a correction back: its reports return, and it asks for nothing any more.

        Raises:
            CorrectionNotFound: there is none of this number.
            CorrectionUndone, CorrectionBuiltOn: see ``correct.refuse_undoing``.
        """
        with self.store.together():
            made, corrections = self.store.correction(number), self.store.corrections()
            refuse_undoing(next((one for one in corrections if one.number == number), made), corrections)
            undone = self.store.undo_correction(number, at=by.at, who=by.who)
            touched: list[StoryId] = []
            for done in reversed(self.store.repairs_of(number)):
                touched += self._take_back(done, undone)
            touched += self._settle(touched, constraints(corrections), undone)
            return Corrected(undone, self._show(touched))

    def _report(self, article: ArticleId) -> ArticleId:
        return self.store.current(self.store.article(article).id)

    def _standing(self, story: StoryId) -> Standing:
        """Return the reports of a story, or of the one where they went."""
        found = self.store.whereabouts(story)
        if not found:
            raise StoryNotFound(story)
        if len(found) > 1:
            raise StoryApart(story, ", ".join(found))
        return self.store.standing(found[0])

    def _keep(self, plan: Plan) -> Corrected:
        made = self.store.add_correction(plan.correction)
        return Corrected(made, self._show(self._carry_out(plan.step, made, undoing=False)))

    def _carry_out(self, one: Step, correction: Correction, *, undoing: bool) -> tuple[StoryId, StoryId]:
        at = correction.undone if undoing and correction.undone else correction.at
        self.store.repair(one.repair, decisions=one.decisions, at=at, correction=correction.number, undoing=undoing)
        return one.repair.origin, one.repair.target

    def _show(self, touched: Iterable[StoryId]) -> tuple[StoryId, ...]:
        """Give the stories that live their new heads at once; return them."""
        living = tuple(story for story in dict.fromkeys(touched) if lives(self.store, story))
        for story in living:
            made = compose(story, self.store.reports(story), outlets=self.outlets)
            self.store.put_head(head(made, outlets=self.outlets))
        return living

    # -- undoing -----------------------------------------------------------------------------------------------------

    def _take_back(self, done: Repaired, undone: Correction) -> list[StoryId]:
        """Let the reports return that are still where the correction put them, or where that story went."""
        articles = tuple(self.store.current(article) for article in done.repair.articles)
        there = self.store.whereabouts(done.repair.target)
        at = {article: self.store.story_of(article) for article in articles}
        where = {article: story for article, story in at.items() if story in there and story is not None}
        goal = self._home(done)
        standing = {story: self.store.standing(story) for story in (*there, goal)}
        steps = back(replace(done, repair=replace(done.repair, articles=articles)), where, goal, standing)
        return [story for one in steps for story in self._carry_out(one, undone, undoing=True)]

    def _home(self, done: Repaired) -> StoryId:
        """Return the story to which reports return: the one that they left, or where it went since for another reason."""
        origin = done.repair.origin
        leaving = [one.number for one in self.store.repairs(origin) if one.repair.origin == origin]
        if lives(self.store, origin) or leaving[-1] == done.number:
            return origin
        return self.store.whereabouts(origin)[0]

    def _settle(self, touched: Sequence[StoryId], before: Constraints, undone: Correction) -> list[StoryId]:
        """Let stories meet what the other corrections ask for: those that were touched, and those of reports of which it is asked
        only now, since a report need not return that the machine has moved on meanwhile."""
        obeyed = constraints(self.store.corrections())
        held = {story: self._articles(story) for story in touched}
        tied = {other for articles in held.values() for one in articles for other in obeyed.tied(one)}
        tied |= anew(before, obeyed)
        for story in sorted({story for one in tied if (story := self.store.story_of(one))}):
            held.setdefault(story, self._articles(story))
        found: list[StoryId] = []
        for passage in settle(obeyed, held):
            found += self._carry_out(self._passage(passage), undone, undoing=True)
        return found

    def _articles(self, story: StoryId) -> tuple[ArticleId, ...]:
        return tuple(one.article for one in self.store.standing(story))

    def _passage(self, passage: Passage) -> Step:
        standing = self.store.standing(passage.origin)
        target = passage.target or free(self.store, first_id(passage.articles[0]))
        whole = len(passage.articles) == len(standing)
        kind = RepairKind.MERGE if whole else RepairKind.MOVE if passage.target else RepairKind.SPLIT
        why = Why(key="settled", score=1.0)
        return step(
            Repair(kind=kind, articles=passage.articles, origin=passage.origin, target=target, why=why), standing
        )
