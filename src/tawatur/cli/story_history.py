"""``tawatur stories history``: what became of a story, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from tawatur.app import open_app
from tawatur.cli.records import Record
from tawatur.cli.story_list import print_json
from tawatur.cli.words import Words, words
from tawatur.config import load
from tawatur.errors import StoryNotFound
from tawatur.history import Chapter, history
from tawatur.ids import StoryId, id_in


def history_command(story: str, *, as_json: bool) -> None:
    """Print the history of a story, of one that has ended too."""
    settings = load()
    spoken = words(settings.language)
    with open_app(settings) as app:
        asked = StoryId(id_in(story))
        now = app.store.whereabouts(asked)
        if not now:
            raise StoryNotFound(asked)
        events = history(app.store, asked)
        if as_json:
            print_json({"id": asked, "now": now, "events": [event_record(one, spoken) for one in events]})
            return
        if asked not in now:
            print(spoken.text("history.ended", stories=spoken.listed(now)))
        for one in events:
            for line in event_lines(one, spoken):
                print(line)
        if not events:
            print(spoken.text("history.none"))


def event_lines(one: Chapter, spoken: Words) -> Iterator[str]:
    """Yield the lines of one event: when and what, by whom, which reports."""
    title = one.title or spoken.text("history.untitled")
    what = spoken.text(one.key, title=title, n=len(one.reports))
    yield spoken.text("history.line", when=f"{one.repaired.at:%Y-%m-%d %H:%M}", what=what, id=one.other)
    yield "  " + by_whom(one, spoken)
    for article, headline in one.reports:
        yield "  " + spoken.text("cli.named", id=article, line=headline)


def by_whom(one: Chapter, spoken: Words) -> str:
    """Return who did it: the machine with its reason, or a person with the number and the note of the correction."""
    made = one.correction
    if made is None:
        return spoken.text("history.by_machine", why=spoken.why(one.repaired.repair.why))
    who = (made.undone_by if one.repaired.undoing else made.who) or spoken.text("history.somebody")
    key = "history.undoing" if one.repaired.undoing else "history.by"
    line = spoken.text(key, number=made.number, who=who)
    if made.undone and not one.repaired.undoing:
        line = spoken.text("history.undone", line=line)
    noted = made.note and not one.repaired.undoing
    return spoken.text("history.with_note", line=line, note=made.note) if noted else line


def event_record(one: Chapter, spoken: Words) -> Record:
    """Return an event as JSON gives it out."""
    made = one.correction
    return {
        "kind": one.repaired.repair.kind.value,
        "came": one.came,
        "other": one.other,
        "title": one.title,
        "at": one.repaired.at.isoformat(),
        "articles": [article for article, _ in one.reports],
        "why": spoken.why(one.repaired.repair.why),
        "undoing": one.repaired.undoing,
        "correction": made
        and {"number": made.number, "who": made.who, "note": made.note, "undone": made.undone is not None},
    }
