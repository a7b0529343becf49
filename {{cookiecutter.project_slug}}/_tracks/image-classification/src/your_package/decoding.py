"""The bytes of a PNG or JPEG file → pixels. Whoever sends the file is not trusted."""

import io
import struct

import numpy as np
from ml_portfolio.bundle.protocols import InvalidImage
from PIL import Image, ImageOps

MAX_BYTES = 1_000_000  # of a file; a larger upload would be written to disk
MAX_PIXELS = 4_000_000  # of an image: a small file can hold a huge one (a decompression bomb)
FORMATS = ("PNG", "JPEG")
DAMAGED = (OSError, SyntaxError, ValueError, TypeError, EOFError, struct.error)  # Pillow's errors


def decode(
    content: bytes,
    background: int,
    min_side: int,
    max_bytes: int = MAX_BYTES,
    max_pixels: int = MAX_PIXELS,
) -> np.ndarray:
    """Return an image in red, green and blue, the right way up: uint8 [height, width, 3].

    The content decides what kind of file it is, not its name. The size is read from the header
    before any pixel is. Transparent parts show the background, from 0 (black) to 255 (white).
    Raises InvalidImage where the image is too large, too small, damaged or of another kind.
    """
    if len(content) > max_bytes:
        raise InvalidImage(f"the file has {len(content):,} bytes; {max_bytes:,} are allowed")
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            check_header(image, min_side, max_pixels)
            image.load()
            upright = ImageOps.exif_transpose(image)
            return np.asarray(flatten(upright, background))
    except InvalidImage:
        raise
    except Image.UnidentifiedImageError:
        raise InvalidImage(f"the file is neither {' nor '.join(FORMATS)}") from None
    except Image.DecompressionBombError:  # Pillow's own limit, met while the header is read
        raise InvalidImage(f"the image has more than {max_pixels:,} pixels") from None
    except DAMAGED:
        raise InvalidImage("the file is truncated or damaged") from None


def check_header(image: Image.Image, min_side: int, max_pixels: int) -> None:
    width, height = image.size
    if width * height > max_pixels:
        raise InvalidImage(
            f"the image has {width} × {height} pixels; {max_pixels:,} in total are allowed"
        )
    if min(width, height) < min_side:
        raise InvalidImage(
            f"the image has {width} × {height} pixels; each side needs at least {min_side}"
        )
    if image.mode.startswith(("I", "F")):
        raise InvalidImage("the image has more than 8 bits a colour: save it with 8")


def flatten(image: Image.Image, background: int) -> Image.Image:
    """Put an image on its background; palettes, grey and CMYK become red, green and blue."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    ground = Image.new("RGBA", image.size, (background, background, background, 255))
    return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")
