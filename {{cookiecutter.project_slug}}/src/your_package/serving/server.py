"""Start the server: one process, or several workers, of which a new one replaces one that dies."""

import functools
import gc
import os
import socket
import tempfile

import uvicorn
from uvicorn.supervisors import Multiprocess

from ..errors import UserError
from . import logs
from .bundle import Bundle
from .monitoring import SHARED
from .settings import Settings
from .swapping import Swapping


def serve(settings: Settings) -> None:
    """Answer HTTP until stopped. Raises UserError where the bundle or the port cannot be had."""
    alone = settings.workers == 1
    if not alone:
        Bundle.load(settings.bundle)  # refused here, once, and not by each worker
    app = make_app(settings) if alone else functools.partial(make_app, settings)
    with listen(settings.host, settings.port) as listener:
        host, port = settings.host, listener.getsockname()[1]
        name = "localhost" if host in ("0.0.0.0", "::") else host  # noqa: S104 (only compared)
        url = f"http://{name}:{port}"
        print(
            f"Serving {settings.bundle} on {url} (the API: {url}/docs). Stop with Ctrl+C.",
            flush=True,
        )
        config = uvicorn.Config(
            app,
            factory=not alone,
            workers=settings.workers,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=round(settings.timeout) + 1,
            timeout_worker_healthcheck=round(settings.timeout) + 1,  # silent for longer: replaced
        )
        if alone:
            uvicorn.Server(config).run(sockets=[listener])
        else:
            supervise(config, listener)


def make_app(settings: Settings) -> Swapping:
    logs.configure(settings.log_requests)
    gc.freeze()  # the libraries stay: to look through them for garbage would hold up answers
    return Swapping(settings)


def supervise(config: uvicorn.Config, listener: socket.socket) -> None:
    """Run workers that share the listener, and a folder in which they count for /metrics."""
    try:
        shared = tempfile.TemporaryDirectory(prefix="metrics-")
    except OSError:
        raise UserError(
            "several workers count in a temporary folder, and none can be written to: set TMPDIR "
            "to one that can (/dev/shm in a container), or WORKERS=1."
        ) from None
    with shared as folder:
        os.environ[SHARED] = folder  # read by the workers as they start
        Multiprocess(config, sockets=[listener]).run()


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
