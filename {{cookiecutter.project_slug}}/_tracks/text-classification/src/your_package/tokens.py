"""Texts → numbers of word pieces, in one way for every candidate and for the server.

WordPiece (Wu et al. 2016, section 4.1): frequent words stay whole, rare ones fall into pieces, so
that a few thousand pieces can write all words.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Self

import numpy as np
import torch
from sklearn.base import BaseEstimator, TransformerMixin
from tokenizers import (
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
    trainers,
)
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from .errors import UserError
from .files import whole
from .paths import PROCESSED

TOKENIZER = PROCESSED / "tokenizer.json"
PADDING, UNKNOWN, START, END = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
PAD = 0  # the number of PADDING: what fills a batch up to its longest text


def train_tokenizer(texts: Iterable[str], pieces: int) -> Tokenizer:
    """Learn at most so many word pieces of texts: the same ones each time."""
    texts = list(texts)
    learner, marks = empty_tokenizer({}), [PADDING, UNKNOWN, START, END]
    words = (
        word
        for text in texts
        for word, _ in learner.pre_tokenizer.pre_tokenize_str(
            learner.normalizer.normalize_str(text)
        )
    )
    # Left to itself the trainer numbers the letters within words in a new order each time.
    letters = [f"##{letter}" for letter in sorted(set("".join(words)))]
    trainer = trainers.WordPieceTrainer(
        vocab_size=pieces, special_tokens=marks + letters, show_progress=False
    )
    learner.train_from_iterator(texts, trainer)
    tokenizer = empty_tokenizer(learner.get_vocab())
    tokenizer.add_special_tokens(marks)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{START} $A {END}",
        special_tokens=[(mark, tokenizer.token_to_id(mark)) for mark in (START, END)],
    )
    return tokenizer


def empty_tokenizer(vocabulary: dict[str, int]) -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    return tokenizer


def save_tokenizer(tokenizer: Tokenizer, max_tokens: int) -> None:
    """Write the tokenizer; the file says as well where a long text is cut."""
    tokenizer.no_padding()  # a batch is filled up where it is made
    tokenizer.enable_truncation(max_tokens)
    with whole(TOKENIZER) as draft:
        tokenizer.save(str(draft))


def load_tokenizer() -> Tokenizer:
    if not TOKENIZER.is_file():
        raise UserError(f"{TOKENIZER} is missing: run 'uv run dvc repro'.")
    return Tokenizer.from_file(str(TOKENIZER))


def max_tokens(tokenizer: Tokenizer) -> int:
    """Where it cuts a long text."""
    return tokenizer.truncation["max_length"]  # type: ignore[index]


def token_ids(tokenizer: Tokenizer, texts: Iterable[str]) -> list[list[int]]:
    return [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]


class Joined(TransformerMixin, BaseEstimator):
    """Texts [n] → texts [n] of numbers with spaces between, as a vectorizer takes them."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer

    def fit(self, X: Any, y: Any = None) -> Self:
        return self

    def transform(self, X: Any) -> np.ndarray:
        return np.array(
            [" ".join(map(str, ids)) for ids in token_ids(self.tokenizer, X)], dtype=object
        )

    def __sklearn_is_fitted__(self) -> bool:
        return True


class Texts:
    """Examples for a Learner: texts as numbers, filled up to the longest of their batch."""

    def __init__(self, tokenizer: Tokenizer, X: Sequence[str]) -> None:
        self.ids = [torch.tensor(ids) for ids in token_ids(tokenizer, X)]
        self.lengths: Sequence[int] = [len(ids) for ids in self.ids]

    def batch(self, rows: np.ndarray, training: bool) -> Tensor:
        return pad_sequence([self.ids[row] for row in rows], batch_first=True, padding_value=PAD)
