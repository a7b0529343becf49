"""From a text to the graph's input: the same in training and in serving."""

import numpy as np
import pytest
from pydantic import ValidationError

from your_package import tokens
from your_package.dataset import load_split
from your_package.serving.inputs import IDS, WORDS


@pytest.fixture
def texts(in_trained):
    return load_split("test")[0][:50]


def feeds(bundle, *texts):
    return bundle.encode([bundle.request(text=text) for text in texts])


def test_the_server_reads_a_text_as_training_does(bundle, texts):
    encoded, _ = feeds(bundle, *texts)
    tokenizer = tokens.load_tokenizer()
    assert encoded[WORDS].tolist() == tokens.Joined(tokenizer).transform(texts).tolist()
    batch = tokens.Texts(tokenizer, texts).batch(np.arange(len(texts)), training=False)
    assert np.array_equal(encoded[IDS], batch.numpy())


def test_company_changes_no_answer(bundle, texts):
    alone = bundle.ask([{"text": "good"}])[0]
    beside = bundle.ask([{"text": "good"}, *({"text": text} for text in texts)])[0]
    assert alone["probabilities"] == pytest.approx(beside["probabilities"], abs=1e-5)


def test_of_a_long_text_the_rest_is_not_read(bundle):
    longest = bundle.manifest.input.max_tokens
    text = " ".join(["good"] * longest)
    encoded, warnings = feeds(bundle, text, "good")
    assert encoded[IDS].shape == (2, longest) and (encoded[IDS][1] != 0).sum() == 3
    assert warnings == [[f"text is longer than {longest} tokens: the rest was not read"], []]


def test_an_unknown_sign_is_named(bundle):
    _, (said,) = feeds(bundle, "good \U0001f984")
    assert said == ["'\U0001f984' is unknown: answered without regard to it"]


@pytest.mark.parametrize("text", ["", " ", "\n\t  ", "x", "x" * 1001, None, 3, ["good"]])
def test_what_is_no_text_is_refused(bundle, text):
    with pytest.raises(ValidationError):
        bundle.request.model_validate({"text": text})


@pytest.mark.parametrize(
    "text", ["\u0000\u0001", "\u202e\u200b\u200b", "é" * 1000, "\U0001f984 " * 500]
)
def test_odd_texts_are_answered(client, text):
    response = client.post("/predict", json={"text": text})
    assert response.status_code == 200
    assert sum(response.json()["probabilities"].values()) == pytest.approx(1, abs=1e-5)


def test_a_tokenizer_learnt_twice_is_the_same_and_can_write_all():
    texts = ["so good so far", "no good", "goodness me", "what now? :)"] * 3
    first, again = (tokens.train_tokenizer(texts, 60).to_str() for _ in range(2))
    assert first == again
    tokenizer = tokens.train_tokenizer(texts, 60)
    (ids,) = tokens.token_ids(tokenizer, ["SO GOOD"])
    assert tokenizer.decode(ids) == "so good"
    assert tokenizer.token_to_id("[PAD]") == 0
