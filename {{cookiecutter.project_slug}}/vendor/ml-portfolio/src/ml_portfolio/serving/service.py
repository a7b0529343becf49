"""One model as a service: the types of its requests and answers, and how they are answered.

Fast models answer in the event loop, all requests that are there at once. Slower ones and batches
are answered in threads, so that others need not wait, and a batch in parts: between two of them
another thread has its turn, and a batch that nobody waits for any more is given up.
"""

import asyncio
import threading
import timeit
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from pydantic import BaseModel, ConfigDict, FailFast, Field, create_model

from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.serving.batching import Batcher
from ml_portfolio.serving.fast_route import FastRoute
from ml_portfolio.serving.limits import Limits
from ml_portfolio.serving.logs import Observed
from ml_portfolio.serving.monitoring import Monitor
from ml_portfolio.serving.problems import documented, install_handlers
from ml_portfolio.serving.routes import PAGES, STATE, model_router
from ml_portfolio.serving.security import ApiKey, SecurityHeaders
from ml_portfolio.serving.settings import Settings
from ml_portfolio.serving.uploads import upload_router

QUICK_SECONDS = 0.0005  # for a row


class Service:
    """Answers from one bundle, counted. `Row` to `Answers` are the models of the API's routes."""

    def __init__(self, bundle: Bundle, settings: Settings) -> None:
        self.bundle, self.settings = bundle, settings
        encoder, output = bundle.encoder, bundle.manifest.output
        self.monitor = Monitor(bundle)
        self.pool = ThreadPoolExecutor(settings.threads, "predict")
        self.batcher = Batcher(self.answer)
        self.quick = seconds_per_row(bundle) < QUICK_SECONDS
        self.Row: Any = encoder.request
        self.Answer = answer = output.answer_model()
        self.Batch: Any = batch_model(self.Row, settings.max_batch_rows)
        self.Answers: Any = create_model("Answers", answers=(list[answer], ...))  # type: ignore[valid-type]
        self.keys = [Depends(ApiKey(settings.api_key))] if settings.api_key else []

    def router(self) -> APIRouter:
        """Return a router for prediction routes: fast, behind the API key, problems documented."""

        class Route(FastRoute):
            pool, quick_bytes = self.pool, self.bundle.encoder.quick_bytes

        problems = documented(401, 408, 413, 415, 422, 429, 503)
        return APIRouter(route_class=Route, dependencies=self.keys, responses=problems)

    def install(self, app: FastAPI, router: APIRouter) -> None:
        """Add `router` to an app, then the other routes, the page, limits, logs and security."""
        install_handlers(app)
        # Not included: FastAPI would search for the route of each request once more.
        app.router.routes[:0] = router.routes
        manifest, settings = self.bundle.manifest, self.settings
        guarded: dict[str, Any] = {"dependencies": self.keys, "responses": documented(401)}
        if manifest.input.kind == "image":
            upload = upload_router(self.Answer, self.predict_unchecked, manifest.input.max_bytes)
            app.include_router(upload, **guarded)
        app.include_router(model_router(manifest, self.monitor), **guarded)
        app.include_router(STATE)
        app.include_router(PAGES)
        app.add_middleware(Limits, settings=settings)  # the last added is the outermost
        if settings.cors_origins:
            app.add_middleware(
                CORSMiddleware,
                allow_origins=[origin.strip() for origin in settings.cors_origins.split(",")],
                allow_methods=["GET", "POST"],
                allow_headers=["Content-Type", "X-API-Key"],
            )
        app.add_middleware(SecurityHeaders)
        app.add_middleware(Observed, monitor=self.monitor)

    async def predict(self, row: BaseModel) -> Any:
        """Answer one request with the fields of `Answer`."""
        letters = sum([len(value) for value in vars(row).values() if isinstance(value, str)])
        if self.quick and letters <= self.bundle.encoder.quick_bytes:
            return await self.batcher.ask(row)
        (answer,) = await self.in_thread(self.answer, [row])
        return answer

    async def predict_unchecked(self, request: dict[str, Any]) -> Any:
        """Validate and answer one request; raises pydantic's ValidationError."""
        return await self.predict(await self.in_thread(self.Row.model_validate, request))

    async def predict_batch(self, batch: Any) -> Any:
        """Answer the rows of a batch with the fields of `Answers`."""
        given_up = threading.Event()
        try:
            return {"answers": await self.in_thread(self.answer_batch, batch, given_up)}
        except asyncio.CancelledError:
            given_up.set()
            raise

    async def in_thread(self, function: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.pool, function, *arguments)

    def answer(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        self.monitor.watch(rows)
        answers = self.bundle.predict(rows)
        self.monitor.count(answers)
        return answers

    def answer_batch(self, batch: Any, given_up: threading.Event) -> list[dict[str, Any]]:
        if batch.counted:
            self.monitor.watch(batch.rows)
        answers: list[dict[str, Any]] = []
        size = self.bundle.encoder.batch_size
        for first in range(0, len(batch.rows), size):
            if given_up.is_set():
                raise TimeoutError
            part = self.bundle.predict(batch.rows[first : first + size])
            if batch.counted:
                self.monitor.count(part)
            answers += part
        return answers


def batch_model(row: Any, max_rows: int) -> type[BaseModel]:
    """Make the class of many requests. Of bad rows only the first is reported."""
    rows = Annotated[list[row], Field(min_length=1, max_length=max_rows), FailFast()]
    about = "Whether `/metrics` counts these rows: set it to false for rows that are made up"
    counted = (bool, Field(True, description=about))
    config = ConfigDict(extra="forbid")
    return create_model("Batch", __config__=config, rows=(rows, ...), counted=counted)


def seconds_per_row(bundle: Bundle) -> float:
    """Return how long the first golden request takes, the fastest of three times."""
    row = bundle.encoder.request.model_validate(bundle.manifest.golden[0].request)
    return min(timeit.repeat(lambda: bundle.predict([row]), number=1, repeat=3))
