"""Templates in one language: Jinja2, always escaping, strict about names that do not exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket, BytecodeCache
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from tawatur.messages import LANGUAGES
from tawatur.web.assets import Assets
from tawatur.web.look import DEFAULT, DIGITS, MONTHS, THEMES, Look, look_of
from tawatur.web.session import FIELD, can_sign_in, csrf, reader_of, visit_of
from tawatur.web.stances import stance_of
from tawatur.web.view.parts import Today, today
from tawatur.web.words import Direction, Words, direction_of, words

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

    Every template knows whether there are ``accounts``, the ``reader`` (None: nobody is signed in), ``csrf_field()``, and by
    ``stance_of(kind, key)`` what the reader follows and mutes. ``sections`` are those of the masthead.
    """

    def __init__(
        self,
        language: str,
        assets: Assets,
        *,
        sections: Callable[[], Sequence[str]] = tuple,
        look: Look = DEFAULT,
    ) -> None:
        self.words = words(language, look.wording)
        self._assets = assets
        self._sections = sections
        self._others: dict[Look, Renderer] = {look.wording: self}
        self._templates = _environment(self.words, assets)

    def of(self, request: Request) -> Renderer:
        """Return the renderer in the words that whoever asks wants; what a page shows is made with its ``words``."""
        look = look_of(request).wording
        if look not in self._others:
            self._others[look] = self._like(look)
        return self._others[look]

    def _like(self, look: Look) -> Renderer:
        return Renderer(self.words.language, self._assets, sections=self._sections, look=look)

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
        own = {"reader": reader_of(request), "accounts": visit_of(request) is not None, "look": look_of(request)}
        own["can_sign_in"] = can_sign_in(request)
        asked = {"csrf_field": partial(csrf_field, request), "stance_of": partial(stance_of, request)}
        frame = {"address": self._address(request), "today": self._today(), "sections": self._sections()}
        return found.render(**frame, **own, **asked, **shown)

    def _address(self, request: Request) -> Address:
        path = request.url.path.removeprefix(self.words.prefix) or "/"
        return Address(f"{path}?{request.url.query}" if request.url.query else path, self.words.language)

    def _today(self) -> Today:
        return today(datetime.now(UTC).date(), self.words)


class Code(BytecodeCache):
    """Compiled templates, held in memory by what they are made of, so that a process compiles each once however many ways pages can
    look and however many sites it serves."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template, where it was compiled before."""
        if (code := self._held.get((bucket.key, bucket.checksum))) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self._held[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_CODE = Code()


def csrf_field(request: Request) -> Markup:
    """Return the hidden field of a form that changes something."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf(request))


def _environment(words: Words, assets: Assets) -> Environment:
    own = _Own(words)
    made = _Templates(
        loader=Folded({"prefix": words.prefix, "lang": words.language, "dir": words.direction}, words, assets),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_CODE,
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
    made.filters["own"] = own
    made.filters["num"] = words.number
    return made


class _Templates(Environment):
    """Templates that all have the same globals: as one dictionary, since Jinja compares its keys at every import of macros."""

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        """Return the globals of a template."""
        return super().make_globals(d) if d else self.globals


class Folded(FileSystemLoader):
    """Templates in which what is the same on every page of a language stands already: messages without arguments, addresses of
    files, the language and its direction."""

    def __init__(self, values: Mapping[str, str], words: Words, assets: Assets) -> None:
        super().__init__(TEMPLATES)
        self._values, self._words, self._assets = values, words, assets

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the source of a template with those parts written out."""
        source, path, current = super().get_source(environment, template)
        source = _VALUE.sub(lambda found: self._values.get(found[1], found[0]), source)
        source = _FILE.sub(lambda found: str(escape(self._assets.url(found[1]))), source)
        return _MESSAGE.sub(self._message, source), path, current

    def _message(self, found: re.Match[str]) -> str:
        text = str(escape(self._words.text(found[1])))
        return found[0] if "{" in text else text


_VALUE = re.compile(r"\{\{ (prefix|lang|dir) \}\}")
_FILE = re.compile(r"""\{\{ static\(["']([\w./-]+)["']\) \}\}""")
_MESSAGE = re.compile(r"""\{\{ t\(["']([a-z_.]+)["']\) \}\}""")


class _Own:
    """Gives the attributes that a text in another script needs, with a blank before them: one of two answers."""

    def __init__(self, words: Words) -> None:
        self._direction = words.direction
        self._none, self._other = Markup(""), _written(words.attributes_of(_OTHER[words.direction]))

    def __call__(self, text: str) -> Markup:
        return self._none if direction_of(text, otherwise=self._direction) == self._direction else self._other


_OTHER: dict[Direction, Direction] = {"rtl": "ltr", "ltr": "rtl"}


def _written(attributes: Mapping[str, str]) -> Markup:
    return Markup("").join(Markup(' {}="{}"').format(*pair) for pair in attributes.items())
