"""A new bundle is served without a restart: no request is dropped, and the old one may return."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.bundle.protocols import DecodeImage
from ml_portfolio.config.errors import UserError
from ml_portfolio.serving.settings import Settings

LOG = logging.getLogger(__name__)
CreateApp = Callable[[Bundle, Settings], ASGIApp]


class Swapping:
    """An app that is made anew when the bundle's files change; requests end in the app they began.

    Polling works on every system and on folders that a container mounts. Raises UserError where
    the first bundle cannot be used; a later one is then logged, and the old one stays.
    """

    def __init__(
        self, create_app: CreateApp, settings: Settings, decode_image: DecodeImage | None = None
    ) -> None:
        self.create_app, self.settings, self.decode_image = create_app, settings, decode_image
        self.load()
        threading.Thread(target=self.watch, daemon=True).start()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)

    def load(self) -> str:
        """Serve the bundle in the folder, and return its version."""
        self.seen = fingerprint(self.settings.bundle)
        bundle = Bundle.load(self.settings.bundle, self.decode_image)
        self.app: ASGIApp = self.create_app(bundle, self.settings)
        return bundle.manifest.version

    def watch(self) -> None:
        while True:
            time.sleep(self.settings.reload_seconds)
            self.look()

    def look(self) -> None:
        """Serve the bundle in the folder if it has changed and is complete."""
        if fingerprint(self.settings.bundle) == self.seen:
            return
        try:
            LOG.warning("the bundle has changed: %s is served now", self.load())
        except Exception as error:  # half-written files fail in many ways
            message = "the bundle has changed and cannot be used, the old one stays: %s"
            LOG.error(message, error, exc_info=not isinstance(error, UserError))


def fingerprint(folder: Path) -> frozenset[tuple[str, int, int]]:
    """Return the names, times and sizes of a folder's files: they differ once it has changed."""
    try:
        found = [(path.name, path.stat()) for path in folder.iterdir()]
    except OSError:  # it is being replaced
        return frozenset()
    return frozenset((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)
