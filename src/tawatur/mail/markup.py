"""HTML that mail programs show as it was meant: made of MJML, with tables, the styles in each element, and nothing from elsewhere.

Mail programs take the body out of its page, and tables out of the body: so each says itself how it runs and in which language.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from tawatur.mail.isolate import held
from tawatur.wording.words import Direction, direction_of

if TYPE_CHECKING:
    from jinja2 import Environment

#: Typefaces of the systems that letters are read on; none is loaded.
SERIF = "'Amiri','Noto Naskh Arabic','Geeza Pro','Traditional Arabic','Times New Roman',serif"
SANS = "'IBM Plex Sans Arabic','Noto Sans Arabic','SF Arabic','Segoe UI',Tahoma,Arial,sans-serif"
_SCHEMES = '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
#: What the library gives each column, whatever the direction of its section.
_COLUMN = "text-align:left;direction:ltr;"


def markup(template: str, language: str, **shown: object) -> str:
    """Return the HTML of a template in MJML."""
    import mrml  # late, as below: few processes write letters

    direction: Direction = "rtl" if language == "ar" else "ltr"
    start = "right" if direction == "rtl" else "left"
    frame = {"lang": language, "dir": direction, "start": start, "serif": SERIF, "sans": SANS}
    source = _templates(direction).get_template(template).render(**frame, **shown)
    return _running(str(mrml.to_html(source).content), language, direction, start)


def _running(html: str, language: str, direction: Direction, start: str) -> str:
    """Return HTML in which every table and column says how it runs."""
    own = f'<table dir="{direction}" lang="{language}" '
    html = html.replace("<table ", own).replace(_COLUMN, f"text-align:{start};direction:{direction};")
    html = html.replace("<body ", f'<body dir="{direction}" lang="{language}" ', 1)
    return html.replace("<head>", f"<head>{_SCHEMES}", 1)


@cache
def _templates(direction: Direction) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("tawatur.mail", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["way"] = lambda text: _way(text, direction)
    made.filters["held"] = lambda text: held(text, direction)
    return made


def _way(text: str, direction: Direction) -> Markup:
    """Return the attributes of an element whose text runs against the letter."""
    own = direction_of(text, otherwise=direction)
    if own == direction:
        return Markup("")
    language = "ar" if own == "rtl" else "und-Latn"
    align = "right" if direction == "rtl" else "left"
    return Markup(' dir="{}" lang="{}" align="{}"').format(own, language, align)
