"""What a client may send as a picture, and what it is told where it may not."""

import base64
import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from your_package.serving.decoding import MAX_BYTES, MAX_PIXELS, decode

RANDOM = np.random.default_rng(0)
ARTICLE = np.pad(RANDOM.integers(1, 256, (16, 12), dtype=np.uint8), ((6, 6), (8, 8)))  # [28, 28]
GREY = Image.fromarray(ARTICLE)


def as_file(image, kind="PNG", **settings):
    file = io.BytesIO()
    image.save(file, kind, **settings)
    return file.getvalue()


def png_of_size(width, height):
    """A PNG file of some bytes that says it is of some size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.fixture
def ask(client):
    """Send a file as base64 and as an upload: the answer, or the refusal, must be the same."""

    def both(content):
        text = base64.b64encode(content).decode()
        written = client.post("/predict", json={"image": text})
        sent = client.post("/predict/upload", files={"file": ("picture", content)})
        assert written.status_code == sent.status_code
        if written.status_code == 200:
            assert written.json() == sent.json()
            return written.json()
        (one,), (other,) = written.json()["errors"], sent.json()["errors"]
        assert one["loc"] == ["body", "image"] and other["loc"] == ["body", "file"]
        assert one["msg"] == other["msg"] and (not content or text not in written.text)
        return one["msg"]

    return both


PNG, JPEG = as_file(GREY), as_file(GREY, "JPEG")
BAD = {
    "nothing": (b"", "neither PNG nor JPEG"),
    "words": (b"a picture of a shoe", "neither PNG nor JPEG"),
    "another kind": (as_file(GREY, "GIF"), "neither PNG nor JPEG"),
    "a page": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither PNG nor JPEG"),
    "a beginning only": (PNG[:8], "neither PNG nor JPEG"),
    "half a PNG": (PNG[: len(PNG) // 2], "cut short or damaged"),
    "half a JPEG": (JPEG[: len(JPEG) * 3 // 4], "cut short or damaged"),
    "a wrong checksum": (PNG.replace(b"IDAT", b"IDAT\xff", 1), "cut short or damaged"),
    "a header only": (png_of_size(28, 28)[:40], "neither PNG nor JPEG"),
    "too many pixels": (png_of_size(2001, 2000), f"{MAX_PIXELS:,} in all are allowed"),
    "a bomb": (png_of_size(60_000, 60_000), f"the {MAX_PIXELS:,} pixels allowed"),
    "too low": (as_file(Image.new("L", (100, 7))), "100 × 7 pixels; each side needs 8 or more"),
    "sixteen bits": (
        as_file(Image.fromarray(ARTICLE.astype(np.uint16))),
        "more than 8 bits a colour",
    ),
}


@pytest.mark.parametrize("fault", BAD)
def test_what_is_no_picture_is_refused_with_the_reason(ask, fault):
    content, message = BAD[fault]
    assert message in ask(content)


def test_a_file_that_is_too_large_is_refused(client):
    for size in (MAX_BYTES, 3 * MAX_BYTES):
        content = PNG + bytes(size)
        text = base64.b64encode(content).decode()
        assert client.post("/predict", json={"image": text}).status_code == 422
        sent = client.post("/predict/upload", files={"file": ("shoe.png", content)})
        assert sent.status_code == 413 and "1,000,000 bytes are allowed" in sent.text


def test_an_upload_must_say_how_long_it_is(client):
    def stream():
        yield b"--x\r\n"

    kind = {"content-type": "multipart/form-data; boundary=x"}
    assert client.post("/predict/upload", content=stream(), headers=kind).status_code == 411


@pytest.mark.parametrize("text", ["%%%", "AAA", "data:image/png;base64,AAAA", "é", "\ud800", ""])
def test_what_is_not_base64_is_refused(client, text):
    response = client.post("/predict", json={"image": text.encode("utf-8", "replace").decode()})
    assert response.status_code == 422


@pytest.mark.parametrize("body", [{}, {"file": "x"}])
def test_a_form_without_a_file_is_refused(client, body):
    assert client.post("/predict/upload", data=body).status_code == 422


SAME = {
    "grey": PNG,
    "two colours": as_file(
        Image.fromarray(np.where(ARTICLE > 0, 255, 0).astype(np.uint8)).convert("1")
    ),
    "colours": as_file(GREY.convert("RGB")),
    "a palette": as_file(GREY.convert("P")),
    "opaque": as_file(GREY.convert("RGBA")),
    "grey, opaque": as_file(GREY.convert("LA")),
    "laid on its side": as_file(
        GREY.transpose(Image.Transpose.ROTATE_90),
        exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0",
    ),
}


@pytest.mark.parametrize("kind", SAME)
def test_the_pixels_count_not_how_they_are_written(kind):
    wanted = np.where(ARTICLE > 0, 255, 0) if kind == "two colours" else ARTICLE
    pixels = decode(SAME[kind], background=0, min_side=8)
    assert pixels.shape == (28, 28, 3) and pixels.dtype == np.uint8
    assert (pixels == wanted[:, :, None]).all()


def test_a_jpeg_is_nearly_the_same_and_cmyk_is_read():
    for image in (GREY, GREY.convert("CMYK")):
        pixels = decode(as_file(image, "JPEG", quality=100), background=0, min_side=8)
        assert np.abs(pixels - ARTICLE[:, :, None].astype(int)).mean() < 3


@pytest.mark.parametrize("background", [0, 255])
def test_the_background_shows_through(background):
    clear = as_file(Image.new("RGBA", (9, 9), (10, 20, 30, 0)))
    assert (decode(clear, background, min_side=8) == background).all()


def test_a_name_does_not_make_a_picture(client):
    sent = client.post("/predict/upload", files={"file": ("shoe.png", b"%PDF", "image/png")})
    assert sent.status_code == 422
    sent = client.post("/predict/upload", files={"file": ("shoe.pdf", PNG, "application/pdf")})
    assert sent.status_code == 200


def test_what_is_unlike_the_training_pictures_is_said(ask):
    assert ask(PNG)["warnings"] == []
    large, inverted = GREY.resize((56, 56)), Image.fromarray(255 - ARTICLE)
    assert ask(as_file(large))["warnings"] == [
        "the picture was brought from 56 × 56 pixels to 28 × 28"
    ]
    assert "it was squeezed" in ask(as_file(GREY.resize((28, 60))))["warnings"][1]
    assert "its border is lighter (255 of 255)" in ask(as_file(inverted))["warnings"][0]


def test_a_batch_may_hold_pictures_of_unlike_sizes(client):
    files = [as_file(GREY.resize(size)) for size in ((28, 28), (50, 40), (9, 100))]
    rows = [{"image": base64.b64encode(content).decode()} for content in files]
    answers = client.post("/predict/batch", json={"rows": rows}).json()["answers"]
    for row, answer in zip(rows, answers, strict=True):
        alone = client.post("/predict", json=row).json()
        assert answer["warnings"] == alone["warnings"]
        assert answer["probabilities"] == pytest.approx(alone["probabilities"], abs=1e-5)


def test_uploads_are_documented_and_counted(client):
    client.post("/predict/upload", files={"file": ("shoe.png", PNG)})
    assert 'path="/predict/upload",status="200"} 1.0' in client.get("/metrics").text
    paths = client.get("/openapi.json").json()["paths"]
    assert "multipart/form-data" in paths["/predict/upload"]["post"]["requestBody"]["content"]
