"""The routes."""

import mimetypes
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import Response
from pydantic import BaseModel, create_model
from starlette.exceptions import HTTPException

from .bundle import Bundle, Manifest
from .inputs import extra_routes
from .limits import Limits
from .logs import Observed
from .monitoring import Monitor
from .outputs import answer_model
from .predictions import Misplaced, Predictor
from .problems import documented, install
from .security import ApiKey, SecurityHeaders
from .settings import Settings

PAGE = Path(__file__).parent / "page"
ABOUT_COUNTED = "Whether the figures of `/metrics` take note: not of rows that are made up"
Counted = Annotated[bool, Query(description=ABOUT_COUNTED)]
mimetypes.add_type("text/javascript", ".js")  # Windows may say otherwise, and browsers refuse that


def create_app(bundle: Bundle, settings: Settings | None = None) -> FastAPI:
    """Make the app for a loaded bundle, documented as its manifest says."""
    settings = settings or Settings()
    manifest = bundle.manifest
    monitor = Monitor(manifest.reference)
    app = FastAPI(
        title=manifest.name,
        version=manifest.version,
        description=manifest.description,
        redoc_url=None,
    )
    install(app)
    predictor = Predictor(bundle, monitor, settings.threads, settings.max_batch_rows)
    for router in (predictions(predictor), extra_routes(predictor), about(bundle, monitor)):
        if settings.api_key:
            key = [Depends(ApiKey(settings.api_key))]
            app.include_router(router, dependencies=key, responses=documented(401))
        else:
            app.include_router(router)
    app.include_router(state())
    app.include_router(page())
    # The last is the outermost.
    app.add_middleware(Limits, settings=settings)
    if settings.cors_origins:
        origins = [origin.strip() for origin in settings.cors_origins.split(",")]
        app.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type", "X-API-Key"],
        )
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Observed, monitor=monitor)
    return app


def predictions(predictor: Predictor) -> APIRouter:
    """The routes that answer. They read the body themselves: FastAPI would do it in its loop."""
    router = APIRouter(responses=documented(408, 413, 415, 422, 429, 503))
    bundle = predictor.bundle
    answer = answer_model(bundle.manifest.output)
    answers = create_model("Answers", answers=(list[answer], ...))  # type: ignore[valid-type]
    row = bundle.request.model_json_schema()
    rows = {"type": "array", "items": row, "minItems": 1, "maxItems": predictor.max_rows}
    batch = {
        "type": "object",
        "properties": {"rows": rows},
        "required": ["rows"],
        "additionalProperties": False,
    }

    @router.post(
        "/predict",
        responses={200: {"model": answer}},
        openapi_extra=takes(row),
        summary="Answer one request",
    )
    async def predict(request: Request) -> Response:
        return as_json(await predictor.one(await json_body(request)))

    @router.post(
        "/predict/batch",
        responses={200: {"model": answers}},
        openapi_extra=takes(batch),
        summary="Answer many requests",
    )
    async def predict_batch(request: Request, counted: Counted = True) -> Response:
        try:
            return as_json(await predictor.many(await json_body(request), counted))
        except Misplaced as problem:
            return problem.response()

    return router


def takes(schema: dict[str, Any]) -> dict[str, Any]:
    """The part of the API's documentation that says what a route is sent."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


async def json_body(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415, "Send JSON, with the header Content-Type: application/json.")
    return await request.body()


def as_json(content: bytes) -> Response:
    return Response(content, media_type="application/json")


def about(bundle: Bundle, monitor: Monitor) -> APIRouter:
    """The routes for those who want to know what is served, and how it fares."""
    router = APIRouter()

    @router.get("/model", summary="The manifest of the model")
    async def model() -> Manifest:
        return bundle.manifest

    @router.get("/metrics", summary="Figures for Prometheus", response_class=Response)
    def metrics() -> Response:
        return monitor.exposition()

    return router


def state() -> APIRouter:
    """The routes for what starts and restarts the server.

    A server answers at all only once its bundle is verified: its files have the checksums and it
    gave the golden answers when it was loaded, at the start or before a swap. Nothing can change
    what is in memory after that, so `/ready` says what was found then, and costs nothing to ask.
    """
    router = APIRouter()

    class Status(BaseModel):
        status: str

    @router.get("/health", summary="The process is alive")
    async def health() -> Status:
        return Status(status="alive")

    @router.get("/ready", summary="The model is loaded, and gave its golden answers then")
    async def ready() -> Status:
        return Status(status="ready")

    return router


def page() -> APIRouter:
    """The files of the page, under whatever path no other route takes."""

    def forbid_stale_copies(response: Response) -> None:
        response.headers["Cache-Control"] = "no-cache"  # browsers ask each time whether it changed

    router = APIRouter(dependencies=[Depends(forbid_stale_copies)])
    router.frontend("/", directory=PAGE, fallback=None)
    return router
