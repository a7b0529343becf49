"""Stage `preprocess`: raw texts → valid rows → training, validation and test split; a tokenizer."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from ml_portfolio.config.errors import CandidateUnavailable, UserError, errors_in_one_line
from ml_portfolio.config.files import atomic, write_json
from ml_portfolio.config.params import Seed, ShareOrZero, SplitShares, load_section
from ml_portfolio.config.paths import PROFILE, REJECTED
from ml_portfolio.config.processed import save_split
from ml_portfolio.tables.raw import load_source, read_raw
from ml_portfolio.tables.validation import check_rejected
from ml_portfolio.texts import encoder
from ml_portfolio.texts.profile import profile
from ml_portfolio.texts.schema import load_schema
from ml_portfolio.texts.validation import LABEL, TEXT, validate
from pydantic import Field
from sklearn.model_selection import train_test_split
from tokenizers import Tokenizer, decoders, normalizers, pre_tokenizers, processors, trainers
from tokenizers.models import WordPiece

from .dataset import ENCODER, TOKENIZER

MIN_TEXTS = 10  # of a class
PADDING, UNKNOWN, START, END = "[PAD]", "[UNK]", "[CLS]", "[SEP]"  # the special tokens of BERT


class PreprocessParams(SplitShares):
    seed: Seed
    max_rejected_share: ShareOrZero  # more bad rows than this are a fault of the file
    encoder: str  # a folder, or a name on the Hugging Face hub; its tokenizer is used, too
    vocabulary_size: int = Field(ge=100)  # of our own tokenizer, where there is no encoder
    max_tokens: int = Field(ge=3)  # a longer text is cut


def split_rows(rows: pd.DataFrame, params: PreprocessParams) -> dict[str, pd.DataFrame]:
    """Split the rows once, at random, each class with the same share of every split."""
    label, share = rows[LABEL], params.validation_share / (1 - params.test_share)
    rest, test = train_test_split(
        rows, test_size=params.test_share, stratify=label, random_state=params.seed
    )
    train, validation = train_test_split(
        rest, test_size=share, stratify=label[rest.index], random_state=params.seed
    )
    return {"train": train, "validation": validation, "test": test}


def check_classes(labels: pd.Series, classes: list[str], params: PreprocessParams) -> None:
    """Raise UserError where a class has too few texts, or a split cannot hold one of each class."""
    counts = labels.value_counts().reindex(classes, fill_value=0)
    if counts.min() < MIN_TEXTS:
        raise UserError(
            f"the class '{counts.idxmin()}' has {counts.min()} valid texts, too few to train and "
            f"test on: collect {MIN_TEXTS} or more, or merge it with another in data/schema.yaml."
        )
    smallest = round(min(params.validation_share, params.test_share) * len(labels))
    if smallest < len(classes):
        raise UserError(
            "params.yaml: preprocess.validation_share and test_share must each leave a text of "
            f"all {len(classes)} classes, and one leaves {smallest} texts: raise it."
        )


def choose_tokenizer(
    name: str, texts: pd.Series, vocabulary_size: int
) -> tuple[Tokenizer, str, Path | None]:
    """Return the encoder's tokenizer or a new one, its origin, and the encoder's folder, if any."""
    try:
        folder = encoder.find_encoder(name)
    except CandidateUnavailable as reason:
        print(f"left out: the pre-trained encoder: {reason}")
        return train_tokenizer(list(texts), vocabulary_size), "trained on the training texts", None
    return Tokenizer.from_file(str(folder / encoder.TOKENIZER)), "of the encoder", folder


def train_tokenizer(texts: Sequence[str], vocabulary_size: int) -> Tokenizer:
    """Learn at most `vocabulary_size` word pieces from texts; the same texts give the same pieces.

    WordPiece (Wu et al. 2016, https://arxiv.org/abs/1609.08144, section 4.1): a frequent word is
    one piece, a rare one is cut into several, so a few thousand pieces can spell every word.
    """
    special, tokenizer = [PADDING, UNKNOWN, START, END], empty_tokenizer({})
    letters = {letter for text in texts for letter in tokenizer.normalizer.normalize_str(text)}
    # By itself the trainer numbers the letters inside words in a new order on each run.
    inside = [f"##{letter}" for letter in sorted(letters) if not letter.isspace()]
    trainer = trainers.WordPieceTrainer(
        vocab_size=vocabulary_size, special_tokens=special + inside, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    trained = empty_tokenizer(tokenizer.get_vocab())  # without the letters as special tokens
    trained.add_special_tokens(special)
    trained.post_processor = processors.TemplateProcessing(
        single=f"{START} $A {END}",
        special_tokens=[(token, trained.token_to_id(token)) for token in (START, END)],
    )
    return trained


def empty_tokenizer(vocabulary: dict[str, int]) -> Tokenizer:
    """A tokenizer that lower-cases, and splits at white space and punctuation, as BERT's does."""
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    return tokenizer


def save_tokenizer(tokenizer: Tokenizer, max_tokens: int, path: Path = TOKENIZER) -> None:
    """Write a tokenizer that cuts texts after `max_tokens` tokens and leaves padding to batches."""
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    with atomic(path) as draft:
        tokenizer.save(str(draft))


@errors_in_one_line
def main() -> None:
    params = load_section("preprocess", PreprocessParams)
    source, schema = load_source(), load_schema()
    raw = read_raw(source, [schema.text.column, schema.label.column])
    rows, rejected, left_out = validate(raw, schema)
    check_rejected(rejected, len(raw), params.max_rejected_share, source.file)
    check_classes(rows[LABEL], list(schema.label.classes), params)

    splits = split_rows(rows, params)
    train = splits["train"]  # what is learned from data is learned from these rows alone
    tokenizer, origin, folder = choose_tokenizer(
        params.encoder, train[TEXT], params.vocabulary_size
    )
    for name, part in splits.items():
        save_split(name, part)
    save_tokenizer(tokenizer, params.max_tokens)
    encoder.copy_encoder(folder, ENCODER)
    with atomic(REJECTED) as draft:
        rejected.to_csv(draft, lineterminator="\n")
    facts = {
        "source": source.title,
        "sha256": source.sha256,
        "rejected": len(rejected),
        "left_out": left_out,
        "tokenizer": {"origin": origin, "pieces": tokenizer.get_vocab_size()},
        "splits": {name: len(part) for name, part in splits.items()},
        "train": profile(train, tokenizer),
    }
    write_json(PROFILE, facts)
    counts = ", ".join(f"{name} {len(part):,}" for name, part in splits.items())
    refused = f"{len(rejected):,} rejected, see {REJECTED.as_posix()}"
    print(f"{counts} texts; {left_out:,} belong to no class; {refused}")


if __name__ == "__main__":
    main()
