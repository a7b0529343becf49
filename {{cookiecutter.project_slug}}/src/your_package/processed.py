"""The splits that `preprocess` leaves on disk, as tables of rows."""

import pandas as pd

from .errors import UserError
from .files import whole
from .paths import PROCESSED

SPLITS = ("train", "validation", "test")


def save_split(name: str, rows: pd.DataFrame) -> None:
    with whole(PROCESSED / f"{name}.parquet") as draft:
        rows.to_parquet(draft)


def load_rows(name: str) -> pd.DataFrame:
    """The rows of a split as they were read; raises UserError where there are none yet."""
    path = PROCESSED / f"{name}.parquet"
    if not path.is_file():
        raise UserError(f"{path} is missing: run 'uv run dvc repro'.")
    return pd.read_parquet(path)
