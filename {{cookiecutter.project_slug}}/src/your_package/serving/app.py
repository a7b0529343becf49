"""The routes."""

import mimetypes
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field, create_model

from .bundle import Bundle, Manifest
from .inputs import extra_routes
from .monitoring import Monitor
from .outputs import answer_model

PAGE = Path(__file__).parent / "page"
mimetypes.add_type("text/javascript", ".js")  # Windows may say otherwise, and browsers refuse that


def create_app(bundle: Bundle) -> FastAPI:
    """Make the app for a loaded bundle, documented as its manifest says."""
    manifest = bundle.manifest
    app = FastAPI(title=manifest.name, version=manifest.version, description=manifest.description)
    monitor = Monitor()
    app.add_middleware(monitor.middleware)
    app.add_exception_handler(RequestValidationError, refuse)

    row = bundle.request
    answer = answer_model(manifest.output)
    batch = create_model("Batch", rows=(list[row], Field(min_length=1, max_length=10_000)))  # type: ignore[valid-type]
    answers = create_model("Answers", answers=(list[answer], ...))  # type: ignore[valid-type]

    @app.post("/predict", response_model=answer, summary="Answer one request")
    async def predict(request: row) -> Any:  # type: ignore[valid-type]
        return monitor.count(bundle.predict([request]))[0]

    @app.post("/predict/batch", response_model=answers, summary="Answer many requests")
    def predict_batch(request: batch) -> Any:  # type: ignore[valid-type]
        return {"answers": monitor.count(bundle.predict(request.rows))}  # type: ignore[attr-defined]

    app.include_router(extra_routes(bundle, monitor))
    add_operations(app, bundle, monitor)
    app.include_router(page())
    return app


async def refuse(request: Request, error: Exception) -> JSONResponse:
    """Say what is wrong with a request, and where, but do not send it back."""
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    for fault in faults:
        if fault["type"] == "json_invalid":
            fault["msg"] += f": {fault['ctx']['error']}"
    about = [{key: fault[key] for key in ("loc", "msg", "type")} for fault in faults]
    return JSONResponse({"detail": about}, 422)


def add_operations(app: FastAPI, bundle: Bundle, monitor: Monitor) -> None:
    """The routes for those who run the server or want to know what it serves."""

    class Status(BaseModel):
        status: str

    @app.get("/health", summary="The process is alive")
    async def health() -> Status:
        return Status(status="alive")

    @app.get("/ready", summary="The model is loaded and answers its golden requests as it did")
    def ready() -> Status:
        if problem := bundle.golden_mismatch():
            raise HTTPException(503, problem)
        return Status(status="ready")

    @app.get("/model", summary="The manifest of the model")
    async def model() -> Manifest:
        return bundle.manifest

    @app.get("/metrics", summary="Figures for Prometheus", response_class=Response)
    def metrics() -> Response:
        return monitor.exposition()


def page() -> APIRouter:
    """The files of the page, under whatever path no other route takes."""

    def forbid_stale_copies(response: Response) -> None:
        response.headers["Cache-Control"] = "no-cache"  # browsers ask each time whether it changed

    router = APIRouter(dependencies=[Depends(forbid_stale_copies)])
    router.frontend("/", directory=PAGE, fallback=None)
    return router
