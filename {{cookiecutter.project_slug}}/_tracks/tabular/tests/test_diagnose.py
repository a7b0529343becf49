"""The whole diagnosis on the small run: what it must hold, and that what is planted is found."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest

from your_package import diagnose, explain
from your_package.dataset import load_split
from your_package.evaluation.held_out import predict_splits
from your_package.params import load
from your_package.paths import DIAGNOSIS, EXPLANATION, PROCESSED
from your_package.schema import load_schema


@pytest.fixture
def copied(trained, tmp_path, monkeypatch):
    """A copy of the small run, to be changed."""
    folder = tmp_path / "copy"
    shutil.copytree(trained, folder, ignore=shutil.ignore_patterns("mlruns", "mlflow.db"))
    monkeypatch.chdir(folder)
    return folder


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_it_holds_an_account_of_each_kind(in_trained):
    account = read(DIAGNOSIS)
    assert account["drift"] and account["fit"]["said"]
    assert {one["trait"] for one in account["drift"]} == {
        column.name for column in (*load_schema().features, load_schema().target)
    }
    names = {column.name for column in load_schema().features}
    assert all(set(one["request"]) == names for one in account["mistakes"])
    sizes = [point["rows"] for point in account["learning_curve"]]
    assert sizes == sorted(sizes) and sizes[-1] == len(load_split("train")[1])


def test_planted_copies_of_training_rows_are_counted(copied):
    before = read(DIAGNOSIS)["duplicates"]["test_rows"]
    test, train = (pd.read_parquet(PROCESSED / f"{name}.parquet") for name in ("test", "train"))
    pd.concat([test, train[:40]]).to_parquet(PROCESSED / "test.parquet")
    predict_splits()
    diagnose.main()
    assert read(DIAGNOSIS)["duplicates"]["test_rows"] == before + 40


def test_a_planted_drift_comes_first(copied):
    test = pd.read_parquet(PROCESSED / "test.parquet")
    number = next((column for column in load_schema().features if column.is_number), None)
    if number is None:
        pytest.skip("no feature is a number")
    test[number.name] = test[number.name] * 3 + 100
    test.to_parquet(PROCESSED / "test.parquet")
    predict_splits()
    diagnose.main()
    first = read(DIAGNOSIS)["drift"][0]
    assert first["trait"] == number.name and first["psi"] > 1


def test_a_slice_that_is_no_trait_is_named(copied):
    text = (copied / "params.yaml").read_text(encoding="utf-8")
    changed = text.replace("slices: [", "slices: [hieght, ")
    assert changed != text
    (copied / "params.yaml").write_text(changed, encoding="utf-8")
    with pytest.raises(SystemExit, match="diagnose.slices: 'hieght' is not one of"):
        diagnose.main()


def test_a_feature_that_is_not_used_has_no_importance(in_trained):
    account = read(EXPLANATION)
    values = [one["value"] for one in account["features"]]
    assert values == sorted(values, reverse=True)
    X, y = load_split("test")

    class OneFeature:
        """Answers by its first column alone."""

        def fit(self, X, y):
            return self

        def predict(self, X):
            return X.iloc[:, 0].to_numpy(dtype="float64")

        def predict_proba(self, X):
            places = pd.factorize(X.iloc[:, 0], sort=True)[0]
            return np.eye(y.max() + 1)[places % (y.max() + 1)]

    params = load("explain", explain.ExplainParams)
    measured = read(diagnose.METRICS)
    found = explain.importance(OneFeature(), X, y, measured, params)
    rest = [one["value"] for one in found if one["feature"] != X.columns[0]]
    assert not np.any(rest)
