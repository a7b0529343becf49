"""A picture as a request: what it may be, and how it reaches the ONNX graph."""

import base64
import binascii
from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

import numpy as np
import onnxruntime as ort
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model
from pydantic_core import PydanticCustomError

from .decoding import MAX_BYTES, Refused, decode
from .uploads import extra_routes as extra_routes  # the app looks for it here

PART = 16  # pictures of a batch that are answered at a time: the memory grows with them
QUICK_BYTES = 0  # all are read by a thread of their own: a small file can hold a large picture
Feeds = dict[str, np.ndarray]
PREPARATION = "preparation.onnx"  # of the bundle: any picture → the network's size and colours


class InputSpec(BaseModel):
    width: int  # of the pictures the network sees
    height: int
    channels: int
    background: int  # shows through where a picture is transparent
    min_side: int  # a picture narrower or lower than this is refused
    max_bytes: int
    max_pixels: int
    brightest_border: float  # of the training pictures: the mean of the outermost pixels


class Seen(NamedTuple):
    """A picture as the network sees it: pixels [height, width, channels]."""

    pixels: np.ndarray
    shape: tuple[int, ...]  # of the picture that was sent


def request_model(
    spec: InputSpec, files: dict[str, bytes], example: dict[str, Any]
) -> type[BaseModel]:
    """Make the class of one request: a PNG or JPEG file in base64, read while it is checked.

    What is kept of it is small: of large pictures the memory holds no two at a time.
    """
    prepare = Preparation(files[PREPARATION])

    def read(text: str) -> Seen:
        try:
            picture = decode(from_base64(text), spec.background, spec.min_side)
        except Refused as reason:
            raise PydanticCustomError("picture", "{reason}", {"reason": str(reason)}) from None
        return Seen(prepare(picture), picture.shape)

    about = Field(
        description="A PNG or JPEG file in base64",
        max_length=-(-MAX_BYTES // 3) * 4,
        strict=True,
        json_schema_extra={"contentEncoding": "base64"},
    )
    config = ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})
    kind = Annotated[str, about, AfterValidator(read)]
    return create_model("Picture", __config__=config, image=(kind, ...))


def from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("the text is not base64") from None


class Encoder:
    """Turns requests into pixels [rows, height, width, channels], and warnings by row."""

    def __init__(self, spec: InputSpec, files: dict[str, bytes]) -> None:
        self.spec = spec

    def __call__(self, rows: Sequence[BaseModel]) -> tuple[Feeds, list[list[str]]]:
        seen: list[Seen] = [row.image for row in rows]  # type: ignore[attr-defined]
        warnings = [warn(self.spec, one.shape, one.pixels) for one in seen]
        return {"pixels": np.stack([one.pixels for one in seen])}, warnings

    def features(self, row: BaseModel) -> dict[str, Any]:
        """What of a request is compared with the reference in the manifest: nothing, so far."""
        return {}


class Preparation:
    """The graph that brings a picture to the network's size and colours."""

    def __init__(self, graph: bytes) -> None:
        settings = ort.SessionOptions()
        settings.intra_op_num_threads = 1
        self.session = ort.InferenceSession(graph, settings, providers=["CPUExecutionProvider"])

    def __call__(self, picture: np.ndarray) -> np.ndarray:
        """uint8 [h, w, 3] → uint8 [height, width, channels]"""
        return self.session.run(None, {"pixels": picture})[0]


def warn(spec: InputSpec, shape: tuple[int, ...], prepared: np.ndarray) -> list[str]:
    """Say what about a picture is not as the network knows it."""
    said = []
    height, width = shape[:2]
    if (width, height) != (spec.width, spec.height):
        said.append(
            f"the picture was brought from {width} × {height} pixels to "
            f"{spec.width} × {spec.height}"
        )
    stretch = (width / height) / (spec.width / spec.height)
    if not 0.8 < stretch < 1.25:
        said.append("its sides are of other proportions than in training: it was squeezed")
    if (light := border(prepared[None])[0]) > spec.brightest_border:
        said.append(
            f"its border is lighter ({light:.0f} of 255) than that of any training picture "
            f"(at most {spec.brightest_border:.0f}): the answer may be wrong"
        )
    return said


def border(pictures: np.ndarray) -> np.ndarray:
    """How light the outermost pixels of pictures [n, height, width, channels] are, 0 to 255 [n]."""
    inside = np.zeros(pictures.shape[1:3], bool)
    inside[1:-1, 1:-1] = True
    return pictures[:, ~inside].mean(axis=(1, 2))
