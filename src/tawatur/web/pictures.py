"""The addresses of pictures: files of the album and nothing else. What is not there is never fetched, whoever asks."""

from __future__ import annotations

import re

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from tawatur.pictures import Album

#: A picture's address never shows another one; after a week a browser may look whether it was taken away.
KEEP = "public, max-age=604800"
_NAME = re.compile(r"(\d{1,4})(?:\.(jpg|webp))?")
_KINDS = {"webp": "image/webp", "jpg": "image/jpeg"}


def routes(album: Album) -> APIRouter:
    """Return the route of an album: ``/picture/ID/WIDTH`` is WebP, ``/picture/ID/WIDTH.jpg`` JPEG."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/picture/{id}/{name}", methods=["GET", "HEAD"], response_model=None)
    def picture(id: str, name: str) -> Response:
        """A picture in a width that is kept, or the next smaller one."""
        asked = _NAME.fullmatch(name)
        form = (asked[2] or "webp") if asked else ""
        found = album.find(id, int(asked[1]), form) if asked else None
        if found is None:
            return Response(status_code=404, headers={"Cache-Control": "no-cache"})
        return FileResponse(found, media_type=_KINDS[form], headers={"Cache-Control": KEEP})

    return router
