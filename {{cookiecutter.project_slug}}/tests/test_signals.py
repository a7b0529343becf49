"""The server as a process of its own: it ends what it has begun, and a dead worker is replaced."""

import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from your_package.paths import BUNDLE
from your_package.serving.bundle import MANIFEST

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
CLI = "your_package.cli"
PATIENCE = 60  # seconds


@pytest.fixture
def start(trained: Path) -> Iterator[Callable[..., tuple[Any, http.client.HTTPConnection]]]:
    """start(workers=1) gives the process of a server and a connection to it."""
    with contextlib.ExitStack() as stack:

        def begin(workers: int = 1):
            command = [sys.executable, "-m", CLI, "serve", "--port", "0"]
            server = subprocess.Popen(
                [*command, "--workers", str(workers)],
                cwd=trained,
                env={**os.environ, "LOG_REQUESTS": "0"},
                stdout=subprocess.PIPE,
                text=True,
            )
            stack.callback(server.wait, PATIENCE)
            stack.callback(server.terminate)
            port = re.search(r"localhost:(\d+)|127\.0\.0\.1:(\d+)", server.stdout.readline())
            return server, http.client.HTTPConnection(
                "127.0.0.1", int(port[1] or port[2]), PATIENCE
            )

        yield begin


@pytest.fixture
def sent(trained) -> bytes:
    manifest = json.loads((trained / BUNDLE / MANIFEST).read_text(encoding="utf-8"))
    return json.dumps(manifest["golden"][0]["request"]).encode()


def begin_to_ask(connection, sent):
    """Send the first half of a request."""
    connection.putrequest("POST", "/predict")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(len(sent)))
    connection.endheaders(sent[: len(sent) // 2])
    time.sleep(1)  # for the server to take it up


def status_of(connection, path="/ready"):
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer.status


@pytest.mark.parametrize("workers", [1, 2])
def test_when_told_to_stop_it_answers_what_it_has_begun(start, sent, workers):
    server, connection = start(workers)
    assert status_of(connection) == 200
    begin_to_ask(connection, sent)
    server.send_signal(signal.SIGTERM)
    time.sleep(1)
    assert server.poll() is None
    connection.send(sent[len(sent) // 2 :])
    answer = connection.getresponse()
    assert answer.status == 200
    assert json.loads(answer.read())["warnings"] is not None
    assert server.wait(PATIENCE) in (0, -signal.SIGTERM)
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection("127.0.0.1", connection.port, 5).request("GET", "/")


def workers_of(server) -> list[int]:
    listed = subprocess.run(
        ["ps", "-Aww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    lines = [line.split(None, 2) for line in listed.splitlines()]
    return [
        int(pid)
        for pid, parent, said in lines
        if int(parent) == server.pid and "spawn_main" in said
    ]


def test_a_worker_that_dies_comes_back(start):
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


def test_workers_count_together(start, sent):
    server, connection = start(workers=2)
    for _ in range(10):  # each on a connection of its own, so that either worker may take it
        connection.close()
        connection.request("POST", "/predict", sent, {"Content-Type": "application/json"})
        assert connection.getresponse().status == 200
    connection.close()
    connection.request("GET", "/metrics")
    figures = connection.getresponse().read().decode()
    counted = re.findall(r'request_seconds_count\{path="/predict",status="200"\} (\S+)', figures)
    assert [float(number) for number in counted] == [10]
