"""Words by which columns, values and files are recognised: words.json, by what they stand for."""

import json
import re
from pathlib import Path

WORDS: dict[str, list[str]] = json.loads(Path(__file__).with_name("words.json").read_bytes())


def tokens(name: str) -> set[str]:
    """Return the words in a name: customerID, customer_id and Customer ID hold the same two."""
    spaced = re.sub(r"(?<=[a-z\d])(?=[A-Z])", " ", name)
    return set(re.split(r"[\W_]+", spaced.lower())) - {""}


def is_named(name: str, kind: str) -> bool:
    """Return whether a name holds one of the words of a kind."""
    return not tokens(name).isdisjoint(WORDS[kind])
