"""Image files in any common format, as files that a project's own decoder takes."""

import io
import struct

from PIL import Image, ImageOps

from ml_portfolio.bundle.protocols import InvalidImage

FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF", "PPM")
MAX_PIXELS = 50_000_000
# A PNG or JPEG file up to this size reaches the decoder as it is; it allows as much in a request.
MAX_BYTES, MAX_SIDE = 1_000_000, 2_000
SHRUNK = 480  # pixels, the longer side of what is converted: much more than the network sees
DAMAGED = (OSError, SyntaxError, ValueError, TypeError, EOFError, struct.error)  # Pillow's errors


def to_decodable(content: bytes) -> bytes:
    """Return an image as a PNG or JPEG file of moderate size.

    Large pictures are shrunk; other formats become PNG, the right way up, with their transparency.
    Raises InvalidImage where the content is no image, damaged, or has more than 8 bits a colour.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Image.DecompressionBombError
            small = len(content) <= MAX_BYTES and max(image.size) <= MAX_SIDE
            if image.format in ("PNG", "JPEG") and small:
                return content
            if image.mode.startswith(("I", "F")):
                raise InvalidImage("the picture has more than 8 bits a colour: save it with 8")
            image.load()
            upright = ImageOps.exif_transpose(image)
            plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
            plain.thumbnail((SHRUNK, SHRUNK))
            file = io.BytesIO()
            plain.save(file, "PNG")
            return file.getvalue()
    except InvalidImage:
        raise
    except Image.DecompressionBombError:
        raise InvalidImage(f"the picture has more than {MAX_PIXELS:,} pixels") from None
    except DAMAGED:
        raise InvalidImage(f"the file is damaged, or none of {', '.join(FORMATS)}") from None
