"""Every combination of options renders to a whole, clean project of its own."""

import ast
import itertools
import re
import subprocess
import tomllib

import pytest
import yaml
from projects import LIBRARY, QUESTIONS, SOURCE, TEMPLATE, TRACKS

COMBINATIONS = list(itertools.product(TRACKS, QUESTIONS["license"], QUESTIONS["python_version"]))


@pytest.mark.parametrize(("track", "licence", "python"), COMBINATIONS)
def test_combination(bake, track, licence, python):
    project = bake(track=track, license=licence, python_version=python, project_slug="oak-tree")
    pyproject = tomllib.loads((project.root / "pyproject.toml").read_text(encoding="utf-8"))
    assert pyproject["project"]["requires-python"] == f">={python},<3.14"
    assert project.run("git", "status", "--porcelain").stdout == ""
    for path in project.files():
        if "vendor" not in path.parts:  # the library, byte for byte: no word of it is filled in
            check_leftovers(path)
        if path.suffix in (".yaml", ".yml"):
            yaml.safe_load(path.read_text(encoding="utf-8"))
    assert not (project.root / "_tracks").exists()
    title = (project.root / "LICENSE").read_text(encoding="utf-8").strip().splitlines()[0].strip()
    assert title.startswith(
        {"MIT": "MIT", "Apache-2.0": "Apache", "BSD-3-Clause": "BSD", "none": "Copyright"}[licence]
    )


def check_leftovers(path):
    assert path.stat().st_size > 0, path
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return
    where = re.search(
        r"\{\{(?! ?(github|matrix|steps|secrets)\b)|\{%|cookiecutter\.|your_package|insert: \w",
        text,
    )
    if path.suffix == ".yml" and where and text[where.start() - 1] == "$":
        where = None  # ${{ … }} is GitHub's
    assert where is None, f"{path}: {text[max(where.start() - 40, 0) : where.end() + 40]}"
    assert "\r" not in text, path
    assert text.endswith("\n"), path


@pytest.mark.parametrize("track", TRACKS)
def test_source_is_formatted_and_free_of_lint(bake, track):
    longest = "x" * 30
    project = bake(track=track, project_slug=longest, package_name=longest)
    project.run("ruff", "check", "--no-cache", ".")
    project.run("ruff", "format", "--no-cache", "--check", ".")


def test_the_template_itself_is_formatted_and_free_of_lint():
    for command in (["check"], ["format", "--check"]):
        for folder in ("hooks", "scripts", "tests", SOURCE.name):
            done = subprocess.run(
                ["ruff", *command, "--no-cache", folder],
                cwd=TEMPLATE,
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("track", TRACKS)
def test_a_project_carries_nothing_of_other_tracks(bake, track):
    project = bake(track=track)
    words = "|".join(other for other in TRACKS if other != track)
    for path in project.files():
        of_library = "vendor" in path.relative_to(project.root).parts  # it serves every track
        if words and not of_library and path.suffix in (".py", ".toml", ".yaml"):
            assert not re.search(words, path.read_text(encoding="utf-8")), path


def test_no_jinja_in_python_or_in_a_layer():
    for path in [*SOURCE.glob("*/**/*.py"), *(SOURCE / "_tracks").rglob("*")]:
        if LIBRARY in path.parents:  # copied byte for byte, not rendered
            continue
        if path.suffix in (".py", ".yaml", ".json", ".md", ".ipynb"):
            assert "{{" not in path.read_text(encoding="utf-8"), path


def test_the_library_is_copied_byte_for_byte(bake):
    root = bake().root
    for path in LIBRARY.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            copy = root / "vendor" / "ml-portfolio" / path.relative_to(LIBRARY)
            assert copy.read_bytes() == path.read_bytes()


def test_every_track_is_a_folder_and_a_word():
    layers = {path.name for path in (SOURCE / "_tracks").iterdir() if path.is_dir()}
    assert set(TRACKS) <= layers


def test_modules_are_short():
    for path in SOURCE.rglob("src/**/*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 250, path


def test_functions_are_short():
    for path in SOURCE.rglob("src/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno - node.lineno < 45, f"{path}: {node.name}"
