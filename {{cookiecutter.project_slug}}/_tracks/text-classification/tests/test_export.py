"""The exported model answers as the one it was made of, and a difference is found."""

import joblib
import pytest
from pretend import write_encoder

from your_package import pretrained, task
from your_package.dataset import load_split
from your_package.errors import UserError
from your_package.export import ExportParams, check_agreement, make_bundle
from your_package.params import load
from your_package.paths import MODEL
from your_package.serving.bundle import GRAPH, Bundle
from your_package.smaller import choose_graph, in_8_bits
from your_package.task import BASELINE, LADDER

SETTINGS = {
    "tfidf_logistic_regression": {"C": 5.0},
    "transformer": {"layers": 1, "width": 32, "heads": 2, "dropout": 0.1},
    "fine_tuned": {"frozen_layers": 1, "dropout": 0.1},
}
LEARNER = {"epochs": 1, "learning_rate": 1e-3}


@pytest.fixture
def fitted(in_trained, tmp_path, monkeypatch):
    """Fits a candidate; the pre-trained encoder is one that was never trained."""
    write_encoder(tmp_path)
    for module in (pretrained, task):
        monkeypatch.setattr(module, "ENCODER", tmp_path)
    X, y = load_split("train")

    def fit(name):
        epochs = LEARNER if name != "tfidf_logistic_regression" else {}
        return LADDER[name](X, 0, **SETTINGS[name], **epochs).fit(X, y)

    return fit


@pytest.mark.parametrize("name", [name for name in LADDER if name != BASELINE])
def test_every_candidate_can_be_exported(fitted, name):
    model = fitted(name)
    bundle = make_bundle(model, load("export", ExportParams))
    check_agreement(bundle, model)  # raises where they are more than the tolerance apart


def test_a_disagreement_stops_the_export_and_shows_the_rows(fitted):
    bundle = make_bundle(joblib.load(MODEL), load("export", ExportParams))
    with pytest.raises(UserError, match=r"test rows; the worst are:\n  0\.\d+ apart: \{'text"):
        check_agreement(bundle, fitted("transformer"))


def test_a_smaller_graph_is_chosen_only_if_it_is_as_right(fitted):
    bundle = make_bundle(fitted("transformer"), load("export", ExportParams))
    requests = [{"text": "What a lovely day!"}, {"text": "I hate this."}, {"text": "no"}]
    small = Bundle(bundle.manifest, bundle.files | {GRAPH: in_8_bits(bundle.files[GRAPH])})
    truth = [answer["label"] for answer in small.ask(requests)]
    graph, said = choose_graph(bundle, requests, truth)
    assert graph == small.files[GRAPH] and said.startswith("with its weights in 8 bits")
