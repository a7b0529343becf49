"""From a text to the ids that a network reads."""

import numpy as np
import pytest
from ml_portfolio.config.errors import UserError
from text_classification import dataset
from text_classification.preprocess import END, PADDING, UNKNOWN, save_tokenizer, train_tokenizer

TEXTS = ["so good so far", "no good", "goodness me", "what now? :)"] * 3


@pytest.fixture(scope="module")
def tokenizer():
    return train_tokenizer(TEXTS, 60)


def test_a_tokenizer_trained_twice_is_the_same(tokenizer):
    assert tokenizer.to_str() == train_tokenizer(TEXTS, 60).to_str()


def test_it_spells_every_word_of_known_letters(tokenizer):
    (ids,) = dataset.token_ids(tokenizer, ["  SO  foodness"])
    assert tokenizer.decode(ids) == "so foodness"
    assert tokenizer.token_to_id(UNKNOWN) not in ids
    assert tokenizer.token_to_id(PADDING) == dataset.PAD


def test_an_unknown_letter_is_one_unknown_token(tokenizer):
    (ids,) = dataset.token_ids(tokenizer, ["good \U0001f984"])
    assert ids.count(tokenizer.token_to_id(UNKNOWN)) == 1


def test_control_characters_are_no_letters():
    strange = train_tokenizer(["so\u0000 good\u200d", "e\u0301te"], 60)  # lower-cased, accents gone
    assert "##\u0000" not in strange.get_vocab() and "##e" in strange.get_vocab()
    (ids,) = dataset.token_ids(strange, ["so\u0000 good"])
    assert strange.decode(ids) == "so good"


def test_its_file_keeps_where_texts_are_cut(tmp_path):
    path = tmp_path / "tokenizer.json"
    with pytest.raises(UserError, match="tokenizer.json is missing"):
        dataset.load_tokenizer(path)
    save_tokenizer(train_tokenizer(TEXTS, 60), 5, path)
    tokenizer = dataset.load_tokenizer(path)
    assert dataset.max_tokens(tokenizer) == 5
    (ids,) = dataset.token_ids(tokenizer, ["so good so far"])
    assert len(ids) == 5 and ids[-1] == tokenizer.token_to_id(END)


def test_batches_are_padded_to_their_longest_text(tokenizer):
    examples = dataset.TokenBatches(tokenizer, TEXTS)
    batch = examples.batch(np.array([1, 0]), training=False)
    assert batch.shape == (2, examples.lengths[0]) and batch[0, -1] == dataset.PAD
    (joined,) = dataset.TokenIds(tokenizer).transform(TEXTS[:1])
    assert joined == " ".join(map(str, batch[1].tolist()))
