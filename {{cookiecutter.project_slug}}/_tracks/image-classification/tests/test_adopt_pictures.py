"""Folders of pictures as people keep them."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from adopted import make_source
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
    folder = make_source(tmp_path)
    for part in ("train", "test"):
        shutil.copytree(folder, tmp_path / "parted" / part)
    arrays, _ = adopt(tmp_path / "parted", tmp_path)
    assert len(arrays["train_images"]) == len(arrays["test_images"]) == 30


def test_a_file_that_is_no_picture_is_left_out(tmp_path, capsys):
    folder = make_source(tmp_path)
    (folder / "red" / "broken.png").write_text("no picture", encoding="utf-8")
    arrays, _ = adopt(folder, tmp_path)
    assert len(arrays["images"]) == 30
    assert "1 files left out, the first is broken.png" in capsys.readouterr().out


def test_a_table_is_refused_with_the_right_command(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UserError, match="track=tabular-"):
        prepare(find(str(path), tmp_path), "", Asker(True), tmp_path)
