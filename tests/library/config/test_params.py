"""Settings in YAML files: each mistake is named with its line."""

from pathlib import Path

import pytest
from ml_portfolio.config.errors import UserError, errors_in_one_line
from ml_portfolio.config.params import SplitShares, Strict, load_section
from pydantic import Field


class Stage(Strict):
    folds: int = Field(ge=1)
    metric: str


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("stage: {folds: 5, metric: f1}", None),
        ("stage: {folds: 5, metrics: f1}", "unknown key 'metrics': did you mean 'metric'?"),
        ("stage: {folds: 5}", "the key 'metric' is missing"),
        ("stage: {folds: many, metric: f1}", "stage.folds: .* not 'many'"),
        ("stage: {folds: 5, folds: 6, metric: f1}", "line 1: .*duplicate key"),
        ("stage: [5", "line 1: this is not YAML"),
        ("stage: {folds: 0, metric: f1}", "stage.folds: should be .* equal to 1, not 0"),
        ("other: {}", "the section 'stage' is missing"),
        ("", "the section 'stage' is missing"),
    ],
)
def test_a_mistake_is_named(tmp_path, text, message):
    path = tmp_path / "params.yaml"
    path.write_text(text, encoding="utf-8")
    if message is None:
        assert load_section("stage", Stage, path) == Stage(folds=5, metric="f1")
    else:
        with pytest.raises(UserError, match=message):
            load_section("stage", Stage, path)


def test_a_file_that_is_not_there_or_not_text_is_named(tmp_path):
    with pytest.raises(UserError, match="missing: run this in the project's folder"):
        load_section("stage", Stage, tmp_path / "params.yaml")
    (tmp_path / "params.yaml").write_bytes("stage: é".encode("cp1252"))
    with pytest.raises(UserError, match="not UTF-8"):
        load_section("stage", Stage, tmp_path / "params.yaml")


def test_shares_of_splits_leave_rows_to_train_on(tmp_path):
    path = tmp_path / "params.yaml"
    path.write_text("stage: {validation_share: 0.5, test_share: 0.5}", encoding="utf-8")
    with pytest.raises(UserError, match="^[^:]*: stage: validation_share .* must be less than 1"):
        load_section("stage", SplitShares, path)


def test_main_ends_with_one_line(capsys):
    @errors_in_one_line
    def main() -> None:
        raise UserError(f"{Path('x')} is missing: make it.")

    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == "error: x is missing: make it."


def test_ctrl_c_ends_without_a_traceback():
    @errors_in_one_line
    def main() -> None:
        raise KeyboardInterrupt

    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 130
