"""What the contenders have in common: the trained project in the working directory."""

import importlib
from pathlib import Path
from typing import Any

import joblib
import numpy as np

BUNDLE = Path("models/bundle")
PACKAGE = next(path.name for path in Path("src").iterdir() if (path / "cli.py").is_file())


def of_project(module: str) -> Any:
    return importlib.import_module(f"{PACKAGE}.{module}")


def load_model() -> Any:
    return joblib.load("models/model.joblib")


def load_bundle() -> Any:
    return of_project("serving.bundle").Bundle.load(BUNDLE)


def request_class() -> Any:
    return load_bundle().request


def answer(probabilities: np.ndarray) -> dict[str, Any]:
    first, second = probabilities[0].tolist()
    return {"label": int(second >= 0.5), "probabilities": [first, second]}
