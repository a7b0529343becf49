"""The page as files: built only from what was pinned, and offline once that was fetched."""

import hashlib
import io
import json
import re
import tarfile
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from library import small_bundles
from ml_portfolio.config.errors import UserError
from ml_portfolio.serving.routes import PAGE
from ml_portfolio.tool.page import runtime, site
from ml_portfolio.tool.page.site import build

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
def requested(monkeypatch):
    """A registry that gives the right archive, and the addresses that were requested from it."""
    urls = []
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "https://mirror.example/npm/")

    def give(url, timeout):
        urls.append(url)
        return io.BytesIO(archive())

    monkeypatch.setattr(urllib.request, "urlopen", give)
    return urls


@pytest.fixture
def cache(monkeypatch, requested, tmp_path):
    """A folder with the runtime."""
    monkeypatch.setattr(site, "read_pinned", lambda kind: PINNED)
    runtime.fetch(PINNED, tmp_path / "cache")
    requested.clear()
    return tmp_path / "cache"


def test_a_package_is_fetched_once_from_the_registry_that_is_set(tmp_path, requested):
    first = runtime.fetch(PINNED, tmp_path)
    assert [path.read_bytes() for path in first] == [CONTENT]
    assert runtime.fetch(PINNED, tmp_path) == first
    assert requested == ["https://mirror.example/npm/@some/one/-/one-1.2.3.tgz"]


def test_a_damaged_copy_is_fetched_again(tmp_path, requested):
    (path,) = runtime.fetch(PINNED, tmp_path)
    path.write_bytes(b"damaged")
    runtime.fetch(PINNED, tmp_path)
    assert path.read_bytes() == CONTENT and len(requested) == 2


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (archive(b"something else"), "is not the file that was pinned"),
        (archive(name="package/other.js"), "is damaged or lacks a file"),
        (b"<html>log in first</html>", "is damaged or lacks a file"),
    ],
    ids=["other content", "other name", "no archive"],  # an archive holds the time it was made
)
def test_what_was_not_pinned_is_refused(tmp_path, monkeypatch, requested, given, message):
    monkeypatch.setattr(urllib.request, "urlopen", lambda url, timeout: io.BytesIO(given))
    with pytest.raises(UserError, match=message):
        runtime.fetch(PINNED, tmp_path)


def test_without_a_network_it_names_what_is_needed(tmp_path, monkeypatch, requested):
    def fail(url, timeout):
        raise urllib.error.URLError("no route")

    monkeypatch.setattr(urllib.request, "urlopen", fail)
    with pytest.raises(UserError, match="could not be fetched .* set NPM_CONFIG_REGISTRY"):
        runtime.fetch(PINNED, tmp_path)


@pytest.mark.parametrize("kind", ["table", "text", "image"])
def test_what_is_pinned_is_what_the_page_imports(kind):
    packages = runtime.read_pinned(kind).values()
    names = {inside.rsplit("/", 1)[1] for package in packages for inside in package["files"]}
    scripts = [*PAGE.glob("*.js"), *(PAGE / kind).glob("*.js")]
    code = "".join(path.read_text(encoding="utf-8") for path in scripts)
    needed = set(re.findall(r"\$\{folder\}([\w.-]+)", code))
    assert needed and names == needed | {
        "ort-wasm-simd-threaded.mjs",  # what the runtime asks for itself
        "ort-wasm-simd-threaded.wasm",
    }


@pytest.mark.parametrize("kind", ["table", "text", "image"])
def test_the_site_holds_all_it_needs_and_builds_offline(kind, cache, tmp_path, requested):
    bundle = small_bundles.write(getattr(small_bundles, kind)(), tmp_path / "bundle")
    report = tmp_path / "index.html"
    report.write_text("<p>results</p>", encoding="utf-8")
    decode = small_bundles.owner_module("image-classification", "decoding").decode
    out = tmp_path / "site"
    for _ in range(2):  # also over an earlier one
        build(out, bundle, report, cache, decode if kind == "image" else None)
    assert requested == []
    assert (out / "runtime" / "runs.mjs").read_bytes() == CONTENT
    for path in bundle.iterdir():
        assert (out / "bundle" / path.name).read_bytes() == path.read_bytes()
    assert all((out / kind / name).is_file() for name in ("input.js", "encode.js"))
    home = (out / "home.js").read_text(encoding="utf-8")
    assert 'bundle = "bundle/"' in home
    links = dict(json.loads(home[home.index("[") : home.rindex("]") + 1]))
    assert (out / links["report"]).read_text(encoding="utf-8") == "<p>results</p>"


def test_without_a_report_none_is_linked(cache, tmp_path, bundle_folder):
    build(tmp_path / "site", bundle_folder, tmp_path / "none.html", cache)
    assert "links = [];" in (tmp_path / "site" / "home.js").read_text(encoding="utf-8")


def test_a_folder_with_other_files_is_left_alone(cache, tmp_path, bundle_folder):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(UserError, match="holds other files"):
        build(tmp_path / "mine", bundle_folder, tmp_path / "none.html", cache)
    assert (tmp_path / "mine" / "thesis.txt").is_file()


def test_without_a_bundle_it_says_how_to_make_one(tmp_path):
    with pytest.raises(UserError, match="make it with 'uv run dvc repro'"):
        build(tmp_path / "site", tmp_path / "bundle", Path("none"), tmp_path / "cache")
