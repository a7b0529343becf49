"""What the server counts, for Prometheus: https://prometheus.io/docs/practices/instrumentation"""

import time
from typing import Any

from fastapi.responses import Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .outputs import counted

BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)


class Monitor:
    """The counters of one app."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.seconds = Histogram(
            "request_seconds",
            "Time to answer a request",
            ["path", "status"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.answers = Counter("predictions", "Answers by kind", ["answer"], registry=self.registry)
        self.warnings = Counter(
            "prediction_warnings", "Warnings given with answers", registry=self.registry
        )

    def count(self, answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Count answers and hand them on."""
        for answer in answers:
            self.answers.labels(counted(answer)).inc()
            self.warnings.inc(len(answer["warnings"]))
        return answers

    def exposition(self) -> Response:
        return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)

    def middleware(self, app: ASGIApp) -> ASGIApp:
        """Wrap an app so that each of its HTTP requests is timed."""

        async def timed(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                return await app(scope, receive, send)
            started, status = time.perf_counter(), 500

            async def send_and_note(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                await send(message)

            try:
                await app(scope, receive, send_and_note)
            finally:
                # The route, not the path as sent: what clients make up must not fill the memory.
                nameless = "page" if status in (200, 304) else "unknown"
                path = getattr(scope.get("route"), "path", nameless)
                self.seconds.labels(path, status).observe(time.perf_counter() - started)

        return timed
