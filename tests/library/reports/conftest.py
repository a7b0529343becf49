"""Results whose numbers are known: of a classifier with two classes, and of a regression."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ml_portfolio.config import paths
from ml_portfolio.reports.rendering import as_markdown, documents, environment
from ml_portfolio.reports.results import Results, Words

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big")
METRICS = {"accuracy": 0.87, "precision": 0.75, "recall": 0.625, "roc_auc": 0.9291}
ENDS = {"low": 0.922, "high": 0.936}
GAIN = {"value": 0.4291, "low": 0.422, "high": 0.436}
CHOICE = {
    "candidate": "forest",
    "baseline": "majority",
    "metric": "roc_auc",
    "mean": 0.92,
    "standard_errors": 1.0,
    "folds": 5,
    "best": {"candidate": "forest", "mean": 0.92},
    "compared_with": {
        "candidate": "line",
        "mean": 0.9,
        "difference": 0.02,
        "p_value": 0.01,
        "test": "corrected resampled t-test",
        "significant": True,
    },
}
DIAGNOSIS: dict[str, Any] = {
    "metric": "roc_auc",
    "overall": 0.9291,
    "slices": [],
    "fairness": [],
    "generalization": {
        "train": 0.95,
        "validation": 0.93,
        "gap": 0.02,
        "noise": 0.01,
        "verdict": "overfitting",
    },
    "learning_curve": [],
    "duplicates": {"test_rows": 0, "share": 0, "without": None},
    "drift": [],
    "labels": {name: {"low": 0.75, "high": 0.25} for name in ("train", "validation", "test")},
    "mistakes": [],
}
PROFILE = {
    "source": "People",
    "sha256": "ab" * 32,
    "rejected": 0,
    "split": {"kind": "stratified", "key": "income"},
    "splits": {"train": 19_536, "validation": 6_512, "test": 6_513},
    "leaks": [],
    "train": {"rows": 19_536, "columns": {"age": {"missing_share": 0.02}, "job": {}}},
}


def run(candidate: str, mean: float, std: str = "", chosen: bool = False) -> dict[str, str]:
    costs = {"fit_seconds": "12.34", "megabytes": "1", "predict_seconds_per_1000": "0.1"}
    named = {"candidate": candidate, "chosen": str(chosen)}
    return {**named, "roc_auc_mean": str(mean), "roc_auc_std": std, **costs}


@pytest.fixture
def classifier() -> Results:
    """A forest that finds people with a high income."""
    return Results(
        metrics={
            "candidate": "forest",
            "baseline_candidate": "majority",
            "metric": "roc_auc",
            "rows": 6513,
            "model": METRICS,
            "baseline": dict.fromkeys(METRICS, 0.5),
            "intervals": {
                "level": 0.95,
                "model": dict.fromkeys(METRICS, ENDS),
                "gain": dict.fromkeys(METRICS, GAIN),
            },
            "choice": CHOICE,
            "calibration": {"expected_calibration_error": 0.012, "by_chance": 0.01},
            "threshold": {
                "value": 0.41,
                "false_positive_cost": 1,
                "false_negative_cost": 3,
                "cost": 0.2,
                "cost_at_half": 0.25,
                "cost_of_baseline": 0.7,
            },
            "conformal": {
                "confidence": 0.9,
                "coverage": 0.91,
                "low": 0.9,
                "high": 0.92,
                "size": 1.2,
            },
            "output": {"task": "classification", "target": "income", "labels": ["low", "high"]},
        },
        diagnosis=DIAGNOSIS,
        explanation={"method": "none", "features": [], "examples": [], "summary": "It is simple."},
        profile=PROFILE,
        exported={
            "candidate": "forest",
            "graph": "in full precision",
            "megabytes": 1.25,
            "rows": 6513,
            "different_answers": 0,
            "largest_difference": 4e-7,
        },
        runs=[run("majority", 0.5), run("line", 0.9, "0.01"), run("forest", 0.92, "0.004", True)],
        source={"title": "People", "licence": "CC BY 4.0 (https://example.org/by_4)"},
        project={"name": "incomes", "version": "0.1.0", "authors": [{"name": "Ada"}]},
        title="Incomes",
        figures={},
        words=Words(example="row", examples="rows"),
    )


@pytest.fixture
def regression(classifier: Results) -> Results:
    """Trees that predict how many bikes are rented."""
    model = {"mae": 38.2, "rmse": 56.7, "r2": 0.776}
    gain = {"value": 3.8, "low": 1.2, "high": 6.4}
    coverage = {"coverage": 0.8, "low": 0.78, "high": 0.83}
    changed = {
        "metric": "mae",
        "rows": 1748,
        "model": model,
        "baseline": {"mae": 42.0, "rmse": 63.2, "r2": 0.722},
        "intervals": {
            "level": 0.95,
            "model": dict.fromkeys(model, {"low": 35.7, "high": 41.1}),
            "gain": dict.fromkeys(model, gain),
        },
        "choice": {**CHOICE, "metric": "mae", "mean": 33.9},
        "conformal": {"confidence": 0.9, **coverage, "width": 112.7},
        "output": {"task": "regression", "target": "bikers", "unit": "bikes"},
    }
    kept = {key: classifier.metrics[key] for key in ("candidate", "baseline_candidate")}
    runs = [{**each, "mae_mean": "60.5", "mae_std": ""} for each in classifier.runs]
    labels = {"labels": {"train": {"mean": 135.2, "standard deviation": 130}}}
    return replace(
        classifier, metrics={**kept, **changed}, diagnosis={**DIAGNOSIS, **labels}, runs=runs
    )


@pytest.fixture(params=["classifier", "regression"])
def results(request: pytest.FixtureRequest) -> Results:
    """Either of them."""
    found: Results = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def say() -> Callable[..., str]:
    """say("sentences.gain", results, …) returns what a macro of a template makes, as Markdown."""
    templates = environment("markdown.j2", as_markdown)

    def made(name: str, *arguments: Any) -> str:
        template, macro = name.split(".")
        return str(getattr(templates.get_template(f"{template}.j2").module, macro)(*arguments))

    return made


@pytest.fixture
def project(classifier: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder with the files of the classifier and unfilled documents; it is current."""
    monkeypatch.chdir(tmp_path)
    contents = {
        paths.METRICS: classifier.metrics,
        paths.DIAGNOSIS: classifier.diagnosis,
        paths.EXPLANATION: classifier.explanation,
        paths.PROFILE: classifier.profile,
        paths.EXPORTED: classifier.exported,
    }
    for folder in ("reports/figures/evaluate", "data"):
        Path(folder).mkdir(parents=True)
    for path, content in contents.items():
        path.write_text(json.dumps(content), encoding="utf-8")
    with paths.RUNS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(classifier.runs[0]))
        writer.writeheader()
        writer.writerows(classifier.runs)
    Path("reports/figures/evaluate/roc_curve.png").write_bytes(PNG)
    paths.SOURCE.write_text("title: People\nlicence: CC BY 4.0\n", encoding="utf-8")
    Path("params.yaml").write_text("project: {input: table, task: classification}\n", "utf-8")
    Path("pyproject.toml").write_text('[project]\nname = "incomes"\nversion = "0.1.0"\n', "utf-8")
    for path, blocks in documents(classifier).items():
        text = "".join(f"<!-- facts: {name} -->\nnone\n<!-- end: {name} -->\n" for name in blocks)
        path.write_text(f"# Incomes\n\nMine.\n{text}Mine too.\n", encoding="utf-8")
    return tmp_path
