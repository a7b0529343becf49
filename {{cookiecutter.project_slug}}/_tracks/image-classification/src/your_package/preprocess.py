"""Stage `preprocess`: raw images → good ones of one size → training, validation and test split."""

from collections import Counter
from functools import partial

import pandas as pd
from ml_portfolio.config.errors import UserError, errors_in_one_line
from ml_portfolio.config.files import atomic, write_json
from ml_portfolio.config.params import Seed, ShareOrZero, SplitShares, load_section
from ml_portfolio.config.paths import PROFILE, REJECTED, SCHEMA
from ml_portfolio.config.processed import save_split
from ml_portfolio.images.profile import profile
from ml_portfolio.images.raw import load_source, read_raw
from ml_portfolio.images.schema import Schema, load_schema
from ml_portfolio.images.validation import validate
from ml_portfolio.tables.validation import check_rejected
from sklearn.model_selection import train_test_split

from .decoding import decode

MIN_IMAGES = 10  # of a class, beside those that the source keeps for testing
decode_own = partial(decode, max_bytes=50_000_000, max_pixels=50_000_000)  # your files are trusted


class PreprocessParams(SplitShares):
    seed: Seed
    max_rejected_share: ShareOrZero  # more bad images than this are a fault of the source


def check_classes(rows: pd.DataFrame, schema: Schema) -> None:
    """Raise UserError where a class has too few images that are not kept for testing."""
    counts = Counter(rows.loc[rows["part"] != "test", "label"])
    rarest = min(schema.classes, key=counts.__getitem__)
    if counts[rarest] < MIN_IMAGES:
        raise UserError(
            f"the class '{rarest}' has {counts[rarest]} good images to learn from: collect "
            f"{MIN_IMAGES} or more, or remove it from the images and from {SCHEMA.as_posix()}."
        )


def split_images(rows: pd.DataFrame, params: PreprocessParams) -> dict[str, pd.DataFrame]:
    """Split the images once; those that the source keeps for testing stay the test split."""
    kept = rows["part"] == "test"
    rest, test = rows[~kept], rows[kept]
    if not kept.any():
        rest, test = hold_out(rows, "test_share", params.test_share, params.seed)
    share = params.validation_share * len(rows) / len(rest)
    train, validation = hold_out(rest, "validation_share", share, params.seed)
    return {"train": train, "validation": validation, "test": test}


def hold_out(
    rows: pd.DataFrame, setting: str, share: float, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Hold out a share of the images, the same share of each class; return (rest, held out).

    Raises UserError, which names the setting, where that leaves too few to learn from or to test.
    """
    classes, count = rows["label"].nunique(), round(share * len(rows))
    if not classes <= count <= len(rows) / 2:
        raise UserError(
            f"params.yaml: preprocess.{setting} takes {count} of {len(rows)} images: set it so "
            f"that it takes from {classes}, one of each class, to {len(rows) // 2}, half of them."
        )
    rest, held_out = train_test_split(
        rows, test_size=count, stratify=rows["label"], random_state=seed
    )
    return rest, held_out


@errors_in_one_line
def main() -> None:
    params = load_section("preprocess", PreprocessParams)
    source, schema = load_source(), load_schema()

    rows, rejected = validate(read_raw(source, schema, decode_own), schema)
    count = len(rows) + len(rejected)
    check_rejected(rejected, count, params.max_rejected_share, source.file)
    check_classes(rows, schema)

    splits = split_images(rows, params)
    for name, part in splits.items():
        save_split(name, part.drop(columns="part"))
    with atomic(REJECTED) as draft:
        rejected.to_csv(draft, index=False, lineterminator="\n")
    facts = {
        "source": source.title,
        "sha256": source.sha256,
        "rejected": len(rejected),
        "splits": {name: len(part) for name, part in splits.items()},
        "train": profile(splits["train"], schema),
    }
    write_json(PROFILE, facts)
    print(", ".join(f"{name} {len(part):,}" for name, part in splits.items()), end=" images; ")
    print(f"{len(rejected):,} rejected, see {REJECTED.as_posix()}")


if __name__ == "__main__":
    main()
