"""Every kind of page by the route that answers with it, and how to come there: a new route is to have its case here.

A page has the addresses at which it is looked at, in which ``{name}`` stands for what ``edition`` names so. A form is sent from a
page and answers with a page of its own. What answers with no page is named, and why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.acceptance.edition import WRONG

#: Pages that anybody may see, by their route.
PAGES = {
    "/": ("/", "/?before={story}"),
    "/section/{section}": ("/section/politics",),
    "/story/{story}": ("/story/{story}", "/story/none"),
    "/article/{article}": ("/article/{article}", "/article/{revision}"),
    "/article/{article}/changes": ("/article/{revision}/changes",),
    "/operations": ("/operations",),
    "/about": ("/about",),
    "/search": (
        "/search",
        "/search?q=%D8%AC%D8%B3%D8%B1",
        "/search?q=zzzz&outlet=waz",
        "/search?q=%D8%AC%D8%B3%D8%B1&since=x",
    ),
    "/person/{key}": ("/person/{person}",),
    "/person/{key}/said": ("/person/{person}/said",),
    "/people": ("/people",),
    "/place/{key}": ("/place/{place}",),
    "/places": ("/places",),
    "/organization/{key}": ("/organization/{organization}",),
    "/organization/{key}/said": ("/organization/{organization}/said",),
    "/organizations": ("/organizations",),
    "/topic/{key}": ("/topic/{topic}",),
    "/topics": ("/topics",),
    "/outlet/{key}": ("/outlet/{outlet}",),
    "/outlets": ("/outlets",),
    "/charts": ("/charts",),
    "/feeds": ("/feeds",),
    "/newsletters": ("/newsletters",),
    "/newsletters/{slug}": ("/newsletters/seven", "/newsletters/fridays"),
    "/newsletters/confirm/{token}": ("/newsletters/confirm/{confirm}", "/newsletters/confirm/used"),
    "/newsletters/yours/{token}": ("/newsletters/yours/{yours}", "/newsletters/yours/nobody"),
}
#: Pages of whoever is not signed in.
COMING_IN = {
    "/sign-in": ("/sign-in", "/sign-in?done=signed_out"),
    "/sign-up": ("/sign-up",),
    "/forgot": ("/forgot",),
    "/link/{purpose}/{token}": (
        "/link/join/{join}",
        "/link/reset/{reset}",
        "/link/address/{address}",
        "/link/join/used",
    ),
}
#: Pages of a reader's own.
OWN = {
    "/you": ("/you",),
    "/you/unread": ("/you/unread",),
    "/you/interests": ("/you/interests",),
    "/you/alerts": ("/you/alerts", "/you/alerts?affair={story}&search=%D8%AC%D8%B3%D8%B1", "/you/alerts?done=wrong"),
    "/saved": ("/saved", "/saved?tag=floods", "/saved?q=zzzz"),
    "/saved/new": ("/saved/new?kind=article&of={article}",),
    "/saved/{saved}": ("/saved/{saved}", "/saved/{saved}?mark=1", "/saved/{saved_changed}"),
    "/settings": ("/settings", "/settings?done=saved"),
    "/settings/second": ("/settings/second",),
    "/settings/invitations": ("/settings/invitations?done=invited",),
    "/keys": ("/keys",),
    "/you/letters": ("/you/letters", "/you/letters?done=deleted"),
    "/you/letters/new": (
        "/you/letters/new",
        "/you/letters/new?kind=breaking",
        "/you/letters/new?kind=name&about=person&key={person}",
    ),
    "/you/letters/{letter}": ("/you/letters/{letter}?done=made", "/you/letters/{letter_paused}"),
    "/you/letters/preview": (
        "/you/letters/preview?kind=weekly&days=5&at=10:00&zone=Cairo",
        "/you/letters/preview?kind=weekly&days=5&at=10:00&zone=Cairo&form=mail",
        "/you/letters/preview?kind=search&subject=zzzz&days=5&at=10:00&zone=Cairo",
    ),
    "/you/letters/{letter}/preview": ("/you/letters/{letter}/preview?form=text",),
    "/desk/newsletters/{newsletter}/preview": ("/desk/newsletters/{paper}/preview",),
    "/you/letters/{letter}/change": ("/you/letters/{letter}/change",),
    "/you/letters/{letter}/delete": ("/you/letters/{letter}/delete",),
    "/desk/newsletters": ("/desk/newsletters",),
    "/desk/newsletters/new": ("/desk/newsletters/new", "/desk/newsletters/new?kind=topic"),
    "/desk/newsletters/{newsletter}/change": ("/desk/newsletters/{paper}/change",),
    "/desk/newsletters/{newsletter}/delete": ("/desk/newsletters/{paper}/delete",),
    "/letter/{issue}": ("/letter/{issue}", "/letter/{issue_saved}", "/letter/none"),
    "/letter/{issue}/{proof}": ("/letter/{issue}/{proof}",),
    "/letters/unsubscribe/{token}": ("/letters/unsubscribe/{unsubscribe}", "/letters/unsubscribe/nobody"),
    "/letters/{newsletter}/issues": ("/letters/{newsletter}/issues",),
}
#: Routes that answer with no page: files, feeds, and what scripts and machines ask for.
NO_PAGE = {
    "/push.js": "a script that browsers run beside the pages",
    "/search/suggest": "the lines of a list that a script shows",
    "/saved/export.{form}": "a file",
    "/feeds/own/{token}.{form}": "a feed",
    "/you/letters/preview/mail": "a mail in its frame",
    "/you/letters/{letter}/preview/mail": "a mail in its frame",
    "/desk/newsletters/{newsletter}/preview/mail": "a mail in its frame",
    "/feeds/letters/{newsletter}.{form}": "a feed",
    "/healthz": "a line for machines",
    **{f"/feeds/{one}.{{form}}": "a feed" for one in ("newest", "widest", "search", "section/{section}")},
    **{f"/feeds/{one}/{{key}}.{{form}}": "a feed" for one in ("person", "place", "organization", "topic", "outlet")},
}


@dataclass(frozen=True)
class Form:
    """A form that answers with a page of its own: on which page it stands, and what is written into it."""

    at: str
    fields: dict[str, str] = field(default_factory=dict)
    own: bool = False  # whether a reader sends it
    having: str = ""  # which of the page's forms of this address: the one that has this in it


FORMS = {
    "/sign-in": Form("/sign-in", {"email": "nobody@manara.example", "password": WRONG}),
    "/sign-up": Form("/sign-up", {"email": "salma@", "name": "Salma"}),
    "/forgot": Form("/forgot", {"email": "somebody@manara.example"}),
    "/link/{purpose}/{token}": Form("/link/join/{join}", {"password": "password123"}),
    "/settings/address": Form("/settings", {"email": "salma@", "current": WRONG}, own=True),
    "/settings/password": Form("/settings", {"current": WRONG, "password": "short"}, own=True),
    "/settings/delete": Form("/settings", {"current": WRONG}, own=True),
    "/settings/second": Form("/settings/second", {"code": "123456", "current": WRONG}, own=True),
    "/settings/invitations": Form("/settings/invitations", {"email": "salma@"}, own=True),
    "/settings/preferences": Form("/settings", {"zone": "Nowhere/At all"}, own=True),
    "/saved/import": Form("/saved", {"list": "https://waz.example/one"}, own=True),
    "/keys": Form("/keys", {"name": "Another"}, own=True, having="[name=name]"),
    "/you/alerts": Form("/you/alerts", {"url": "https://salma.example/hook"}, own=True, having="[name=url]"),
    "/story/{story}/correct": Form("/story/{story}", {"into": "none"}, own=True),
    "/feeds": Form("/feeds", own=True, having="select"),
    "/newsletters/{slug}": Form("/newsletters/seven", {"email": "salma@"}),
    "/newsletters/confirm/{token}": Form("/newsletters/confirm/{confirm}", having="button"),
    "/you/letters": Form("/you/letters", {"name": "zzzz"}, own=True, having="[name=name]"),
    "/you/letters/new": Form(
        "/you/letters/new?kind=search", {"query": "", "zone": "zzzz"}, own=True, having="[name=query]"
    ),
    "/you/letters/{letter}": Form("/you/letters/{letter}", own=True, having="[value=feed]"),
    "/desk/newsletters/new": Form(
        "/desk/newsletters/new", {"title": "", "slug": "A B"}, own=True, having="[name=slug]"
    ),
    "/letters/unsubscribe/{token}": Form("/letters/unsubscribe/{unsubscribe}", having="button"),
}
#: Forms that lead on to a page that is looked at as such, or that show one of those above where something is wrong.
LEADS_ON = {
    *("/newsletters/yours/{token}", "/you/letters/{letter}/change", "/you/letters/preview"),
    *("/desk/newsletters/{newsletter}", "/desk/newsletters/{newsletter}/change"),
    *("/look", "/sign-out", "/sign-in/code", "/correction/{number}/undo", "/saved", "/saved/{saved}"),
    *("/you/alerts/browser", "/push/renew"),  # a script sends them
    *("/you/follow", "/you/story/{story}", "/you/all-read", "/you/learned"),
    *(
        f"/settings/{one}"
        for one in (
            "profile",
            "sessions/end",
            "sessions/end-all",
            "export",
            "second/end",
            "second/codes",
            "invitations/withdraw",
        )
    ),
}


def routes(web: Any) -> Iterator[tuple[str, str]]:
    """Yield the method and the path of every route, whatever router it is of; the pages in English and the API left out."""
    for one in web.routes:
        if inner := getattr(one, "original_router", None):
            yield from routes(inner)
        elif not one.path.startswith(("/en", "/api", "/static")):
            yield from ((method, one.path) for method in set(getattr(one, "methods", ())) - {"HEAD"})


def looked_at() -> dict[str, set[str]]:
    """Return the paths that have a case, by the method."""
    return {"GET": {*PAGES, *COMING_IN, *OWN, *NO_PAGE}, "POST": {*FORMS, *LEADS_ON}}
