"""Folders of images as people keep them."""

import io
import shutil
from pathlib import Path

import numpy as np
import pytest
from library.adopt.samples import adopt_images, decode_image, write_images
from ml_portfolio.bundle.protocols import InvalidImage
from ml_portfolio.config.errors import UserError
from ml_portfolio.tool.adopt.image_files import to_decodable
from PIL import Image
from PIL.ExifTags import Base


def test_images_of_one_small_size_keep_it(tmp_path):
    found = adopt_images(write_images(tmp_path))
    arrays, schema = found.arrays, found.entries
    assert arrays["images"].shape == (30, 12, 16, 3)
    assert schema["classes"] == ["blue", "red"]
    assert arrays["images"][arrays["labels"] == 1].mean((0, 1, 2)).argmax() == 0


def test_larger_ones_are_resized(tmp_path):
    arrays = adopt_images(write_images(tmp_path, size=(200, 300), kind="webp")).arrays
    assert arrays["images"].shape == (30, 64, 64, 3)


def test_an_archive_of_the_folder_does_as_well(tmp_path):
    folder = write_images(tmp_path)
    packed = shutil.make_archive(str(tmp_path / "packed"), "zip", folder.parent, folder.name)
    arrays = adopt_images(Path(packed)).arrays
    assert len(arrays["images"]) == 30


def test_images_kept_for_testing_stay_so(tmp_path):
    for seed, part in enumerate(("train", "test")):
        shutil.copytree(write_images(tmp_path, seed=seed), tmp_path / "parted" / part)
    arrays = adopt_images(tmp_path / "parted").arrays
    assert len(arrays["train_images"]) == len(arrays["test_images"]) == 30


def test_so_few_images_promise_no_sets_of_labels(tmp_path):
    assert adopt_images(write_images(tmp_path)).settings["evaluate.confidence"] == 0


def as_file(image, kind, **settings):
    file = io.BytesIO()
    image.save(file, kind, **settings)
    return file.getvalue()


IMAGE = Image.fromarray(np.random.default_rng(9).integers(0, 256, (16, 12, 3), dtype=np.uint8))
SCAN = Image.fromarray(np.arange(192, dtype=np.uint16).reshape(16, 12))
PNG = as_file(IMAGE, "PNG")
BROKEN = {
    "no image": b"no image",
    "half": PNG[: len(PNG) // 2],
    "a wrong checksum": PNG.replace(b"IDAT", b"IDAT\xff", 1),
    "half a bitmap": as_file(IMAGE, "BMP")[:300],
    "half a TIFF": as_file(IMAGE, "TIFF")[:-20],
    "a sheet of letters": b"P2 4 4 255 " + b"x " * 16,
    "a bomb": b"P5 20000 20000 255 ",
    "12 bits in 16": as_file(SCAN, "TIFF"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_file_that_cannot_be_used_is_left_out(tmp_path, capsys, fault):
    folder = write_images(tmp_path)
    (folder / "blue" / "-.ppm").write_bytes(BROKEN[fault])  # the first to be looked at
    arrays = adopt_images(folder).arrays
    assert len(arrays["images"]) == 30
    printed = capsys.readouterr().out
    assert "Unusable files left out: 1, the first is blue/-.ppm: the" in printed


def test_duplicates_and_hidden_files_are_left_out(tmp_path, capsys):
    folder = write_images(tmp_path)
    (folder / "red/.thumbnails").mkdir()
    for place in ("red/.thumbnails/0.png", "red/copy.png", "blue/x.png"):
        shutil.copy(folder / "red/0.png", folder / place)
    arrays = adopt_images(folder).arrays
    assert len(arrays["images"]) == 30
    printed = capsys.readouterr().out
    assert "Duplicates left out: 2" in printed
    assert "red/0.png: it has the same pixels as blue/x.png" in printed


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
        ("webp", IMAGE, {"lossless": True, "exif": LYING}),
        ("tiff", IMAGE, {"exif": LYING}),
    ],
)
def test_other_kinds_are_read_as_the_same_image_in_png(tmp_path, kind, image, settings):
    read = []
    for each in ("png", kind):
        folder = write_images(tmp_path / each)
        image.save(folder / f"blue/-.{each}", **settings)
        arrays = adopt_images(folder).arrays
        read.append(arrays["images"][0])
    assert np.array_equal(*read) and read[0].shape == (12, 16, 3)
    assert image is IMAGE or read[0][:6].max() == 0 and read[0][6:].min() == 255


def test_a_large_photograph_is_shrunk_before_it_is_decoded():
    photo = as_file(Image.new("RGB", (3000, 2000), "red"), "JPEG")
    assert decode_image(to_decodable(photo), 0, 8).shape == (320, 480, 3)
    with pytest.raises(InvalidImage, match="3000 × 2000 pixels"):
        decode_image(photo, 0, 8)
    assert to_decodable(PNG) == PNG


def test_a_class_with_too_few_to_learn_from_is_left_out(tmp_path, capsys):
    parted = tmp_path / "parted"
    for seed, part in enumerate(("train", "test")):
        shutil.copytree(write_images(tmp_path, seed=seed), parted / part)
    shutil.copytree(write_images(tmp_path, seed=2) / "red", parted / "test/bird")
    (parted / "train/scan").mkdir()
    for number in range(12):
        SCAN.save(parted / f"train/scan/{number}.tif")
    found = adopt_images(parted)
    arrays, schema = found.arrays, found.entries
    assert schema["classes"] == ["blue", "red"] and len(arrays["test_images"]) == 30
    printed = capsys.readouterr().out
    assert "with fewer than 10 images to learn from: bird (0), scan (0)." in printed


def test_without_two_classes_to_learn_from_nothing_is_adopted(tmp_path):
    folder = write_images(tmp_path)
    for path in (folder / "red").glob("*.png"):
        path.write_bytes(b"")
    with pytest.raises(UserError, match="two folders or more, .* with at least 10 usable images"):
        adopt_images(folder)
    for path in (folder / "blue").glob("*.png"):
        path.write_bytes(BROKEN["12 bits in 16"])
    with pytest.raises(UserError, match="none .* can be read, .* more than 8 bits a colour"):
        adopt_images(folder)


def test_a_damaged_or_locked_archive_is_named(tmp_path):
    folder, path = write_images(tmp_path), tmp_path / "packed.zip"
    shutil.make_archive(str(tmp_path / "packed"), "zip", folder)
    intact = path.read_bytes()
    locked = intact.replace(b"PK\3\4\x14\0\0", b"PK\3\4\x14\0\1")
    locked = locked.replace(b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1")
    at = intact.index(b"IDAT")
    harmed = intact[:at] + b"JUNK" + intact[at + 4 :]
    for content, reason in (
        (intact[:900], "not a zip"),
        (harmed, "CRC|Error -3"),
        (locked, "pass"),
    ):
        path.write_bytes(content)
        with pytest.raises(UserError, match=f"packed.zip cannot be unpacked .*({reason})"):
            adopt_images(path)


def test_a_table_is_refused_with_the_right_command(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UserError, match="track=tabular-"):
        adopt_images(path)
