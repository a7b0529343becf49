"""The load generator of the benchmarks: what it measures is what a server did."""

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from projects import TEMPLATE

sys.path.insert(0, str(TEMPLATE / "benchmarks"))


class Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked: list[bytes] = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Echo.asked.append(body)
        self.send_response(200 if self.path == "/echo" else 500)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nothing is printed."""


@pytest.fixture
def url():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Echo.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_every_answer_is_counted_once_and_requests_are_asked_in_turn(url):
    from load import load, post

    found = load(url, [post("/echo", b"one"), post("/echo", b"two" * 50_000)], 2, 0.3)
    assert len(found.latencies) == len(Echo.asked) > 2
    assert found.per_second == pytest.approx(len(found.latencies) / found.seconds)
    assert 0 < found.percentile(50) <= found.percentile(99) < 5
    ones, twos = (sum(body[:3] == word for body in Echo.asked) for word in (b"one", b"two"))
    assert 0 <= ones - twos <= 2


def test_an_answer_that_is_no_success_stops_it(url):
    from load import load, post

    with pytest.raises(RuntimeError, match="500"):
        load(url, [post("/fail", b"{}")], 1, 0.3)
