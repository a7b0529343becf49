"""A made-up table with a column of each type, under names that would trip the careless."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
from ruamel.yaml import YAML
from shrunken import shrink

from your_package.files import sha256
from your_package.schema import load_schema

ROWS = 800
SIZES = ["small", "middling", "large"]
SAID = ["Refund, please!", "Schön, danke.", "I want a refund", "спасибо большое", "meh"]
FEATURES = {
    "age, in years": {"type": "integer", "min": 0, "max": 120, "nullable": True},
    "class": {"type": "number"},
    "c0": {"type": "number", "description": "Named as the graph's first input is"},
    "цвет": {"type": "category", "categories": ["red", "green", "blue"], "nullable": True},
    "size: of it": {"type": "ordinal", "categories": SIZES, "nullable": True},
    "smokes?": {"type": "boolean", "nullable": True, "sensitive": True},
    "bought on": {"type": "date", "nullable": True},
    "seen <at>": {"type": "date"},
    'what "was" said': {"type": "text", "nullable": True},
}
TARGET = "y = answer"


def build(root: Path, folder: Path, wide: int = 0) -> pd.DataFrame:
    """Put a project on this table into `folder`, `wide` more numbers in it; return the raw rows."""
    target = load_schema(root / "data/schema.yaml").target
    shrink(root, folder)
    rows = make(target.is_number)
    more = np.random.default_rng(1).normal(size=(ROWS, wide)).round(4)
    rows = pd.concat([rows, pd.DataFrame(more).add_prefix("wide ")], axis=1)
    raw = folder / "data/raw/motley.csv"
    rows.to_csv(raw, index=False, quoting=csv.QUOTE_NONNUMERIC)

    yaml = YAML()
    about = yaml.load((folder / "data/source.yaml").read_text(encoding="utf-8"))
    about |= {"file": "data/raw/motley.csv", "sha256": sha256(raw), "missing": []}
    yaml.dump(about, folder / "data/source.yaml")
    schema = FEATURES | {f"wide {place}": {"type": "number"} for place in range(wide)}
    schema |= {
        TARGET: {"type": "number" if target.is_number else "boolean", "role": "target"},
        "of no use": {"type": "text", "role": "ignore"},
    }
    yaml.dump(schema, folder / "data/schema.yaml")
    fit_params(folder / "params.yaml", target.is_number)
    return rows


def fit_params(path: Path, number: bool) -> None:
    yaml = YAML()
    params = yaml.load(path.read_text(encoding="utf-8"))
    params["preprocess"]["split"] = "random" if number else "stratified"
    params["diagnose"] |= {"slices": list(FEATURES), "learning_shares": []}
    params["explain"] |= {"rows": 60, "repeats": 2}
    if "errors_by" in params["evaluate"]:
        params["evaluate"]["errors_by"] = "bought on"
    for name, settings in params["train"]["candidates"].items():
        settings |= {"columns": ["size: of it", "seen <at>: hour"]} if "columns" in settings else {}
        settings |= {"n_estimators": 10} if name == "random_forest" else {}
        settings |= {"max_iter": 10} if name == "hist_gradient_boosting" else {}
    yaml.dump(params, path)


def make(number: bool) -> pd.DataFrame:
    """Rows as text and numbers; the target follows from size, hour, what is said and who smokes."""
    random = np.random.default_rng(0)
    size, said = random.integers(0, 3, ROWS), random.integers(0, len(SAID), ROWS)
    smokes = random.integers(0, 2, ROWS)
    seen = pd.Timestamp("2024-01-01") + pd.to_timedelta(random.integers(0, 999_999, ROWS), "min")
    score = size + 2 * np.isin(said, [0, 2]) + smokes + (seen.hour > 12) + random.normal(size=ROWS)
    rows = pd.DataFrame(
        {
            "age, in years": pd.array(random.integers(18, 90, ROWS), "Int64"),
            "class": random.normal(size=ROWS).round(3),
            "c0": random.normal(size=ROWS).round(3),
            "цвет": random.choice(["red", "green", "blue"], ROWS),
            "size: of it": np.array(SIZES)[size],
            "smokes?": np.array(["False", "true"])[smokes],
            "bought on": seen.strftime("%Y-%m-%d"),
            "seen <at>": seen.strftime("%Y-%m-%dT%H:%M:%S"),
            'what "was" said': np.array(SAID)[said],
            TARGET: score.round(3) if number else np.where(score > 3, "true", "false"),
            "nobody asked": "x",
        }
    )
    gaps = {name for name, about in FEATURES.items() if about.get("nullable")}
    return rows.mask(pd.DataFrame({n: (random.random(ROWS) < 0.05) & (n in gaps) for n in rows}))
