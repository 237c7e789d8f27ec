"""Repairs that the machine proposes, carried out in the store: only what fits the stories as they are, and what people allow."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tawatur.model import ArticleId, Constraints, Repair, RepairKind, StoryId
from tawatur.store import Store
from tawatur.stories.constraints import allows
from tawatur.stories.correct import free_id, step


def carry_out(store: Store, proposed: Repair, obeyed: Constraints, *, at: datetime) -> Repair | None:
    """Carry out what the machine proposes, in a transaction of the caller; return what was done, None where it may not be.

    The proposal knows what the window holds, the store all reports of both stories.
    """
    standing = store.standing(proposed.origin)
    held = [one.article for one in standing]
    going = held if proposed.kind is RepairKind.MERGE else [one for one in held if one in proposed.articles]
    staying = [one for one in held if one not in going]
    target = free(store, proposed.target) if proposed.kind is RepairKind.SPLIT else proposed.target
    there = [one.article for one in store.standing(target)]
    if not _is_one(proposed.kind, going, staying, there) or not allows(obeyed, going, staying, there):
        return None
    repair = replace(proposed, articles=tuple(going), target=target)
    store.repair(repair, decisions=step(repair, standing).decisions, at=at)
    return repair


def _is_one(kind: RepairKind, going: list[ArticleId], staying: list[ArticleId], there: list[ArticleId]) -> bool:
    """Say whether something happens: reports go, to a story that lives, or out of one in which others stay."""
    return bool(going) and bool(staying if kind is RepairKind.SPLIT else there)


def free(store: Store, wish: StoryId) -> StoryId:
    """Return the id of a new story: the one wished for, unless a story that lives has it."""
    return free_id(wish, lambda story: lives(store, story))


def lives(store: Store, story: StoryId) -> bool:
    """Say whether a story has reports."""
    return bool(store.standing(story))
