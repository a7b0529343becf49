"""What the pipeline costs beside its fits and predictions, and how it grows with the rows.

    cd PROJECT && uv run --with psutil python …/benchmarks/pipeline.py [--rows 10000 100000 1000000]

Without --rows: `dvc repro` from nothing, against one bare script with the same fits and
predictions; in rounds, of which the fastest of each counts. With --rows: time and largest memory of
each stage on so many rows, drawn with replacement from the sample, with params.yaml as `adopt`
would write it for so many. The project is left changed: use a copy.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import psutil
from contenders.fitted import PACKAGE
from ml_portfolio.tool.adopt.settings import put
from ml_portfolio.tool.adopt.tables.adopter import limit_candidates

HERE = Path(__file__).parent
RESULTS = HERE / "results"
STAGES = ("preprocess", "train", "evaluate", "export", "report")
ENV = os.environ | {"PYTHONPATH": str(HERE / "contenders"), "PYTHONUTF8": "1"}


def measure(*command: str) -> tuple[float, float]:
    """Seconds, and the most megabytes that the process and those it started held at once."""
    started, most = time.perf_counter(), 0.0
    process = psutil.Popen(command, env=ENV, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        most = max(most, memory(process))
        time.sleep(0.05)
    if process.returncode:
        sys.exit(f"error: {' '.join(command)} failed: what it said stands above.")
    return time.perf_counter() - started, most


def memory(process: psutil.Process) -> float:
    try:
        everyone = [process, *process.children(recursive=True)]
        return sum(one.memory_info().rss for one in everyone) / 1e6
    except psutil.NoSuchProcess:
        return 0.0


def beside_bare(rounds: int) -> list[str]:
    whole, bare = [], []
    for _ in range(rounds):
        whole.append(measure(sys.executable, "-m", "dvc", "repro", "--force", "--quiet")[0])
        bare.append(measure(sys.executable, str(HERE / "contenders" / "bare_pipeline.py"))[0])
    ours, least = min(whole), min(bare)
    return [
        "# The pipeline",
        "",
        f"- `dvc repro` from raw data to report and bundle: {ours:.0f} s",
        f"- the same fits and predictions in one bare script: {least:.0f} s",
        f"- {ours / least:.2f} × as long",
    ]


def grown(sizes: list[int]) -> list[str]:
    file = next(path for path in Path("data/raw").iterdir() if path.suffix in (".csv", ".gz"))
    sample = pd.read_csv(file, dtype=str, keep_default_na=False)
    head = " | ".join([*STAGES, "together"])
    lines = ["# The pipeline as rows grow", "", "Seconds (and the most megabytes held).", ""]
    lines += [f"| rows | megabytes of CSV | {head} |", "|--:|--:|" + "--:|" * (len(STAGES) + 1)]
    params = Path("params.yaml")
    written = params.read_text(encoding="utf-8")
    try:
        for size in sizes:
            sample.sample(size, replace=True, random_state=0).to_csv(file, index=False)
            described(file)
            params.write_text(bounded(written, size), encoding="utf-8")
            found = [measure(sys.executable, "-m", module(stage)) for stage in STAGES]
            seconds, most = zip(*found, strict=True)
            found.append((sum(seconds), max(most)))
            cells = [f"{took:.1f} ({held:,.0f})" for took, held in found]
            text = sum(len(",".join(row)) + 1 for row in sample.itertuples(index=False, name=None))
            text = text * size / len(sample) / 1e6
            lines.append(f"| {size:,} | {text:,.0f} | {' | '.join(cells)} |")
            print(lines[-1], flush=True)
    finally:
        params.write_text(written, encoding="utf-8")
        sample.to_csv(file, index=False)
        described(file)
    return lines


def module(stage: str) -> str:
    return "ml_portfolio.reports" if stage == "report" else f"{PACKAGE}.{stage}"


def bounded(text: str, rows: int) -> str:
    """What `adopt` writes into params.yaml for so many rows."""
    for setting in limit_candidates(rows):
        text = put(text, setting)
    return text


def described(file: Path) -> None:
    """Write the checksum of the raw file where the project keeps it."""
    source = Path("data/source.yaml")
    wanted = hashlib.sha256(file.read_bytes()).hexdigest()
    lines = source.read_text(encoding="utf-8").splitlines()
    lines = [f"sha256: {wanted}" if line.startswith("sha256:") else line for line in lines]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, nargs="+")
    options.add_argument("--rounds", type=int, default=2)
    said = options.parse_args()
    lines = grown(said.rows) if said.rows else beside_bare(said.rounds)
    RESULTS.mkdir(exist_ok=True)
    name = "pipeline-rows.md" if said.rows else "pipeline.md"
    (RESULTS / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
