"""An image as a request: what it may be, and how it reaches the ONNX graph."""

import base64
from collections.abc import Sequence
from typing import Annotated, Any, Literal, NamedTuple

import numpy as np
import onnxruntime as ort
from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from ml_portfolio.bundle.protocols import DecodeImage, Encoder, Files, InvalidImage, request_model

MAX_BYTES = 1_000_000  # of a file; more than 1 MiB of a form would be written to disk
MAX_PIXELS = 4_000_000  # of an image: a small file can hold a very large one
PREPARATION = "preparation.onnx"  # of the bundle: any image → the network's size and colours


class ImageInput(BaseModel):
    """The images that the network was trained on, and those that are accepted."""

    kind: Literal["image"] = "image"
    width: int  # of the images that the network sees
    height: int
    channels: int
    background: int  # shows through where an image is transparent
    min_side: int  # an image narrower or lower than this is refused
    max_bytes: int = MAX_BYTES
    max_pixels: int = MAX_PIXELS
    brightest_border: float  # of the training images: the mean of the outermost pixels

    def encoder(
        self, files: Files, example: dict[str, Any], decode: DecodeImage | None = None
    ) -> Encoder:
        if decode is None:
            raise TypeError("a bundle for images needs decode_image")
        return ImageEncoder(self, Preparation(files[PREPARATION]), example, decode)


class Prepared(NamedTuple):
    """An image as the network sees it: pixels [height, width, channels]."""

    pixels: np.ndarray
    shape: tuple[int, ...]  # of the image that was sent


class ImageEncoder:
    """Turns images into pixels [rows, height, width, channels], and warnings by row.

    A request is decoded and prepared while it is validated: two large images are never in memory
    at a time.
    """

    batch_size = 16  # memory grows with it
    quick_bytes = 0  # all are validated in a thread: a small file can hold a large image

    def __init__(
        self, spec: ImageInput, prepare: "Preparation", example: dict[str, Any], decode: DecodeImage
    ) -> None:
        self.spec, self.prepare, self.decode = spec, prepare, decode
        text, longest = "A PNG or JPEG file in base64", -(-spec.max_bytes // 3) * 4
        encoding: Any = {"contentEncoding": "base64"}
        about = Field(description=text, max_length=longest, strict=True, json_schema_extra=encoding)
        kind = Annotated[str, about, AfterValidator(self.read)]
        self.request = request_model("ImageRequest", example, image=(kind, ...))

    def read(self, text: str) -> Prepared:
        try:
            content = base64.b64decode(text, validate=True)
            image = self.decode(content, self.spec.background, self.spec.min_side)
        except InvalidImage as reason:
            raise PydanticCustomError("image", "{reason}", {"reason": str(reason)}) from None
        except ValueError:
            raise PydanticCustomError("image", "the text is not base64") from None
        return Prepared(self.prepare(image), image.shape)

    def __call__(self, rows: Sequence[Any]) -> tuple[dict[str, np.ndarray], list[list[str]]]:
        warnings = [warn(self.spec, row.image) for row in rows]
        return {"pixels": np.stack([row.image.pixels for row in rows])}, warnings

    def features(self, row: Any) -> dict[str, Any]:
        """Return the values that are compared with the training data: none, so far."""
        return {}


class Preparation:
    """The graph that brings an image to the network's size and colours."""

    def __init__(self, graph: bytes) -> None:
        settings = ort.SessionOptions()
        settings.intra_op_num_threads = 1
        self.session = ort.InferenceSession(graph, settings, providers=["CPUExecutionProvider"])

    def __call__(self, image: np.ndarray) -> np.ndarray:
        """Turn uint8 [h, w, 3] into uint8 [height, width, channels]."""
        return np.asarray(self.session.run(None, {"pixels": image})[0])


def warn(spec: ImageInput, image: Prepared) -> list[str]:
    """Return how an image differs from those that the network was trained on."""
    warnings = []
    height, width = image.shape[:2]
    if (width, height) != (spec.width, spec.height):
        size = f"{spec.width} × {spec.height}"
        warnings.append(f"the image was resized from {width} × {height} pixels to {size}")
    stretch = (width / height) / (spec.width / spec.height)
    if not 0.8 < stretch < 1.25:
        warnings.append("the image has other proportions than those in training: it was squeezed")
    if (light := border(image.pixels[None])[0]) > spec.brightest_border:
        warnings.append(
            f"the border is lighter ({light:.0f} of 255) than that of any training image "
            f"(at most {spec.brightest_border:.0f}): the answer may be wrong"
        )
    return warnings


def border(images: np.ndarray) -> np.ndarray:
    """Return how light the outermost pixels of images [n, height, width, channels] are [n].

    From 0, black, to 255, white.
    """
    inside = np.zeros(images.shape[1:3], bool)
    inside[1:-1, 1:-1] = True
    return np.asarray(images[:, ~inside].mean(axis=(1, 2)))
