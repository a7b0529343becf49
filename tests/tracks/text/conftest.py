"""Small texts, a tokenizer trained on them, and an encoder that can be fine-tuned."""

import numpy as np
import pytest
from text_classification.preprocess import save_tokenizer, train_tokenizer

GOOD = ["so good", "what a lovely day", "I love it!", "great game :)", "happy and glad"]
BAD = ["so bad", "what a sad day", "I hate it!", "awful game :(", "sick and tired"]
MAX_TOKENS = 12


@pytest.fixture(scope="session")
def texts():
    """Texts X [n] and their classes y [n]: bad 0, good 1."""
    X = np.array([f"{text} {place}" for place in range(20) for text in GOOD + BAD], dtype=object)
    return X, np.array(([1] * len(GOOD) + [0] * len(BAD)) * 20)


@pytest.fixture(scope="session")
def tokenizer_file(texts, tmp_path_factory):
    path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    save_tokenizer(train_tokenizer(list(texts[0]), 200), MAX_TOKENS, path)
    return path


@pytest.fixture(scope="session")
def encoder(tmp_path_factory):
    """The folder of a tiny BERT, which was never trained."""
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("encoder")
    settings = BertConfig(
        vocab_size=200,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
    )
    BertModel(settings).save_pretrained(folder)
    return folder
