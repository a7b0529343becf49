"""Where a pre-trained encoder comes from."""

import pytest
from ml_portfolio.config.errors import CandidateUnavailable
from ml_portfolio.texts.encoder import SPECIAL, copy_encoder, find_encoder
from tokenizers import Tokenizer
from tokenizers.models import WordPiece


@pytest.fixture
def folder(tmp_path):
    """An encoder's files; nothing reads the weights here."""
    write_tokenizer(tmp_path, list(SPECIAL))
    for name in ("config.json", "model.safetensors"):
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path


def write_tokenizer(folder, tokens):
    vocabulary = {token: number for number, token in enumerate(tokens)}
    Tokenizer(WordPiece(vocabulary, unk_token=tokens[1])).save(str(folder / "tokenizer.json"))


def test_a_folder_is_used_as_it_is_and_its_weights_are_copied(folder, tmp_path_factory):
    assert find_encoder(str(folder)) == folder
    kept = tmp_path_factory.mktemp("processed") / "encoder"
    copy_encoder(folder, kept)
    assert sorted(path.name for path in kept.iterdir()) == ["config.json", "model.safetensors"]
    copy_encoder(None, kept)
    assert not kept.exists()


def test_what_cannot_be_had_is_named(folder, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    for name in ("no-one/has-this", "no/such/name at all"):
        with pytest.raises(CandidateUnavailable, match=f"'{name}' is not a folder, and not on"):
            find_encoder(name)
    (folder / "model.safetensors").unlink()
    with pytest.raises(CandidateUnavailable, match="holds no model.safetensors"):
        find_encoder(str(folder))


@pytest.mark.parametrize("tokens", [["<pad>", "[UNK]", "[CLS]", "[SEP]"], list(reversed(SPECIAL))])
def test_an_encoder_with_other_special_tokens_is_refused(folder, tokens):
    write_tokenizer(folder, tokens)
    with pytest.raises(CandidateUnavailable, match="does not read text as BERT does"):
        find_encoder(str(folder))
