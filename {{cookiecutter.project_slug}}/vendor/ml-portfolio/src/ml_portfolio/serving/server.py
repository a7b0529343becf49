"""Start the server: one process, or several workers, of which a new one replaces one that dies."""

import errno
import functools
import gc
import os
import socket
import tempfile

import uvicorn
from uvicorn.supervisors import Multiprocess

from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.bundle.protocols import DecodeImage
from ml_portfolio.config.errors import UserError
from ml_portfolio.serving import logs
from ml_portfolio.serving.monitoring import SHARED
from ml_portfolio.serving.settings import Settings
from ml_portfolio.serving.swapping import CreateApp, Swapping


def serve(
    create_app: CreateApp, settings: Settings, decode_image: DecodeImage | None = None
) -> None:
    """Answer HTTP until stopped. Raises UserError where the bundle or the port cannot be used.

    Workers import `create_app` and `decode_image`: these must be functions of a module.
    """
    alone = settings.workers == 1
    if not alone:
        Bundle.load(settings.bundle, decode_image)  # a bad one is refused once, not by each worker
    make = functools.partial(make_app, create_app, settings, decode_image)
    app = make() if alone else make
    with listen(settings.host, settings.port) as listener:
        host, port = settings.host, listener.getsockname()[1]
        name = "localhost" if host in ("0.0.0.0", "::") else host  # noqa: S104 (only compared)
        url = f"http://{name}:{port}"
        about = f"Serving {settings.bundle} on {url} (the API: {url}/docs). Stop with Ctrl+C."
        print(about, flush=True)
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


def make_app(
    create_app: CreateApp, settings: Settings, decode_image: DecodeImage | None
) -> Swapping:
    logs.configure(settings.log_requests)
    gc.freeze()  # the libraries stay: searching them for garbage would delay answers
    return Swapping(create_app, settings, decode_image)


def supervise(config: uvicorn.Config, listener: socket.socket) -> None:
    """Run workers that share the listener, and a folder for the figures of /metrics."""
    try:
        shared = tempfile.TemporaryDirectory(prefix="metrics-")
    except OSError:
        raise UserError(
            "several workers need a temporary folder for their figures, and none is writable: set "
            "TMPDIR to one that is (/dev/shm in a container), or WORKERS=1."
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
    except (OSError, OverflowError) as error:
        advice = "choose another port with --port or PORT=…"
        if getattr(error, "errno", None) in (socket.EAI_NONAME, errno.EADDRNOTAVAIL):
            advice = "use --host 127.0.0.1 for this machine alone, or 0.0.0.0 for its network too"
        raise UserError(f"cannot listen on {host}:{port} ({error}): {advice}.") from None
