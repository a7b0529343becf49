"""The server as a process of its own: it finishes what it has begun, and replaces dead workers."""

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from ml_portfolio.config.errors import UserError
from ml_portfolio.serving.server import listen, supervise

SOURCE = Path(__file__).parents[3] / "{{cookiecutter.project_slug}}/src"
PATIENCE = 60  # seconds
SERVER = """
from ml_portfolio.serving.server import serve
from ml_portfolio.serving.settings import load_settings
from your_package.app import create_app

serve(create_app, load_settings())
"""
unix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
Started = tuple[Any, http.client.HTTPConnection]


@pytest.fixture
def start(bundle_folder: Path) -> Iterator[Callable[..., Started]]:
    """start(workers=1) gives the process of a server and a connection to it."""
    with contextlib.ExitStack() as stack:

        def begin(workers: int = 1) -> Started:
            settings = {"PORT": "0", "LOG_REQUESTS": "0", "WORKERS": str(workers)}
            settings |= {"TIMEOUT": "5"}  # also of the supervisor, for a worker that is silent
            settings |= {"BUNDLE": str(bundle_folder), "PYTHONPATH": str(SOURCE)}
            server = subprocess.Popen(
                [sys.executable, "-c", SERVER],
                env=os.environ | settings,
                stdout=subprocess.PIPE,
                text=True,
            )
            stack.callback(server.wait, PATIENCE)
            stack.callback(server.terminate)
            port = int(re.search(r"http://127\.0\.0\.1:(\d+)", server.stdout.readline())[1])
            return server, http.client.HTTPConnection("127.0.0.1", port, PATIENCE)

        yield begin


@pytest.fixture
def body(sent: dict[str, Any]) -> bytes:
    return json.dumps(sent).encode()


def begin_request(connection: http.client.HTTPConnection, body: bytes) -> None:
    """Send the first half of a request."""
    connection.putrequest("POST", "/predict")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body[: len(body) // 2])
    time.sleep(1)  # for the server to read it


def status_of(connection: http.client.HTTPConnection, path: str = "/ready") -> int:
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer.status


@unix
@pytest.mark.parametrize("workers", [1, 2])
def test_a_stopped_server_answers_the_requests_it_has_begun(start, body, workers):
    server, connection = start(workers)
    assert status_of(connection) == 200
    begin_request(connection, body)
    server.send_signal(signal.SIGTERM)
    time.sleep(1)
    assert server.poll() is None
    connection.send(body[len(body) // 2 :])
    answer = connection.getresponse()
    assert answer.status == 200
    assert json.loads(answer.read())["warnings"] is not None
    assert server.wait(PATIENCE) in (0, -signal.SIGTERM)
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection("127.0.0.1", connection.port, 5).request("GET", "/")


def workers_of(server: Any) -> list[int]:
    command = ["ps", "-Aww", "-o", "pid=,ppid=,args="]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = [line.split(None, 2) for line in listed.splitlines()]
    return [
        int(pid)
        for pid, parent, command in lines
        if int(parent) == server.pid and "spawn_main" in command
    ]


@unix
def test_a_worker_that_dies_is_replaced(start):
    server, connection = start(workers=2)
    assert status_of(connection) == 200
    victim, other = workers_of(server)
    os.kill(victim, signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE
    while len(now := set(workers_of(server)) - {victim}) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert other in now
    connection.close()
    assert status_of(connection) == 200


@unix
def test_workers_count_together(start, body):
    server, connection = start(workers=2)
    for _ in range(10):  # each on a connection of its own, so that either worker may take it
        connection.close()
        connection.request("POST", "/predict", body, {"Content-Type": "application/json"})
        assert connection.getresponse().status == 200
    connection.close()
    connection.request("GET", "/metrics")
    figures = connection.getresponse().read().decode()
    counted = re.findall(r'request_seconds_count\{path="/predict",status="200"\} (\S+)', figures)
    assert [float(number) for number in counted] == [10]


def test_workers_without_a_folder_for_their_figures_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    with socket.socket() as listener, pytest.raises(UserError, match="set TMPDIR"):
        supervise(uvicorn.Config(""), listener)


def test_a_port_in_use_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UserError, match=f"cannot listen on 127.0.0.1:{port}.*--port"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
def test_a_host_that_is_not_this_machine_is_named(host):
    with pytest.raises(UserError, match=f"cannot listen on {host}:0 .*use --host 127.0.0.1"):
        listen(host, 0)


def test_an_answer_is_sent_without_waiting_for_acknowledgement():
    with listen("127.0.0.1", 0) as listener:
        with socket.create_connection(listener.getsockname()), listener.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
