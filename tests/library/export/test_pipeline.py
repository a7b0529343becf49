"""A fitted pipeline and its graph give the same answers; what cannot be exported is named."""

import numpy as np
import onnxruntime
import pandas as pd
import pytest
from library import mixed_table
from library.mixed_table import data, encoder
from ml_portfolio.config.errors import UserError
from ml_portfolio.export.pipeline import pipeline_to_onnx, text_pipeline_to_onnx
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestRegressor
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, TargetEncoder


def answers(graph, X, inputs):
    """Run a graph on X, each column of the data as a tensor of its own."""
    ends = np.cumsum([len(column.parts) for column in inputs.columns])
    feeds = {
        column.tensor: X.iloc[:, end - len(column.parts) : end].to_numpy()
        for column, end in zip(inputs.columns, ends, strict=True)
    }
    return onnxruntime.InferenceSession(graph).run(None, feeds)[-1]


CLASSIFIERS = {
    "linear": (LogisticRegression(max_iter=1000), True),
    "trees": (HistGradientBoostingClassifier(max_iter=20), False),
}


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_a_classifier_with_derived_features_answers_the_same_as_onnx(name):
    X, y, inputs = data("classification")
    estimator, scale = CLASSIFIERS[name]
    model = make_pipeline(encoder(X, scale=scale), estimator).fit(X, y)
    more = pd.concat([X, X.iloc[:200]])  # 1,000 rows
    found = answers(pipeline_to_onnx(model, inputs), more, inputs)
    expected = model.predict_proba(more)
    assert found.shape == (1000, 2) and np.ptp(expected[:, 1]) > 0.5
    assert np.abs(found - expected).max() < 1e-5


@pytest.mark.parametrize("estimator", [Ridge(10), RandomForestRegressor(n_estimators=10)])
def test_a_regressor_with_derived_features_answers_the_same_as_onnx(estimator):
    X, y, inputs = data("regression")
    model = make_pipeline(encoder(X), estimator).fit(X, y)
    found = answers(pipeline_to_onnx(model, inputs), X, inputs)
    assert found.shape == (mixed_table.ROWS, 1)
    assert np.abs(found[:, 0] - model.predict(X)).max() < 1e-4


def test_the_same_model_is_exported_to_the_same_bytes():
    X, y, inputs = data("classification")
    model = make_pipeline(encoder(X), HistGradientBoostingClassifier(max_iter=5)).fit(X, y)
    assert pipeline_to_onnx(model, inputs) == pipeline_to_onnx(model, inputs)


def identity(X):
    return np.sort(X)


@pytest.mark.parametrize(
    ("task", "model", "message"),
    [
        (
            "classification",
            DummyClassifier(),
            "^DummyClassifier cannot .* another classifier, such as Log",
        ),
        ("regression", make_pipeline(DummyRegressor()), "^DummyRegressor .* RandomForestRegressor"),
        (
            "regression",
            make_pipeline(TargetEncoder(), DummyRegressor()),
            "^DummyRegressor cannot|^the model cannot",
        ),
        ("regression", make_pipeline(FunctionTransformer(identity), Ridge()), "cannot be exported"),
    ],
)
def test_an_estimator_that_cannot_be_exported_is_named_with_others(task, model, message):
    X, y, inputs = data(task)
    numbers = inputs.model_copy(update={"columns": inputs.columns[1:3]})
    model = model.fit(X[["class", "c0"]], y)
    with pytest.raises(UserError, match=message) as raised:
        pipeline_to_onnx(model, numbers)
    assert "\n" not in str(raised.value)


def test_a_vectorizer_of_texts_is_exported_with_its_classifier():
    texts = np.array(["5 7 9", "5 7", "8 9", "8 8 9"] * 5, dtype=object)
    vectorizer = TfidfVectorizer(lowercase=False, token_pattern="[0-9]+", ngram_range=(1, 2))
    model = make_pipeline(vectorizer, LogisticRegression()).fit(texts, [0, 0, 1, 1] * 5)
    graph = text_pipeline_to_onnx(model, "words")
    assert graph == text_pipeline_to_onnx(model, "words")
    found = onnxruntime.InferenceSession(graph).run(None, {"words": texts})[-1]
    assert np.abs(found - model.predict_proba(texts)).max() < 1e-6
