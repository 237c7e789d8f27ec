"""Templates in one language: Jinja2, always escaping, strict about names that do not exist."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from tawatur.messages import LANGUAGES
from tawatur.web.assets import Assets
from tawatur.web.words import Words, words

TEMPLATES = Path(__file__).parent / "templates"
#: Browsers may keep a page, but ask each time whether it is still the same.
CACHE = "no-cache"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page stands: its path without the language, with the query, so that it can be named in every language."""

    path: str

    def of(self, language: str) -> str:
        """Return the page's address in a language."""
        return words(language).prefix + self.path


class Renderer:
    """Makes pages in one language."""

    def __init__(self, language: str, assets: Assets) -> None:
        self.words = words(language)
        self._templates = _environment(self.words, assets)

    def page(self, request: Request, template: str, *, status: int = 200, **shown: object) -> Response:
        """Return a page; one that the browser already has is answered with 304 and no text."""
        text = self._templates.get_template(template).render(address=self._address(request), **shown)
        tag = f'W/"{blake2b(text.encode(), digest_size=8).hexdigest()}"'
        headers = {"ETag": tag, "Cache-Control": CACHE, "Content-Language": self.words.language}
        if status == 200 and tag in request.headers.get("If-None-Match", ""):
            return Response(status_code=304, headers=headers)
        return HTMLResponse(text, status, headers=headers)

    def _address(self, request: Request) -> Address:
        path = request.url.path.removeprefix(self.words.prefix) or "/"
        return Address(f"{path}?{request.url.query}" if request.url.query else path)


def _environment(words: Words, assets: Assets) -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(
        t=words.text,
        lang=words.language,
        dir=words.direction,
        languages=LANGUAGES,
        prefix=words.prefix,
        static=assets.url,
        preloaded=assets.preloaded,
        listed=words.listed,
    )
    made.filters["own"] = lambda text: _attributes(text, words)
    return made


def _attributes(text: str, words: Words) -> Markup:
    """Return the attributes that a text in another script needs, with a blank before them."""
    return Markup("").join(Markup(' {}="{}"').format(*pair) for pair in words.attributes(text).items())
