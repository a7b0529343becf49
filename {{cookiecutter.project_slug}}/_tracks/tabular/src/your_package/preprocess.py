"""Stage `preprocess`: raw data → validated rows → train, validation and test split."""

import pandas as pd

from .dataset import save_split
from .errors import UserError, exit_with_one_line
from .files import whole, write_json
from .params import Seed, ShareOrNone, SplitShares, load
from .paths import PROFILE, REJECTED
from .profile import profile
from .raw import Source, load_source, read_raw
from .schema import Schema, load_schema
from .splits import split
from .validation import validate


class PreprocessParams(SplitShares):
    seed: Seed
    max_rejected_share: ShareOrNone  # more bad rows are the file's fault, not theirs


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
            f"in line {example.name}: {example['reason']}. Mend the file or the schema, or raise "
            "preprocess.max_rejected_share in params.yaml."
        )
    parts = split(rows, schema.target.name, params.validation_share, params.test_share, params.seed)
    return parts, rejected


@exit_with_one_line
def main() -> None:
    params = load("preprocess", PreprocessParams)
    source, schema = load_source(), load_schema()
    parts, rejected = preprocess(source, schema, params)
    for name, rows in parts.items():
        save_split(name, rows)
    with whole(REJECTED) as draft:
        rejected.to_csv(draft, lineterminator="\n")
    account = {
        "source": source.title,
        "sha256": source.sha256,
        "rejected": len(rejected),
        "splits": {name: len(rows) for name, rows in parts.items()},
        "train": profile(parts["train"], schema),
    }
    write_json(PROFILE, account)
    print(", ".join(f"{name} {len(rows):,}" for name, rows in parts.items()), end=" rows; ")
    print(f"{len(rejected):,} rejected, see {REJECTED}" if len(rejected) else "none rejected")


if __name__ == "__main__":
    main()
