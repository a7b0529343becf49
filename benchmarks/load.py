"""A load generator: connections that stay open, each asking again as soon as it is answered.

It reads as little of an answer as HTTP/1.1 allows, so that what is measured is the server.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Load:
    """What was measured: seconds of each answer, and of the whole."""

    latencies: list[float]
    seconds: float

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, percent: int) -> float:
        return quantiles(self.latencies, n=100, method="inclusive")[percent - 1]


class Client(asyncio.Protocol):
    """One connection. Raises RuntimeError at an answer that is not 200."""

    def __init__(self, requests: Sequence[bytes], until: float) -> None:
        self.requests, self.until = requests, until
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.latencies: list[float] = []
        self.received, self.wanted = b"", -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.WriteTransport = transport  # type: ignore[assignment]
        self.ask()

    def ask(self) -> None:
        self.started = time.perf_counter()
        self.transport.write(self.requests[len(self.latencies) % len(self.requests)])

    def data_received(self, data: bytes) -> None:
        self.received += data
        if self.wanted < 0 and b"\r\n\r\n" in self.received:
            head, _, _ = self.received.partition(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                return self.stop(RuntimeError(self.received[:600].decode(errors="replace")))
            lines = head.lower().split(b"\r\n")
            length = next(line for line in lines if line.startswith(b"content-length:"))
            self.wanted = len(head) + 4 + int(length.partition(b":")[2])
        if len(self.received) == self.wanted:
            now = time.perf_counter()
            self.latencies.append(now - self.started)
            self.received, self.wanted = b"", -1
            self.ask() if now < self.until else self.stop(None)

    def connection_lost(self, error: Exception | None) -> None:
        self.stop(error or RuntimeError("the server closed the connection"))

    def stop(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error) if error else self.done.set_result(None)
        self.transport.close()


async def drive(url: str, requests: Sequence[bytes], connections: int, seconds: float) -> Load:
    """Ask for so many seconds. `requests` are whole HTTP requests, asked in turn."""
    address = urlsplit(url)
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    made = [
        await loop.create_connection(
            lambda: Client(requests, started + seconds), address.hostname, address.port
        )
        for _ in range(connections)
    ]
    clients = [client for _, client in made]
    await asyncio.gather(*(client.done for client in clients))
    latencies = [seconds for client in clients for seconds in client.latencies]
    return Load(latencies, time.perf_counter() - started)


def post(path: str, body: bytes, kind: str = "application/json") -> bytes:
    """A request as it goes over the wire."""
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def load(url: str, requests: Sequence[bytes], connections: int = 8, seconds: float = 5) -> Load:
    return asyncio.run(drive(url, requests, connections, seconds))
