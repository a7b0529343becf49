"""All that is special to this project's task: the ladder of models, simple first."""

from functools import partial
from typing import Any

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from .errors import Unavailable
from .learner import Learner
from .pretrained import ENCODER, FineTuned
from .tokens import Joined, Texts, load_tokenizer, max_tokens
from .transformer import Transformer

TASK = "classification"
BASELINE = "majority"  # what every other candidate has to beat; it is never exported
NUMBER = "[0-9]+"


def majority(X: np.ndarray, seed: int, **params: Any) -> DummyClassifier:
    """No model: the share of each class in training, whatever the text says."""
    return DummyClassifier(strategy="prior", **params)


def tfidf_logistic_regression(X: np.ndarray, seed: int, **params: Any) -> Pipeline:
    """A weight a word piece and a pair of them; the order of the rest is lost.

    Pieces count by their frequency in the text and rarity in others (Salton & Buckley 1988).
    """
    counts = TfidfVectorizer(
        lowercase=False, token_pattern=NUMBER, ngram_range=(1, 2), min_df=2, dtype=np.float32
    )
    regression = LogisticRegression(random_state=seed, **params)
    return make_pipeline(Joined(load_tokenizer()), counts, regression)


def transformer(
    X: np.ndarray, seed: int, *, layers: int, width: int, heads: int, dropout: float, **params: Any
) -> Learner:
    """Attention, learnt from these texts alone (Vaswani et al. 2017)."""
    tokenizer = load_tokenizer()
    network = partial(
        Transformer,
        vocabulary=tokenizer.get_vocab_size(),
        max_tokens=max_tokens(tokenizer),
        layers=layers,
        width=width,
        heads=heads,
        dropout=dropout,
    )
    return Learner(network, partial(Texts, tokenizer), seed=seed, **params)


def fine_tuned(
    X: np.ndarray, seed: int, *, frozen_layers: int, dropout: float, **params: Any
) -> Learner:
    """An encoder that has read a billion sentences, its upper layers trained on ours."""
    if not ENCODER.is_dir():
        raise Unavailable(
            "no pre-trained encoder was had (params.yaml: preprocess.encoder): "
            "once you are online, run 'uv run dvc repro --force preprocess'"
        )
    network = partial(FineTuned, folder=ENCODER, frozen_layers=frozen_layers, dropout=dropout)
    return Learner(network, partial(Texts, load_tokenizer()), seed=seed, **params)


LADDER = {
    build.__name__: build
    for build in (majority, tfidf_logistic_regression, transformer, fine_tuned)
}
