"""The routes beside predictions: the model, figures, the server's state and the page."""

import mimetypes
from pathlib import Path
from typing import Literal

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from pydantic import BaseModel

from ml_portfolio.bundle.manifest import Manifest
from ml_portfolio.serving.monitoring import Monitor

PAGE = Path(__file__).parent / "page"
mimetypes.add_type("text/javascript", ".js")  # Windows may say otherwise; browsers insist on it


class Status(BaseModel):
    status: Literal["alive", "ready"]


def model(manifest: Manifest, monitor: Monitor) -> APIRouter:
    """What is served, and how much it is used."""
    router = APIRouter()

    @router.get("/model", summary="The manifest of the model")
    async def manifest_of_the_model() -> Manifest:
        return manifest

    @router.get("/metrics", summary="Figures for Prometheus", response_class=Response)
    def metrics() -> Response:
        return monitor.exposition()

    return router


def state() -> APIRouter:
    """What starts and restarts a server.

    A server answers only once its bundle is verified: files have their checksums and golden
    requests got their answers, at the start or before a swap. Nothing changes in memory after
    that, so `/ready` costs nothing.
    """
    router = APIRouter()

    @router.get("/health", summary="The process is alive")
    async def health() -> Status:
        return Status(status="alive")

    @router.get("/ready", summary="The model is loaded and gave its golden answers")
    async def ready() -> Status:
        return Status(status="ready")

    return router


def page() -> APIRouter:
    """The files of the page, under every path that no other route takes."""

    def revalidate(response: Response) -> None:
        response.headers["Cache-Control"] = "no-cache"  # browsers ask each time for changes

    router = APIRouter(dependencies=[Depends(revalidate)])
    router.frontend("/", directory=PAGE, fallback=None)
    return router
