"""The nouns of Tawatur, in the order in which news meets them: ``RawDocument → Article(s) | Rejected → Analysis → Story``.

Each stage has a file of its own (``article``, ``analysis``, ``story``, ``telling``, ``repair``, with ``outlet`` beside them);
this is the one door to all. Every type is a frozen value. Sequences are tuples. Times are aware, and in UTC but for
``Published.at``. A ``Span`` counts characters of ``Article.text``, the text as published.
"""

from __future__ import annotations

from tawatur.analysis import Analysis as Analysis
from tawatur.analysis import Certainty as Certainty
from tawatur.analysis import Claim as Claim
from tawatur.analysis import DateBasis as DateBasis
from tawatur.analysis import DateDoubt as DateDoubt
from tawatur.analysis import DateMention as DateMention
from tawatur.analysis import Figure as Figure
from tawatur.analysis import Grade as Grade
from tawatur.analysis import Name as Name
from tawatur.analysis import Person as Person
from tawatur.analysis import Span as Span
from tawatur.analysis import Statement as Statement
from tawatur.analysis import StatementKind as StatementKind
from tawatur.article import RUNNING as RUNNING
from tawatur.article import Article as Article
from tawatur.article import Block as Block
from tawatur.article import BlockKind as BlockKind
from tawatur.article import Kind as Kind
from tawatur.article import Picture as Picture
from tawatur.article import Published as Published
from tawatur.article import RawDocument as RawDocument
from tawatur.article import Rejected as Rejected
from tawatur.article import Removed as Removed
from tawatur.article import Update as Update
from tawatur.ids import ArticleId as ArticleId
from tawatur.ids import DocumentId as DocumentId
from tawatur.ids import OutletKey as OutletKey
from tawatur.ids import StoryId as StoryId
from tawatur.ids import content_id as content_id
from tawatur.outlet import Family as Family
from tawatur.outlet import FeedAddress as FeedAddress
from tawatur.outlet import Outlet as Outlet
from tawatur.outlet import OutletKind as OutletKind
from tawatur.outlet import Outlets as Outlets
from tawatur.outlet import PageRule as PageRule
from tawatur.repair import Constraints as Constraints
from tawatur.repair import Correction as Correction
from tawatur.repair import Repair as Repair
from tawatur.repair import Repaired as Repaired
from tawatur.repair import RepairKind as RepairKind
from tawatur.story import Backing as Backing
from tawatur.story import Copy as Copy
from tawatur.story import Decision as Decision
from tawatur.story import Dependence as Dependence
from tawatur.story import First as First
from tawatur.story import Passage as Passage
from tawatur.story import Related as Related
from tawatur.story import Relation as Relation
from tawatur.story import Report as Report
from tawatur.story import Saying as Saying
from tawatur.story import Story as Story
from tawatur.story import StoryHead as StoryHead
from tawatur.story import TimelineEntry as TimelineEntry
from tawatur.story import Why as Why
from tawatur.telling import Account as Account
from tawatur.telling import AccountPart as AccountPart
from tawatur.telling import AccountSentence as AccountSentence
from tawatur.telling import Agreement as Agreement
from tawatur.telling import Event as Event
from tawatur.telling import EventKind as EventKind
from tawatur.telling import Mark as Mark
from tawatur.telling import Novelty as Novelty
from tawatur.telling import Point as Point
from tawatur.telling import PointKind as PointKind
from tawatur.telling import Rewriting as Rewriting
from tawatur.telling import RewrittenSentence as RewrittenSentence
from tawatur.telling import RoleTold as RoleTold
from tawatur.telling import Standing as Standing
from tawatur.telling import StoryPerson as StoryPerson
from tawatur.telling import Telling as Telling
from tawatur.telling import Version as Version
from tawatur.telling import Wording as Wording
