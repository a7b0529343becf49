"""Raw files and pictures that are not as they should be, each with what the owner is told."""

import numpy as np
import pytest

from your_package.errors import UserError
from your_package.files import sha256
from your_package.preprocess import PreprocessParams, divide, preprocess
from your_package.raw import Raw, Source, read_raw
from your_package.schema import Schema, load_schema
from your_package.validation import validate

SCHEMA = Schema(
    target="kind", classes=("cat", "dog"), width=6, height=5, channels=1, min_side=4, background=0
)
IMAGES = np.random.default_rng(0).integers(0, 256, (40, 5, 6), dtype=np.uint8)
LABELS = np.arange(40) % 2
PARAMS = PreprocessParams(seed=1, validation_share=0.2, test_share=0.2, max_rejected_share=0.1)


def source(path, **changes):
    words = dict.fromkeys(("title", "url", "licence", "citation", "changes"), "-")
    return Source(**(words | {"file": path, "sha256": sha256(path)} | changes))


def saved(path, **arrays):
    np.savez(path, **arrays)
    return source(path)


def test_good_arrays_are_read_with_their_labels(tmp_path):
    pictures = list(read_raw(saved(tmp_path / "x.npz", images=IMAGES, labels=LABELS), SCHEMA))
    assert [picture.label for picture in pictures[:3]] == ["cat", "dog", "cat"]
    assert all(np.array_equal(a.pixels[:, :, 0], b) for a, b in zip(pictures, IMAGES, strict=True))


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({}, "must hold images and as many labels; it holds nothing"),
        ({"images": IMAGES}, "must hold images and as many labels; it holds images"),
        ({"images": IMAGES, "labels": LABELS[1:]}, "as many labels"),
        ({"train_images": IMAGES, "train_labels": LABELS}, "must hold test_images"),
        ({"images": IMAGES / 255, "labels": LABELS}, "is float64 .40, 5, 6., not uint8 .n, 5, 6"),
        ({"images": IMAGES[:, 1:], "labels": LABELS}, "is uint8 .40, 4, 6., not uint8 .n, 5, 6"),
        ({"images": IMAGES.astype(object), "labels": LABELS}, "not a whole npz file of plain num"),
    ],
)
def test_wrong_arrays_are_named(tmp_path, arrays, message):
    with pytest.raises(UserError, match=message):
        list(read_raw(saved(tmp_path / "x.npz", **arrays), SCHEMA))


def test_a_harmed_absent_or_other_file_is_named(tmp_path):
    about = saved(tmp_path / "x.npz", images=IMAGES, labels=LABELS)
    whole = about.file.read_bytes()
    for content in (whole[: len(whole) // 2], b"", b"words", whole.replace(b"descr", b"DESCR")):
        about.file.write_bytes(content)
        with pytest.raises(UserError, match="restore it with git or, .* write 'sha256: "):
            read_raw(about, SCHEMA)
        with pytest.raises(UserError, match="is not a whole npz file"):
            list(read_raw(source(about.file), SCHEMA))
    about.file.unlink()
    with pytest.raises(UserError, match=r"x.npz is missing: restore it"):
        read_raw(about, SCHEMA)


def test_bad_pictures_are_rejected_with_the_reason():
    picture = IMAGES[0][:, :, None]
    pictures = [
        Raw("a", "cat", "", picture),
        Raw("b", "dog", "", picture.copy()),
        Raw("c", "7", "", IMAGES[1][:, :, None]),
        Raw("d", "cat", "", np.full_like(picture, 9)),
        Raw("e", "cat", "", None, "the file is empty"),
        Raw("f", "dog", "", IMAGES[2][:, :, None]),
    ]
    good, rejected = validate(pictures, SCHEMA)
    assert good["name"].tolist() == ["a", "f"]
    assert dict(zip(rejected["name"], rejected["reason"], strict=True)) == {
        "b": "it is the same as a",
        "c": "its label 7 is not one of the classes",
        "d": "all its pixels are alike",
        "e": "the file is empty",
    }


def test_too_many_bad_pictures_stop_the_stage(tmp_path):
    wrong = LABELS.copy()
    wrong[:5] = 9
    with pytest.raises(UserError, match="5 of 40 pictures cannot be used, the first is 0: its lab"):
        preprocess(saved(tmp_path / "x.npz", images=IMAGES, labels=wrong), SCHEMA, PARAMS)


def test_what_is_kept_for_testing_stays_so_and_the_seed_decides_the_rest(tmp_path):
    arrays = {"train_images": IMAGES[:30], "train_labels": LABELS[:30]}
    arrays |= {"test_images": IMAGES[30:], "test_labels": LABELS[30:]}
    good, _ = validate(read_raw(saved(tmp_path / "x.npz", **arrays), SCHEMA), SCHEMA)
    parts = divide(good, PARAMS)
    assert {name: len(rows) for name, rows in parts.items()} == {
        "train": 22,
        "validation": 8,
        "test": 10,
    }
    assert parts["test"]["name"].str.startswith("test_").all()
    again, other = (divide(good, PARAMS.model_copy(update={"seed": seed})) for seed in (1, 2))
    assert parts["train"].equals(again["train"]) and not parts["train"].equals(other["train"])


@pytest.mark.parametrize(
    ("labels", "kept", "message"),
    [
        (np.arange(40) // 32, 0, "'dog' has 8 good pictures to learn from: collect 10 or more"),
        (np.zeros(40, int), 0, "'dog' has 0 good pictures"),
        (LABELS, 22, "'cat' has 9 good pictures"),
        (LABELS, 20, "validation_share 0.4 takes 16 of the 20 .* from 2, .* to 10, half of them"),
    ],
)
def test_too_few_of_a_class_to_learn_from_are_named(tmp_path, labels, kept, message):
    arrays = {"images": IMAGES, "labels": labels}
    if kept:
        arrays = {f"train_{name}": each[kept:] for name, each in arrays.items()} | {
            f"test_{name}": each[:kept] for name, each in arrays.items()
        }
    params = PARAMS.model_copy(update={"validation_share": 0.4})
    with pytest.raises(UserError, match=message):
        preprocess(saved(tmp_path / "x.npz", **arrays), SCHEMA, params)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("target:", "targt:", "unknown key 'targt': did you mean 'target'"),
        ("channels: 1", "channels: 4", "channels"),
        ("width: 28", "width: wide", "width: .* not 'wide'"),
        ("- Trouser", "- Dress", "a class must stand in the list once"),
    ],
)
def test_a_mistake_in_the_schema_is_named(in_trained, tmp_path, old, new, message):
    text = (in_trained / "data/schema.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "schema.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError, match=message):
        load_schema(tmp_path / "schema.yaml")
