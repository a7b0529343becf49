"""Which files are accepted as images, and which pixels they become."""

import io
import struct
import zlib

import numpy as np
import pytest
from ml_portfolio.bundle.protocols import InvalidImage
from PIL import Image

from your_package.decoding import MAX_BYTES, MAX_PIXELS, decode

PIXELS = np.random.default_rng(0).integers(1, 256, (28, 28), dtype=np.uint8)
GREY = Image.fromarray(PIXELS)


def as_file(image, kind="PNG", **settings):
    file = io.BytesIO()
    image.save(file, kind, **settings)
    return file.getvalue()


def png_header(width, height):
    """A PNG file of a few bytes that claims to be of some size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


PNG, JPEG = as_file(GREY), as_file(GREY, "JPEG")
INVALID = {
    "nothing": (b"", "neither PNG nor JPEG"),
    "text": (b"an image of a shoe", "neither PNG nor JPEG"),
    "another format": (as_file(GREY, "GIF"), "neither PNG nor JPEG"),
    "half a PNG": (PNG[: len(PNG) // 2], "truncated or damaged"),
    "half a JPEG": (JPEG[: len(JPEG) * 3 // 4], "truncated or damaged"),
    "a wrong checksum": (PNG.replace(b"IDAT", b"IDAT\xff", 1), "truncated or damaged"),
    "too many bytes": (PNG + bytes(MAX_BYTES), "1,000,000 are allowed"),
    "too many pixels": (png_header(2001, 2000), f"{MAX_PIXELS:,} in total are allowed"),
    "a decompression bomb": (png_header(60_000, 60_000), f"more than {MAX_PIXELS:,} pixels"),
    "too narrow": (as_file(Image.new("L", (100, 7))), "100 × 7 pixels; each side needs at least 8"),
    "16 bits": (as_file(Image.fromarray(PIXELS.astype(np.uint16))), "more than 8 bits a colour"),
}


@pytest.mark.parametrize("fault", INVALID)
def test_an_invalid_file_is_refused_with_the_reason(fault):
    content, reason = INVALID[fault]
    with pytest.raises(InvalidImage, match=reason):
        decode(content, background=0, min_side=8)


TURNED = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"  # by 90°
SAME = {
    "grey": PNG,
    "colours": as_file(GREY.convert("RGB")),
    "a palette": as_file(GREY.convert("P")),
    "opaque": as_file(GREY.convert("RGBA")),
    "lying on its side": as_file(GREY.transpose(Image.Transpose.ROTATE_90), exif=TURNED),
}


@pytest.mark.parametrize("kind", SAME)
def test_the_same_image_gives_the_same_pixels(kind):
    pixels = decode(SAME[kind], background=0, min_side=8)
    assert pixels.shape == (28, 28, 3) and pixels.dtype == np.uint8
    assert (pixels == PIXELS[:, :, None]).all()


@pytest.mark.parametrize("background", [0, 255])
def test_transparent_parts_show_the_background(background):
    clear = as_file(Image.new("RGBA", (9, 9), (10, 20, 30, 0)))
    assert (decode(clear, background, min_side=8) == background).all()
