"""An encoder of the kind that is fine-tuned, tiny and untrained, for tests without a network."""

from pathlib import Path

from transformers import BertConfig, BertModel

from your_package.tokens import load_tokenizer


def write_encoder(folder: Path) -> None:
    """Write its files, for the tokenizer of the processed data, to `folder`."""
    tokenizer = load_tokenizer()
    settings = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
    )
    BertModel(settings).save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
