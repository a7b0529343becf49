"""Stage `export`: the chosen model as a bundle, proved to answer as the model itself does.

Each test row goes the way of a real request: validated, encoded, through ONNX, decoded.
"""

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from pydantic import Field

from .conversion import (
    as_requests,
    compress,
    extra_files,
    golden_requests,
    input_spec,
    to_onnx,
)
from .dataset import load_split
from .errors import UserError, exit_with_one_line
from .files import read_json, whole, write_json
from .metrics import predict
from .params import Strict, load
from .paths import BUNDLE, EXPORTED, METRICS, MODEL, PROFILE
from .serving.bundle import FORMAT, GRAPH, MANIFEST, Bundle, Golden, Manifest
from .serving.outputs import OutputSpec, counted, decode, difference
from .task import TASK

MEASURED = ("metric", "rows", "model", "baseline", "intervals")  # what the bundle tells of these
SHOWN = 5  # of the rows that disagree


class ExportParams(Strict):
    golden_requests: int = Field(ge=1, le=100)
    tolerance: float = Field(gt=0, lt=1)  # the most by which ONNX may differ from the model


def make_bundle(model: Any, params: ExportParams) -> Bundle:
    """Convert a fitted model and describe it."""
    X, _ = load_split("train")
    measured, profile = read_json(METRICS), read_json(PROFILE)
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    manifest = Manifest(
        format=FORMAT,
        name=project["name"],
        version=project["version"],
        description=project["description"],
        code=project.get("urls", {}).get("Repository", "").rstrip("/"),
        task=TASK,
        model=measured["candidate"],
        input=input_spec(),
        output=OutputSpec.model_validate(measured["output"]),
        metrics={about: measured[about] for about in MEASURED},
        data={name: profile[name] for name in ("source", "sha256", "splits")},
        reference=profile["train"],
        sha256={},
        tolerance=params.tolerance,
        golden=[
            Golden(request=request, answer={})
            for request in golden_requests(params.golden_requests)
        ],
    )
    return put_together(manifest, {GRAPH: to_onnx(model, X), **extra_files()})


def put_together(manifest: Manifest, files: dict[str, bytes]) -> Bundle:
    """Make a bundle of these files: their fingerprints, its version and golden answers follow."""
    fingerprints = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    version = f"{manifest.version.split('+')[0]}+{fingerprints[GRAPH][:8]}"
    changes = {"sha256": fingerprints, "version": version}
    bundle = Bundle(manifest.model_copy(update=changes, deep=True), files)
    golden = bundle.manifest.golden
    for case, answer in zip(golden, bundle.ask([case.request for case in golden]), strict=True):
        case.answer = answer
    return bundle


def check_agreement(bundle: Bundle, model: Any) -> tuple[np.ndarray, int]:
    """As `compare`; raises UserError where a gap is above the tolerance, with the worst rows."""
    gaps, others = compare(bundle, model)
    tolerance = bundle.manifest.tolerance
    if gaps.max() > tolerance:
        worst, requests = np.argsort(-gaps)[:SHOWN], as_requests("test")
        rows = "".join(f"\n  {gaps[row]:.2g} apart: {str(requests[row])[:300]}" for row in worst)
        raise UserError(
            f"ONNX and the model disagree by more than {tolerance:g} (export.tolerance) on "
            f"{(gaps > tolerance).sum():,} of {len(gaps):,} test rows; the worst are:{rows}"
        )
    return gaps, others


def compare(bundle: Bundle, model: Any) -> tuple[np.ndarray, int]:
    """How far bundle and model are apart on each test row [rows], and how many labels differ."""
    X, _ = load_split("test")
    spec = bundle.manifest.output
    wanted = decode(spec, predict(model, X))
    pairs = list(zip(wanted, bundle.ask(as_requests("test")), strict=True))
    gaps = np.array([difference(spec, said, got) for said, got in pairs])
    return gaps, sum(counted(said) != counted(got) for said, got in pairs)


def write(bundle: Bundle) -> None:
    with whole(BUNDLE) as draft:
        draft.mkdir()
        for name, content in bundle.files.items():
            (draft / name).write_bytes(content)
        manifest = bundle.manifest.model_dump(mode="json")
        text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
        (draft / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


@exit_with_one_line
def main() -> None:
    params = load("export", ExportParams)
    model = joblib.load(MODEL)
    bundle = make_bundle(model, params)
    gaps, others = check_agreement(bundle, model)
    graph, said = compress(bundle)
    if graph != bundle.files[GRAPH]:
        bundle = put_together(bundle.manifest, bundle.files | {GRAPH: graph})
        gaps, others = compare(bundle, model)  # of what is served
    write(bundle)
    account = {
        "candidate": bundle.manifest.model,
        "graph": said,
        "megabytes": round(sum(map(len, bundle.files.values())) / 1e6, 2),
        "rows": len(gaps),
        "other_answers": others,
        "largest_gap": float(gaps.max()),
    }
    write_json(EXPORTED, account)
    print(f"{BUNDLE}: {account['candidate']}, {account['megabytes']} MB, served {said}")
    print(f"{len(gaps) - others:,} of {len(gaps):,} test rows are answered ", end="")
    print(f"as the trained model does (largest difference {gaps.max():.1g})")


if __name__ == "__main__":
    main()
