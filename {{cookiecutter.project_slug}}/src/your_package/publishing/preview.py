"""Look at the built page on this machine alone."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ..errors import UserError


class Handler(SimpleHTTPRequestHandler):
    # Windows may say otherwise, and browsers refuse a script that is not called one.
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each file."""


def preview(folder: Path, port: int) -> None:
    """Hand out a folder's files on 127.0.0.1 until stopped."""
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, directory=str(folder)))
    except (OSError, OverflowError) as error:
        raise UserError(f"cannot listen on 127.0.0.1:{port} ({error}): choose --port.") from None
    with server:
        print(
            f"The page is on http://127.0.0.1:{server.server_port}, without a server for the "
            "model. Stop with Ctrl+C.",
            flush=True,
        )
        server.serve_forever()
