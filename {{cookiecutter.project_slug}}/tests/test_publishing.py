"""The page as files: built only from what was pinned, and offline once that was fetched."""

import hashlib
import io
import json
import re
import tarfile
import urllib.error
import urllib.request

import pytest

from your_package.errors import UserError
from your_package.paths import BUNDLE
from your_package.publishing import runtime
from your_package.publishing.site import build

CONTENT = b"export const runs = true;"
PINNED = {
    "@some/one": {
        "version": "1.2.3",
        "files": {"dist/runs.mjs": hashlib.sha256(CONTENT).hexdigest()},
    }
}


def archive(content=CONTENT, name="package/dist/runs.mjs"):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        about = tarfile.TarInfo(name)
        about.size = len(content)
        tar.addfile(about, io.BytesIO(content))
    return packed.getvalue()


@pytest.fixture
def asked(monkeypatch):
    """A registry that gives the right archive, and the addresses that it was asked for."""
    asked = []
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "https://mirror.example/npm/")

    def give(url, timeout):
        asked.append(url)
        return io.BytesIO(archive())

    monkeypatch.setattr(urllib.request, "urlopen", give)
    return asked


@pytest.fixture
def ready(in_trained, monkeypatch, asked, tmp_path):
    """A trained project; the runtime is in the cache that is returned."""
    monkeypatch.setattr(runtime, "read_pinned", lambda: PINNED)
    runtime.fetch(tmp_path / "cache")
    asked.clear()
    return tmp_path / "cache"


def test_it_is_fetched_once_from_the_registry_that_is_set(tmp_path, asked):
    first = runtime.fetch(tmp_path, PINNED)
    assert [path.read_bytes() for path in first] == [CONTENT]
    assert runtime.fetch(tmp_path, PINNED) == first
    assert asked == ["https://mirror.example/npm/@some/one/-/one-1.2.3.tgz"]


def test_a_harmed_copy_is_fetched_again(tmp_path, asked):
    (path,) = runtime.fetch(tmp_path, PINNED)
    path.write_bytes(b"harmed")
    runtime.fetch(tmp_path, PINNED)
    assert path.read_bytes() == CONTENT and len(asked) == 2


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (archive(b"something else"), "is not the file that was pinned"),
        (archive(name="package/other.js"), "is damaged or lacks a file"),
        (b"<html>log in first</html>", "is damaged or lacks a file"),
    ],
)
def test_what_was_not_pinned_is_refused(tmp_path, monkeypatch, asked, given, message):
    monkeypatch.setattr(urllib.request, "urlopen", lambda url, timeout: io.BytesIO(given))
    with pytest.raises(UserError, match=message):
        runtime.fetch(tmp_path, PINNED)


def test_without_a_network_it_says_what_is_needed(tmp_path, monkeypatch, asked):
    def fail(url, timeout):
        raise urllib.error.URLError("no route")

    monkeypatch.setattr(urllib.request, "urlopen", fail)
    with pytest.raises(UserError, match="could not be fetched .* set NPM_CONFIG_REGISTRY"):
        runtime.fetch(tmp_path, PINNED)


def test_what_is_pinned_is_what_the_page_imports():
    names = {
        inside.rsplit("/", 1)[1]
        for about in runtime.read_pinned().values()
        for inside in about["files"]
    }
    page = runtime.PINNED.parent.parent / "serving" / "page"
    code = "".join(path.read_text(encoding="utf-8") for path in page.glob("*.js"))
    assert set(re.findall(r"\$\{folder\}([\w.-]+)", code)) <= names
    assert "ort-wasm-simd-threaded.wasm" in names  # what the runtime asks for itself


def test_the_site_holds_all_it_needs_and_builds_offline(ready, tmp_path, asked):
    out = tmp_path / "site"
    build(out, ready)
    build(out, ready)  # over an earlier one
    assert asked == []
    assert (out / "runtime" / "runs.mjs").read_bytes() == CONTENT
    for path in BUNDLE.iterdir():
        assert (out / "bundle" / path.name).read_bytes() == path.read_bytes()
    home = (out / "home.js").read_text(encoding="utf-8")
    assert 'bundle = "bundle/"' in home
    links = dict(json.loads(home[home.index("[") : home.rindex("]") + 1]))
    assert (out / links["report"]).is_file()
    manifest = json.loads((out / "bundle" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["code"].startswith("https://")  # the page links it, and the model card there


def test_a_folder_with_other_files_is_left_alone(ready, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(UserError, match="holds other files"):
        build(tmp_path / "mine", ready)
    assert (tmp_path / "mine" / "thesis.txt").is_file()


def test_without_a_model_it_says_how_to_make_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError, match="make it with 'uv run dvc repro'"):
        build(tmp_path / "site")
