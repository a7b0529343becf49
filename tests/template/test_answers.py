"""Answers that are refused, and unusual ones that are not."""

import json
import os
import re
import subprocess
import sys
import tomllib

import pytest
from projects import QUESTIONS, TEMPLATE

INSTALLED = """
from importlib import metadata
print(*metadata.packages_distributions(), *(d.metadata["Name"] for d in metadata.distributions()))
"""


def ask(folder, encoding="utf-8", **answers):
    """Run the command as a user does, in a terminal of that encoding."""
    words = [f"{question}={answer}" for question, answer in answers.items()]
    command = [sys.executable, "-m", "cookiecutter", str(TEMPLATE), "--no-input", "-o", str(folder)]
    return subprocess.run(
        [*command, *words],
        capture_output=True,
        text=True,
        encoding=encoding,
        env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
    )


@pytest.mark.parametrize(
    ("answers", "advice"),
    [
        ({"project_name": "Test"}, "answer my-test"),
        ({"project_name": "torch"}, "answer my-torch"),
        ({"project_name": "class"}, "answer my-class"),
        ({"project_name": "CON"}, "answer my-con"),
        ({"project_name": "com7"}, "answer my-com7"),
        ({"project_name": "3 bears"}, "answer my-3-bears"),
        ({"project_slug": "a" * 60}, "answer " + "a" * 27),
        ({"project_slug": "My Project"}, "answer my-project"),
        ({"project_slug": "../up"}, "answer up"),
        ({"project_slug": "a--b"}, "answer a-b"),
        ({"package_name": "my-project"}, "answer my_project"),
        ({"project_slug": "pre-commit"}, "answer my-pre-commit"),
        ({"package_name": "click"}, "answer my_click"),
        ({"package_name": "numpy"}, "answer my_numpy"),
        ({"package_name": "lambda"}, "answer my_lambda"),
        ({"package_name": "tests"}, "answer my_tests"),
        ({"package_name": "Größe"}, "answer gr_e"),
        ({"description": "two\nlines"}, "type it on one line"),
        ({"author_name": " "}, "type at least one word"),
        ({"github_username": "not a user"}, "your GitHub page's address"),
    ],
)
def test_a_bad_answer_is_refused_in_one_line_and_leaves_nothing(tmp_path, answers, advice):
    done = ask(tmp_path, **answers)
    assert done.returncode != 0
    complaint = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(complaint) == 1 and advice in complaint[0]
    assert list(tmp_path.iterdir()) == []


def test_what_it_suggests_is_accepted(tmp_path):
    done = ask(tmp_path, project_name="3 bears", project_slug="my-3-bears")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "my-3-bears" / "src" / "my_3_bears").is_dir()


@pytest.mark.parametrize(
    "text",
    [
        "O'Connor",
        'say "cheese"',
        '"""',
        "'''",
        r"back\slash \n \u0041 \\",
        "ends with a backslash \\",
        "emoji 😀 👩‍💻",
        "日本語 Ελληνικά العربية",
        "#{x} ${HOME} %PATH% `id` $(id) ; rm -rf . | { } }",
        "<b>&amp;</b>",
        "# insert: train",
    ],
)
def test_free_text_may_be_anything(bake, text):
    project = bake(project_slug="any-text", project_name=text, description=text, author_name=text)
    about = tomllib.loads((project.root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert about["description"] == text
    assert about["authors"] == [{"name": text}]
    assert text in (project.root / "LICENSE").read_text(encoding="utf-8")
    assert text in (project.root / "README.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_no_name_of_an_installed_package_is_accepted(lived):
    """Else the project would hide that package, or the other way round."""
    said = lived.run("uv", "run", "python", "-c", INSTALLED).stdout
    hook = (TEMPLATE / "hooks" / "pre_gen_project.py").read_text(encoding="utf-8")
    taken = set(re.search(r'TAKEN = set\(\s*"""(.*?)"""', hook, re.DOTALL)[1].split())
    names = {name.lower().replace("-", "_").replace(".", "_") for name in said.split()}
    possible = {name for name in names if re.fullmatch("[a-z][a-z0-9]*(_[a-z0-9]+)*", name)}
    ours = {lived.package, lived.root.name.replace("-", "_")}
    assert possible - taken - ours - sys.stdlib_module_names == set()


def test_a_terminal_with_few_letters_is_no_obstacle(tmp_path):
    """Python's hooks write to a pipe in the terminal's encoding, which may lack an arrow."""
    done = ask(tmp_path, project_name="日本語", project_slug="oak-tree", encoding="ascii")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "oak-tree" / "README.md").is_file()


def test_slug_and_package_follow_from_the_name(bake):
    project = bake(project_name="Crème brûlée 2: the return!")
    assert project.root.name == "creme-brulee-2-the-return"
    assert project.package == "creme_brulee_2_the_return"


@pytest.mark.parametrize(
    ("name", "slug"), [("😀", "my-project"), ("Long " * 20, "long-long-long-long-long-long")]
)
def test_an_awkward_name_still_gives_a_good_slug(bake, name, slug):
    assert bake(project_name=name).root.name == slug


def test_there_are_at_most_ten_questions_each_with_words_of_its_own():
    asked = [name for name in QUESTIONS if not name.startswith("_")]
    assert len(asked) <= 10
    prompts = QUESTIONS["__prompts__"]
    assert set(prompts) == set(asked)
    for name, answers in QUESTIONS.items():
        if name in asked and isinstance(answers, list) and name != "python_version":
            assert set(prompts[name]) == {"__prompt__", *answers}, json.dumps(prompts[name])
