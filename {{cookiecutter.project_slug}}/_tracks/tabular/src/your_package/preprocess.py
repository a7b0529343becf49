"""Stage `preprocess`: raw data → validated rows → training, validation and test split."""

from pathlib import Path

import pandas as pd
from ml_portfolio.config.errors import errors_in_one_line
from ml_portfolio.config.files import atomic, write_json
from ml_portfolio.config.params import Seed, ShareOrZero, SplitShares, load_project, load_section
from ml_portfolio.config.paths import INPUTS, PROFILE, REJECTED, SPLIT
from ml_portfolio.config.processed import save_split
from ml_portfolio.tables.column_types import learn_inputs
from ml_portfolio.tables.leakage import find_leaks, warn
from ml_portfolio.tables.profile import profile
from ml_portfolio.tables.raw import load_source, read_raw
from ml_portfolio.tables.schema import Schema, load_schema
from ml_portfolio.tables.splits import SplitKind, find_key, hold_out
from ml_portfolio.tables.target import Task, check_parts, check_target
from ml_portfolio.tables.validation import check_rejected, validate
from pydantic import Field


class PreprocessParams(SplitShares):
    seed: Seed
    split: SplitKind  # random, stratified, group or time
    max_rejected_share: ShareOrZero  # more bad rows than this are a fault of the file
    leakage_threshold: float = Field(gt=0, le=1)  # features this close to the target are reported


def split_rows(rows: pd.DataFrame, key: str, params: PreprocessParams) -> dict[str, pd.DataFrame]:
    """Split the rows once: first the test split is set aside, then the validation split."""
    rest, test = hold_out(params.split, rows[key], params.test_share, params.seed)
    share = params.validation_share / (1 - params.test_share)
    train, validation = hold_out(params.split, rows[key].iloc[rest], share, params.seed)
    positions = {"train": rest[train], "validation": rest[validation], "test": test}
    return {name: rows.iloc[places] for name, places in positions.items()}


def preprocess(
    raw: pd.DataFrame, file: Path, schema: Schema, task: Task, params: PreprocessParams
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Return the splits by name, and the rejected rows with the reason for each.

    Raises UserError where too many rows of the raw file are bad, or too few are left to learn from.
    """
    rows, rejected = validate(raw, schema)
    check_rejected(rejected, len(raw), params.max_rejected_share, file)
    target = schema.target
    check_target(rows[target.name], target, task)
    splits = split_rows(rows, find_key(params.split, schema), params)
    targets = {f"the {name} split": part[target.name] for name, part in splits.items()}
    check_parts(rows[target.name], targets, task)
    return splits, rejected


@errors_in_one_line
def main() -> None:
    params = load_section("preprocess", PreprocessParams)
    source, schema, task = load_source(), load_schema(), load_project().task
    raw = read_raw(source, [column.name for column in schema.used])
    splits, rejected = preprocess(raw, source.file, schema, task, params)

    train = splits["train"]  # what is learned from data is learned from these rows alone
    leaks = find_leaks(train, schema, params.leakage_threshold, params.seed)
    for name, part in splits.items():
        save_split(name, part)
    split = {"kind": params.split, "key": find_key(params.split, schema)}
    write_json(SPLIT, split)
    write_json(INPUTS, learn_inputs(schema, train).model_dump())
    with atomic(REJECTED) as draft:
        rejected.to_csv(draft, lineterminator="\n")
    facts = {
        "source": source.title,
        "sha256": source.sha256,
        "rejected": len(rejected),
        "split": split,
        "splits": {name: len(part) for name, part in splits.items()},
        "leaks": leaks,
        "train": profile(train, schema),
    }
    write_json(PROFILE, facts)
    warn(leaks, schema.target.name)
    print(", ".join(f"{name} {len(part):,}" for name, part in splits.items()), end=" rows; ")
    print(
        f"{len(rejected):,} rejected, see {REJECTED.as_posix()}" if len(rejected) else "0 rejected"
    )


if __name__ == "__main__":
    main()
