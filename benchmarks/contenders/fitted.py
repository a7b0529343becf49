"""What the contenders have in common: the trained project in the working directory."""

import importlib
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.config.paths import BUNDLE, MODEL

PACKAGE = next(path.name for path in Path("src").iterdir() if (path / "__main__.py").is_file())


def of_project(module: str) -> Any:
    return importlib.import_module(f"{PACKAGE}.{module}")


def load_model() -> Any:
    return joblib.load(MODEL)


def decode_image() -> Any:
    """What reads an image, in a project of images; else None."""
    is_there = Path("src", PACKAGE, "decoding.py").is_file()
    return of_project("decoding").decode if is_there else None


def load_bundle() -> Bundle:
    return Bundle.load(BUNDLE, decode_image())


def request_class() -> Any:
    return load_bundle().encoder.request


def answer(probabilities: np.ndarray) -> dict[str, Any]:
    first, second = probabilities[0].tolist()
    return {"label": int(second >= 0.5), "probabilities": [first, second]}
