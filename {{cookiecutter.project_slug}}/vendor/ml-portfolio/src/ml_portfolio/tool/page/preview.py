"""Preview the built page on this machine."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ml_portfolio.config.errors import UserError


class Handler(SimpleHTTPRequestHandler):
    # Windows may be set otherwise, and browsers refuse a script of another type.
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: a line for each file is of no use."""


def preview(folder: Path, port: int) -> None:
    """Serve a folder's files on 127.0.0.1 until stopped."""
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, directory=str(folder)))
    except (OSError, OverflowError) as error:
        raise UserError(f"cannot listen on 127.0.0.1:{port} ({error}): choose --port.") from None
    with server:
        print(
            f"Preview on http://127.0.0.1:{server.server_port}; the model runs in the browser. "
            "Stop with Ctrl+C.",
            flush=True,
        )
        server.serve_forever()
