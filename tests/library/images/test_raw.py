"""Raw images are read from arrays or folders; what cannot be used is named with the reason."""

import io
import shutil

import numpy as np
import pytest
from ml_portfolio.bundle.protocols import InvalidImage
from ml_portfolio.config.errors import UserError
from ml_portfolio.images.profile import profile
from ml_portfolio.images.raw import RawImage, fingerprint, read_raw
from ml_portfolio.images.schema import Schema, load_schema
from ml_portfolio.images.validation import validate
from ml_portfolio.source import DataSource
from ml_portfolio.tables.validation import check_rejected
from PIL import Image

SCHEMA = Schema(
    target="kind", classes=("cat", "dog"), width=6, height=5, channels=1, min_side=4, background=0
)
IMAGES = np.random.default_rng(0).integers(0, 256, (40, 5, 6), dtype=np.uint8)
LABELS = np.arange(40) % 2


def decode(content, background, min_side):
    """A decoder as a project has one, only simpler."""
    try:
        image = Image.open(io.BytesIO(content))
    except OSError:
        raise InvalidImage("the file is not an image") from None
    if min(image.size) < min_side:
        raise InvalidImage("too small")
    return np.asarray(image.convert("RGB"))


def source(path):
    facts = dict.fromkeys(("title", "url", "licence", "citation", "changes"), "-")
    return DataSource(file=path, sha256=fingerprint(path), **facts)


def saved(path, **arrays):
    np.savez(path, **arrays)
    return source(path)


def read(about):
    return list(read_raw(about, SCHEMA, decode))


def test_arrays_are_read_with_their_labels(tmp_path):
    images = read(saved(tmp_path / "x.npz", images=IMAGES, labels=LABELS))
    assert [image.label for image in images[:3]] == ["cat", "dog", "cat"]
    assert all(np.array_equal(a.pixels[:, :, 0], b) for a, b in zip(images, IMAGES, strict=True))


def test_arrays_kept_for_testing_are_marked(tmp_path):
    arrays = {"train_images": IMAGES[:30], "train_labels": LABELS[:30]}
    arrays |= {"test_images": IMAGES[30:], "test_labels": LABELS[30:]}
    images = read(saved(tmp_path / "x.npz", **arrays))
    assert [image.part for image in images] == ["train"] * 30 + ["test"] * 10
    assert images[30].name == "test_0"


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({}, "must hold images and as many labels; it holds nothing"),
        ({"images": IMAGES}, "must hold images and as many labels; it holds images"),
        ({"images": IMAGES, "labels": LABELS[1:]}, "as many labels"),
        ({"train_images": IMAGES, "train_labels": LABELS}, "must hold test_images"),
        ({"images": IMAGES / 255, "labels": LABELS}, "is float64 .40, 5, 6., not uint8 .n, 5, 6"),
        ({"images": IMAGES[:, 1:], "labels": LABELS}, "is uint8 .40, 4, 6., not uint8 .n, 5, 6"),
        ({"images": IMAGES.astype(object), "labels": LABELS}, "not a complete npz file of plain"),
    ],
)
def test_wrong_arrays_are_named(tmp_path, arrays, message):
    with pytest.raises(UserError, match=message):
        read(saved(tmp_path / "x.npz", **arrays))


def test_a_damaged_absent_or_changed_file_is_named(tmp_path):
    about = saved(tmp_path / "x.npz", images=IMAGES, labels=LABELS)
    complete = about.file.read_bytes()
    damaged = (complete[: len(complete) // 2], b"", b"words", complete.replace(b"descr", b"DESCR"))
    for content in damaged:
        about.file.write_bytes(content)
        with pytest.raises(UserError, match="restore it with git or, .* write 'sha256: "):
            read(about)
        with pytest.raises(UserError, match="is not a complete npz file"):
            read(source(about.file))
    about.file.unlink()
    with pytest.raises(UserError, match=r"x.npz is missing: restore it"):
        read(about)


@pytest.fixture
def folder(tmp_path):
    """Photographs of different sizes in a folder for each class, and hidden files."""
    random, photos = np.random.default_rng(0), tmp_path / "photos"
    for label in SCHEMA.classes:
        (photos / label).mkdir(parents=True)
        for number in range(4):
            pixels = random.integers(0, 256, (*random.integers(8, 30, 2), 3), dtype=np.uint8)
            Image.fromarray(pixels).save(photos / label / f"{number}.png")
    (photos / ".hidden").write_bytes(b"litter")
    for hidden in (".cache", "cat/.thumbnails"):
        (photos / hidden).mkdir()
        shutil.copy(photos / "cat/1.png", photos / hidden)
    return photos


def test_files_of_a_folder_are_brought_to_one_size(folder):
    images = read(source(folder))
    assert [image.name for image in images] == [
        f"{label}/{number}.png" for label in SCHEMA.classes for number in range(4)
    ]
    assert {image.pixels.shape for image in images} == {SCHEMA.shape}
    assert [image.label for image in images] == ["cat"] * 4 + ["dog"] * 4


def test_an_unreadable_file_comes_with_the_reason(folder):
    (folder / "cat/a.txt").write_text("words")
    Image.new("L", (30, 3), 9).save(folder / "dog/b.png")
    reasons = {image.name: image.reason for image in read(source(folder)) if image.pixels is None}
    assert reasons == {"cat/a.txt": "the file is not an image", "dog/b.png": "too small"}


def test_a_folder_that_is_not_a_class_or_is_missing_is_named(folder):
    (folder / "cat").rename(folder / "tiger")
    with pytest.raises(UserError, match="missing: cat; unknown: tiger. Rename them"):
        read(source(folder))


def test_any_change_to_a_folder_changes_its_fingerprint(folder):
    about = source(folder)
    assert fingerprint(folder) == about.sha256
    (folder / "cat/1.png").rename(folder / "cat/9.png")
    with pytest.raises(UserError, match="is not what data.source.yaml describes"):
        read(about)


def test_unusable_images_are_rejected_with_the_reason(tmp_path):
    pixels = IMAGES[0][:, :, None]
    images = [
        RawImage("a", "cat", "", pixels),
        RawImage("b", "dog", "", pixels.copy()),
        RawImage("c", "7", "", IMAGES[1][:, :, None]),
        RawImage("d", "cat", "", np.full_like(pixels, 9)),
        RawImage("e", "cat", "", None, "the file is empty"),
        RawImage("f", "dog", "test", IMAGES[2][:, :, None]),
    ]
    valid, rejected = validate(images, SCHEMA)
    assert valid["name"].tolist() == ["a", "f"] and valid["part"].tolist() == ["", "test"]
    assert dict(zip(rejected["name"], rejected["reason"], strict=True)) == {
        "b": "it has the same pixels as a",
        "c": "its label 7 is not one of the classes",
        "d": "all its pixels are equal",
        "e": "the file is empty",
    }
    with pytest.raises(UserError, match="4 of 6 images cannot be used, the first is b: it has the"):
        check_rejected(rejected, len(images), 0.5, tmp_path)


def test_a_profile_describes_classes_and_brightness():
    images = [RawImage(str(n), "cat", "", each[:, :, None]) for n, each in enumerate(IMAGES)]
    valid, _ = validate(images, SCHEMA)
    summary = profile(valid, SCHEMA)
    assert summary["rows"] == 40 and summary["classes"] == {"cat": 40}
    assert summary["brightness"]["mean"] == pytest.approx(IMAGES.mean())
    assert summary["border"]["mean"] == pytest.approx(
        np.mean([[*i[0], *i[-1], *i[1:-1, 0], *i[1:-1, -1]] for i in IMAGES])
    )


GOOD = """
target: kind
classes: [cat, dog]
width: 28
height: 28
channels: 1
min_side: 8
background: 0
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("target:", "targt:", "unknown key 'targt': did you mean 'target'"),
        ("channels: 1", "channels: 4", "channels"),
        ("width: 28", "width: wide", "width: .* not 'wide'"),
        ("[cat, dog]", "[cat, cat]", "each class must be listed once"),
    ],
)
def test_a_mistake_in_the_schema_is_named(tmp_path, old, new, message):
    path = tmp_path / "schema.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_schema(path).shape == (28, 28, 1)
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(UserError, match=message):
        load_schema(path)
