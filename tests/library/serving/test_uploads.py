"""An image sent in base64 or as a form's file: the same answer, or the same refusal."""

import base64
import struct
import zlib

import numpy as np
import pytest
from fastapi.testclient import TestClient
from library import small_bundles
from library.small_bundles import as_file
from ml_portfolio.images.request import MAX_BYTES, MAX_PIXELS
from ml_portfolio.serving.settings import Settings
from PIL import Image

from your_package.app import create_app

PIXELS = np.random.default_rng(0).integers(0, 200, (5, 6), np.uint8)
GREY = Image.fromarray(PIXELS)
PNG, JPEG = as_file(GREY), as_file(GREY, "JPEG")


def png_of_size(width, height):
    """A PNG file of a few bytes whose header gives some size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.fixture
def client():
    with TestClient(create_app(small_bundles.image(), Settings())) as client:
        yield client


def upload(client, content, name="image.png"):
    return client.post("/predict/upload", files={"file": (name, content)})


BAD = {
    "nothing": b"",
    "words": b"a picture of a shoe",
    "another kind": as_file(GREY, "GIF"),
    "half a PNG": PNG[: len(PNG) // 2],
    "half a JPEG": JPEG[: len(JPEG) * 3 // 4],
    "too many pixels": png_of_size(2001, MAX_PIXELS // 2000),
    "a decompression bomb": png_of_size(60_000, 60_000),
    "too low": as_file(Image.new("L", (100, 3))),
    "sixteen bits": as_file(Image.fromarray(PIXELS.astype(np.uint16))),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_alike_both_ways(client, content):
    text = base64.b64encode(content).decode()
    written, sent = client.post("/predict", json={"image": text}), upload(client, content)
    assert written.status_code == sent.status_code == 422
    (one,), (other,) = written.json()["errors"], sent.json()["errors"]
    assert one["loc"] == ["body", "image"] and other["loc"] == ["body", "file"]
    assert one["msg"] == other["msg"] and (not content or text not in written.text)


def test_both_ways_give_the_same_answer(client):
    text = base64.b64encode(PNG).decode()
    answer = client.post("/predict", json={"image": text})
    assert answer.status_code == 200
    assert upload(client, PNG).json() == answer.json()


def test_a_file_that_is_too_large_is_refused(client):
    for size, detail in ((MAX_BYTES, "1,000,000 bytes are allowed"), (3 * MAX_BYTES, "Too Large")):
        content = PNG + bytes(size)
        text = base64.b64encode(content).decode()
        assert client.post("/predict", json={"image": text}).status_code == 422
        sent = upload(client, content)
        assert sent.status_code == 413 and detail in sent.text


def test_a_form_without_a_length_is_read_up_to_the_limit(client):
    def stream(pieces):
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        yield from [bytes(100_000)] * pieces
        yield b"\r\n--x--\r\n"

    kind = {"content-type": "multipart/form-data; boundary=x"}
    for pieces, status in ((1, 422), (11, 413)):
        response = client.post("/predict/upload", content=stream(pieces), headers=kind)
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("body", [{}, {"file": "x"}])
def test_a_form_without_a_file_is_refused(client, body):
    assert client.post("/predict/upload", data=body).status_code == 422


def test_the_content_counts_not_the_name(client):
    assert upload(client, b"%PDF", "shoe.png").status_code == 422
    assert upload(client, PNG, "shoe.pdf").status_code == 200


def test_a_batch_may_have_images_of_different_sizes(client):
    files = [as_file(GREY.resize(size)) for size in ((6, 5), (50, 40), (9, 100))]
    rows = [{"image": base64.b64encode(content).decode()} for content in files]
    answers = client.post("/predict/batch", json={"rows": rows}).json()["answers"]
    for row, answer in zip(rows, answers, strict=True):
        alone = client.post("/predict", json=row).json()
        assert answer["warnings"] == alone["warnings"]
        assert answer["probabilities"] == pytest.approx(alone["probabilities"], abs=1e-5)


def test_uploads_are_documented_and_counted(client):
    upload(client, PNG)
    assert 'path="/predict/upload",status="200"} 1.0' in client.get("/metrics").text
    operation = client.get("/openapi.json").json()["paths"]["/predict/upload"]["post"]
    assert "multipart/form-data" in operation["requestBody"]["content"]
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer == {"$ref": "#/components/schemas/Answer"}


def test_uploads_need_the_api_key():
    client = TestClient(create_app(small_bundles.image(), Settings(api_key="k")))
    assert upload(client, PNG).status_code == 401
    files = {"file": ("image.png", PNG)}
    reply = client.post("/predict/upload", files=files, headers={"x-api-key": "k"})
    assert reply.status_code == 200
