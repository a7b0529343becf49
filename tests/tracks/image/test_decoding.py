"""Rarer kinds of files than a project's own tests have."""

import io

import numpy as np
import pytest
from image_classification.decoding import decode
from ml_portfolio.bundle.protocols import InvalidImage
from PIL import Image

PIXELS = np.random.default_rng(0).integers(1, 256, (28, 28), dtype=np.uint8)
GREY = Image.fromarray(PIXELS)


def as_file(image, kind="PNG", **settings):
    file = io.BytesIO()
    image.save(file, kind, **settings)
    return file.getvalue()


def test_two_colours_become_black_and_white():
    image = Image.fromarray(np.where(PIXELS > 99, 255, 0).astype(np.uint8)).convert("1")
    pixels = decode(as_file(image), background=0, min_side=8)
    assert (pixels[:, :, 1] == np.where(PIXELS > 99, 255, 0)).all()


def test_grey_with_an_opaque_alpha_is_grey():
    pixels = decode(as_file(GREY.convert("LA")), background=0, min_side=8)
    assert (pixels == PIXELS[:, :, None]).all()


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_a_jpeg_is_nearly_the_same(mode):
    pixels = decode(as_file(GREY.convert(mode), "JPEG", quality=100), background=0, min_side=8)
    assert np.abs(pixels - PIXELS[:, :, None].astype(int)).mean() < 3


def test_a_half_transparent_image_is_mixed_with_the_background():
    half = as_file(Image.new("RGBA", (9, 9), (0, 0, 0, 128)))
    assert np.abs(decode(half, background=255, min_side=8).astype(int) - 127).max() <= 1


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        as_file(GREY, "BMP"),
        as_file(GREY, "TIFF"),
        as_file(GREY)[:8],
        as_file(GREY)[:40],
    ],
)
def test_another_kind_of_file_is_refused(content):
    with pytest.raises(InvalidImage, match="neither PNG nor JPEG"):
        decode(content, background=0, min_side=8)


def test_limits_can_be_raised_for_trusted_files():
    large = as_file(Image.new("L", (2001, 2000)))
    with pytest.raises(InvalidImage, match="2001 × 2000 pixels; 4,000,000 in total"):
        decode(large, background=0, min_side=8)
    assert decode(large, 0, 8, max_pixels=5_000_000).shape == (2000, 2001, 3)
