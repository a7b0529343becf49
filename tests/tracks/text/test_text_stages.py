"""The parts of the stages of the text track: split, candidates, explanation, export."""

import numpy as np
import onnxruntime
import pandas as pd
import pytest
from ml_portfolio.bundle.classification import ClassificationOutput
from ml_portfolio.config.errors import CandidateUnavailable, UserError
from ml_portfolio.evaluation.predictions import HeldOut
from ml_portfolio.texts.request import TextInput
from ml_portfolio.texts.validation import LABEL, TEXT
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.semi_supervised import LabelSpreading
from text_classification import models
from text_classification.dataset import TokenIds, load_tokenizer
from text_classification.explain import ExplainParams, choose_texts, explain, word_effects
from text_classification.export import golden_requests, to_onnx
from text_classification.preprocess import PreprocessParams, check_classes, split_rows

EPOCHS = {"epochs": 1, "learning_rate": 1e-3, "batch_size": 16}
TRANSFORMER = {"layers": 1, "width": 32, "heads": 2, "dropout": 0.1, **EPOCHS}


def params(**changes):
    shares = {"validation_share": 0.1, "test_share": 0.2, "max_rejected_share": 0.0}
    rest = {"seed": 0, "encoder": "none", "vocabulary_size": 100, "max_tokens": 9}
    return PreprocessParams(**{**shares, **rest, **changes})


def labels(**counts):
    return pd.Series([name for name, count in counts.items() for _ in range(count)])


def test_each_class_has_the_same_share_of_every_split():
    rows = pd.DataFrame({LABEL: labels(a=300, b=100)})
    rows[TEXT] = rows.index.astype(str)
    splits = split_rows(rows, params())
    assert [len(part) for part in splits.values()] == [280, 40, 80]
    assert {round((part[LABEL] == "b").mean(), 6) for part in splits.values()} == {0.25}
    assert sorted(pd.concat(splits.values())[TEXT]) == sorted(rows[TEXT])


def test_a_class_with_too_few_texts_is_named():
    with pytest.raises(UserError, match="the class 'b' has 9 valid texts"):
        check_classes(labels(a=50, b=9), ["a", "b"], params())
    with pytest.raises(UserError, match="the class 'c' has 0 valid texts"):
        check_classes(labels(a=50, b=50), ["a", "b", "c"], params())


def test_a_split_that_cannot_hold_each_class_is_refused():
    with pytest.raises(UserError, match="all 3 classes, and one leaves 2 texts"):
        check_classes(labels(a=20, b=20, c=10), ["a", "b", "c"], params(validation_share=0.04))


@pytest.fixture
def candidates(texts, tokenizer_file, encoder):
    """Fits a candidate on the small texts, by name."""
    settings = {
        "tfidf_logistic_regression": {"C": 5.0, "tokenizer": tokenizer_file},
        "transformer": {**TRANSFORMER, "tokenizer": tokenizer_file},
        "fine_tuned": {
            "frozen_layers": 1,
            "dropout": 0.1,
            "encoder": encoder,
            "tokenizer": tokenizer_file,
            **EPOCHS,
        },
    }
    X, y = texts
    return lambda name: getattr(models, name)(X, 0, **settings[name]).fit(X, y)


@pytest.mark.parametrize("name", ["tfidf_logistic_regression", "transformer", "fine_tuned"])
def test_every_candidate_answers_the_same_as_onnx(candidates, tokenizer_file, texts, name):
    X, _ = texts
    model = candidates(name)
    spec = TextInput(
        min_characters=1, max_characters=100, max_tokens=12, tokenizer="t", description="A text"
    )
    encoder = spec.encoder({"t": tokenizer_file.read_bytes()}, {"text": "good"})
    session = onnxruntime.InferenceSession(to_onnx(model, X))
    wanted = [tensor.name for tensor in session.get_inputs()]
    for some in (X[:1], X[3:40], np.array(["a \U0001f984 day " * 9, "good"], dtype=object)):
        feeds, _ = encoder([encoder.request(text=text) for text in some])
        probabilities = session.run(None, {key: feeds[key] for key in wanted})[-1]
        assert np.abs(probabilities - model.predict_proba(some)).max() < 1e-5


def test_what_cannot_be_exported_is_named_with_what_can(texts, tokenizer_file):
    X, y = texts
    words = make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(X, y)
    with pytest.raises(UserError, match="a pipeline that starts with TokenIds"):
        to_onnx(words, X)
    ids = TokenIds(load_tokenizer(tokenizer_file))
    spreading = make_pipeline(ids, TfidfVectorizer(), LabelSpreading()).fit(X, y)
    with pytest.raises(UserError, match=r"LabelSpreading cannot be exported.*LogisticRegression"):
        to_onnx(spreading, X)


def test_without_an_encoder_the_candidate_is_unavailable(texts, tmp_path):
    with pytest.raises(CandidateUnavailable, match="preprocess.encoder"):
        models.fine_tuned(texts[0], 0, frozen_layers=1, dropout=0.1, encoder=tmp_path / "none")


def test_golden_requests_hold_a_text_that_is_too_long_and_an_unknown_character():
    spec = TextInput(
        min_characters=1, max_characters=50, max_tokens=40, tokenizer="t", description="A text"
    )
    X = np.array(["one", "two", "three"], dtype=object)
    requests = golden_requests(X, spec, 2)
    assert [request["text"] for request in requests[:2]] == ["one", "two"]
    assert len(requests[2]["text"]) == 50 and "\U0001f984" in requests[3]["text"]


class LikesGood:
    """Sure of a text with the word good in it, and only then."""

    def predict_proba(self, X):
        positive = np.array([0.9 if "good" in text.split() else 0.2 for text in X])
        return np.column_stack([1 - positive, positive])


def test_the_word_that_decides_is_found():
    found = word_effects(LikesGood(), "this is good indeed", 1)
    effects = {one["word"]: round(one["effect"], 6) for one in found}
    assert effects == {"this": 0, "is": 0, "good": 0.7, "indeed": 0}


def test_where_all_texts_are_long_the_shortest_are_explained():
    X = np.array(["word " * length for length in range(40, 60)], dtype=object)
    params = ExplainParams(texts=3, max_words=30)
    assert set(choose_texts(X, np.ones(20, bool), np.ones(20), params)) == {0, 1}


def test_the_least_confident_right_and_the_most_confident_wrong_texts_are_explained():
    X = np.array(["a good one", "all is good", "a bad one", "too good", "word"], dtype=object)
    probabilities = LikesGood().predict_proba(X)
    y = np.array([1, 1, 0, 0, 0])  # "too good" is wrong, and a word alone is never explained
    decision = ClassificationOutput(
        target="mood",
        labels=["bad", "good"],
        threshold=0.5,
        confidence=None,
        min_probability=None,
    )
    test = HeldOut(y, probabilities, probabilities, np.arange(5))
    chosen = ExplainParams(texts=1, max_words=30)
    explanation, figures = explain(LikesGood(), X, test, decision, "roc_auc", chosen)
    right, wrong = explanation["examples"]
    assert right["predicted"] == right["truth"] == "bad"
    assert right["probability"] == pytest.approx(0.8)
    assert (wrong["predicted"], wrong["truth"]) == ("good", "bad")
    assert [one["word"] for one in wrong["words"]] == ["too", "good"]
    assert set(figures) == {"words"}
    none, nothing = explain(LikesGood(), X[4:], test, decision, "roc_auc", chosen)
    assert none["examples"] == [] and nothing == {} and "No test text" in none["summary"]
