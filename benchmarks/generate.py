"""How long it takes to generate a project, beside peers from the package registry.

    uv run python benchmarks/generate.py

Each is run as its users run it, in an environment that is already there; of several turns, taken in
rounds, the fastest counts. Writes results/generate.md.
"""

import os
import subprocess
import tempfile
import time
from pathlib import Path

TEMPLATE = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results"
ROUNDS = 5
CONTENDERS = {
    "this template": ("cookiecutter", ["cookiecutter", str(TEMPLATE), "--no-input"]),
    "kedro new": ("kedro", ["kedro", "new", "--name=peer", "--tools=none", "--example=n"]),
    "putup --dsproject": (
        "pyscaffold pyscaffoldext-dsproject setuptools<81",
        ["putup", "--dsproject", "peer"],
    ),
}


def command(packages: str, words: list[str]) -> list[str]:
    parts = [part for package in packages.split() for part in ("--with", package)]
    return ["uv", "run", "--no-project", "--quiet", *parts, *words]


def seconds(words: list[str]) -> tuple[float, int]:
    """Run it in an empty folder; returns its time, and how many files it wrote."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"KEDRO_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"}
        started = time.perf_counter()
        subprocess.run(words, cwd=folder, env=env, check=True, capture_output=True)
        taken = time.perf_counter() - started
        return taken, sum(1 for path in Path(folder).rglob("*") if ".git" not in path.parts)


def main() -> None:
    found: dict[str, list[tuple[float, int]]] = {name: [] for name in CONTENDERS}
    for _ in range(ROUNDS + 1):  # the first installs
        for name, (packages, words) in CONTENDERS.items():
            found[name].append(seconds(command(packages, words)))
    best = {name: min(turns[1:]) for name, turns in found.items()}
    ours = best["this template"][0]
    lines = ["# Generating a project", "", "| | seconds | files | of this template's time |"]
    lines.append("|---|--:|--:|--:|")
    for name, (taken, files) in best.items():
        lines.append(f"| {name} | {taken:.2f} | {files} | {taken / ours:.2f} |")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "generate.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
