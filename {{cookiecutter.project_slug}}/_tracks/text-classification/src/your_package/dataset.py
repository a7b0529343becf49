"""What `preprocess` made, as models and evaluation take it: the splits, and texts as token ids."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
import torch
from ml_portfolio.config.errors import UserError
from ml_portfolio.config.paths import PROCESSED
from ml_portfolio.config.processed import load_rows
from ml_portfolio.texts.schema import load_schema
from ml_portfolio.texts.validation import LABEL, TEXT
from sklearn.base import BaseEstimator, TransformerMixin
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

TOKENIZER = PROCESSED / "tokenizer.json"
ENCODER = PROCESSED / "encoder"  # the weights of a pre-trained encoder, if it could be had
PAD = 0  # the token id that fills a batch up to its longest text


def load_target() -> dict[str, Any]:
    """Read what is predicted: its name and its classes."""
    label = load_schema().label
    return {"target": label.name, "labels": list(label.classes)}


def load_split(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return X, the texts of a split [n], and y, their classes as numbers [n].

    y: places in the list of classes of data/schema.yaml; of two classes the second is positive
    """
    rows, classes = load_rows(name), list(load_schema().label.classes)
    y = pd.Categorical(rows[LABEL], categories=classes).codes
    return rows[TEXT].to_numpy(dtype=object), y.astype("int64")


def load_traits(name: str) -> pd.DataFrame:
    """Return what the texts of a split are grouped by [n, traits]: slices, drift.

    Add a column here, and its name to evaluate.slices in params.yaml, for another kind of slice.
    """
    rows = load_rows(name)
    text = rows[TEXT]
    return pd.DataFrame(
        {
            "words": text.str.split().str.len(),
            "capitals": text.str.count("[A-Z]") / text.str.len(),  # the share of the characters
            "exclamation marks": text.str.count("!").clip(upper=3),
            "label": rows[LABEL],
        }
    )


def sensitive_traits() -> list[str]:
    """Return the traits by which nobody should be treated worse: no author of a text is known."""
    return []


def load_blocks(name: str) -> np.ndarray:
    """Return which texts of a split belong together [n]: each one stands for itself."""
    return np.arange(len(load_rows(name)))


def load_example(name: str, row: int) -> dict[str, Any]:
    """Return one text of a split as a client would send it."""
    return {"text": load_rows(name)[TEXT].iloc[row]}


def fingerprints(X: np.ndarray) -> np.ndarray:
    """Return a number for each text of X [n], the same for texts that are the same."""
    return pd.util.hash_array(X)


def load_tokenizer(path: Path = TOKENIZER) -> Tokenizer:
    """Read the tokenizer; raises UserError where `preprocess` has not run yet."""
    if not path.is_file():
        raise UserError(f"{path.as_posix()} is missing: run 'uv run dvc repro'.")
    return Tokenizer.from_file(str(path))


def max_tokens(tokenizer: Tokenizer) -> int:
    """The number of tokens after which a tokenizer cuts a text."""
    return tokenizer.truncation["max_length"]  # type: ignore[index]  # save_tokenizer sets it


def token_ids(tokenizer: Tokenizer, texts: Iterable[str]) -> list[list[int]]:
    """Return the ids of each text's tokens, with those that mark its start and its end."""
    return [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]


class TokenIds(TransformerMixin, BaseEstimator):
    """Texts [n] → strings [n] of their token ids with spaces between, for a TfidfVectorizer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer

    def fit(self, X: Any, y: Any = None) -> Self:
        return self

    def transform(self, X: Any) -> np.ndarray:
        joined = [" ".join(map(str, ids)) for ids in token_ids(self.tokenizer, X)]
        return np.array(joined, dtype=object)

    def __sklearn_is_fitted__(self) -> bool:
        return True  # it has nothing to learn


class TokenBatches:
    """Tokenized texts for a network's training loop (training.py: Examples)."""

    def __init__(self, tokenizer: Tokenizer, X: Sequence[str]) -> None:
        self.ids = [torch.tensor(ids) for ids in token_ids(tokenizer, X)]
        self.lengths: Sequence[int] = [len(ids) for ids in self.ids]

    def batch(self, rows: np.ndarray, training: bool) -> Tensor:
        """Return the token ids of some texts, padded to the longest: int64 [rows, n]."""
        return pad_sequence([self.ids[row] for row in rows], batch_first=True, padding_value=PAD)
