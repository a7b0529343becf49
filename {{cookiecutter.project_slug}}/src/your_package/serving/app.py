"""The routes."""

import mimetypes
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, create_model
from starlette.exceptions import HTTPException

from .bundle import Bundle, Manifest
from .inputs import extra_routes
from .limits import Limits
from .logs import Observed
from .monitoring import Monitor
from .outputs import answer_model
from .predictions import Predictor
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
    monitor = Monitor(manifest.reference, bundle.encode.features)
    app = FastAPI(
        title=manifest.name,
        version=manifest.version,
        description=manifest.description,
        redoc_url=None,
    )
    install(app)
    predictor = Predictor(bundle, monitor, settings.threads, settings.max_batch_rows)
    guard: dict[str, Any] = {}
    if settings.api_key:
        guard = {"dependencies": [Depends(ApiKey(settings.api_key))], "responses": documented(401)}
    # As they are: a router that is included costs a request a second search for its route.
    app.router.routes += predictions(predictor, guard).routes
    app.include_router(extra_routes(predictor), **guard)
    app.include_router(about(bundle, monitor), **guard)
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


class Plain(APIRoute):
    """A route that FastAPI only documents: its endpoint takes the request as it came.

    To find out at each request what an endpoint wants would take as long as a small model's answer.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        checks = [check.dependency for check in self.dependencies if check.dependency]

        async def handle(request: Request) -> Response:
            for check in checks:
                await check(request)
            return await self.endpoint(request)

        return handle


def predictions(predictor: Predictor, guard: Mapping[str, Any]) -> APIRouter:
    """The routes that answer."""
    faults = documented(408, 413, 415, 422, 429, 503) | guard.get("responses", {})
    router = APIRouter(**{**guard, "responses": faults})
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

    async def predict(request: Request) -> Response:
        return as_json(await predictor.one(await json_body(request)))

    router.add_api_route(
        "/predict",
        predict,
        methods=["POST"],
        responses={200: {"model": answer}},
        openapi_extra=takes(row),
        summary="Answer one request",
        route_class_override=Plain,
    )

    @router.post(
        "/predict/batch",
        responses={200: {"model": answers}},
        openapi_extra=takes(batch),
        summary="Answer many requests",
    )
    async def predict_batch(request: Request, counted: Counted = True) -> Response:
        return as_json(await predictor.many(await json_body(request), counted))

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
