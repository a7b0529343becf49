"""The tabular tracks on a table with a column of each type: from raw data to the answer."""

import contextlib
import importlib
import re
import shutil

import numpy as np
import pandas as pd
import pytest
from fastapi.testclient import TestClient
from library import mixed_table
from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.config.files import read_json
from ml_portfolio.config.params import PARAMS, read_yaml
from ml_portfolio.config.paths import (
    BUNDLE,
    DIAGNOSIS,
    EXPLANATION,
    METRICS,
    PROCESSED,
    PROFILE,
    REJECTED,
)
from ml_portfolio.config.processed import load_rows, save_split
from ml_portfolio.export.pipeline import pipeline_to_onnx
from ml_portfolio.serving.settings import Settings
from projects import SOURCE
from ruamel.yaml import YAML

STAGES = ("preprocess", "train", "evaluate", "export")
NAMES = {column.name for column in mixed_table.FEATURES}
REQUEST = {
    "age, in years": 40,
    "class": 0.5,
    "c0": 0.1,
    "цвет": "red",
    "size: of it": "large",
    "smokes?": True,
    "bought on": "2025-03-31",
    "seen <at>": "2025-03-31T15:30:00",
    'what "was" said': "Refund!",
}


class Run:
    """A project of one tabular track in a folder, its stages run."""

    def __init__(self, task, folder):
        self.folder, self.package = folder, f"tabular_{task}"
        track = SOURCE / "_tracks" / f"tabular-{task}"
        shutil.copytree(track / "data", folder / "data")
        shutil.copy(track / "params.yaml", folder)
        (folder / "pyproject.toml").write_text(
            '[project]\nname = "mixed"\nversion = "0.1.0"\ndescription = "Mixed."\n'
        )
        with contextlib.chdir(folder):
            mixed_table.write_into(folder)
            for stage in STAGES:
                self.module(stage).main()

    def module(self, name):
        return importlib.import_module(f"{self.package}.{name}")


@pytest.fixture(scope="module", params=["classification", "regression"])
def run(request, tmp_path_factory):
    return Run(request.param, tmp_path_factory.mktemp("mixed"))


@pytest.fixture
def in_run(run, monkeypatch):
    monkeypatch.chdir(run.folder)
    return run


@pytest.fixture
def copied(run, tmp_path, monkeypatch):
    """A copy of the run, to be changed."""
    folder = tmp_path / "copy"
    shutil.copytree(run.folder, folder, ignore=shutil.ignore_patterns("mlruns", "mlflow.db"))
    monkeypatch.chdir(folder)
    return run


@pytest.fixture
def client(run):
    app = run.module("app").create_app(Bundle.load(run.folder / BUNDLE), Settings())
    with TestClient(app) as client:
        yield client


def ask(client, **changes):
    reply = client.post("/predict", json=REQUEST | changes)
    assert reply.status_code == 200, reply.text
    answer = reply.json()
    return answer.get("value") or answer["probabilities"]["true"], answer["warnings"]


def test_every_candidate_answers_the_same_as_onnx(in_run):
    dataset, models = in_run.module("dataset"), in_run.module("models")
    X, y = dataset.load_split("train")
    bundle = Bundle.load(BUNDLE)
    for name, parameters in read_yaml(PARAMS)["train"]["candidates"].items():
        if name == "majority":
            continue
        model = getattr(models, name)(X, 0, **parameters).fit(X, y)
        graph = pipeline_to_onnx(model, dataset.load_inputs())
        converted = Bundle(bundle.manifest, {**bundle.files, "model.onnx": graph})
        requests = [case.request for case in bundle.manifest.golden]
        assert len(converted.ask(requests)) == len(requests)


def test_the_model_uses_what_the_answer_follows_from(client):
    high, warnings = ask(client)
    assert warnings == []
    low = {"size: of it": "small", "smokes?": False, 'what "was" said': "meh"}
    assert ask(client, **low)[0] < high


def test_missing_and_new_values_are_answered_with_a_warning(client):
    nulls = {column.name: None for column in mixed_table.FEATURES if column.nullable}
    _, warnings = ask(client, **nulls)
    assert [each.split(" is missing")[0] for each in warnings] == list(nulls)
    _, warnings = ask(client, **{"цвет": "pink", "size: of it": "huge"})
    assert [each.split(" is unknown")[0] for each in warnings] == [
        "цвет 'pink'",
        "size: of it 'huge'",
    ]


def test_drift_is_measured_for_each_column(client):
    for _ in range(3):
        ask(client)
    metrics = client.get("/metrics").text
    drift = re.findall(r'^feature_drift{feature="(.*)"}', metrics, re.MULTILINE)
    assert {name.replace('\\"', '"') for name in drift} == NAMES


def test_the_reports_name_columns_as_the_schema_does(in_run):
    explained, diagnosis, profile = (read_json(path) for path in (EXPLANATION, DIAGNOSIS, PROFILE))
    assert {each["feature"] for each in explained["features"]} == NAMES
    assert 'what "was" said' in {each["feature"] for each in explained["features"][:4]}
    slices = {each["by"]: each["group"] for each in diagnosis["slices"]}
    assert set(slices) == NAMES
    assert re.search(r"\d{4}-\d\d-\d\d", slices["bought on"])
    assert {each["column"] for each in diagnosis["fairness"]} == {"smokes?"}
    assert profile["leaks"] == [] and "quantiles" in profile["train"]["columns"]["bought on"]
    assert all(set(one["request"]) == NAMES for one in diagnosis["mistakes"])
    assert NAMES < {one["trait"] for one in diagnosis["drift"]}


def test_rows_that_break_the_schema_are_rejected_with_the_reason(copied):
    raw = PROCESSED.parent / "raw" / "mixed.csv"
    text = raw.read_text(encoding="utf-8")
    text = re.sub('"(False|true)"', '"perhaps"', text, count=1)
    raw.write_text(re.sub('"20[0-9-]{8}"', '"1.2.2024"', text, count=1), encoding="utf-8")
    with pytest.raises(SystemExit, match="write 'sha256: ") as stopped:
        copied.module("preprocess").main()
    digest = re.search("sha256: ([0-9a-f]+)", str(stopped.value))[1]
    source = PROCESSED.parent / "source.yaml"
    text = source.read_text(encoding="utf-8")
    source.write_text(re.sub("sha256: .*", f"sha256: {digest}", text), encoding="utf-8")
    copied.module("preprocess").main()
    rejected = REJECTED.read_text(encoding="utf-8")
    assert "smokes? 'perhaps' is not true or false" in rejected
    assert "bought on '1.2.2024' is not a date like 2026-12-31" in rejected


def test_planted_copies_of_training_rows_are_counted(copied):
    before = read_json(DIAGNOSIS)["duplicates"]["test_rows"]
    test, train = load_rows("test"), load_rows("train")
    save_split("test", pd.concat([test, train[:40]]))
    copied.module("evaluate").main()
    assert read_json(DIAGNOSIS)["duplicates"]["test_rows"] == before + 40


def test_a_planted_drift_comes_first(copied):
    test = load_rows("test")
    test["c0"] = test["c0"] * 3 + 100
    save_split("test", test)
    copied.module("evaluate").main()
    first = read_json(DIAGNOSIS)["drift"][0]
    assert first["trait"] == "c0" and first["psi"] > 1


def test_a_slice_that_is_no_trait_is_named(copied):
    yaml = YAML()
    params = yaml.load(PARAMS)
    params["evaluate"]["slices"].append("hieght")
    yaml.dump(params, PARAMS)
    with pytest.raises(SystemExit, match="evaluate.slices: 'hieght' is not one of"):
        copied.module("evaluate").main()


def test_a_feature_that_is_not_used_has_no_importance(in_run):
    explain = in_run.module("explain")
    X, y = in_run.module("dataset").load_split("test")

    class OneFeature:
        """Predicts from its first column alone."""

        def fit(self, X, y):
            return self

        def predict(self, X):
            return X.iloc[:, 0].fillna(0).to_numpy(dtype="float64")

        def predict_proba(self, X):
            share = self.predict(X) / 100
            return np.stack([1 - share, share], axis=1)

    settings = {"seed": 0, "importance_rows": 100, "importance_repeats": 2}
    params = explain.ExplainParams(**settings)
    metric = read_json(METRICS)["metric"]
    found = explain.feature_importance(OneFeature(), X, y, metric, params)
    rest = [one["value"] for one in found if one["feature"] != X.columns[0]]
    assert len(rest) == len(NAMES) - 1 and not np.any(rest)
