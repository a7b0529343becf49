"""Images of any size are brought to the network's; requests lose nothing on the way."""

import base64
import io

import numpy as np
import pytest
from ml_portfolio.images.golden import as_requests, golden_requests
from ml_portfolio.images.preparation import preparation
from ml_portfolio.images.request import Preparation
from ml_portfolio.images.schema import Schema
from PIL import Image

SCHEMA = Schema(
    target="kind", classes=("a", "b"), width=28, height=28, channels=1, min_side=8, background=0
)
RANDOM = np.random.default_rng(0)


def test_an_image_of_the_right_size_is_not_changed():
    prepare = Preparation(preparation(SCHEMA))
    for pixels in RANDOM.integers(0, 256, (20, 28, 28, 1), dtype=np.uint8):
        assert np.array_equal(prepare(np.repeat(pixels, 3, axis=2)), pixels)


@pytest.mark.parametrize("size", [(300, 200), (13, 90), (9, 9), (1000, 8)])
def test_another_size_is_brought_to_it_as_pillow_does(size):
    image = Image.fromarray(RANDOM.integers(0, 256, (12, 12, 3), dtype=np.uint8)).resize(size)
    expected = np.asarray(image.resize((28, 28), Image.Resampling.BILINEAR).convert("L"))
    found = Preparation(preparation(SCHEMA))(np.asarray(image))[:, :, 0]
    assert np.abs(found.astype(int) - expected).max() <= 2


def test_colours_stay_where_the_schema_wants_them():
    schema = SCHEMA.model_copy(update={"channels": 3, "width": 5, "height": 4})
    image = RANDOM.integers(0, 256, (4, 5, 3), dtype=np.uint8)
    assert np.array_equal(Preparation(preparation(schema))(image), image)


def decoded(request):
    return Image.open(io.BytesIO(base64.b64decode(request["image"])))


@pytest.mark.parametrize("channels", [1, 3])
def test_requests_lose_nothing_and_the_last_golden_one_is_framed(channels):
    X = RANDOM.integers(0, 256, (3, 8, 9, channels), dtype=np.uint8)
    for request, pixels in zip(as_requests(X), X, strict=True):
        assert np.array_equal(np.asarray(decoded(request)).reshape(8, 9, channels), pixels)
    golden = golden_requests(X, 2)
    assert golden[:2] == as_requests(X[:2]) and len(golden) == 3
    framed = decoded(golden[2])
    assert framed.mode == "RGBA" and framed.size == (39, 36)
    assert framed.getpixel((0, 0))[3] == 0 and framed.getpixel((20, 18))[3] == 255
