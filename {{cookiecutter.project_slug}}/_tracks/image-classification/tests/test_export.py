"""The exported model answers as the one it was made of, and a difference is found."""

import joblib
import numpy as np
import pytest
from PIL import Image

from your_package.conversion import to_onnx
from your_package.dataset import load_split
from your_package.errors import UserError
from your_package.export import ExportParams, check_agreement, make_bundle
from your_package.metrics import predict
from your_package.params import load
from your_package.paths import MODEL
from your_package.preparation import preparation
from your_package.schema import load_schema
from your_package.serving.inputs import Preparation
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
    other = LADDER["logistic_regression"](X, 0, C=1e-6).fit(X, y)
    with pytest.raises(UserError, match=r"test rows; the worst are:\n  0\.\d+ apart: \{'image'"):
        check_agreement(bundle, other)


def test_of_two_classes_the_graph_gives_both_probabilities(in_trained):
    import onnxruntime as ort

    X, y = load_split("train")
    model = LADDER["logistic_regression"](X, 0).fit(X, y < 5)
    session = ort.InferenceSession(to_onnx(model, X))
    (probabilities,) = session.run(None, {"pixels": X})
    assert np.allclose(probabilities, predict(model, X), atol=1e-5)


@pytest.fixture
def prepare(in_trained):
    return Preparation(preparation(load_schema()))


def test_a_picture_of_the_right_size_is_not_changed(prepare):
    X, _ = load_split("test")
    for pixels in X[:20]:
        assert np.array_equal(prepare(np.repeat(pixels, 3, axis=2)), pixels)


@pytest.mark.parametrize("size", [(300, 200), (13, 90), (9, 9), (1000, 8)])
def test_another_size_is_brought_to_it_as_pillow_does(prepare, size):
    random = np.random.default_rng(0)
    image = Image.fromarray(random.integers(0, 256, (12, 12, 3), dtype=np.uint8)).resize(size)
    height, width, _ = load_schema().shape
    wanted = np.asarray(image.resize((width, height), Image.Resampling.BILINEAR).convert("L"))
    assert np.abs(prepare(np.asarray(image))[:, :, 0].astype(int) - wanted).max() <= 2


def test_colours_stay_where_the_schema_wants_them(in_trained):
    schema = load_schema().model_copy(update={"channels": 3, "width": 5, "height": 4})
    picture = np.random.default_rng(0).integers(0, 256, (4, 5, 3), dtype=np.uint8)
    assert np.array_equal(Preparation(preparation(schema))(picture), picture)
