"""What the hooks do to a machine: git in each state it may be in, and nothing else."""

import subprocess

import pytest


def log(project):
    return project.run("git", "log", "--format=%an: %s").stdout


def test_the_first_commit_is_made_on_main(bake):
    project = bake()
    assert log(project) == "Ada: Start from the ml-portfolio template\n"
    assert project.run("git", "branch", "--show-current").stdout == "main\n"


def test_without_an_identity_it_says_what_to_run(bake, monkeypatch, tmp_path, capfd):
    empty = tmp_path / "gitconfig"
    empty.touch()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(empty))
    project = bake(author_name="Ada Lovelace")
    said = capfd.readouterr().out
    assert 'git config --global user.name "Your Name"' in said
    assert project.run("git", "log", check=False).returncode != 0
    assert "README.md" in project.run("git", "diff", "--cached", "--name-only").stdout


def test_without_git_it_says_so(bake, monkeypatch, capfd):
    monkeypatch.setenv("PATH", "")
    project = bake()
    assert "Git was not found" in capfd.readouterr().out
    assert not (project.root / ".git").exists()


def test_signing_and_hooks_of_the_user_do_not_stop_it(bake, monkeypatch, tmp_path):
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "pre-commit").write_text("#!/bin/sh\nexit 1\n")
    (hooks / "pre-commit").chmod(0o755)
    config = tmp_path / "gitconfig"
    config.write_text(
        "[user]\n\tname = Ada\n\temail = ada@example.com\n[commit]\n\tgpgsign = true\n"
        f"[core]\n\thooksPath = {hooks.as_posix()}\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    assert "Ada" in log(bake())


def test_it_says_three_commands_to_go_on_with(bake, capfd):
    bake(project_slug="oak-tree")
    said = capfd.readouterr().out.splitlines()
    assert said[said.index("Ready. Next:") + 1 :] == [
        "  cd oak-tree && uv sync",
        "  uv run dvc repro",
        "  uv run oak-tree serve",
    ]


def test_inside_another_repository_it_starts_its_own(bake, tmp_path):
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    project = bake()
    assert project.run("git", "rev-parse", "--show-toplevel").stdout.strip() == str(
        project.root.resolve()
    )


@pytest.mark.parametrize("name", ["a b", "ünï"])
def test_it_works_in_a_folder_of_any_name(tmp_path, name, monkeypatch):
    from projects import bake_into

    folder = tmp_path / name
    folder.mkdir()
    assert log(bake_into(folder))
