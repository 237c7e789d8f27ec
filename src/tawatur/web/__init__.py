"""The pages and the interface: one FastAPI app over a store. Nothing here writes, and no page needs a script."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from tawatur.messages import LANGUAGES
from tawatur.web import api, pages
from tawatur.web.assets import Assets
from tawatur.web.failures import Failures
from tawatur.web.guard import Guard
from tawatur.web.reading import Deployment, Reading
from tawatur.web.render import Renderer

__all__ = ["create"]


def create(app: Deployment) -> FastAPI:
    """Return the web app of a deployment, which only its store and its outlets are read of."""
    web = FastAPI(title="Tawatur", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    assets, reading = Assets(), Reading(app)
    renderers = {language: Renderer(language, assets) for language in LANGUAGES}
    for renderer in renderers.values():
        web.include_router(pages.routes(pages.Pages(reading, renderer)))
    web.include_router(api.routes(reading))
    Failures(renderers).register(web)
    assets.serve(web)
    web.add_middleware(GZipMiddleware, minimum_size=1000)
    web.add_middleware(Guard)
    return web
