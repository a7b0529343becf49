"""What each request passes on its way to a route."""

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from ml_portfolio.serving.limits import Limits
from ml_portfolio.serving.logs import Observed
from ml_portfolio.serving.monitoring import Monitor
from ml_portfolio.serving.security import SecurityHeaders
from ml_portfolio.serving.settings import Settings


def add_middleware(app: FastAPI, settings: Settings, monitor: Monitor) -> None:
    """Add limits, CORS, security headers and the log; the last added is the outermost."""
    app.add_middleware(Limits, settings=settings)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=[origin.strip() for origin in settings.cors_origins.split(",")],
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type", "X-API-Key"],
        )
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Observed, monitor=monitor)
