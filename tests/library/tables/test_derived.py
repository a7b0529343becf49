"""Derived features compute the same in NumPy and in ONNX, or say why they cannot be exported."""

import joblib
import numpy as np
import onnxruntime
import pytest
from ml_portfolio.config.errors import UserError
from ml_portfolio.export import pipeline  # registers the converter
from ml_portfolio.tables.derived import DerivedFeatures, computable
from skl2onnx.common.data_types import FloatTensorType

COLUMNS = ["a", "b"]


def table(rows=500):
    """Numbers of all signs, whole and broken, missing ones and zeros among them [rows, 2]."""
    random = np.random.default_rng(0)
    X = random.normal(0, 3, (rows, 2)).astype(np.float32)
    X[::5] = np.round(X[::5])
    X[::7, 0], X[::11, 1] = np.nan, 0
    return X


FEATURES = {
    "arithmetic": lambda row: 3 * row["a"] + row["b"] / 4 - 2.5,
    "hours": lambda row: np.maximum(row["a"] - 40, 0),
    "powers": lambda row: row["a"] ** 2 + np.abs(row["b"]) ** 0.5 + 2 ** row["b"],
    "remainder": lambda row: row["a"] % 3 - row["b"] % -2.5,
    "division by zero": lambda row: row["a"] / row["b"],
    "comparison": lambda row: row["a"] >= row["b"],
    "logic": lambda row: (row["a"] > 0) & (row["b"] < 1) | ~(row["a"] == 0),
    "missing": lambda row: np.where(np.isnan(row["a"]), -1, row["a"] != 0),
    "where": lambda row: np.where(row["a"] > 0, np.minimum(row["a"], row["b"]), 12),
    "weighted": lambda row: (row["a"] > 0) * row["b"] + (row["b"] <= 0) * 2,
    "clip": lambda row: np.clip(row["a"], -1, 1),
    "rounding": lambda row: np.floor(row["a"]) + np.ceil(row["b"]) + np.rint(row["a"] / 2),
    "roots": lambda row: np.sqrt(row["a"]) + np.square(row["b"]),
    "exponential": lambda row: 1 / (1 + np.exp(-row["a"])) + np.tanh(row["b"]),
    "logarithm": lambda row: np.log(row["a"]) - np.log1p(row["b"]),
    "small logarithm": lambda row: 1e6 * np.log1p(1e-6 * np.abs(row["a"])),
    "season": lambda row: np.sin(2 * np.pi * row["a"] / 24) + np.cos(row["b"]),
    "float64": lambda row: np.sqrt(2) * row["a"] + np.float64(0.1),
}


@pytest.mark.parametrize("name", FEATURES)
def test_numpy_and_onnx_agree(name, monkeypatch):
    monkeypatch.setattr("ml_portfolio.tables.derived.check_importable", lambda *_: None)
    transformer, X = DerivedFeatures({name: FEATURES[name]}, COLUMNS).fit(None), table()
    graph = pipeline.to_onnx(transformer, [("x", FloatTensorType([None, 2]))])
    (found,) = onnxruntime.InferenceSession(graph).run(None, {"x": X})
    expected = transformer.transform(X)
    assert found.dtype == expected.dtype == np.float32 and found.shape == (500, 1)
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-6)
    assert 100 < np.isfinite(expected).sum() and not np.isinf(expected).any()


def difference(row):
    return row["a"] - row["b"]


def ratio(row):
    return row["a"] / row["gone"]


def test_missing_values_stay_missing_and_columns_are_known_by_name():
    X = np.array([[1, 2], [np.nan, 2], [3, np.nan]], np.float32)
    transformer = DerivedFeatures({"difference": difference}, ["b", "a"]).fit(X)
    assert transformer.transform(X)[0] == 1
    assert np.isnan(transformer.transform(X)[1:]).all()
    assert transformer.get_feature_names_out().tolist() == ["difference"]


def test_a_fitted_transformer_can_be_saved(tmp_path):
    transformer = DerivedFeatures({"difference": difference}, COLUMNS).fit(None)
    joblib.dump(transformer, tmp_path / "x.joblib")
    again = joblib.load(tmp_path / "x.joblib")
    assert again.transform([[5, 3]]).tolist() == [[2]]


def test_a_feature_of_missing_columns_is_left_out_or_named():
    functions = {"difference": difference, "ratio": ratio}
    assert computable(functions, COLUMNS) == {"difference": difference}
    message = (
        "derived feature reads the column 'gone', which is not a numeric feature .* are: 'a', 'b'"
    )
    with pytest.raises(UserError, match=message):
        DerivedFeatures(functions, COLUMNS).fit(None)


def test_a_function_without_a_name_is_named():
    def local(row):
        return row["a"]

    for function in (lambda row: row["a"], local):
        with pytest.raises(UserError, match="'f' cannot be saved with the model: .* 'def name"):
            DerivedFeatures({"f": function}, COLUMNS).fit(None)


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (lambda row: np.cumsum(row["a"]), "it uses np.cumsum"),
        (lambda row: np.arctan2(row["a"], row["b"]), "it uses np.arctan2"),
        (lambda row: np.add.reduce(row["a"]), "it uses np.add.reduce"),
        (lambda row: np.add(row["a"], 1, where=row["b"] > 0), "it calls np.add with where="),
        (lambda row: row["a"] if row["b"] > 0 else 0, "use np.where, &, . or ~"),
        (lambda row: row["a"] + np.arange(3), "neither a column nor a number"),
        (lambda row: row["a"].mean(), "AttributeError: .* has no attribute 'mean'"),
        (lambda row: float(row["a"]), "TypeError"),
        (lambda row: (row["a"] > 0) + (row["b"] > 0), "write np.where.comparison, 1, 0"),
        (lambda row: row["a"] & 3, "it combines numbers by &"),
        (lambda row: 7, "it does not depend on any column"),
        (lambda row: None, "it computes with None"),
        (lambda row: 1 / 0, "ZeroDivisionError"),
    ],
)
def test_what_cannot_be_exported_is_named_with_what_can(function, reason):
    message = f"'f' cannot be exported to ONNX: .*{reason}.* NumPy's where, minimum, "
    with pytest.raises(UserError, match=message):
        computable({"f": function}, COLUMNS)
