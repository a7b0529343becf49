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
STATE = APIRouter()  # what starts and restarts a server


class Status(BaseModel):
    status: Literal["alive", "ready"]


@STATE.get("/health", summary="The process is alive")
async def health() -> Status:
    return Status(status="alive")


@STATE.get("/ready", summary="The model is loaded and gave its golden answers")
async def ready() -> Status:
    # A server answers only once its bundle is verified, at the start or before a swap, and nothing
    # changes in memory after that. So this costs nothing.
    return Status(status="ready")


def revalidate(response: Response) -> None:
    response.headers["Cache-Control"] = "no-cache"  # browsers ask each time for changes


PAGES = APIRouter(dependencies=[Depends(revalidate)])
PAGES.frontend("/", directory=PAGE, fallback=None)  # under every path that no other route takes


def model_router(manifest: Manifest, monitor: Monitor) -> APIRouter:
    """Return the routes that describe the model and how it is used."""
    router = APIRouter()

    @router.get("/model", summary="The manifest of the model")
    async def manifest_of_the_model() -> Manifest:
        return manifest

    @router.get("/metrics", summary="Figures for Prometheus", response_class=Response)
    def metrics() -> Response:
        return monitor.exposition()

    return router
