"""Start the server."""

import socket
from pathlib import Path

import uvicorn

from ..errors import UserError
from .app import create_app
from .bundle import Bundle


def serve(folder: Path, host: str, port: int) -> None:
    """Answer HTTP until stopped. Raises UserError where the bundle or the port cannot be had."""
    app = create_app(Bundle.load(folder))
    with listen(host, port) as listener:
        url = f"http://{host}:{listener.getsockname()[1]}"
        print(f"Serving {folder} on {url} (the API: {url}/docs). Stop with Ctrl+C.", flush=True)
        settings = uvicorn.Config(app, log_level="warning", access_log=False)
        uvicorn.Server(settings).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=2048)
    except (OSError, OverflowError) as error:
        raise UserError(
            f"cannot listen on {host}:{port} ({error}): choose another port with --port or PORT=…"
        ) from None
