"""Whether a feed gives the whole report or a summary, after which its page must be fetched."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import lines
from tawatur.extract.feed.values import Text

#: ``content`` that says no more than the summary is whole from so many words on: as many as a leading paragraph has.
CONTENT_WORDS = 40
#: A ``description`` alone is whole from so many words on. Summaries of news feeds have up to about 60 words.
SUMMARY_WORDS = 120
_TAG = re.compile(r"<[^<>]*>")
#: How much of the end is looked at: of the markup, and of its words.
_MARKUP_END, _END = 2000, 400


def is_whole(content: Text, summary: Text) -> bool:
    """Say whether an entry's text is the whole report.

    It is if it has ``content`` beyond the summary, or is long, and does not end as one that is cut off ("…", "اقرأ المزيد").
    """
    text = content or summary
    words = _words(text)
    if not words or is_cut(text):
        return False
    if not content:
        return words >= SUMMARY_WORDS
    return words >= CONTENT_WORDS or 0 < _words(summary) < words


def _words(text: Text) -> int:
    """About how many words a text has: pieces between blanks, without tags."""
    return len((_TAG.sub(" ", text.value) if text.markup else text.value).split())


def is_cut(text: Text) -> bool:
    """Say whether text ends as one that goes on elsewhere."""
    end = _TAG.sub(" ", text.value[-_MARKUP_END:]) if text.markup else text.value
    words = " ".join(fold(unescape(end)[-_END:]).split())
    return _teaser().search(words) is not None


@cache
def _teaser() -> re.Pattern[str]:
    ends = "|".join(lines("tawatur.extract", "feed_teasers.txt"))
    return re.compile(rf"(?:^|(?<=[\s.،,:])|(?=[…\[(.]))(?:{ends})[»›>→←:.!\s]*$")
