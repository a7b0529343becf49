"""Sites of data sets, through their own clients, which are imported only when asked for."""

import importlib
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..errors import UserError
from .adoption import Origin


def library(module: str, package: str, source: str) -> Any:
    """Import a client; raises UserError with the command that brings it along."""
    try:
        return importlib.import_module(module)
    except ImportError:
        name = Path(sys.argv[0]).stem
        raise UserError(
            f"{source} needs the package {package}: uv run --with {package} {name} adopt {source}"
        ) from None


def slug(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name.lower()).strip("-_")[:40] or "data"


def save(frame: Any, name: str, folder: Path) -> Path:
    path = folder / f"{slug(name)}.parquet"
    mixed = [column for column in frame if frame[column].dtype == object]
    frame.astype(dict.fromkeys(mixed, "str")).to_parquet(path)
    return path


def from_uci(number: str, source: str, folder: Path) -> Origin:
    """https://archive.ics.uci.edu by the number of a data set."""
    client = library("ucimlrepo", "ucimlrepo", source)
    with told(source):
        found = client.fetch_ucirepo(id=int(number))
    about, data = found.metadata, found.data
    paper = about.get("intro_paper") or {}
    target = list(data.targets.columns) if data.targets is not None else []
    return Origin(
        save(data.original, about["name"], folder),
        source,
        slug(about["name"]),
        about["name"],
        url=str(about.get("repository_url") or about.get("data_url") or "unknown"),
        licence="CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)",
        citation=str(paper.get("title") or about.get("dataset_doi") or "unknown"),
        target=str(target[0]) if len(target) == 1 else "",
    )


def from_openml(number: str, source: str, folder: Path) -> Origin:
    """https://www.openml.org by the number of a data set."""
    from sklearn.datasets import fetch_openml

    with told(source):
        found = fetch_openml(data_id=int(number), as_frame=True, parser="auto", data_home=folder)
    about = found.details
    return Origin(
        save(found.frame, about["name"], folder),
        source,
        slug(about["name"]),
        about["name"],
        url=f"https://www.openml.org/d/{number}",
        licence=str(about.get("licence") or "unknown"),
        citation=str(about.get("citation") or "unknown"),
        target=(found.target_names or [""])[0],
    )


def from_hugging_face(name: str, source: str, folder: Path) -> Origin:
    """https://huggingface.co/datasets: the training part."""
    client = library("datasets", "datasets", source)
    with told(source):
        found = client.load_dataset(name, split="train", cache_dir=str(folder))
    for column, kind in found.features.items():
        if hasattr(kind, "int2str") and hasattr(kind, "names"):  # classes are kept as numbers
            words = [None if at is None else kind.int2str(at) for at in found[column]]
            found = found.remove_columns(column).add_column(column, words)
    path = folder / f"{slug(name)}.parquet"
    found.to_parquet(str(path))
    return Origin(
        path,
        source,
        slug(name),
        name.split("/")[-1],
        url=f"https://huggingface.co/datasets/{name}",
        licence=str(found.info.license or "unknown"),
        citation=str(found.info.citation or "unknown"),
    )


def from_kaggle(name: str, source: str, folder: Path) -> Origin:
    """https://www.kaggle.com by owner and name: the one file of it that holds a table."""
    client = library("kagglehub", "kagglehub", source)
    with told(source):
        path = Path(client.dataset_download(name))
    tables = [file for file in sorted(path.rglob("*")) if file.suffix in TABLES]
    if len(tables) > 1:
        listed = ", ".join(str(file) for file in tables[:10])
        raise UserError(f"{source} holds several tables: adopt one of {listed}")
    return Origin(
        tables[0] if tables else path,
        source,
        slug(name.split("/")[-1]),
        name.split("/")[-1],
        url=f"https://www.kaggle.com/datasets/{name}",
    )


TABLES = {".csv", ".tsv", ".xlsx", ".parquet", ".jsonl", ".json"}
HUBS: dict[str, Callable[[str, str, Path], Origin]] = {
    "uci": from_uci,
    "openml": from_openml,
    "hf": from_hugging_face,
    "kaggle": from_kaggle,
}


class told:  # noqa: N801 (reads as a verb)
    """Whatever a client raises becomes one line."""

    def __init__(self, source: str) -> None:
        self.source = source

    def __enter__(self) -> None: ...

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, Exception):
            line = str(error).strip().splitlines()[0] if str(error).strip() else kind.__name__
            raise UserError(
                f"{self.source} could not be fetched ({line}): check its name and the network, or "
                "download the file and adopt that."
            ) from None
