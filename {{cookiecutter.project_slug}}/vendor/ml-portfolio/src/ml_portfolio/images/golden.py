"""Images as requests, and those whose answers are kept to check the model later."""

import base64
import io
from typing import Any

import numpy as np
from PIL import Image


def as_requests(X: np.ndarray) -> list[dict[str, Any]]:
    """Return images, uint8 [n, height, width, channels], as a client would send them.

    They are PNG files, which lose nothing.
    """
    return [as_request(as_image(pixels)) for pixels in X]


def golden_requests(X: np.ndarray, count: int) -> list[dict[str, Any]]:
    """Return the first images as requests, then the first one enlarged, with transparent edges."""
    images = [as_image(pixels) for pixels in X[:count]]
    large = images[0].convert("RGBA").resize((3 * images[0].width, 3 * images[0].height))
    framed = Image.new("RGBA", (large.width + 12, large.height + 12))
    framed.paste(large, (6, 6))
    return [as_request(image) for image in [*images, framed]]


def as_image(pixels: np.ndarray) -> Image.Image:
    return Image.fromarray(pixels.squeeze(2) if pixels.shape[2] == 1 else pixels)


def as_request(image: Image.Image) -> dict[str, Any]:
    file = io.BytesIO()
    image.save(file, "PNG")
    return {"image": base64.b64encode(file.getvalue()).decode()}
