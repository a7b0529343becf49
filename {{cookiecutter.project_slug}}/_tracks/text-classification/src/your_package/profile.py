"""A short account of texts: what a reader of the data, and later a drift check, compares with."""

from typing import Any

import numpy as np
import pandas as pd
from tokenizers import Tokenizer

from .tokens import UNKNOWN, token_ids
from .validation import LABEL, TEXT

BINS = 10


def profile(rows: pd.DataFrame, tokenizer: Tokenizer) -> dict[str, Any]:
    """Counts, the share of pieces that the tokenizer does not know, and each distribution."""
    ids = token_ids(tokenizer, rows[TEXT])
    pieces = np.concatenate(ids)
    unknown = np.mean(pieces == tokenizer.token_to_id(UNKNOWN))
    return {
        "rows": len(rows),
        "duplicates": int(rows.duplicated().sum()),
        "unknown_share": round(float(unknown), 6),
        "columns": {
            "characters": describe(rows[TEXT].str.len()),
            "tokens": describe(pd.Series([len(text) for text in ids])),
            LABEL: {
                "type": "category",
                "counts": {str(k): int(n) for k, n in rows[LABEL].value_counts().items()},
            },
        },
    }


def describe(values: pd.Series) -> dict[str, Any]:
    """The moments and deciles of whole numbers."""
    return {
        "type": "integer",
        "mean": float(values.mean()),
        "std": float(values.std(ddof=0)),
        "quantiles": [float(q) for q in np.quantile(values, np.linspace(0, 1, BINS + 1))],
    }
