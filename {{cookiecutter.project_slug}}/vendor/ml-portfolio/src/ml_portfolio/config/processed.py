"""The splits that `preprocess` leaves on disk, as tables of rows."""

import pandas as pd

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.files import atomic
from ml_portfolio.config.paths import PROCESSED

SPLITS = ("train", "validation", "test")


def save_split(name: str, rows: pd.DataFrame) -> None:
    with atomic(PROCESSED / f"{name}.parquet") as draft:
        rows.to_parquet(draft)


def load_rows(name: str) -> pd.DataFrame:
    """Read the rows of a split; raises UserError where there are none yet."""
    path = PROCESSED / f"{name}.parquet"
    if not path.is_file():
        raise UserError(f"{path.as_posix()} is missing: run 'uv run dvc repro'.")
    return pd.read_parquet(path)
