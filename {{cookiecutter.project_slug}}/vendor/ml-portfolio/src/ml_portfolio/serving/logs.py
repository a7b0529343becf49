"""The log: a line of JSON an event, without anything that a client sent but the path."""

import json
import logging
import time
import traceback
from datetime import UTC, datetime
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ml_portfolio.serving.monitoring import Monitor
from ml_portfolio.serving.problems import problem

LOG = logging.getLogger(__package__)


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        event: dict[str, Any] = {"time": when, "level": record.levelname.lower()}
        event |= {"message": record.getMessage()} | getattr(record, "event", {})
        if record.exc_info and (error := record.exc_info[1]):
            # Where it happened, without its message, which may hold what was sent.
            frames = traceback.extract_tb(error.__traceback__)
            event["error"] = type(error).__name__
            event["trace"] = [f"{frame.filename}:{frame.lineno}" for frame in frames]
        return json.dumps(event)


def configure(log_requests: bool) -> None:
    # Not shown, so not looked up: https://docs.python.org/3/howto/logging.html#optimization
    logging._srcfile = None
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    LOG.setLevel(logging.INFO if log_requests else logging.WARNING)


class Observed:
    """Middleware that counts, times and logs requests; one that fails is answered 500."""

    def __init__(self, app: ASGIApp, monitor: Monitor) -> None:
        self.app, self.monitor = app, monitor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        started, status = time.perf_counter(), 0

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        except Exception:
            LOG.exception("a request failed")
            if status:
                raise  # half an answer is sent: the server closes the connection
            failed = problem(500, "The server failed. See its log.")
            await failed(scope, receive, send_and_note)
        finally:
            self.note(scope, status, time.perf_counter() - started)

    def note(self, scope: Scope, status: int, seconds: float) -> None:
        # The route, not the path as sent: paths that clients make up must not fill the memory.
        unrouted = "page" if status in (200, 304) else "unknown"
        path = getattr(scope.get("route"), "path", unrouted)
        self.monitor.observe(path, status, seconds)
        if LOG.isEnabledFor(logging.INFO):
            about = {"method": scope["method"], "path": scope["path"][:200]}
            about |= {"status": status, "milliseconds": round(1000 * seconds, 3)}
            LOG.info("request", extra={"event": about})
