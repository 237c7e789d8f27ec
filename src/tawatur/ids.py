"""Identity: ids are made from content, so that reruns and shards agree without a counter."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import NewType

ArticleId = NewType("ArticleId", str)
DocumentId = NewType("DocumentId", str)
StoryId = NewType("StoryId", str)
OutletKey = NewType("OutletKey", str)
PictureId = NewType("PictureId", str)


_ADDRESS = re.compile(r"/(?:story|stories|article|articles)/([^/?#\s]+)")


def id_in(text: str) -> str:
    """Return the id of a story or an article, from the id itself or from an address of its page."""
    found = _ADDRESS.search(text)
    return found[1] if found else text.strip()


def content_id(*parts: str | bytes) -> str:
    """Return a 16-digit hexadecimal id made from content (BLAKE2b, 64 bits)."""
    digest = blake2b(digest_size=8)
    for part in parts:
        digest.update(part.encode() if isinstance(part, str) else part)
        digest.update(b"\x1f")
    return digest.hexdigest()


def picture_id(address: str) -> PictureId:
    """Return the id of the picture that stands at an address."""
    return PictureId(content_id("picture", address))
