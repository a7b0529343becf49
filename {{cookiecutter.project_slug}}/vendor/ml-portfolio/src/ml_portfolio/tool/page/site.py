"""Build the page as a folder of files for any web server, and preview it on this machine."""

import json
import shutil
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.bundle.manifest import MANIFEST
from ml_portfolio.bundle.protocols import DecodeImage
from ml_portfolio.config.errors import UserError
from ml_portfolio.config.files import atomic
from ml_portfolio.serving.routes import PAGE
from ml_portfolio.tool.page.runtime import fetch, read_pinned

HOME = "home.js"
# Windows may be set otherwise, and browsers refuse a script of another type.
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm"}
SITE_HOME = """\
// This page needs no server: the bundle lies beside it, and the model runs in the browser.
export const bundle = "bundle/";
export const links = {links};
"""


def build(
    out: Path, bundle: Path, report: Path, cache: Path, decode_image: DecodeImage | None = None
) -> None:
    """Write the page, the bundle, the runtime and the report (if it is there) to the folder `out`.

    cache: a folder for downloads; decode_image: needed where the model's input is an image.
    Raises UserError where the bundle is absent or damaged, the runtime cannot be fetched, or `out`
    holds other files than an earlier build's.
    """
    if out.exists() and not (out / HOME).is_file() and any(out.iterdir()):
        raise UserError(f"{out} holds other files: name a new folder with --out.")
    manifest = Bundle.load(bundle, decode_image).manifest
    runtime = fetch(read_pinned(manifest.input.kind), cache)
    with atomic(out) as draft:
        shutil.copytree(PAGE, draft)
        copy([bundle / name for name in (MANIFEST, *manifest.sha256)], draft / "bundle")
        copy(runtime, draft / "runtime")
        links = []
        if report.is_file():
            shutil.copy(report, draft / "report.html")
            links = [("report", "report.html")]
        home = SITE_HOME.format(links=json.dumps(links, indent=2))
        (draft / HOME).write_text(home, encoding="utf-8", newline="\n")


def copy(files: list[Path], folder: Path) -> None:
    folder.mkdir()
    for path in files:
        shutil.copy(path, folder)


class Handler(SimpleHTTPRequestHandler):
    extensions_map = SimpleHTTPRequestHandler.extensions_map | TYPES

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
        address = f"http://127.0.0.1:{server.server_port}"
        message = f"Preview on {address}; the model runs in the browser. Stop with Ctrl+C."
        print(message, flush=True)
        server.serve_forever()
