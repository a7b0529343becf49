"""Folders of pictures as people keep them."""

import io
import shutil
from pathlib import Path

import numpy as np
import pytest
from adopted import make_source
from PIL import Image
from PIL.ExifTags import Base
from ruamel.yaml import YAML

from your_package.adopting.asking import Asker
from your_package.adopting.origins import find
from your_package.adopting.track import prepare
from your_package.errors import UserError


def adopt(path, folder):
    out = folder / "out"
    out.mkdir()
    adoption = prepare(find(str(path), out), "", Asker(True), out)
    with np.load(adoption.raw) as arrays:
        return {name: arrays[name] for name in arrays.files}, YAML(typ="safe").load(adoption.schema)


def test_pictures_of_one_small_size_keep_it(tmp_path):
    arrays, schema = adopt(make_source(tmp_path), tmp_path)
    assert arrays["images"].shape == (30, 12, 16, 3)
    assert schema["classes"] == ["blue", "red"]
    assert arrays["images"][arrays["labels"] == 1].mean((0, 1, 2)).argmax() == 0


def test_larger_ones_are_brought_to_one_size(tmp_path):
    arrays, schema = adopt(make_source(tmp_path, size=(200, 300), kind="webp"), tmp_path)
    assert arrays["images"].shape == (30, 64, 64, 3)


def test_an_archive_of_the_folder_does_as_well(tmp_path):
    folder = make_source(tmp_path)
    packed = shutil.make_archive(str(tmp_path / "packed"), "zip", folder.parent, folder.name)
    arrays, _ = adopt(Path(packed), tmp_path)
    assert len(arrays["images"]) == 30


def test_pictures_kept_for_testing_stay_so(tmp_path):
    for seed, part in enumerate(("train", "test")):
        shutil.copytree(make_source(tmp_path, seed=seed), tmp_path / "parted" / part)
    arrays, _ = adopt(tmp_path / "parted", tmp_path)
    assert len(arrays["train_images"]) == len(arrays["test_images"]) == 30


def test_so_few_pictures_promise_no_sets_of_labels(tmp_path):
    adoption = prepare(find(str(make_source(tmp_path)), tmp_path), "", Asker(True), tmp_path)
    assert {each.path: each.value for each in adoption.settings}["evaluate.confidence"] == 0


def as_file(image, kind, **settings):
    file = io.BytesIO()
    image.save(file, kind, **settings)
    return file.getvalue()


PICTURE = Image.fromarray(np.random.default_rng(9).integers(0, 256, (16, 12, 3), dtype=np.uint8))
SCAN = Image.fromarray(np.arange(192, dtype=np.uint16).reshape(16, 12))
PNG = as_file(PICTURE, "PNG")
BROKEN = {
    "no picture": b"no picture",
    "half": PNG[: len(PNG) // 2],
    "a wrong checksum": PNG.replace(b"IDAT", b"IDAT\xff", 1),
    "half a bitmap": as_file(PICTURE, "BMP")[:300],
    "half a TIFF": as_file(PICTURE, "TIFF")[:-20],
    "a sheet of letters": b"P2 4 4 255 " + b"x " * 16,
    "a bomb": b"P5 20000 20000 255 ",
    "12 bits in 16": as_file(SCAN, "TIFF"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_file_that_cannot_be_used_is_left_out(tmp_path, capsys, fault):
    folder = make_source(tmp_path)
    (folder / "blue" / "-.ppm").write_bytes(BROKEN[fault])  # the first to be looked at
    arrays, _ = adopt(folder, tmp_path)
    assert len(arrays["images"]) == 30
    said = capsys.readouterr().out
    assert "1 files left out that cannot be used, the first is blue/-.ppm: the" in said


def test_twins_are_left_out_and_what_is_hidden_is_not_looked_at(tmp_path, capsys):
    folder = make_source(tmp_path)
    (folder / "red/.thumbnails").mkdir()
    for place in ("red/.thumbnails/0.png", "red/copy.png", "blue/x.png"):
        shutil.copy(folder / "red/0.png", folder / place)
    arrays, _ = adopt(folder, tmp_path)
    assert len(arrays["images"]) == 30
    said = capsys.readouterr().out
    assert "2 files left out that are there twice" in said
    assert "red/0.png: it is the same as blue/x.png" in said


CLEAR = Image.new("RGBA", (16, 12), (255, 255, 255, 0))  # white, the upper half transparent
CLEAR.paste((255, 255, 255, 255), (0, 6, 16, 12))
LYING = Image.Exif()
LYING[Base.Orientation] = 6


@pytest.mark.parametrize(
    ("kind", "image", "settings"),
    [
        ("webp", CLEAR, {"lossless": True}),
        ("tiff", CLEAR, {}),
        ("gif", CLEAR, {}),
        ("webp", PICTURE, {"lossless": True, "exif": LYING}),
        ("tiff", PICTURE, {"exif": LYING}),
    ],
)
def test_other_kinds_are_read_as_the_same_picture_in_png(tmp_path, kind, image, settings):
    read = []
    for each in ("png", kind):
        folder = make_source(tmp_path / each)
        image.save(folder / f"blue/-.{each}", **settings)
        arrays, _ = adopt(folder, tmp_path / each)
        read.append(arrays["images"][0])
    assert np.array_equal(*read) and read[0].shape == (12, 16, 3)
    assert image is PICTURE or read[0][:6].max() == 0 and read[0][6:].min() == 255


def test_a_class_with_too_few_to_learn_from_is_left_out(tmp_path, capsys):
    parted = tmp_path / "parted"
    for seed, part in enumerate(("train", "test")):
        shutil.copytree(make_source(tmp_path, seed=seed), parted / part)
    shutil.copytree(make_source(tmp_path, seed=2) / "red", parted / "test/bird")
    (parted / "train/scan").mkdir()
    for number in range(12):
        SCAN.save(parted / f"train/scan/{number}.tif")
    arrays, schema = adopt(parted, tmp_path)
    assert schema["classes"] == ["blue", "red"] and len(arrays["test_images"]) == 30
    said = capsys.readouterr().out
    assert "with fewer than 10 pictures to learn from: bird (0), scan (0)." in said


def test_without_two_classes_to_learn_from_nothing_is_adopted(tmp_path):
    folder = make_source(tmp_path)
    for path in (folder / "red").glob("*.png"):
        path.write_bytes(b"")
    with pytest.raises(UserError, match="two folders or more, .* with 10 good pictures"):
        adopt(folder, tmp_path)
    for path in (folder / "blue").glob("*.png"):
        path.write_bytes(BROKEN["12 bits in 16"])
    with pytest.raises(UserError, match="none .* can be read, .* more than 8 bits a colour"):
        prepare(find(str(folder), tmp_path), "", Asker(True), tmp_path)


def test_a_damaged_or_locked_archive_is_named(tmp_path):
    folder, path = make_source(tmp_path), tmp_path / "packed.zip"
    shutil.make_archive(str(tmp_path / "packed"), "zip", folder)
    whole = path.read_bytes()
    locked = whole.replace(b"PK\3\4\x14\0\0", b"PK\3\4\x14\0\1")
    locked = locked.replace(b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1")
    at = whole.index(b"IDAT")
    harmed = whole[:at] + b"JUNK" + whole[at + 4 :]
    for content, reason in ((whole[:900], "not a zip"), (harmed, "CRC|Error -3"), (locked, "pass")):
        path.write_bytes(content)
        with pytest.raises(UserError, match=f"packed.zip cannot be unpacked .*({reason})"):
            prepare(find(str(path), tmp_path), "", Asker(True), tmp_path)


def test_a_table_is_refused_with_the_right_command(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UserError, match="track=tabular-"):
        prepare(find(str(path), tmp_path), "", Asker(True), tmp_path)
