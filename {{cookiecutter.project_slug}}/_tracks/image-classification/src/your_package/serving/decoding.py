"""The content of a PNG or JPEG file → pixels. Whoever sends it is not trusted."""

import io
import struct

import numpy as np
from PIL import Image, ImageOps

MAX_BYTES = 1_000_000  # of a file; an upload of more than 1 MiB would be put on the disk
MAX_PIXELS = 4_000_000  # of a picture; a small file can hold a very large one
FORMATS = ("PNG", "JPEG")
# What Pillow's readers raise
DAMAGED = (OSError, SyntaxError, ValueError, TypeError, EOFError, struct.error)


class Refused(ValueError):  # noqa: N818 (it is the sender's, and no error of ours)
    """Why a file is not taken, in words for whoever sent it."""


def decode(
    content: bytes,
    background: int,
    min_side: int,
    max_bytes: int = MAX_BYTES,
    max_pixels: int = MAX_PIXELS,
    formats: tuple[str, ...] = FORMATS,
) -> np.ndarray:
    """Return a picture as red, green and blue: uint8 [height, width, 3], the right way up.

    What it is says its content, not its name. Its size is read in its header, before its pixels
    are. Where it is transparent, the background (0 black to 255 white) shows through.
    Raises Refused where it is too large, too small, not a whole picture or of another kind.
    """
    if len(content) > max_bytes:
        raise Refused(f"the file has {len(content):,} bytes; {max_bytes:,} are allowed")
    try:
        with Image.open(io.BytesIO(content), formats=formats) as image:
            check_header(image, min_side, max_pixels)
            image.load()
            upright = ImageOps.exif_transpose(image)
            return np.asarray(flatten(upright, background))
    except Refused:
        raise
    except Image.UnidentifiedImageError:
        raise Refused(f"the file is neither {' nor '.join(formats)}") from None
    except Image.DecompressionBombError:
        raise Refused(f"the picture has more than the {max_pixels:,} pixels allowed") from None
    except DAMAGED:
        raise Refused("the file is cut short or damaged") from None


def check_header(image: Image.Image, min_side: int, max_pixels: int) -> None:
    width, height = image.size
    if width * height > max_pixels:
        raise Refused(
            f"the picture has {width} × {height} pixels; {max_pixels:,} in all are allowed"
        )
    if min(width, height) < min_side:
        raise Refused(
            f"the picture has {width} × {height} pixels; each side needs {min_side} or more"
        )
    if image.mode.startswith(("I", "F")):
        raise Refused("the picture has more than 8 bits a colour: save it with 8")


def flatten(image: Image.Image, background: int) -> Image.Image:
    """Lay a picture on its background; palette, grey and CMYK become red, green and blue."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    ground = Image.new("RGBA", image.size, (background, background, background, 255))
    return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")
