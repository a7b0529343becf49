"""Stage `preprocess`: raw texts → checked rows → splits, a tokenizer and, if had, an encoder."""

from pathlib import Path

import pandas as pd
from pydantic import Field
from tokenizers import Tokenizer

from . import pretrained
from .errors import Unavailable, UserError, exit_with_one_line
from .files import whole, write_json
from .params import Seed, ShareOrNone, SplitShares, load
from .paths import PROFILE, REJECTED
from .processed import save_split
from .profile import profile
from .raw import Source, load_source, read_raw
from .schema import Schema, load_schema
from .splits import split
from .tokens import load_tokenizer, save_tokenizer, train_tokenizer
from .validation import LABEL, TEXT, validate


class PreprocessParams(SplitShares):
    seed: Seed
    max_rejected_share: ShareOrNone  # more bad rows are the file's fault, not theirs
    encoder: str  # a folder or a name on the hub; its tokenizer is taken if it can be had,
    pieces: int = Field(ge=100)  # else one is learnt of so many word pieces
    max_tokens: int = Field(ge=3)  # a longer text is cut


def preprocess(
    source: Source, schema: Schema, params: PreprocessParams
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame, int]:
    """Return the splits by name, the rejected rows with reasons, and how many are of no class."""
    raw = read_raw(source, schema)
    rows, rejected, left_out = validate(raw, schema)
    share = len(rejected) / len(raw)
    if share > params.max_rejected_share:
        example = rejected.iloc[0]
        raise UserError(
            f"{source.file}: {len(rejected)} of {len(raw)} rows break data/schema.yaml, the first "
            f"in line {example.name}: {example['reason']}. Fix the file or the schema, or raise "
            "preprocess.max_rejected_share in params.yaml."
        )
    parts = split(rows, LABEL, params.validation_share, params.test_share, params.seed)
    return parts, rejected, left_out


def choose_tokenizer(
    encoder: str, texts: pd.Series, pieces: int
) -> tuple[Tokenizer, str, Path | None]:
    """Return a tokenizer, where it comes from, and the folder of the encoder it belongs to."""
    try:
        folder = pretrained.find(encoder)
    except Unavailable as reason:
        print(f"left out: the pre-trained encoder: {reason}")
        return train_tokenizer(texts, pieces), "learnt from the training texts", None
    return Tokenizer.from_file(str(folder / pretrained.TOKENIZER)), "the encoder's own", folder


@exit_with_one_line
def main() -> None:
    params = load("preprocess", PreprocessParams)
    source, schema = load_source(), load_schema()
    parts, rejected, left_out = preprocess(source, schema, params)
    for name, rows in parts.items():
        save_split(name, rows)
    with whole(REJECTED) as draft:
        rejected.to_csv(draft, lineterminator="\n")
    tokenizer, origin, folder = choose_tokenizer(
        params.encoder, parts["train"][TEXT], params.pieces
    )
    save_tokenizer(tokenizer, params.max_tokens)
    pretrained.keep(folder)
    account = {
        "source": source.title,
        "sha256": source.sha256,
        "rejected": len(rejected),
        "left_out": left_out,
        "tokenizer": {"origin": origin, "pieces": tokenizer.get_vocab_size()},
        "splits": {name: len(rows) for name, rows in parts.items()},
        "train": profile(parts["train"], load_tokenizer()),
    }
    write_json(PROFILE, account)
    print(", ".join(f"{name} {len(rows):,}" for name, rows in parts.items()), end=" rows; ")
    print(f"{left_out:,} of no class; {len(rejected):,} rejected, see {REJECTED}")


if __name__ == "__main__":
    main()
