"""Stage `preprocess`: raw pictures → good ones of one size → train, validation and test split."""

from collections import Counter

import pandas as pd
from sklearn.model_selection import train_test_split

from .errors import UserError, exit_with_one_line
from .files import whole, write_json
from .params import Seed, ShareOrNone, SplitShares, load
from .paths import PROFILE, REJECTED
from .processed import save_split
from .profile import profile
from .raw import Source, load_source, read_raw
from .schema import SCHEMA, Schema, load_schema
from .splits import split
from .validation import FEWEST, validate


class PreprocessParams(SplitShares):
    seed: Seed
    max_rejected_share: ShareOrNone  # more bad pictures than this are a fault of the whole


def preprocess(
    source: Source, schema: Schema, params: PreprocessParams
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Return the splits by name, and the rejected pictures with the reason for each."""
    good, rejected = validate(read_raw(source, schema), schema)
    count = len(good) + len(rejected)
    if count == 0:
        raise UserError(f"{source.file} holds no pictures: put them there.")
    if len(rejected) > params.max_rejected_share * count:
        name, _, reason = rejected.iloc[0]
        raise UserError(
            f"{source.file}: {len(rejected)} of {count} pictures cannot be used, the first is "
            f"{name}: {reason}. Fix them, or raise preprocess.max_rejected_share in params.yaml."
        )
    check_classes(good, schema)
    return divide(good, params), rejected


def check_classes(good: pd.DataFrame, schema: Schema) -> None:
    """Raises UserError where a class has too few pictures that are not kept for testing."""
    counts = Counter(good.loc[good["part"] != "test", "label"])
    rarest = min(schema.classes, key=counts.__getitem__)
    if counts[rarest] < FEWEST:
        raise UserError(
            f"the class '{rarest}' has {counts[rarest]} good pictures to learn from: collect "
            f"{FEWEST} or more, or take the class out of the pictures and of {SCHEMA}."
        )


def divide(rows: pd.DataFrame, params: PreprocessParams) -> dict[str, pd.DataFrame]:
    """Part the pictures; those that the source keeps for testing stay the test split.

    Raises UserError where too few are left to be parted, or to choose and to learn from.
    """
    kept = rows["part"] == "test"
    if not kept.any():
        shares = (params.validation_share, params.test_share)
        return split(rows, "label", *shares, params.seed)
    rest, count = rows[~kept], round(params.validation_share * len(rows))
    if not rest["label"].nunique() <= count <= len(rest) / 2:
        raise UserError(
            f"params.yaml: preprocess.validation_share {params.validation_share} takes {count} of "
            f"the {len(rest)} pictures that are not kept for testing: set it so that it takes from "
            f"{rest['label'].nunique()}, one of each class, to {len(rest) // 2}, half of them."
        )
    train, validation = train_test_split(
        rest, test_size=count, stratify=rest["label"], random_state=params.seed
    )
    return {"train": train, "validation": validation, "test": rows[kept]}


@exit_with_one_line
def main() -> None:
    params = load("preprocess", PreprocessParams)
    source, schema = load_source(), load_schema()
    parts, rejected = preprocess(source, schema, params)
    for name, rows in parts.items():
        save_split(name, rows.drop(columns="part"))
    with whole(REJECTED) as draft:
        rejected.to_csv(draft, index=False, lineterminator="\n")
    account = {
        "source": source.title,
        "sha256": source.sha256,
        "rejected": len(rejected),
        "splits": {name: len(rows) for name, rows in parts.items()},
        "train": profile(parts["train"]),
    }
    write_json(PROFILE, account)
    print(", ".join(f"{name} {len(rows):,}" for name, rows in parts.items()), end=" pictures; ")
    print(f"{len(rejected):,} rejected, see {REJECTED}" if len(rejected) else "none rejected")


if __name__ == "__main__":
    main()
