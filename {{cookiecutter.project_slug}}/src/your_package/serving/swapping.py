"""A new bundle is taken up while the server runs; no request is dropped, and the old may return."""

import logging
import threading
import time
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from ..errors import UserError
from .app import create_app
from .bundle import Bundle
from .settings import Settings

LOG = logging.getLogger(__name__)


class Swapping:
    """An app made anew when the files of the bundle change; what is under way ends in the old one.

    Polling works on every system and on folders that a container mounts. Raises UserError where
    the first bundle cannot be used; a later one is then refused in the log, and the old one stays.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.seen = fingerprint(settings.bundle)
        self.app: ASGIApp = create_app(Bundle.load(settings.bundle), settings)
        threading.Thread(target=self.watch, daemon=True).start()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)

    def watch(self) -> None:
        while True:
            time.sleep(self.settings.reload_seconds)
            self.look()

    def look(self) -> None:
        """Take up the bundle if it has changed and is whole."""
        found = fingerprint(self.settings.bundle)
        if found == self.seen:
            return
        self.seen = found
        try:
            bundle = Bundle.load(self.settings.bundle)
            self.app = create_app(bundle, self.settings)
        except UserError as error:
            LOG.error("the bundle has changed and is refused, the old one stays: %s", error)
        except Exception:  # half-written files break in ways of their own
            LOG.exception("the bundle has changed and cannot be read, the old one stays")
        else:
            LOG.warning("the bundle has changed: %s is served now", bundle.manifest.version)


def fingerprint(folder: Path) -> frozenset[tuple[str, int, int]]:
    """What tells a changed folder: names, times and sizes of its files."""
    try:
        found = [(path.name, path.stat()) for path in folder.iterdir()]
    except OSError:  # it is being replaced just now
        return frozenset()
    return frozenset((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)
