"""Style sheets, fonts and icons, under an address that changes with their content so that browsers may keep them for a year."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"
KEEP = "public, max-age=31536000, immutable"
#: The faces that every page needs at once.
PRELOADED = ("fonts/amiri-400.woff2", "fonts/amiri-700.woff2", "fonts/plex-400.woff2")


class Assets:
    """The static files of a deployment."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self.root = f"/static/{_digest(folder)}"
        self.preloaded = tuple(self.url(name) for name in PRELOADED if (folder / name).exists())

    def url(self, name: str) -> str:
        """Return the address of a file by its path inside the static folder."""
        return f"{self.root}/{name}"

    def serve(self, app: FastAPI) -> None:
        """Add the files to a web app."""
        app.mount(self.root, _Kept(directory=self.folder), name="static")


class _Kept(StaticFiles):
    """Static files that browsers need never ask for again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = KEEP
        return response


def _digest(folder: Path) -> str:
    digest = blake2b(digest_size=5)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
