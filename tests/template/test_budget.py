"""How much code an owner gets to explain. These figures are not raised: what does not fit belongs
into the library, or not into the project.
"""

import pytest
from projects import LIBRARY, TRACKS, count_lines

LINES = {"tabular-classification": 1000, "tabular-regression": 1000}
NETWORK_LINES = 1300  # where a network is written from scratch


@pytest.mark.parametrize("track", TRACKS)
def test_the_owners_code_can_be_explained_in_an_interview(bake, track):
    project = bake(track=track)
    modules = sorted((project.root / "src").rglob("*.py"))
    assert count_lines(modules) <= LINES.get(track, NETWORK_LINES)
    assert len(modules) <= 15
    assert {path.name: n for path in modules if (n := count_lines([path])) > 150} == {}


@pytest.mark.parametrize("track", TRACKS)
def test_the_first_commit_is_small(bake, track):
    root = (project := bake(track=track)).root
    files = [path.relative_to(root) for path in project.files()]
    own = [path for path in files if path.parts[0] != "vendor"]
    assert len(own) <= 60, sorted(map(str, own))


@pytest.mark.parametrize("track", TRACKS)
def test_the_owners_tests_are_few(bake, track):
    assert count_lines(sorted((bake(track=track).root / "tests").rglob("*.py"))) <= 400


def test_the_library_is_no_larger_than_it_need_be():
    assert count_lines(sorted((LIBRARY / "src").rglob("*.py"))) <= 8000
