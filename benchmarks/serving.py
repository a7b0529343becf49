"""How fast a trained project answers, beside what its users would pick otherwise.

    cd PROJECT && uv run --with bentoml --with psutil python …/benchmarks/serving.py TRACK

All contenders run one after another with the same trained model, the same requests and the same
load generator, one process each. Every round has all of them, and of each its best round counts, so
that what else the machine did weighs on none alone. Writes results/serving-TRACK.md and .png.
"""

import asyncio
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from contenders.fitted import PACKAGE
from load import Load, drive, load, post

HERE = Path(__file__).parent
CONTENDERS, RESULTS = HERE / "contenders", HERE / "results"
PYTHON = sys.executable
MANIFEST = json.loads(Path("models/bundle/manifest.json").read_text(encoding="utf-8"))
ROWS = [case["request"] for case in MANIFEST["golden"] if not case["answer"]["warnings"]]
ROUNDS, SECONDS, CONNECTIONS = 3, 4.0, 8


@dataclass(frozen=True)
class Contender:
    name: str
    command: tuple[str, ...]  # {port} in it is filled in
    path: str = "/predict"
    wrap: Callable[[dict[str, Any]], Any] = lambda row: row

    def requests(self) -> list[bytes]:
        return [post(self.path, json.dumps(self.wrap(row)).encode()) for row in ROWS]


def script(name: str) -> tuple[str, ...]:
    return (PYTHON, str(CONTENDERS / f"{name}.py"), "{port}")


OURS = Contender("this project", (PYTHON, "-m", PACKAGE, "serve", "--port", "{port}"))
CONSTANT = Contender("this project, answering a constant", script("constant"))
PLAIN = Contender("FastAPI, answering a constant", script("fastapi_constant"))
BARE = Contender("FastAPI without a model", script("bare_fastapi"))
OTHERS = [
    Contender("FastAPI + scikit-learn", script("fastapi_sklearn")),
    Contender(
        "BentoML + scikit-learn",
        (PYTHON, "-m", "bentoml", "serve", "bentoml_sklearn:Service", "--port", "{port}"),
        wrap=lambda row: {"row": row},
    ),
    Contender(
        "mlflow models serve",
        script("mlflow_models"),
        "/invocations",
        lambda row: {"dataframe_records": [row]},
    ),
]


@contextmanager
def running(contender: Contender) -> Iterator[tuple[str, psutil.Process, float]]:
    """Start a contender; yields its address, its process, and the seconds to its first answer."""
    port = free_port()
    bin_ = os.pathsep.join([str(Path(PYTHON).parent), os.environ["PATH"]])
    env = os.environ | {"PATH": bin_, "PYTHONPATH": str(CONTENDERS), "BENTOML_DO_NOT_TRACK": "true"}
    command = [part.format(port=port) for part in contender.command]
    log = Path(f"{contender.name.replace(' ', '-')}.log")
    started = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, env=env, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        first = wait(f"http://127.0.0.1:{port}", contender, process, log) - started
        yield f"http://127.0.0.1:{port}", psutil.Process(process.pid), first
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def wait(url: str, contender: Contender, process: subprocess.Popen[bytes], log: Path) -> float:
    """When the first answer came."""
    for _ in range(6000):
        try:
            load(url, contender.requests()[:1], 1, 0)
            return time.perf_counter()
        except (OSError, RuntimeError):
            if process.poll() is not None:
                break
            time.sleep(0.01)
    sys.exit(f"error: {contender.name} does not answer: {log} says why.")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def resident(process: psutil.Process) -> float:
    """Megabytes of a process and those that it started."""
    everyone = [process, *process.children(recursive=True)]
    return sum(one.memory_info().rss for one in everyone) / 1e6


def rounds(contenders: Sequence[Contender]) -> dict[str, tuple[Load, float]]:
    """The best load of each contender by name, and its memory after it."""
    best: dict[str, tuple[Load, float]] = {}
    for _ in range(ROUNDS):
        for contender in contenders:
            with running(contender) as (url, process, _):
                load(url, contender.requests(), CONNECTIONS, 1)
                found = load(url, contender.requests(), CONNECTIONS, SECONDS), resident(process)
            print(f"{contender.name:36} {found[0].per_second:8,.0f} /s", flush=True)
            before = best.get(contender.name, found)
            best[contender.name] = max(before, found, key=lambda one: one[0].per_second)
    return best


def bare(what: str) -> float:
    env = os.environ | {"PYTHONPATH": str(CONTENDERS)}
    command = [PYTHON, str(CONTENDERS / "bare.py"), what, str(SECONDS)]
    return float(subprocess.run(command, env=env, check=True, capture_output=True).stdout)


def batches(size: int, alone_is: str) -> str:
    """Rows per second of the server, asked for so many at once, beside the model alone."""
    rows = [ROWS[place % len(ROWS)] for place in range(size)]
    request = post("/predict/batch", json.dumps({"rows": rows}).encode())
    served, alone = [], []
    with running(OURS) as (url, _, _):
        for _ in range(ROUNDS):
            served.append(size * load(url, [request], 2, SECONDS).per_second)
            alone.append(bare(alone_is))
    return f"- Batches of {size:,}: {beside(max(served), max(alone))}"


def beside(served: float, alone: float) -> str:
    return f"{served:,.0f} rows/s; {alone:,.0f} without a server: {served / alone:.2f} of it."


def cold_starts() -> tuple[float, float]:
    """Seconds from start to first answer: ours, and of the least that could serve a model."""
    times: dict[str, list[float]] = {OURS.name: [], BARE.name: []}
    for _ in range(5):
        for contender in (OURS, BARE):
            with running(contender) as (_, _, seconds):
                times[contender.name].append(seconds)
    return statistics.median(times[OURS.name]), statistics.median(times[BARE.name])


def beside_batches() -> tuple[float, float]:
    """Seconds in which 99 % of single rows are answered: alone, and while batches are under way."""
    rows = [ROWS[place % len(ROWS)] for place in range(10_000)]
    batch = post("/predict/batch", json.dumps({"rows": rows}).encode())

    async def both(url: str) -> Load:
        other = asyncio.create_task(drive(url, [batch], 1, SECONDS))
        found = await drive(url, OURS.requests(), 1, SECONDS)
        await other
        return found

    with running(OURS) as (url, _, _):
        alone = load(url, OURS.requests(), 1, SECONDS)
        return alone.percentile(99), asyncio.run(both(url)).percentile(99)


def draw(found: dict[str, tuple[Load, float]], path: Path) -> None:
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 0.6 + 0.4 * len(found)), layout="constrained")
    speeds = [one.per_second for one, _ in found.values()]
    bars = axes.barh(list(found), speeds, color=["#0072b2", *["#9a9a9a"] * (len(found) - 1)])
    axes.bar_label(bars, [f"{speed:,.0f}" for speed in speeds], padding=4)
    axes.set(xscale="log", xlabel="answers per second (log scale)", xlim=(1, 3 * max(speeds)))
    axes.invert_yaxis()
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=150)


def table(found: dict[str, tuple[Load, float]]) -> list[str]:
    lines = ["| | answers/s | this project is | p50 | p99 | memory |", "|---|--:|--:|--:|--:|--:|"]
    ours = found[OURS.name][0].per_second
    for name, (one, memory) in found.items():
        half, most = (f"{1000 * one.percentile(part):.1f} ms" for part in (50, 99))
        times = f"{ours / one.per_second:.2f} ×"
        lines.append(
            f"| {name} | {one.per_second:,.0f} | {times} | {half} | {most} | {memory:.0f} MB |"
        )
    return lines


def main() -> None:
    track = sys.argv[1]
    tabular = track.startswith("tabular")
    found = rounds([OURS, CONSTANT, PLAIN, *(OTHERS if track == "tabular-classification" else [])])
    lines = [f"# Serving: {track}, {MANIFEST['model']}", ""]
    lines += [f"One row a request, {CONNECTIONS} connections.", ""]
    lines += table(found)
    if tabular:
        calm, busy = (f"{1000 * seconds:.1f} ms" for seconds in beside_batches())
        said = f"p99 {calm} alone, {busy} beside batches of 10,000 rows."
        lines += ["", batches(1000, "batch"), f"- A single row on one connection: {said}"]
    else:
        kind = track.partition("-")[0]
        alone = f"- One by one: {beside(found[OURS.name][0].per_second, bare(kind))}"
        lines += ["", alone, batches(100, kind)]
    cold, least = cold_starts()
    said = f"{cold:.2f} s; FastAPI that only imports onnxruntime: {least:.2f} s"
    lines.append(f"- From start to first answer: {said} ({cold / least:.2f} ×).")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"serving-{track}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    draw(found, RESULTS / f"serving-{track}.png")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
