"""From a text to token ids: every word can be spelled, and the server reads as training does."""

import numpy as np
import pytest
from ml_portfolio.config.paths import BUNDLE
from ml_portfolio.texts.request import IDS, WORDS
from small import load_bundle

from your_package.dataset import (
    PAD,
    TokenBatches,
    TokenIds,
    load_split,
    load_tokenizer,
    token_ids,
)
from your_package.preprocess import PADDING, UNKNOWN, train_tokenizer

TEXTS = ["so good so far", "no good", "goodness me", "what now? :)"] * 3


def test_a_tokenizer_spells_words_that_it_has_not_seen():
    tokenizer = train_tokenizer(TEXTS, 60)
    (ids,) = token_ids(tokenizer, ["  SO  foodness"])
    assert tokenizer.decode(ids) == "so foodness"
    assert tokenizer.token_to_id(UNKNOWN) not in ids
    assert tokenizer.token_to_id(PADDING) == PAD


def test_the_same_texts_give_the_same_tokenizer():
    first, again = (train_tokenizer(TEXTS, 60).to_str() for _ in range(2))
    assert first == again


def test_the_server_reads_a_text_as_training_does(in_trained):
    bundle, tokenizer = load_bundle(BUNDLE), load_tokenizer()
    X, _ = load_split("test")
    feeds, _ = bundle.encoder([bundle.encoder.request(text=text) for text in X[:50]])
    assert feeds[WORDS].tolist() == TokenIds(tokenizer).transform(X[:50]).tolist()
    batch = TokenBatches(tokenizer, X[:50]).batch(np.arange(50), training=False)
    assert np.array_equal(feeds[IDS], batch.numpy())


def test_a_text_is_answered_the_same_alone_and_in_a_batch(client):
    texts = [{"text": "good"}, {"text": "What a day, so much longer than the other text! :)"}]
    alone = client.post("/predict", json=texts[0]).json()
    batch = client.post("/predict/batch", json={"rows": texts}).json()["answers"]
    assert batch[0]["probabilities"] == pytest.approx(alone["probabilities"], abs=1e-5)


@pytest.mark.parametrize("text", ["", " ", "\n\t  ", "x" * 1001, None, 3, ["good"]])
def test_what_is_not_a_text_is_refused(client, text):
    assert client.post("/predict", json={"text": text}).status_code == 422


@pytest.mark.parametrize("text", ["\u202e\u200b\u200b", "é" * 1000, "\U0001f984 " * 500])
def test_odd_texts_are_answered(client, text):
    probabilities = client.post("/predict", json={"text": text}).json()["probabilities"]
    assert sum(probabilities.values()) == pytest.approx(1, abs=1e-5)
