"""The API: what a request and its answer may hold is described by the model's manifest."""

from typing import Any

from fastapi import FastAPI
from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.serving.service import Service
from ml_portfolio.serving.settings import Settings


def create_app(bundle: Bundle, settings: Settings) -> FastAPI:
    """Make the API of one model; it is made anew when a new bundle is exported."""
    service = Service(bundle, settings)
    Row: Any = service.Row  # pydantic models, made for the columns and classes of this bundle
    Answer: Any = service.Answer
    Batch: Any = service.Batch  # {"rows": [Row, …], "counted": true}
    Answers: Any = service.Answers  # {"answers": [Answer, …]}
    routes = service.router()

    @routes.post("/predict", summary="Answer one request")
    async def predict(row: Row) -> Answer:
        return await service.predict(row)

    @routes.post("/predict/batch", summary="Answer many requests")
    async def predict_batch(batch: Batch) -> Answers:
        return await service.predict_batch(batch)

    about = bundle.manifest
    app = FastAPI(
        title=about.name, version=about.version, description=about.description, redoc_url=None
    )
    service.install(app, routes)  # then /model, /metrics, /health, /ready and the page
    return app
