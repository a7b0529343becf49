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
        name = "localhost" if host in ("0.0.0.0", "::") else host  # noqa: S104 (only compared)
        url = f"http://{name}:{listener.getsockname()[1]}"
        print(f"Serving {folder} on {url} (the API: {url}/docs). Stop with Ctrl+C.", flush=True)
        settings = uvicorn.Config(app, log_level="warning", access_log=False)
        uvicorn.Server(settings).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    try:
        listener = socket.create_server((host, port), backlog=2048)
        # Connections inherit it. Without it each answer waits 40 ms for the client's delayed ACK.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except socket.gaierror:
        raise UserError(
            f"'{host}' is no address of this machine: use --host 127.0.0.1 for this machine "
            "alone, or 0.0.0.0 for its network too."
        ) from None
    except (OSError, OverflowError) as error:
        raise UserError(
            f"cannot listen on {host}:{port} ({error}): choose another port with --port or PORT=…"
        ) from None
