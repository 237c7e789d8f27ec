"""Which documents of an archive are Arabic. Archives of the web hold news of all languages, of which a few of a hundred are.

An outlet that somebody follows is taken at its word; in an archive nobody has chosen the outlets.
"""

from __future__ import annotations

import re
from itertools import islice

from tawatur.model import Article

#: A page with fewer Arabic letters holds no article of it: the names of languages at its head are some ten.
LEAST = 100
#: The share of Arabic letters among all from which on a text is Arabic: it may quote at length, and hold tables and code.
SHARE = 0.4
#: The share from which on letters that only Persian, Urdu, Kurdish, Pashto and others have make it one of these. Of Persian letters
#: some 2.5 in a hundred are such; of Arabic ones, with foreign names and dialect, 0.1. Fewer than ``FEW`` say nothing.
FOREIGN_SHARE, FEW = 0.008, 3
#: So many characters tell.
BEGINNING = 2000
_LETTER = re.compile(r"[^\W\d_]")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06fc\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
#: Peh, tcheh, jeh, gaf with its kin, tteh, ddal, rreh, heh doachashmee, yeh barree, oe, u, e and the Pashto letters.
_FOREIGN = re.compile("[\u067c\u067e\u0679\u0681\u0685\u0686\u0688\u0689\u0691\u0693\u0695\u0696\u0698\u069a\u06ab\u06af"
    "\u06b5\u06bc\u06be\u06c1\u06c6\u06c7\u06ce\u06d0\u06d2]")  # fmt: skip
#: The first bytes of Arabic letters in UTF-8, and how markup and scripts spell such letters otherwise.
_IN_UTF8 = re.compile(rb"[\xd8-\xdb]|&#1[56]\d\d;|&#x06|\\u06")


def may_be_arabic(content: bytes) -> bool:
    """Say whether a document can hold Arabic text: a look at its bytes, for a hundredth of what taking it apart costs."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return True  # in another encoding, or damaged: whoever takes it apart finds out
    return next(islice(_IN_UTF8.finditer(content), LEAST - 1, None), None) is not None


def is_arabic(article: Article) -> bool:
    """Say whether an article is written in Arabic."""
    text = f"{article.title}\n{article.text}"[:BEGINNING]
    letters, arabic = len(_LETTER.findall(text)), len(_ARABIC.findall(text))
    foreign = len(_FOREIGN.findall(text))
    return arabic > 0 and arabic >= SHARE * letters and foreign < max(FEW, FOREIGN_SHARE * arabic)
