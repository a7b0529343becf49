"""The splits that `preprocess` leaves on disk, as tables of rows."""

import pandas as pd

from ml_portfolio.config.files import atomic, stage_output
from ml_portfolio.config.paths import PROCESSED

SPLITS = ("train", "validation", "test")


def save_split(name: str, rows: pd.DataFrame) -> None:
    with atomic(PROCESSED / f"{name}.parquet") as draft:
        rows.to_parquet(draft)


def load_rows(name: str) -> pd.DataFrame:
    """Read the rows of a split; raises UserError where there are none yet."""
    return pd.read_parquet(stage_output(PROCESSED / f"{name}.parquet"))
