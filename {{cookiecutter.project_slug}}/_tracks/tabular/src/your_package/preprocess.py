"""Stage `preprocess`: raw data → validated rows → train, validation and test split."""

import pandas as pd
from pydantic import Field

from .dataset import save_how
from .errors import UserError, exit_with_one_line
from .files import whole, write_json
from .kinds import learn_inputs
from .leakage import find_leaks, warn
from .params import Seed, ShareOrNone, SplitShares, load
from .paths import PROFILE, REJECTED
from .processed import save_split
from .profile import profile
from .raw import Source, load_source, read_raw
from .schema import Schema, load_schema
from .splits import Kind, find_key, split
from .target import check_parts, check_target
from .validation import validate


class PreprocessParams(SplitShares):
    seed: Seed
    split: Kind  # splits.py says what each is, and what columns it needs
    max_rejected_share: ShareOrNone  # more bad rows are the file's fault, not theirs
    leakage_threshold: float = Field(gt=0, le=1)  # features as near to the target are named


def preprocess(
    source: Source, schema: Schema, params: PreprocessParams
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Return the splits by name, and the rejected rows with the reason for each."""
    raw = read_raw(source, schema)
    rows, rejected = validate(raw, schema)
    share = len(rejected) / len(raw)
    if share > params.max_rejected_share:
        example = rejected.iloc[0]
        raise UserError(
            f"{source.file}: {len(rejected)} of {len(raw)} rows break data/schema.yaml, the first "
            f"in line {example.name}: {example['reason']}. Fix the file or the schema, or raise "
            "preprocess.max_rejected_share in params.yaml."
        )
    key, target = find_key(params.split, schema), schema.target.name
    check_target(rows[target], schema.target)
    parts = split(rows, params.split, key, params.validation_share, params.test_share, params.seed)
    check_parts(rows[target], {f"the {name} split": part[target] for name, part in parts.items()})
    return parts, rejected


@exit_with_one_line
def main() -> None:
    params = load("preprocess", PreprocessParams)
    source, schema = load_source(), load_schema()
    parts, rejected = preprocess(source, schema, params)
    leaks = find_leaks(parts["train"], schema, params.leakage_threshold, params.seed)
    for name, rows in parts.items():
        save_split(name, rows)
    key = find_key(params.split, schema)
    save_how(params.split, key, learn_inputs(schema, parts["train"]))
    with whole(REJECTED) as draft:
        rejected.to_csv(draft, lineterminator="\n")
    account = {
        "source": source.title,
        "sha256": source.sha256,
        "rejected": len(rejected),
        "split": {"kind": params.split, "key": key},
        "splits": {name: len(rows) for name, rows in parts.items()},
        "leaks": leaks,
        "train": profile(parts["train"], schema),
    }
    write_json(PROFILE, account)
    warn(leaks, schema.target.name)
    print(", ".join(f"{name} {len(rows):,}" for name, rows in parts.items()), end=" rows; ")
    print(f"{len(rejected):,} rejected, see {REJECTED}" if len(rejected) else "none rejected")


if __name__ == "__main__":
    main()
