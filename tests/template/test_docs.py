"""What the documents say is so."""

import gzip
import json
import re
import shlex

import pytest
from projects import QUESTIONS, SOURCE, TEMPLATE, TRACKS, Project

DOCUMENTS = [*TEMPLATE.glob("*.md"), *TEMPLATE.glob("docs/*.md")]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def code_blocks(text: str) -> list[str]:
    blocks = re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [line.split(" #")[0].strip() for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document):
    for target in LINK.findall(document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


def test_the_readme_lists_the_questions():
    text = (TEMPLATE / "README.md").read_text(encoding="utf-8")
    table = text.split("## Questions it asks")[1].split("##")[0]
    asked = [name for name in QUESTIONS if not name.startswith("_")]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    assert re.findall(r"`(\w+)`", " ".join(row.split("|")[1] for row in rows)) == asked
    assert "nine questions" in text and len(asked) == 9
    for name in ("track", "license", "python_version"):
        (row,) = (row for row in rows if f"`{name}`" in row)
        assert all(option in row for option in QUESTIONS[name])


def test_the_readme_names_targets_of_the_makefile():
    makefile = (TEMPLATE / "Makefile").read_text(encoding="utf-8")
    text = (TEMPLATE / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([\w-]+)", text, re.MULTILINE))
    assert {"demo", "test"} <= named
    assert all(re.search(f"^{name}:", makefile, re.MULTILINE) for name in named)


def test_ci_calls_the_test_command_of_the_readme():
    assert "make test" in (TEMPLATE / ".ci" / "run").read_text(encoding="utf-8")


def test_the_readme_counts_its_sample_data():
    raw = SOURCE / "_tracks/tabular-classification/data/raw/adult.csv.gz"
    rows = gzip.decompress(raw.read_bytes()).count(b"\n") - 1
    assert f"{rows:,} people from a US survey of 1994" in (TEMPLATE / "README.md").read_text(
        encoding="utf-8"
    )


def test_the_readme_tells_what_the_data_sets_gave():
    found = json.loads((TEMPLATE / "benchmarks/results/datasets.json").read_text(encoding="utf-8"))
    text = (TEMPLATE / "README.md").read_text(encoding="utf-8")
    assert "Twelve public data sets" in text and len(found) == 12
    assert "of none was the result worse by more than chance" in text
    assert all(one["high"] >= 0 for one in found)


@pytest.mark.slow
def test_links_of_the_case_study_lead_somewhere_after_training(lived):
    for name in ("README.md", "START_HERE.md", "data/README.md", "reports/model_card.md"):
        document = lived.root / name
        for target in LINK.findall(document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), target


def commands(project: Project) -> set[tuple[str, ...]]:
    """The commands, without their arguments, that the project's documents tell to run."""
    names = ("README.md", "START_HERE.md")
    text = "\n".join((project.root / name).read_text(encoding="utf-8") for name in names)
    table = re.findall(r"`(uv run [^`]+)`", text)
    every = [shlex.split(line) for line in [*code_blocks(text), *table]]
    return {tuple(command[2:4]) for command in every if command[:2] == ["uv", "run"]}


def test_every_track_has_the_same_commands(bake):
    first, *others = (commands(bake(track=t, project_slug=t, package_name="p")) for t in TRACKS)
    for track, other in zip(TRACKS[1:], others, strict=True):
        assert {(c[0].replace(track, TRACKS[0]), *c[1:]) for c in other} == first


@pytest.mark.slow
@pytest.mark.parametrize("track", TRACKS[:1], indirect=True, scope="session")
def test_commands_of_the_case_study_exist(lived):
    """Those that run for long or need Docker are lived through elsewhere."""
    found = commands(lived)
    assert len(found) > 8
    for command in found:
        lived.run("uv", "run", *command, "--help")
