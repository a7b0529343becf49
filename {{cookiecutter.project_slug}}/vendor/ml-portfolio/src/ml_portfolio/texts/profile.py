"""A summary of texts, with which a reader, and later a drift check, compares other data."""

from typing import Any

import numpy as np
import pandas as pd
from tokenizers import Tokenizer

from ml_portfolio.tables.profile import count_values, describe_numbers
from ml_portfolio.texts.request import UNKNOWN
from ml_portfolio.texts.validation import LABEL, TEXT


def profile(rows: pd.DataFrame, tokenizer: Tokenizer) -> dict[str, Any]:
    """Return counts, the share of tokens that the tokenizer does not know, and distributions."""
    ids = [encoding.ids for encoding in tokenizer.encode_batch(rows[TEXT].tolist())]
    unknown = np.mean(np.concatenate(ids) == tokenizer.token_to_id(UNKNOWN))
    characters = rows[TEXT].str.len().to_numpy()
    tokens = np.array([len(text) for text in ids])
    return {
        "rows": len(rows),
        "duplicates": int(rows.duplicated().sum()),
        "unknown_share": round(float(unknown), 6),
        "columns": {
            "characters": {"type": "integer"} | describe_numbers(characters),
            "tokens": {"type": "integer"} | describe_numbers(tokens),
            LABEL: {"type": "category", "counts": count_values(rows[LABEL])},
        },
    }
