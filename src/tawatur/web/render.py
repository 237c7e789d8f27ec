"""Templates in one language: Jinja2, always escaping, strict about names that do not exist."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket, BytecodeCache
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from tawatur.messages import LANGUAGES
from tawatur.web.assets import Assets
from tawatur.web.look import DEFAULT, DIGITS, MONTHS, THEMES, Look, look_of
from tawatur.web.session import FIELD, csrf, reader_of
from tawatur.web.view.parts import Today, today
from tawatur.web.words import Words, words

TEMPLATES = Path(__file__).parent / "templates"
#: Browsers may keep a page, but ask each time whether it is still the same.
CACHE = "no-cache"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page stands: its path without the language, with the query, so that it can be named in every language."""

    path: str
    language: str = "ar"

    @property
    def here(self) -> str:
        """Return the page's own address."""
        return self.of(self.language)

    def of(self, language: str) -> str:
        """Return the page's address in a language."""
        return words(language).prefix + self.path


class Renderer:
    """Makes pages in one language, in the words that a reader wants.

    Every template knows the ``reader`` (None: nobody is signed in) and ``csrf_field()``. ``sections`` are those of the masthead.
    """

    def __init__(
        self,
        language: str,
        assets: Assets,
        *,
        sections: Callable[[], Sequence[str]] = tuple,
        look: Look = DEFAULT,
        code: Code | None = None,
    ) -> None:
        self.words = words(language, look.wording)
        self._assets = assets
        self._sections = sections
        self._code = code or Code()
        self._others: dict[Look, Renderer] = {look.wording: self}
        self._templates = _environment(self.words, assets, self._code)

    def of(self, request: Request) -> Renderer:
        """Return the renderer in the words that whoever asks wants; what a page shows is made with its ``words``."""
        look = look_of(request).wording
        if look not in self._others:
            self._others[look] = self._like(look)
        return self._others[look]

    def _like(self, look: Look) -> Renderer:
        return Renderer(self.words.language, self._assets, sections=self._sections, look=look, code=self._code)

    def page(self, request: Request, template: str, *, status: int = 200, **shown: object) -> Response:
        """Return a page; one that the browser already has is answered with 304 and no text."""
        text = self.of(request).text(request, template, shown)
        tag = f'W/"{blake2b(text.encode(), digest_size=8).hexdigest()}"'
        headers = {"ETag": tag, "Cache-Control": CACHE, "Content-Language": self.words.language, "Vary": "Cookie"}
        if status == 200 and tag in request.headers.get("If-None-Match", ""):
            return Response(status_code=304, headers=headers)
        return HTMLResponse(text, status, headers=headers)

    def text(self, request: Request, template: str, shown: Mapping[str, object]) -> str:
        """Return the text of a page for whoever asks."""
        found = self._templates.get_template(template)
        own = {"reader": reader_of(request), "csrf_field": partial(csrf_field, request), "look": look_of(request)}
        frame = {"address": self._address(request), "today": self._today(), "sections": self._sections()}
        return found.render(**frame, **own, **shown)

    def _address(self, request: Request) -> Address:
        path = request.url.path.removeprefix(self.words.prefix) or "/"
        return Address(f"{path}?{request.url.query}" if request.url.query else path, self.words.language)

    def _today(self) -> Today:
        return today(datetime.now(UTC).date(), self.words)


class Code(BytecodeCache):
    """Compiled templates, held in memory, so that each is compiled once however many ways pages can look."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template, where it was compiled before."""
        if (code := self._held.get(bucket.key)) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self._held[bucket.key] = bucket.bytecode_to_string()


def csrf_field(request: Request) -> Markup:
    """Return the hidden field of a form that changes something."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf(request))


def _environment(words: Words, assets: Assets, code: Code) -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=code,
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
        choices={"theme": THEMES, "digits": DIGITS, "months": MONTHS},
    )
    made.filters["own"] = lambda text: _attributes(text, words)
    made.filters["num"] = words.number
    return made


def _attributes(text: str, words: Words) -> Markup:
    """Return the attributes that a text in another script needs, with a blank before them."""
    return Markup("").join(Markup(' {}="{}"').format(*pair) for pair in words.attributes(text).items())
