"""An encoder that others have trained on much text, and its tokenizer."""

import shutil
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from .errors import Unavailable
from .paths import PROCESSED
from .tokens import END, PAD, PADDING, START, UNKNOWN
from .transformer import mean_of_tokens

ENCODER = PROCESSED / "encoder"
TOKENIZER, PARTS = "tokenizer.json", ("config.json", "model.safetensors")


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

    The embeddings and the lowest layers stay as they are: what they know of language holds for
    these texts too, and training takes less time.
    """

    def __init__(self, classes: int, folder: Path, frozen_layers: int, dropout: float) -> None:
        from transformers import AutoModel
        from transformers.utils import logging

        logging.disable_progress_bar()
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, local_files_only=True)
        lists = [part for part in self.encoder.modules() if isinstance(part, nn.ModuleList)]
        self.encoder.requires_grad_(False)
        max(lists, key=len)[frozen_layers:].requires_grad_(True)
        self.dropout = nn.Dropout(dropout)
        self.classify = nn.Linear(self.encoder.config.hidden_size, classes)

    def forward(self, ids: Tensor) -> Tensor:
        """ids [batch, length] → logits [batch, classes]."""
        known = ids != PAD  # [b, n]
        told = self.encoder(input_ids=ids, attention_mask=known.to(torch.int64))
        mean = mean_of_tokens(told.last_hidden_state, known)  # [b, width]
        return self.classify(self.dropout(mean))
