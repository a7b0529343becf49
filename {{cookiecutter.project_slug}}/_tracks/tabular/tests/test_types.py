"""A table with a column of each type, under nasty names, from raw data to the answer."""

import contextlib
import json
import re
from typing import get_args

import motley
import numpy as np
import pytest
from conftest import ROOT
from fastapi.testclient import TestClient

from your_package import diagnose, evaluate, explain, export, preprocess, train
from your_package.dataset import features, load_inputs, load_split
from your_package.export import ExportParams, check_agreement, make_bundle
from your_package.kinds import KINDS
from your_package.params import load
from your_package.paths import BUNDLE, DIAGNOSIS, EXPLANATION, PROFILE
from your_package.processed import load_rows
from your_package.schema import Column
from your_package.serving.app import create_app
from your_package.serving.bundle import Bundle
from your_package.serving.columns import InputColumn
from your_package.task import BASELINE, LADDER
from your_package.train import TrainParams, build

GOOD = {
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


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("motley")
    motley.build(ROOT, folder)
    with contextlib.chdir(folder):
        for stage in (preprocess, train, evaluate, diagnose, explain, export):
            stage.main()
    return folder


@pytest.fixture
def in_run(run, monkeypatch):
    monkeypatch.chdir(run)
    return run


@pytest.fixture
def asked(run):
    with TestClient(create_app(Bundle.load(run / BUNDLE))) as client:
        yield client


def answer(client, **changes):
    reply = client.post("/predict", json=GOOD | changes)
    assert reply.status_code == 200, reply.text
    said = reply.json()
    return said.get("value") or said["probabilities"]["true"], said["warnings"]


def test_each_type_is_known_everywhere():
    written = set(get_args(Column.model_fields["type"].annotation))
    served = {
        word
        for each in get_args(get_args(InputColumn)[0])
        for word in get_args(each.model_fields["type"].annotation)
    }
    assert written == set(KINDS) == served
    assert {about["type"] for about in motley.FEATURES.values()} == written


@pytest.mark.parametrize("name", [name for name in LADDER if name != BASELINE])
def test_every_candidate_answers_the_same_as_onnx(in_run, name):
    X, y = load_split("train")
    candidate = next(each for each in build(X, load("train", TrainParams)) if each.name == name)
    model = candidate.unfitted.fit(X, y)
    bundle = make_bundle(model, load("export", ExportParams))
    check_agreement(bundle, model)  # raises where they are more than the tolerance apart


def test_the_model_uses_what_the_answer_follows_from(asked):
    high, warnings = answer(asked)
    assert warnings == []
    low = {"size: of it": "small", "smokes?": False, 'what "was" said': "meh"}
    assert answer(asked, **low)[0] < high


def test_what_is_missing_or_new_is_answered_with_a_warning(asked):
    nulls = {name: None for name, about in motley.FEATURES.items() if about.get("nullable")}
    _, warnings = answer(asked, **nulls)
    assert [each.split(" is missing")[0] for each in warnings] == list(nulls)
    _, warnings = answer(asked, **{"цвет": "pink", "size: of it": "huge"})
    assert [each.split(" is unknown")[0] for each in warnings] == [
        "цвет 'pink'",
        "size: of it 'huge'",
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"smokes?": "true"}, "valid boolean"),
        ({"smokes?": 1}, "valid boolean"),
        ({"bought on": "31.03.2025"}, "a date like 2026-12-31"),
        ({"bought on": "2025-02-30"}, "a date like"),
        ({"bought on": 20000}, "a date like"),
        ({"seen <at>": None}, "a date like"),
        ({"seen <at>": "0001-01-01T00:00+23:59"}, "a date like"),
        ({'what "was" said': ""}, "at least 1 character"),
        ({'what "was" said': "x" * 20_001}, "at most 20000 characters"),
    ],
)
def test_what_is_not_of_its_type_is_refused(asked, change, words):
    reply = asked.post("/predict", json=GOOD | change)
    assert reply.status_code == 422
    (mistake,) = reply.json()["errors"]
    assert words in mistake["msg"] and mistake["loc"][:2] == ["body", *change]


def test_a_date_can_be_written_in_several_ways(asked):
    same = ["2025-03-31 15:30", "2025-03-31t15:30:00z", "2025-03-31T17:30:00.5+0200"]
    assert (
        len({answer(asked, **{"seen <at>": each})[0] for each in [GOOD["seen <at>"], *same]}) == 1
    )


def test_the_api_documents_each_type(asked):
    paths = asked.get("/openapi.json").json()["paths"]
    row = paths["/predict"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    said = row["properties"]
    kinds = {name: about.get("anyOf", [about]) for name, about in said.items()}
    assert {"type": "boolean"} in kinds["smokes?"] and {"type": "null"} in kinds["smokes?"]
    assert {"enum": motley.SIZES} in kinds["size: of it"]
    assert {each.get("format") for each in kinds["bought on"]} == {"date", "date-time", None}
    assert kinds['what "was" said'][0]["maxLength"] == 20_000
    assert row["required"] == ["class", "c0", "seen <at>"]
    assert set(row["required"]) <= set(row["examples"][0]) <= set(motley.FEATURES)


def test_drift_is_measured_for_each_column(asked):
    for _ in range(3):
        answer(asked)
    metrics = asked.get("/metrics").text
    drift = re.findall(r'^feature_drift{feature="(.*)"}', metrics, re.MULTILINE)
    assert {name.replace('\\"', '"') for name in drift} == set(motley.FEATURES)


def test_rows_that_break_the_schema_are_set_aside(tmp_path, monkeypatch):
    motley.build(ROOT, tmp_path)
    monkeypatch.chdir(tmp_path)
    text = (tmp_path / "data/raw/motley.csv").read_text(encoding="utf-8")
    head, first, second, third, rest = text.split("\n", 4)
    assert re.search('"(False|true)"', first)
    first = re.sub('"(False|true)"', '"perhaps"', first, count=1)
    second = re.sub('"[0-9-]{10}"', '"1.2.2024"', second + ",", count=1).rstrip(",")
    broken = "\n".join([head, first, second, third, rest])
    (tmp_path / "data/raw/motley.csv").write_text(broken, encoding="utf-8", newline="\n")
    with pytest.raises(SystemExit, match="write 'sha256: ") as stopped:
        preprocess.main()
    found = re.search("sha256: ([0-9a-f]+)", str(stopped.value))[1]
    source = (tmp_path / "data/source.yaml").read_text(encoding="utf-8")
    source = re.sub("sha256: .*", f"sha256: {found}", source)
    (tmp_path / "data/source.yaml").write_text(source, encoding="utf-8")
    preprocess.main()
    rejected = (tmp_path / "data/processed/rejected.csv").read_text(encoding="utf-8")
    assert "smokes? 'perhaps' is not true or false" in rejected
    assert "bought on '1.2.2024' is no date like 2026-12-31" in rejected


def test_the_reports_speak_of_columns_as_the_schema_names_them(in_run):
    explained, account, profile = (
        json.loads(path.read_text(encoding="utf-8")) for path in (EXPLANATION, DIAGNOSIS, PROFILE)
    )
    assert {each["feature"] for each in explained["features"]} == set(motley.FEATURES)
    most = {each["feature"] for each in explained["features"][:4]}
    assert 'what "was" said' in most
    slices = {each["by"]: each["group"] for each in account["slices"]}
    assert set(slices) == set(motley.FEATURES)
    assert re.search(r"\d{4}-\d\d-\d\d", slices["bought on"])
    assert {each["column"] for each in account["fairness"]} == {"smokes?"}
    assert profile["leaks"] == [] and "quantiles" in profile["train"]["columns"]["bought on"]


def test_x_is_numbers_and_words_without_gaps(in_run):
    X = features(load_rows("train"), load_inputs())
    assert {str(kind) for kind in X.dtypes} == {"float32", "object"}
    first = load_rows("train").iloc[0]
    when, row = first["seen <at>"], X.iloc[0]
    assert row["seen <at>: weekday"] == when.weekday() and row["seen <at>: day"] == when.day
    assert row["seen <at>: hour"] == np.float32(when.hour + when.minute / 60)
    assert row['what "was" said: refund'] == ("efund" in str(first['what "was" said']))
    assert "bought on: hour" not in X
