"""The candidates, simple ones first. A function here and a line in params.yaml make a new one.

Each takes the training texts X [n], a seed, and its parameters from params.yaml, and returns an
estimator with `fit(X, y)` and `predict_proba(X)`.
"""

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from ml_portfolio.config.errors import CandidateUnavailable
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from .dataset import ENCODER, TOKENIZER, TokenBatches, TokenIds, load_tokenizer, max_tokens
from .training import NetworkClassifier
from .transformer import FineTuned, Transformer


def majority(X: np.ndarray, seed: int, **params: Any) -> DummyClassifier:
    """No model: the share of each class in training, whatever the text says."""
    return DummyClassifier(strategy="prior", **params)


def tfidf_logistic_regression(
    X: np.ndarray, seed: int, *, tokenizer: Path = TOKENIZER, **params: Any
) -> Pipeline:
    """A weight for each word piece and each pair of neighbours; other word order is lost.

    A piece counts by its frequency in the text and its rarity in others (Salton & Buckley 1988).
    """
    number = r"\d+"  # a token arrives as its number in the vocabulary
    tfidf = TfidfVectorizer(
        lowercase=False, token_pattern=number, ngram_range=(1, 2), min_df=2, dtype=np.float32
    )
    regression = LogisticRegression(random_state=seed, **params)
    return make_pipeline(TokenIds(load_tokenizer(tokenizer)), tfidf, regression)


def transformer(
    X: np.ndarray,
    seed: int,
    *,
    layers: int,
    width: int,
    heads: int,
    dropout: float,
    tokenizer: Path = TOKENIZER,
    **training: Any,
) -> NetworkClassifier:
    """Attention, trained on these texts alone (Vaswani et al. 2017)."""
    pieces = load_tokenizer(tokenizer)
    network = partial(
        Transformer,
        vocabulary=pieces.get_vocab_size(),
        max_tokens=max_tokens(pieces),
        layers=layers,
        width=width,
        heads=heads,
        dropout=dropout,
    )
    return NetworkClassifier(network, partial(TokenBatches, pieces), seed=seed, **training)


def fine_tuned(
    X: np.ndarray,
    seed: int,
    *,
    frozen_layers: int,
    dropout: float,
    encoder: Path = ENCODER,
    tokenizer: Path = TOKENIZER,
    **training: Any,
) -> NetworkClassifier:
    """A pre-trained encoder, its upper layers trained on ours."""
    if not encoder.is_dir():
        raise CandidateUnavailable(
            "there is no pre-trained encoder (params.yaml: preprocess.encoder): once you are "
            "online, run 'uv run dvc repro --force preprocess', then 'uv run dvc repro'"
        )
    network = partial(FineTuned, folder=encoder, frozen_layers=frozen_layers, dropout=dropout)
    batches = partial(TokenBatches, load_tokenizer(tokenizer))
    return NetworkClassifier(network, batches, seed=seed, **training)
