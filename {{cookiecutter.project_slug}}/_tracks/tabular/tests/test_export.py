"""The exported model answers as the one it was made of, and a difference is found."""

import joblib
import numpy as np
import pytest
from sklearn.base import clone

from your_package.dataset import load_split
from your_package.errors import UserError
from your_package.export import ExportParams, check_agreement, make_bundle
from your_package.params import load
from your_package.paths import MODEL
from your_package.task import BASELINE, LADDER
from your_package.train import TrainParams, build


@pytest.mark.parametrize("name", [name for name in LADDER if name != BASELINE])
def test_every_candidate_can_be_exported(in_trained, name):
    X, y = load_split("train")
    candidates = {result.name: result for result in build(X, load("train", TrainParams))}
    if name not in candidates:
        pytest.skip("params.yaml does not try it")
    model = candidates[name].unfitted.fit(X, y)
    bundle = make_bundle(model, load("export", ExportParams))
    check_agreement(bundle, model)  # raises where they are more than the tolerance apart


def test_a_disagreement_stops_the_export_and_shows_the_rows(in_trained):
    bundle = make_bundle(joblib.load(MODEL), load("export", ExportParams))
    X, y = load_split("train")
    other = clone(joblib.load(MODEL)).fit(X, np.random.default_rng(0).permutation(y))
    with pytest.raises(UserError, match=r"test rows; the worst are:\n  [\d.]+ apart: \{'"):
        check_agreement(bundle, other)
