"""Where a pre-trained encoder of texts comes from: a folder, or the Hugging Face hub."""

import shutil
from pathlib import Path

from tokenizers import Tokenizer

from ml_portfolio.config.errors import CandidateUnavailable
from ml_portfolio.config.files import atomic, remove

TOKENIZER, WEIGHTS = "tokenizer.json", ("config.json", "model.safetensors")
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")  # the tokens that BERT and its like have


def find_encoder(name: str) -> Path:
    """Return the folder of an encoder: a path, or a name on https://huggingface.co/models.

    What was downloaded once is taken from the disk. Raises CandidateUnavailable where the encoder
    cannot be had, or marks texts in another way than BERT does (Devlin et al. 2019).
    """
    folder = Path(name).expanduser()
    if not folder.is_dir():
        folder = download(name)
    for file in (TOKENIZER, *WEIGHTS):
        if not (folder / file).is_file():
            raise CandidateUnavailable(f"{folder} holds no {file}")
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    ids = [tokenizer.token_to_id(token) for token in SPECIAL]
    if None in ids or ids[0] != 0:
        raise CandidateUnavailable(
            f"{name} does not read text as BERT does: name an encoder that does"
        )
    return folder


def download(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        return Path(snapshot_download(name, allow_patterns=[TOKENIZER, *WEIGHTS]))
    except (OSError, HfHubHTTPError, HFValidationError):
        raise CandidateUnavailable(
            f"'{name}' is not a folder, and not on the Hugging Face hub, or that cannot be reached"
        ) from None


def copy_encoder(folder: Path | None, kept: Path) -> None:
    """Copy an encoder's weights to `kept`, so that training needs no network; None: no encoder."""
    remove(kept)
    if folder is not None:
        with atomic(kept) as draft:
            draft.mkdir()
            for file in WEIGHTS:
                shutil.copyfile(folder / file, draft / file)
