"""The evaluation plan is in a project's first commit, and `check` knows what it came with."""

import ast
import re

import pytest
import yaml
from conftest import QUESTIONS, TRACKS

PLAN = "docs/evaluation_plan.md"


def constants(path):
    """The constants of a module, by name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
    found = {}
    for node in assigned:
        try:
            found[node.targets[0].id] = ast.literal_eval(node.value)
        except ValueError:
            continue
    return found


@pytest.mark.parametrize("track", TRACKS)
def test_the_plan_is_in_the_first_commit_with_its_facts(bake, track):
    project = bake(track=track)
    assert project.run("git", "rev-list", "--count", "HEAD").stdout == "1\n"
    plan = project.run("git", "show", f"HEAD:{PLAN}").stdout
    blocks = re.findall(r"<!-- facts: (\w+) -->\n(.*?)<!-- end: \1 -->", plan, re.DOTALL)
    assert [name for name, _ in blocks] == [
        "question",
        "split",
        "metric",
        "baseline",
        "gain",
        "gates",
    ]
    assert all(facts.strip() for _, facts in blocks)
    params = yaml.safe_load((project.root / "params.yaml").read_text(encoding="utf-8"))
    facts = dict(blocks)
    assert f"`{params['train']['metric']}`" in facts["metric"]
    assert f"At least {params['quality']['min_gain']:g} of" in facts["gain"]
    assert plan.count("<!-- Yours to write:") == 6
    assert f"({PLAN})" in (project.root / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("track", TRACKS)
def test_the_sample_is_known_as_such(bake, track):
    project = bake(track=track)
    source = yaml.safe_load((project.root / "data/source.yaml").read_text(encoding="utf-8"))
    sample = constants(project.root / "src" / project.package / "checking" / "sample.py")
    assert sample == {"SHA256": source["sha256"], "URL": source["url"]}


def test_placeholders_are_the_default_answers(bake):
    project = bake()
    words = constants(project.root / "src" / project.package / "checking" / "words.py")
    asked = ("description", "author_name", "github_username")
    assert list(words["PLACEHOLDERS"]) == [QUESTIONS[name] for name in asked]
