"""An encoder that others have trained on much text, and its tokenizer."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence

from .errors import Unavailable
from .paths import PROCESSED
from .tokens import END, PAD, PADDING, START, UNKNOWN
from .transformer import mean_of_tokens

if TYPE_CHECKING:
    from transformers import PreTrainedModel

ENCODER = PROCESSED / "encoder"
TOKENIZER, PARTS = "tokenizer.json", ("config.json", "model.safetensors")
ROOM = 2**28  # numbers to be kept in training: one gigabyte


def find(encoder: str) -> Path:
    """Return the folder of an encoder: a path, or a name on https://huggingface.co/models.

    What was downloaded once is taken from the disk. Raises Unavailable where it cannot be had.
    """
    folder = Path(encoder).expanduser()
    if not folder.is_dir():
        folder = download(encoder)
    missing = [name for name in (TOKENIZER, *PARTS) if not (folder / name).is_file()]
    if missing:
        raise Unavailable(f"{folder} holds no {missing[0]}")
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    marks = [tokenizer.token_to_id(mark) for mark in (PADDING, UNKNOWN, START, END)]
    if None in marks or marks[0] != PAD:
        raise Unavailable(f"{encoder} does not read text as BERT does: name an encoder that does")
    return folder


def download(encoder: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        return Path(snapshot_download(encoder, allow_patterns=[TOKENIZER, *PARTS]))
    except (OSError, HfHubHTTPError, HFValidationError):
        raise Unavailable(
            f"'{encoder}' is no folder, and is not on the Hugging Face hub or it cannot be reached"
        ) from None


def keep(folder: Path | None) -> None:
    """Copy the encoder to the processed data, so that training needs nothing else."""
    shutil.rmtree(ENCODER, ignore_errors=True)
    if folder is not None:
        ENCODER.mkdir(parents=True)
        for name in PARTS:
            shutil.copyfile(folder / name, ENCODER / name)


class FineTuned(nn.Module):
    """The encoder, the mean of what it says of each token, and a linear layer.

    The embeddings and the lowest layers stay as they are: they know of language what a few
    thousand texts would only make them forget. What they say of a text is the same in every epoch
    and is kept, so training takes a fraction of the time.
    """

    def __init__(self, classes: int, folder: Path, frozen_layers: int, dropout: float) -> None:
        super().__init__()
        self.lower, lower_layers = load(folder)
        self.upper, upper_layers = load(folder)
        del lower_layers[frozen_layers:], upper_layers[:frozen_layers]
        for name in [name for name, _ in self.upper.named_children()]:
            if name.startswith("embeddings"):
                setattr(self.upper, name, PassOn())
        upper_layers.requires_grad_(True)
        self.dropout = nn.Dropout(dropout)
        self.classify = nn.Linear(self.upper.config.hidden_size, classes)
        self.kept: dict[tuple[int, ...], Tensor] = {}  # what the lower layers said, by text
        self.room = ROOM

    def forward(self, ids: Tensor) -> Tensor:
        """ids [batch, length] → logits [batch, classes]."""
        known = ids != PAD  # [b, n]
        said = self.recall(ids) if self.training else self.read(ids)  # [b, n, width]
        told = self.upper(inputs_embeds=said, attention_mask=known.to(torch.int64))
        mean = mean_of_tokens(told.last_hidden_state, known)  # [b, width]
        return self.classify(self.dropout(mean))

    def read(self, ids: Tensor) -> Tensor:
        """What the lower layers say of each token [batch, length, width]."""
        mask = (ids != PAD).to(torch.int64)
        return self.lower(input_ids=ids, attention_mask=mask).last_hidden_state

    @torch.no_grad()
    def recall(self, ids: Tensor) -> Tensor:
        """The same; it is computed once for each text, as far as there is room."""
        texts = [tuple(np.trim_zeros(text, "b")) for text in ids.tolist()]  # without padding
        if all(text in self.kept for text in texts):
            return pad_sequence([self.kept[text] for text in texts], batch_first=True)
        self.lower.eval()  # without dropout, so that it says the same in every epoch
        said = self.read(ids)
        if self.room > said.numel():
            self.room -= said.numel()
            rows = zip(texts, said, strict=True)
            self.kept |= {text: row[: len(text)].clone() for text, row in rows}
        return said

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"kept": {}, "room": ROOM}


class PassOn(nn.Module):
    """Takes the place of embeddings in an encoder that is given what stands above them."""

    def forward(self, *given: Any, **named: Any) -> Tensor:
        """Return the one tensor among the arguments; models name it differently."""
        return next(each for each in [*given, *named.values()] if isinstance(each, Tensor))


def load(folder: Path) -> tuple["PreTrainedModel", nn.ModuleList]:
    """Return an encoder that is not to be trained, and its layers."""
    from transformers import AutoModel
    from transformers.utils import logging

    logging.disable_progress_bar()
    encoder = AutoModel.from_pretrained(folder, local_files_only=True).requires_grad_(False)
    lists = [part for part in encoder.modules() if isinstance(part, nn.ModuleList)]
    return encoder, max(lists, key=len)
