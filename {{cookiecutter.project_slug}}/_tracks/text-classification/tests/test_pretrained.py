"""Where a pre-trained encoder comes from, and which of its weights are trained."""

import numpy as np
import pytest
import torch
from pretend import write_encoder

from your_package import pretrained, task
from your_package.errors import Unavailable
from your_package.pretrained import FineTuned, find


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
    upper = ("encoder.encoder.layer.1.", "classify.")
    assert learnt and all(name.startswith(upper) for name in learnt)


def test_padding_changes_nothing(folder):
    network = FineTuned(2, folder, frozen_layers=1, dropout=0.0).eval()
    ids = torch.randint(1, 100, (3, 6))
    padded = torch.nn.functional.pad(ids, (0, 5))
    assert torch.allclose(network(ids), network(padded), atol=1e-5)
