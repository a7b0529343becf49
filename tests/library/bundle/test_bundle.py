"""A bundle in a folder: it answers as it did when it was exported, or it is refused."""

import json
import shutil
import subprocess
import sys

import pytest
from library import small_bundles
from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.bundle.manifest import GRAPH, MANIFEST
from ml_portfolio.config.errors import UserError


def test_a_written_bundle_gives_the_same_answers(bundle, tmp_path):
    folder = small_bundles.write(bundle, tmp_path / "bundle")
    decode = getattr(bundle.encoder, "decode", None)
    loaded = Bundle.load(folder, decode)
    assert loaded.manifest == bundle.manifest
    requests = [case.request for case in bundle.manifest.golden]
    for case, answer in zip(bundle.manifest.golden, loaded.ask(requests), strict=True):
        assert bundle.manifest.output.difference(case.answer, answer) < 1e-5
        assert answer["warnings"] == case.answer["warnings"]


def test_rows_are_answered_alike_alone_and_in_batches(bundle, monkeypatch):
    requests = [case.request for case in bundle.manifest.golden]
    alone = [bundle.ask([request])[0] for request in requests]
    monkeypatch.setattr(bundle.encoder, "batch_size", 2, raising=False)
    together = bundle.ask(requests)
    gaps = map(bundle.manifest.output.difference, alone, together)
    assert max(gaps) < 1e-5
    assert [each["warnings"] for each in alone] == [each["warnings"] for each in together]


def test_an_absent_bundle_is_named(tmp_path):
    with pytest.raises(UserError, match="holds no model: make it with 'uv run dvc repro'"):
        Bundle.load(tmp_path)


def test_images_need_a_decoder():
    bundle = small_bundles.image()
    with pytest.raises(TypeError, match="decode_image"):
        Bundle(bundle.manifest, bundle.files)


def cut_graph(folder):
    (folder / GRAPH).write_bytes((folder / GRAPH).read_bytes()[:-1])


def remove_graph(folder):
    (folder / GRAPH).unlink()


def cut_manifest(folder):
    (folder / MANIFEST).write_bytes((folder / MANIFEST).read_bytes()[:500])


def edit(change):
    def harm(folder):
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        change(manifest)
        (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")

    return harm


@edit
def change_an_answer(manifest):
    manifest["golden"][0]["answer"]["probabilities"]["yes"] += 0.01


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (cut_graph, "model.onnx is missing or differs from the manifest"),
        (remove_graph, "model.onnx is missing or differs from the manifest"),
        (cut_manifest, "manifest.json is damaged"),
        (edit(lambda manifest: manifest.pop("input")), r"manifest.json is damaged \(input"),
        (edit(lambda manifest: manifest["input"].update(kind="?")), r"is damaged \(input"),
        (edit(lambda manifest: manifest["output"].pop("labels")), "classification.labels"),
        (edit(lambda manifest: manifest.update(format=99)), "has format 99, not 2"),
        (edit(lambda manifest: manifest.update(golden=[])), "manifest.json is damaged"),
        (change_an_answer, "answers golden request 0 by 0.01 differently than when made"),
    ],
)
def test_a_damaged_bundle_is_refused(bundle_folder, tmp_path, harm, message):
    folder = shutil.copytree(bundle_folder, tmp_path / "bundle")
    harm(folder)
    with pytest.raises(UserError, match=message):
        Bundle.load(folder)


def test_neither_training_nor_serving_is_imported():
    code = "import sys, ml_portfolio.bundle.bundle; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = {name.split(".")[0] for name in done.stdout.split()}
    assert "onnxruntime" in imported
    assert not imported & {"fastapi", "pandas", "sklearn", "scipy", "onnx", "torch", "mlflow"}
    assert not imported & {"ruamel", "tokenizers", "PIL"}
