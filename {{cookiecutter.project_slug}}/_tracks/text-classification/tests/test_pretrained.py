"""Where a pre-trained encoder comes from, and which of its weights are trained."""

import pickle

import numpy as np
import pytest
import torch
from pretend import write_encoder
from transformers import AutoModel

from your_package import pretrained, task
from your_package.errors import Unavailable
from your_package.pretrained import FineTuned, find
from your_package.tokens import PAD
from your_package.transformer import mean_of_tokens


@pytest.fixture
def folder(in_trained, tmp_path):
    write_encoder(tmp_path)
    return tmp_path


def test_a_folder_is_taken_as_it_is(folder, monkeypatch, tmp_path_factory):
    assert find(str(folder)) == folder
    kept = tmp_path_factory.mktemp("processed") / "encoder"
    monkeypatch.setattr(pretrained, "ENCODER", kept)
    pretrained.keep(folder)
    assert sorted(path.name for path in kept.iterdir()) == ["config.json", "model.safetensors"]
    pretrained.keep(None)
    assert not kept.exists()


def test_what_cannot_be_had_is_named(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    for name in ("no-one/has-this", "no/such/name at all"):
        with pytest.raises(Unavailable, match=f"'{name}' is no folder, and is not on"):
            find(name)
    (folder / "model.safetensors").unlink()
    with pytest.raises(Unavailable, match="holds no model.safetensors"):
        find(str(folder))


def test_the_candidate_is_left_out_where_there_is_no_encoder(in_trained):
    with pytest.raises(Unavailable, match="preprocess.encoder"):
        task.fine_tuned(np.array(["x"]), 0, frozen_layers=1, dropout=0.1)


def test_only_the_upper_layers_are_trained(folder):
    network = FineTuned(2, folder, frozen_layers=1, dropout=0.0)
    learnt = [name for name, weights in network.named_parameters() if weights.requires_grad]
    upper = ("upper.encoder.layer.0.", "classify.")
    assert learnt and all(name.startswith(upper) for name in learnt)


@pytest.mark.parametrize("frozen_layers", [0, 1, 2])
def test_its_two_parts_say_what_the_whole_encoder_says(folder, frozen_layers):
    ids = torch.tensor([[5, 6, 7, 8], [9, 3, PAD, PAD]])
    network = FineTuned(2, folder, frozen_layers, dropout=0.0).eval()
    whole = AutoModel.from_pretrained(folder).eval()
    told = whole(input_ids=ids, attention_mask=(ids != PAD).to(torch.int64)).last_hidden_state
    wanted = network.classify(mean_of_tokens(told, ids != PAD))
    assert torch.allclose(network(ids), wanted, atol=1e-6)


def test_a_text_goes_through_the_frozen_layers_once(folder, monkeypatch):
    texts = torch.tensor([[5, PAD, 7, 8], [9, 3, PAD, PAD]])  # the first says [PAD] in words
    network = FineTuned(2, folder, frozen_layers=1, dropout=0.0).train()
    first = network.recall(texts)
    stored = pickle.dumps(network)
    monkeypatch.setattr(network, "read", None)  # to call it would be an error
    assert torch.equal(network.recall(texts)[0], first[0])
    assert torch.equal(network.recall(texts[1:, :2])[0], first[1, :2])
    assert not pickle.loads(stored).kept


def test_without_room_nothing_is_kept(folder, monkeypatch):
    monkeypatch.setattr(pretrained, "ROOM", 0)
    network = FineTuned(2, folder, frozen_layers=1, dropout=0.0).train()
    ids = torch.tensor([[5, 6, 7, 8]])
    assert torch.equal(network.recall(ids), network.read(ids)) and not network.kept


def test_padding_changes_nothing(folder):
    network = FineTuned(2, folder, frozen_layers=1, dropout=0.0).eval()
    ids = torch.randint(1, 100, (3, 6))
    padded = torch.nn.functional.pad(ids, (0, 5))
    assert torch.allclose(network(ids), network(padded), atol=1e-5)
