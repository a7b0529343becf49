"""A bundle made of an exported model, and the proof that it answers as the trained model does."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.bundle.manifest import GRAPH, MANIFEST, Manifest
from ml_portfolio.bundle.protocols import DecodeImage
from ml_portfolio.config.errors import UserError
from ml_portfolio.config.files import atomic

MAX_SHOWN = 5  # of the rows that disagree


class Agreement(NamedTuple):
    """How bundle and trained model compare on some rows."""

    gaps: np.ndarray  # how far the answers are apart [rows], in the terms of export.tolerance
    different: int  # rows with another label (a value has none)


def project_facts(pyproject: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the manifest holds of a pyproject.toml: name, version, description, code."""
    project = pyproject["project"]
    code = project.get("urls", {}).get("Repository", "").rstrip("/")
    return {**{key: project[key] for key in ("name", "version", "description")}, "code": code}


def build_bundle(
    manifest: Manifest, files: Mapping[str, bytes], decode_image: DecodeImage | None = None
) -> Bundle:
    """Make a bundle of files; their SHA-256, its version and the golden answers are filled in.

    manifest: its golden cases need a request only
    """
    sha256 = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    version = f"{manifest.version.split('+')[0]}+{sha256[GRAPH][:8]}"
    filled = manifest.model_copy(update={"sha256": sha256, "version": version}, deep=True)
    bundle = Bundle(filled, files, decode_image)
    answers = bundle.ask([case.request for case in filled.golden])
    for case, answer in zip(filled.golden, answers, strict=True):
        case.answer = answer
    return bundle


def check_agreement(
    bundle: Bundle, requests: Sequence[dict[str, Any]], outputs: np.ndarray
) -> Agreement:
    """Compare as `compare_answers` does; raises UserError where a gap is above the tolerance."""
    agreement = compare_answers(bundle, requests, outputs)
    gaps, tolerance = agreement.gaps, bundle.manifest.tolerance
    if not gaps.max() <= tolerance:  # a gap may be NaN
        worst = np.argsort(-gaps)[:MAX_SHOWN]
        rows = "".join(f"\n  {gaps[row]:.2g} apart: {str(requests[row])[:300]}" for row in worst)
        raise UserError(
            f"ONNX and the trained model disagree by more than {tolerance:g} (export.tolerance) on "
            f"{(~(gaps <= tolerance)).sum():,} of {len(gaps):,} test rows; the worst are:{rows}"
        )
    return agreement


def compare_answers(
    bundle: Bundle, requests: Sequence[dict[str, Any]], outputs: np.ndarray
) -> Agreement:
    """Compare a bundle's answers to requests with the trained model's outputs for them [rows, …].

    The outputs are decoded as the bundle's own are: probabilities [rows, classes] or values [rows].
    """
    output = bundle.manifest.output
    pairs = list(zip(output.decode(outputs), bundle.ask(requests), strict=True))
    gaps = np.array([output.difference(expected, actual) for expected, actual in pairs])
    counted = (output.counted(expected) != output.counted(actual) for expected, actual in pairs)
    return Agreement(gaps, sum(counted))


def write_bundle(bundle: Bundle, folder: Path) -> None:
    """Write the files and the manifest; a bundle that was there before is replaced at once."""
    with atomic(folder) as draft:
        draft.mkdir()
        for name, content in bundle.files.items():
            (draft / name).write_bytes(content)
        manifest = bundle.manifest.model_dump(mode="json")
        text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
        (draft / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def export_facts(bundle: Bundle, agreement: Agreement, weights: str) -> dict[str, Any]:
    """Return, and print, what reports say of the exported model. weights: such as "float32"."""
    rows, largest = len(agreement.gaps), float(agreement.gaps.max())
    megabytes = round(sum(map(len, bundle.files.values())) / 1e6, 2)
    same = f"{rows - agreement.different:,} of {rows:,} test examples are answered"
    print(f"{bundle.manifest.model} as ONNX, {megabytes} MB, {weights}")
    print(f"{same} as by the trained model (largest difference {largest:.1g})")
    return {
        "candidate": bundle.manifest.model,
        "graph": weights,
        "megabytes": megabytes,
        "rows": rows,
        "different_answers": agreement.different,
        "largest_difference": largest,
    }
