"""A made-up table with a column of each type, under names that trip careless code."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from ml_portfolio.config.files import sha256
from ml_portfolio.tables.arrays import features
from ml_portfolio.tables.column_types import learn_inputs
from ml_portfolio.tables.derived import DerivedFeatures
from ml_portfolio.tables.schema import Column, Schema
from ml_portfolio.tables.target import encode_target
from ml_portfolio.tables.validation import validate
from ruamel.yaml import YAML
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

ROWS = 800
SIZES = ("small", "middling", "large")
TEXTS = ["Refund, please!", "Schön, danke.", "I want a refund", "спасибо большое", "meh"]
FEATURES = (
    Column(name="age, in years", type="integer", min=0, max=120, nullable=True),
    Column(name="class", type="number"),
    Column(name="c0", type="number", description="Named as the graph's first input is"),
    Column(name="цвет", type="category", categories=("red", "green", "blue"), nullable=True),
    Column(name="size: of it", type="ordinal", categories=SIZES, nullable=True),
    Column(name="smokes?", type="boolean", nullable=True, sensitive=True),
    Column(name="bought on", type="date", nullable=True),
    Column(name="seen <at>", type="date"),
    Column(name='what "was" said', type="text", nullable=True),
)
TARGET = "y = answer"


def schema(task: str) -> Schema:
    kind = "boolean" if task == "classification" else "number"
    unused = Column(name="of no use", type="text", role="ignore")
    return Schema(columns=(*FEATURES, Column(name=TARGET, type=kind, role="target"), unused))


@cache
def rows(task: str) -> pd.DataFrame:
    """Valid rows; the target follows from size, hour, text and who smokes."""
    valid, rejected = validate(raw(task), schema(task))
    assert rejected.empty
    return valid


def raw(task: str) -> pd.DataFrame:
    """Rows as text, as they stand in a file."""
    random = np.random.default_rng(0)
    size, text = random.integers(0, 3, ROWS), random.integers(0, len(TEXTS), ROWS)
    smokes = random.integers(0, 2, ROWS)
    seen = pd.Timestamp("2024-01-01") + pd.to_timedelta(random.integers(0, 999_999, ROWS), "min")
    score = size + 2 * np.isin(text, [0, 2]) + smokes + (seen.hour > 12) + random.normal(size=ROWS)
    is_number = task == "regression"
    table = pd.DataFrame(
        {
            "age, in years": random.integers(18, 90, ROWS).astype(str),
            "class": random.normal(size=ROWS).round(3).astype(str),
            "c0": random.normal(size=ROWS).round(3).astype(str),
            "цвет": random.choice(["red", "green", "blue"], ROWS),
            "size: of it": np.array(SIZES)[size],
            "smokes?": np.array(["False", "true"])[smokes],
            "bought on": seen.strftime("%Y-%m-%d"),
            "seen <at>": seen.strftime("%Y-%m-%dT%H:%M:%S"),
            'what "was" said': np.array(TEXTS)[text],
            TARGET: score.round(3).astype(str)
            if is_number
            else np.where(score > 3, "true", "false"),
        },
        dtype="str",
    )
    gaps = {column.name for column in FEATURES if column.nullable}
    empty = {n: (random.random(ROWS) < 0.05) & (n in gaps) for n in table}
    return table.mask(pd.DataFrame(empty))


def total(row):
    return row["class"] + row["c0"]


def night(row):
    return np.where(row["seen <at>: hour"] > 20, 1, np.cos(2 * np.pi * row["seen <at>: hour"] / 24))


def smokers_age(row):
    return np.log1p(row["age, in years"]) * (row["smokes?"] > 0)


DERIVED = {"total": total, "night": night, "smoker's age": smokers_age}


def data(task):
    """Return X, y and the inputs of a model."""
    inputs = learn_inputs(schema(task), rows(task))
    y = encode_target(rows(task)[TARGET], schema(task).target)
    return features(rows(task), inputs), y, inputs


def encoder(X, *, scale=False):
    """Return what turns X into numbers, derived features among them."""
    numeric = [pd.api.types.is_numeric_dtype(kind) for kind in X.dtypes]
    numbers = np.flatnonzero(numeric).tolist()
    words = np.flatnonzero(~np.array(numeric)).tolist()
    steps = [SimpleImputer(), StandardScaler()] if scale else [SimpleImputer()]
    one_hot = OneHotEncoder(handle_unknown="ignore", sparse_output=False, dtype=np.float32)
    derived = DerivedFeatures(DERIVED, list(X.columns[numbers]))
    return ColumnTransformer(
        [
            ("numbers", make_pipeline(*steps), numbers),
            ("words", one_hot, words),
            ("derived", make_pipeline(derived, *steps), numbers),
        ]
    )


def write_into(project: Path, wide: int = 0) -> pd.DataFrame:
    """Make this table the data of a project, with `wide` more numbers; return the raw rows."""
    yaml = YAML()
    params = yaml.load(project / "params.yaml")
    task = params["project"]["task"]
    more = np.random.default_rng(1).normal(size=(ROWS, wide)).round(4)
    table = pd.concat([raw(task), pd.DataFrame(more).add_prefix("wide ")], axis=1)
    file = project / "data/raw/mixed.csv"
    table.to_csv(file, index=False, quoting=csv.QUOTE_NONNUMERIC)

    source = yaml.load(project / "data/source.yaml")
    source |= {"file": "data/raw/mixed.csv", "sha256": sha256(file), "missing": []}
    yaml.dump(source, project / "data/source.yaml")
    columns = [*schema(task).columns[:-1]]  # the last one is not in the file
    columns += [Column(name=f"wide {number}", type="number") for number in range(wide)]
    facts = {c.name: c.model_dump(mode="json", exclude_defaults=True) for c in columns}
    for column in facts.values():
        del column["name"]
    yaml.dump(facts, project / "data/schema.yaml")

    params["preprocess"]["split"] = "random" if task == "regression" else "stratified"
    names = [column.name for column in FEATURES]
    params["evaluate"] |= {"slices": names, "learning_shares": [], "importance_rows": 60}
    if "errors_by" in params["evaluate"]:
        params["evaluate"]["errors_by"] = "bought on"
    for name, settings in params["train"]["candidates"].items():
        settings |= {"columns": ["size: of it", "seen <at>: hour"]} if "columns" in settings else {}
        settings |= {"n_estimators": 10} if name == "random_forest" else {}
        settings |= {"max_iter": 10} if name == "hist_gradient_boosting" else {}
    yaml.dump(params, project / "params.yaml")
    return table
