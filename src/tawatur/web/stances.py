"""What whoever asks follows and mutes, for the buttons that pages have; looked up once a request, and only where a page asks."""

from __future__ import annotations

from starlette.requests import Request

from tawatur.digest.interests import Stance, Subject, SubjectKind
from tawatur.web.session import reader_of, visit_of


def stance_of(request: Request, kind: str, key: str) -> str:
    """Return whether whoever asks follows or mutes a subject: "follow", "mute", or "" for neither. Asked once a request."""
    state = request.scope.setdefault("state", {})
    if "stances" not in state:
        state["stances"] = _stances(request)
    found: Stance | None = state["stances"].get(Subject(SubjectKind(kind), key))
    return found.value if found else ""


def _stances(request: Request) -> dict[Subject, Stance]:
    reader, visit = reader_of(request), visit_of(request)
    choices = visit.accounts.store.choices(reader.id) if reader and visit else ()
    return {one.subject: one.stance for one in choices}
