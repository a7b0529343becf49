"""Files are complete or not there."""

import pytest
from ml_portfolio.config.errors import UserError
from ml_portfolio.config.files import atomic, read_json, sha256, write_json


def test_a_failed_write_leaves_the_old_file_and_no_draft(tmp_path):
    path = tmp_path / "result.json"
    write_json(path, {"a": 1})
    before = sha256(path)
    with pytest.raises(RuntimeError), atomic(path) as draft:
        draft.write_text("half of it")
        raise RuntimeError
    assert sha256(path) == before
    assert [child.name for child in tmp_path.iterdir()] == ["result.json"]


def test_a_folder_is_replaced_as_a_whole(tmp_path):
    path = tmp_path / "bundle"
    for name in ("old", "new"):
        with atomic(path) as draft:
            draft.mkdir()
            (draft / name).touch()
    assert [child.name for child in path.iterdir()] == ["new"]


def test_the_draft_of_a_killed_run_does_not_stand_in_the_way(tmp_path):
    (tmp_path / ".tmp-bundle").mkdir()
    with atomic(tmp_path / "bundle") as draft:
        draft.write_text("done")
    assert (tmp_path / "bundle").read_text() == "done"


def test_facts_are_written_without_noise_and_as_json(tmp_path):
    write_json(tmp_path / "a.json", {"x": [0.1 + 0.2, float("nan"), 7, (1 / 3,)]})
    assert read_json(tmp_path / "a.json") == {"x": [0.3, None, 7, [0.3333333333]]}
    with pytest.raises(UserError, match="run 'uv run dvc repro'"):
        read_json(tmp_path / "b.json")
